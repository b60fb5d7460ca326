"""Moving between households: when people, land and shares may change households at all."""

from typing import Final

from conversion.workflows.changes.naming import NO_OPEN_OBJECTION
from conversion.workflows.step import CaseCircumstances, Check, Guard

AT_THE_POLICE = ("filed", "checked", "approved")


def _not_at_the_police(c: CaseCircumstances) -> Check:
    there = c.case.positions["hukou"] in AT_THE_POLICE
    return Check(
        satisfied=not there,
        found="户口事项正在公安机关办理" if there else "户口事项不在公安机关办理中",
        remedy="待公安机关登记，或由其退回补正后再办",
    )


def _not_between_plan_and_lots(c: CaseCircumstances) -> Check:
    """The plan names each member by household; its lots are taken over before anybody moves."""
    adopted = c.programme.has_reached("plan_adopted")
    between = adopted and c.case.positions["shares"] == "members_confirmed"
    waits = "、".join(sorted({lot.member for lot in c.case.reserved.values()}))
    found = f"为有争议的成员 {waits} 预留着股份" if waits else "没有待登记到人的配股"
    return Check(
        satisfied=not between and not waits,
        found="方案已为本户配股，尚未登记到人" if between else found,
        remedy="先办“配股”（shares.allocate）；有争议的，待争议了结（shares.resolve_dispute）",
    )


def _unencumbered(c: CaseCircumstances) -> Check:
    fast = [e.serial for e in c.case.encumbrances.values() if e.ended_on is None]
    return Check(
        satisfied=not fast,
        found=f"份额被冻结或质押：{'、'.join(fast)}" if fast else "份额没有被冻结、质押",
        remedy="解除以后再办；冻结期间只能依法院通知办理",
    )


MAY_MOVE: Final[tuple[Guard[CaseCircumstances], ...]] = (
    NO_OPEN_OBJECTION,
    Guard(rule="not_at_police", title="户口事项不在公安机关办理中", test=_not_at_the_police),
    Guard(
        rule="lots_taken_over",
        title="方案所配的份额已登记到人",
        test=_not_between_plan_and_lots,
    ),
    Guard(rule="unencumbered", title="份额没有被冻结、质押", test=_unencumbered),
)
"""What must hold before anybody of a household goes into another."""
