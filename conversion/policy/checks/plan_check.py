"""What must hold of a pack's share plans: whole, within bounds, and the same for women and men."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import TypeAlias

from conversion.policy.condition import Condition
from conversion.policy.draft import Draft
from conversion.policy.marked_yaml import MarkedData
from conversion.policy.pack_fault import DataPath, PackFault
from conversion.policy.share_scheme import ShareClassRule, ShareScheme

Plans: TypeAlias = Sequence[ShareScheme]
_MOST_COLLECTIVE = Fraction(30, 100)
_OF_DAUGHTERS = {"11": "12", "20": "30", "21": "31", "22": "32", "23": "33", "24": "34"} | {
    "25": "35", "26": "36", "27": "37", "28": "38", "29": "39", "41": "42", "43": "44", "46": "45",
    "47": "48", "51": "52", "57": "58", "61": "62", "63": "64"
}  # fmt: skip
"""Relation code → the same of the other sex (GB/T 4761)."""
_MARRIED = frozenset({"1", "2"})
"""Remarks 外嫁女 and 入赘男: no weight turns on whom somebody has married."""


def check_plan_ids(marked: MarkedData, plans: Plans) -> Iterator[PackFault]:
    """No plan of the pack and no class of a plan has another's id."""
    yield from _repeated(marked, ("plans",), [plan.id for plan in plans])
    for place, plan in enumerate(plans):
        yield from _repeated(marked, ("plans", place, "classes"), [r.id for r in plan.classes])


def _repeated(marked: MarkedData, path: DataPath, ids: Sequence[str]) -> Iterator[PackFault]:
    for place, found in enumerate(ids):
        if found in ids[:place]:
            sentence = f"编号“{found}”已经用过，换一个，例如 {found}_2"
            yield marked.fault((*path, place, "id"), sentence)


def check_portions(marked: MarkedData, plans: Plans) -> Iterator[PackFault]:
    """The parts of a plan make a whole, of which the collective keeps no more than 30 %."""
    for place, plan in enumerate(plans):
        kept = Fraction(*plan.collective.portion)
        whole = kept + sum((Fraction(*r.portion) for r in plan.classes), Fraction(0))
        if whole != 1:
            sentence = f"集体股和各股种的比例合计应当是 1，现为 {whole}，例如 [7, 10] 和 [3, 10]"
            yield marked.fault(("plans", place, "classes"), sentence)
        if kept > _MOST_COLLECTIVE:
            sentence = f"集体股不超过百分之三十，现为 {kept}，例如 portion: [1, 10]"
            yield marked.fault(("plans", place, "collective", "portion"), sentence)


def check_plan_conditions(marked: MarkedData, plans: Plans) -> Iterator[PackFault]:
    """Conditions ask for what a plan can know, and never for a sex or a marriage."""
    for place, plan in enumerate(plans):
        for path, condition in _conditions(plan):
            if sentence := _out_of_place(condition) or _unequal(condition):
                yield marked.fault(("plans", place, *path), sentence)


def _conditions(plan: ShareScheme) -> Iterator[tuple[DataPath, Condition]]:
    for place, rule in enumerate(plan.classes):
        for path, alternatives in _alternatives(rule):
            for number, condition in enumerate(alternatives):
                yield ("classes", place, *path, "when", number), condition


def _alternatives(rule: ShareClassRule) -> Iterator[tuple[DataPath, tuple[Condition, ...]]]:
    yield (), rule.when
    for number, band in enumerate(rule.bands):
        yield ("bands", number), band.when
    for number, credit in enumerate(rule.farming.credits if rule.farming else ()):
        yield ("farming", "credits", number), credit.when


def _out_of_place(asked: Condition) -> str:
    """What is only known once the shares are there, or is asked of everybody anyway."""
    odd = {
        "membership": asked.membership is not None,
        "has_shares": asked.has_shares is not None,
        "draws": asked.draws is not None,
    }
    found = next((key for key, there in odd.items() if there), "")
    return f"折股方案的条件不用 {found}，删除这一项，例如 age_at_least: 60" if found else ""


def _unequal(asked: Condition) -> str:
    """Women and men weigh the same, whoever they are married to (妇女权益保障法 2005, art. 33)."""
    told = "妇女与男子平等，份额不得因性别、婚嫁而不同（妇女权益保障法），"
    if asked.sex is not None:
        return f"{told}删除 sex，例如 age_at_least: 60"
    if married := sorted(_MARRIED.intersection(asked.flag)):
        return f'{told}删除备注 {married[0]}，例如 flag: ["4"]'
    for one, other in _OF_DAUGHTERS.items():
        if (one in asked.relation) != (other in asked.relation):
            lone = one if one in asked.relation else other
            return f'{told}只写了关系 {lone}，例如 relation: ["{one}", "{other}"]'
    return ""


_CHECKS: tuple[Callable[[MarkedData, Plans], Iterator[PackFault]], ...] = (
    check_plan_ids,
    check_portions,
    check_plan_conditions,
)


def check_plans(draft: Draft) -> Iterator[PackFault]:
    """The pack's plans are whole, within bounds, and the same for women and men."""
    return plan_faults(draft.marked["shares.yaml"], draft.shares.plans)


def plan_faults(marked: MarkedData, plans: Plans) -> Iterator[PackFault]:
    """Everything that is wrong with some plans, by the lines of their file."""
    for check in _CHECKS:
        yield from check(marked, plans)
