"""Parties 当事人: the people between whom shares move, found in the cases that a step sees."""

from collections.abc import Iterable, Mapping

from conversion.domain.balance import lots_of
from conversion.domain.case import Case
from conversion.domain.ledger import COMMUNAL, SET_ASIDE, Leg, PostingKind
from conversion.domain.right import MembershipStanding
from conversion.policy.holder_cap import own_cap
from conversion.policy.rules.share_transaction import Holder, ShareTransaction
from conversion.workflows.bookkeeping import postings_of
from conversion.workflows.need import Need
from conversion.workflows.step import CaseCircumstances, Check

BOOKED = Need(level="shares", states=("booked", "certified"))
"""The household's shares are its own: booked after their notice."""

RECEIVES = Need(level="shares", states=("booked", "certified", "not_required"))
"""A household may receive: what it has is booked, or it has been decided that it has none."""


def households(c: CaseCircumstances) -> dict[str, Case]:
    """Case number → household, of the own case and every other that the step sees."""
    return {c.case.number: c.case, **{case.number: case for case in c.others.values()}}


def touched(c: CaseCircumstances, legs: Iterable[Leg]) -> dict[str, Case]:
    """The households between which the legs move shares."""
    known = households(c)
    numbers = dict.fromkeys(n for leg in legs for n in _cases(leg))
    return {number: known[number] for number in numbers if number in known}


def holders(c: CaseCircumstances, legs: Iterable[Leg]) -> dict[str, Holder]:
    """Account → person, of all accounts that are somebody's."""
    known = households(c)
    accounts = dict.fromkeys(a for leg in legs for a in (leg.source, leg.target))
    return {
        account: holder(known[number], serial, c)
        for account in accounts
        for number, _, serial in (account.rpartition("/"),)
        if number in known and serial in known[number].people
    }


def holder(case: Case, serial: str, c: CaseCircumstances) -> Holder:
    """A person as the rules on shares see one."""
    membership = case.memberships.get(serial)
    return Holder(
        age=case.people[serial].age_on(c.day),
        is_member=membership is not None and membership.standing is MembershipStanding.CONFIRMED,
        units=held(case, serial),
        burdened=burdened(case, serial, c),
    )


def transaction_of(
    c: CaseCircumstances,
    kind: PostingKind,
    legs: tuple[Leg, ...],
    *,
    minor_benefit: str = "",
    set_aside: Mapping[str, int] | None = None,
) -> ShareTransaction:
    """What is to be booked, as the rules on shares see it.

    Args:
        c: the circumstances; `kind` and `legs` say what is to be booked.
        kind: see c.
        legs: see c.
        minor_benefit: how it is for the benefit of a minor who gives.
        set_aside: what of the reserve is kept for others than who receives; all, unless it is said.
    """
    plan = c.programme.plan
    assert plan, "shares rest on a plan"
    adopted = c.pack.on(plan.adopted_on)
    return ShareTransaction(
        kind=kind,
        legs=legs,
        holders=holders(c, legs),
        communal=c.communal,
        plan_units=plan.total_units,
        own_cap=own_cap(adopted.share_plan(plan.scheme), adopted),
        minor_benefit=minor_benefit,
        set_aside=c.communal.get(SET_ASIDE, {}) if set_aside is None else set_aside,
    )


def units_left(case: Case, legs: Iterable[Leg]) -> int:
    """Units that a household has once the legs are booked."""
    mine = f"{case.number}/"
    moved = (
        leg.units * (leg.target.startswith(mine) - leg.source.startswith(mine)) for leg in legs
    )
    return case.units + sum(moved)


def held(case: Case, serial: str) -> dict[str, int]:
    """Class → units that a person holds."""
    return {lot.share_class: lot.units for lot in case.shares.values() if lot.member == serial}


def burdened(case: Case, serial: str, c: CaseCircumstances) -> dict[str, int]:
    """Class → units that may not move on the day; of several orders on one holding the widest."""
    found: dict[str, int] = {}
    for row in case.encumbrances.values():
        if row.member == serial and row.covers_shares and row.is_in_force(c.day):
            found[row.share_class] = _held_fast(found.get(row.share_class, 0), row.units, row.kind)
    return found


def _held_fast(before: int, units: int, kind: str) -> int:
    """Pledges add up, since each needs units of its own; freezes may lie on the same units."""
    return before + units if kind == "pledge" else max(before, units)


def parties_known(c: CaseCircumstances, legs: tuple[Leg, ...]) -> Check:
    """Everybody named is of a household of the village whose shares are settled."""
    known = households(c)
    accounts = {a for leg in legs for a in (leg.source, leg.target)} - set(COMMUNAL)
    strangers = sorted(accounts - set(holders(c, legs)))
    waiting = [
        number
        for number, case in touched(c, legs).items()
        if number != c.case.number and not RECEIVES.is_met(case.positions)
    ]
    faults = [
        f"查不到 {'、'.join(strangers)}" if strangers else "",
        f"{'、'.join(waiting)} 的股份尚未登记" if waiting else "",
    ]
    return Check(
        satisfied=not strangers and not waiting,
        found="；".join(filter(None, faults)) or f"涉及 {len(known)} 户，当事人均已查明",
        remedy="核对户号和成员序号；对方户的股份登记后再办理",
    )


def books_agree(c: CaseCircumstances, legs: tuple[Leg, ...]) -> Check:
    """The lots of every household touched are what its postings leave, before they move."""
    wrong = [
        number
        for number, case in touched(c, legs).items()
        if {k: lot for k, lot in case.shares.items() if lot.units}
        != lots_of(number, postings_of(case))
    ]
    return Check(
        satisfied=not wrong,
        found=f"{'、'.join(wrong)} 的份额与分录不符" if wrong else "份额与分录相符",
        remedy="先运行 conversion share check 查明差错，再办理变动",
    )


def _cases(leg: Leg) -> tuple[str, ...]:
    accounts = (leg.source, leg.target)
    return tuple(a.rpartition("/")[0] for a in accounts if a not in COMMUNAL)
