"""Payable 应付收益: dividends that had to wait, paid out once nothing holds them any more."""

from datetime import date
from typing import Final

from pydantic import Field

from conversion.domain.case import Case
from conversion.domain.collections import put
from conversion.domain.hold import HoldKind
from conversion.domain.ledger import Dividend
from conversion.domain.right import MembershipStanding
from conversion.domain.role import Role
from conversion.domain.standing import Change
from conversion.policy.decision import Decision
from conversion.policy.rules.dividend import Stake
from conversion.policy.rules.share_transaction import MAJORITY
from conversion.workflows.holdings.parties import BOOKED, held
from conversion.workflows.holdings.proposal import Serial
from conversion.workflows.step import (
    CaseCircumstances,
    Check,
    Evidence,
    Form,
    Guard,
    Part,
    Step,
)

_HELD_BY = {
    HoldKind.COURT: "法院冻结",
    HoldKind.DISPUTE: "权属争议",
    HoldKind.DEATH: "死亡待核实",
}


def stake(case: Case, serial: str, day: date) -> Stake:
    """What a person takes part in a distribution with, and what of it has to wait."""
    units = sum(held(case, serial).values())
    reason = _whole_waits(case, serial, day)
    if reason:
        return Stake(units=units, waiting=units, reason=reason)
    frozen = _frozen(case, serial, day)
    return Stake(units=units, waiting=frozen, reason="收益被冻结" if frozen else "")


def _whole_waits(case: Case, serial: str, day: date) -> str:
    """Why all that a person gets has to wait; empty when nothing speaks against paying it."""
    gone, membership = case.departed.get(serial), case.memberships.get(serial)
    if not BOOKED.is_met(case.positions) and case.positions["shares"] != "not_required":
        return "股份尚未登记"
    if gone and gone.is_dead:
        return "遗产，待继承"
    if membership and membership.standing is MembershipStanding.DISPUTED:
        return "成员身份有争议"
    return _stopped(case, serial, day)


def _stopped(case: Case, serial: str, day: date) -> str:
    """A hold on the household's ledger stops everybody; a dispute stops what is a child's."""
    holds = [hold for hold in case.holds.values() if hold.is_in_force]
    of_ledger = [h for h in holds if {"all", "ledger"} & set(h.blocks)]
    told = next((_HELD_BY[h.kind] for h in of_ledger if h.kind in _HELD_BY), "")
    is_minor = case.people[serial].age_on(day) < MAJORITY
    disputed = any(hold.kind is HoldKind.DISPUTE for hold in holds)
    return told or ("未成年人权益有争议" if is_minor and disputed else "")


def _frozen(case: Case, serial: str, day: date) -> int:
    """Units whose dividends an order holds; of several orders on one class the widest."""
    found: dict[str, int] = {}
    for row in case.encumbrances.values():
        if row.member == serial and row.covers_dividends and row.is_in_force(day):
            found[row.share_class] = max(found.get(row.share_class, 0), row.units)
    return sum(found.values())


# --- paid out after all --------------------------------------------------------------------------


class Payment(Form):
    """A dividend that waited, and who gets it now."""

    run: str = Field(title="分配编号", pattern=r"^D\d{2,}$")
    member: Serial = Field(title="成员序号")
    payee: Serial | None = Field(default=None, title="领取人（成员序号；继承人领取时填写）")


def _dividend(c: CaseCircumstances) -> Dividend | None:
    assert isinstance(c.form, Payment)
    return c.case.dividends.get(f"{c.form.run}/{c.form.member}")


def _waits(c: CaseCircumstances) -> Check:
    row = _dividend(c)
    waits = row is not None and row.held > 0 and row.released_on is None
    known = [k for k, d in c.case.dividends.items() if d.held and d.released_on is None]
    return Check(
        satisfied=waits,
        found=f"暂留的收益：{'、'.join(known) or '无'}",
        remedy="填写仍然暂留的分配编号和成员序号",
    )


def _nothing_holds(c: CaseCircumstances) -> Check:
    assert isinstance(c.form, Payment)
    form = c.form
    if form.member not in c.case.people:
        return Check(satisfied=False, found=f"本户没有成员 {form.member}", remedy="核对成员序号")
    now = stake(c.case, form.member, c.day)
    inherited = form.member in c.case.departed and not now.units and form.payee is not None
    frozen = _frozen(c.case, form.member, c.day)
    reason = (
        "收益被冻结" if frozen else "" if inherited else _whole_waits(c.case, form.member, c.day)
    )
    return Check(
        satisfied=not reason,
        found=reason or "暂留的原因已经消除",
        remedy="冻结解除、争议了结、遗产分清后再发放",
    )


def _paid(c: CaseCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
    row = _dividend(c)
    assert row, "only a dividend that waits can be paid"
    return (put("dividends", row.key, row.model_copy(update={"released_on": c.day})),)


PAYING: Final[tuple[Step[CaseCircumstances], ...]] = (
    Step(
        event="pay_held",
        title="发放暂留收益",
        source=("settled", "pending"),
        target=None,
        roles=(Role.COLLECTIVE, Role.SUPERVISORS),
        part=Part.RECORD,
        form=Payment,
        evidence=(Evidence(id="dividend_receipt", title="收益领取单"),),
        guards=(
            Guard(rule="dividend_waits", title="收益仍然暂留", test=_waits, reads_form=True),
            Guard(
                rule="nothing_holds_dividend",
                title="暂留的原因已经消除",
                test=_nothing_holds,
                reads_form=True,
            ),
        ),
        effect=_paid,
    ),
)
"""What is done about dividends in a household's chain."""
