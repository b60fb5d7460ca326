"""Worked examples that prove nothing: whatever the pack says, they would not fail."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from sqlmodel import SQLModel

from conversion.domain.right import Benefit, Entitlement, Membership, Registration
from conversion.policy.draft import Draft
from conversion.policy.pack_fault import DataPath, PackFault
from conversion.policy.untaken_benefit import unlisted
from conversion.policy.worked_example import Example, Expected, RuleName

_ROWS: Mapping[RuleName, type[SQLModel]] = {
    RuleName.ASSESS_BENEFITS: Benefit,
    RuleName.MAP_ENTITLEMENTS: Entitlement,
    RuleName.PROPOSE_REGISTRATIONS: Registration,
    RuleName.PROPOSE_MEMBERSHIP: Membership,
}
"""Rule → the rows that it answers with; the others answer without any."""
_READ_BY: Mapping[str, RuleName] = {
    "member": RuleName.PROPOSE_MEMBERSHIP,
    "findings": RuleName.PROPOSE_MEMBERSHIP,
    "plan": RuleName.ALLOT,
    "disputed": RuleName.ALLOT,
    "vote": RuleName.MEETS_QUORUM,
    "notice": RuleName.NOTICE_WINDOW,
}
"""What only one rule looks at."""

Found = Iterator[tuple[DataPath, str]]
"""Where in an example, and what is wrong there."""


def check_examples(draft: Draft) -> Iterator[PackFault]:
    """Every example can fail: it expects something, of rows and ids that there are."""
    for marked, path, example in draft.worked_examples():
        for place, sentence in _found(example, draft):
            yield marked.fault((*path, *place), sentence)


def _found(example: Example, draft: Draft) -> Found:
    yield from _unread(example)
    if not _expects(example.expected, example.rule):
        sentence = "没有写出会不符的要求，什么也证明不了，例如 rows: [{…}] 或 reasons: […]"
        yield ("expected",), sentence
    yield from _odd_rows(example)
    yield from _odd_absences(example, draft)


def _unread(example: Example) -> Found:
    for name in sorted(example.model_fields_set & _READ_BY.keys()):
        rule = _READ_BY[name]
        if rule is not example.rule:
            yield (name,), f"{example.rule} 不看 {name}，删除这一项，或者改写 rule: {rule}"


def _expects(expected: Expected, rule: RuleName) -> bool:
    """Whether it asks for more than what is always so: a notice is always granted its days."""
    written = expected.model_fields_set
    asked = {name for name in written if getattr(expected, name) not in (None, ())}
    return bool(asked - ({"granted"} if rule is RuleName.NOTICE_WINDOW else set()))


def _odd_rows(example: Example) -> Found:
    shape, rows = _ROWS.get(example.rule), example.expected.rows
    known = [*shape.model_fields] if shape else []
    if rows and not known:
        sentence = f"{example.rule} 的答复没有逐行的结果，例如写 granted: true 或 reasons: […]"
        yield ("expected", "rows"), sentence
    for place, row in enumerate(rows if known else ()):
        here = ("expected", "rows", place)
        if not row:
            yield here, f"一项也没有写，任何一行都符合，例如 {{{known[0]}: …}}"
        for name in (name for name in row if name not in known):
            yield (*here, name), f"结果里没有“{name}”这一项，{_instead(name, known)}"


def _instead(name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, n=1)
    return f"是否应为 {near[0]}: …" if near else f"可以写 {'、'.join(known)}"


def _odd_absences(example: Example, draft: Draft) -> Found:
    known = sorted(_absentees(example, draft))
    for place, item in enumerate(example.expected.absent):
        if item not in known:
            near = get_close_matches(item, known, n=1) or known[:1]
            instead = f"absent: [{near[0]}]" if near else "granted: false"
            sentence = f"{example.rule} 从来不会给出“{item}”，写不写都一样，例如 {instead}"
            yield ("expected", "absent", place), sentence


def _absentees(example: Example, draft: Draft) -> set[str]:
    """The ids that the rule could answer with, of which an example may say that it doesn't."""
    benefits = {row.id for row in draft.benefits.benefits}
    benefits |= {unlisted(f"{number:02}") for number in range(1, 1 + len(example.drawn))}
    rights = {row.id for row in draft.entitlements.entitlements}
    return {
        RuleName.ASSESS_BENEFITS: benefits,
        RuleName.MAP_ENTITLEMENTS: rights | benefits,
        RuleName.PROPOSE_MEMBERSHIP: {ground.code for ground in draft.membership.grounds},
    }.get(example.rule, set())
