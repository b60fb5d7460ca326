"""Allotting 配股: what the adopted plan gives a household, explained and booked.

Nobody but a confirmed member holds shares, and every confirmed member has them by the plan.
"""

from typing import Final

from conversion.domain.ledger import PLAN, Leg, PostingKind, account_of
from conversion.domain.right import MembershipStanding, ShareLot
from conversion.domain.standing import Change
from conversion.policy.decision import Decision
from conversion.policy.rules.share_allocation import explain_lots
from conversion.policy.share_calculation import ShareCalculation
from conversion.policy.weighing import at_base_date
from conversion.workflows.bookkeeping import ALLOCATION, book, transaction_id
from conversion.workflows.membership import confirmed_members
from conversion.workflows.setting_aside import awaited, released, set_aside
from conversion.workflows.step import CaseCircumstances, Check, Guard


def _someone_is_member(c: CaseCircumstances) -> Check:
    confirmed = confirmed_members(c)
    return Check(
        satisfied=bool(confirmed),
        found=f"本户已确认成员 {len(confirmed)} 人",
        remedy="本户无成员的，办理“确认不享有份额”",
    )


def _allotted(c: CaseCircumstances) -> Check:
    confirmed = confirmed_members(c)
    holders = {key.partition("/")[0] for key in c.allotment} | set(awaited(c.case))
    return Check(
        satisfied=holders == confirmed,
        found=f"已确认成员 {len(confirmed)} 人，方案配股 {len(holders)} 人",
        remedy="按折股量化方案核对成员名册；方案之后补登的成员，配股后从预留股份中办理",
    )


def _only_members_hold(c: CaseCircumstances) -> Check:
    ended = {
        m.member for m in c.case.memberships.values() if m.standing is MembershipStanding.ENDED
    }
    strangers = {lot.member for lot in c.case.shares.values()} - confirmed_members(c) - ended
    return Check(
        satisfied=not strangers,
        found=f"未确认成员持有份额：{'、'.join(sorted(strangers))}"
        if strangers
        else "持股人均为已确认成员",
        remedy="更正配股表",
    )


def _lots(c: CaseCircumstances) -> tuple[ShareLot, ...]:
    return tuple(
        ShareLot(member=member, share_class=share_class, units=units)
        for key, units in sorted(c.allotment.items())
        for member, _, share_class in (key.partition("/"),)
    )


def _all_lots(c: CaseCircumstances) -> tuple[ShareLot, ...]:
    """The plan's lots, and those set aside for whoever turned out to be a member since."""
    return (*_lots(c), *(lot for m in awaited(c.case) for lot in set_aside(c.case, m)))


def explained(c: CaseCircumstances) -> Decision:
    """The calculation of the household's lots, sealed with the allotment."""
    plan = c.programme.plan
    assert plan is not None, "the plan_adopted milestone is a guard of this step"
    assert c.adopted, "the weights are counted by the pack of the day of adoption"
    calculation = ShareCalculation(
        lots={lot.key: lot for lot in _all_lots(c)},
        weights=c.weights,
        classes=c.programme.share_classes,
        plan=plan,
        facts=at_base_date(c.case, plan.base_date),
        scheme=c.adopted.share_plan(plan.scheme),
        pack=c.adopted,
    )
    return explain_lots(calculation)


def allocated(c: CaseCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
    """The plan's units posted to the members, out of the reserve where they were set aside."""
    changes = _by_the_plan(c)
    for member in awaited(c.case):
        changes = (*changes, *released(c, c.case.changed(changes), member))
    return changes


def _by_the_plan(c: CaseCircumstances) -> tuple[Change, ...]:
    plan = c.programme.plan
    assert plan is not None, "the plan_adopted milestone is a guard of this step"
    legs = (
        Leg(
            share_class=lot.share_class,
            units=lot.units,
            source=PLAN,
            target=account_of(c.case.number, lot.member),
        )
        for lot in _lots(c)
        if lot.units
    )
    return book(
        c.case,
        legs,
        transaction=transaction_id(c.case.number, ALLOCATION),
        kind=PostingKind.ALLOCATION,
        day=c.day,
        paper=f"折股量化方案{plan.version}",
    )


ALLOTTED: Final[tuple[Guard[CaseCircumstances], ...]] = (
    Guard(rule="someone_is_member", title="本户有已确认的成员", test=_someone_is_member),
    Guard(rule="allotted", title="方案已为每名成员配股", test=_allotted),
)
"""What must hold of a household that is to receive its shares."""

ONLY_MEMBERS: Final[Guard[CaseCircumstances]] = Guard(
    rule="only_members_hold",
    title="份额只登记给已确认的成员",
    test=_only_members_hold,
)
