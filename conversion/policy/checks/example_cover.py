"""What of a pack none of its worked examples tries: rows never given or never refused, grounds."""

from collections.abc import Iterator, Mapping

from conversion.domain.right import Benefit, Entitlement, Membership
from conversion.errors import ConversionError
from conversion.policy.decision import Decision
from conversion.policy.draft import Draft
from conversion.policy.examples import decision_of
from conversion.policy.pack import Pack
from conversion.policy.pack_fault import PackFault
from conversion.policy.worked_example import RuleName

_RULES: Mapping[str, RuleName] = {
    "benefits": RuleName.ASSESS_BENEFITS,
    "entitlements": RuleName.MAP_ENTITLEMENTS,
}


def untried(draft: Draft, pack: Pack) -> Iterator[PackFault]:
    """Each row and ground of a sound pack that its examples leave out."""
    if not pack.examples:
        sentence = "没有一个示例，例如 examples/benefits.yaml 里写一户人家和应得的结果"
        yield PackFault(file="examples", line=1, key="", sentence=sentence)
        return
    decisions = list(_decisions(pack))
    for file, top, place, row in draft.rows():
        asked = [_items(decision) for rule, decision in decisions if rule is _RULES[top]]
        given = [row.id in items for items in asked]
        if not any(given):
            sentence = f"没有示例给“{row.title}”，例如 rows: [{{item: {row.id}}}]"
            yield draft.marked[file].fault((top, place), sentence)
        if all(given) and (row.when or row.effective):
            sentence = f"没有示例不给“{row.title}”，例如 absent: [{row.id}]"
            yield draft.marked[file].fault((top, place), sentence)
    yield from _untried_grounds(draft, [decision for _, decision in decisions])


def _untried_grounds(draft: Draft, decisions: list[Decision]) -> Iterator[PackFault]:
    used = {
        code
        for decision in decisions
        for membership in decision.rows_of(Membership)
        for code in membership.grounds
    }
    for place, ground in enumerate(draft.membership.grounds):
        if ground.code not in used:
            sentence = f"没有示例用到“{ground.title}”，例如 findings: [{ground.finding or '…'}]"
            yield draft.marked["membership.yaml"].fault(("grounds", place), sentence)


def _decisions(pack: Pack) -> Iterator[tuple[RuleName, Decision]]:
    for example in pack.examples:
        try:
            yield example.rule, decision_of(example, pack)
        except ConversionError:
            continue  # an example that can't be asked fails by itself


def _items(decision: Decision) -> set[str]:
    given = {row.item for row in decision.rows_of(Benefit)}
    return given | {row.item for row in decision.rows_of(Entitlement)}
