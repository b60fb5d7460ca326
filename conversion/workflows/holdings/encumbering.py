"""Encumbering 质押和冻结: units that may not move, and dividends that wait, until it ends.

An order takes effect when it arrives (协助执行通知书); a pledge when it is registered (物权法 226).
Neither waits for a second person, and neither moves anything.
"""

from datetime import date
from typing import Annotated, Final

from pydantic import Field

from conversion.domain.collections import put
from conversion.domain.ledger import Encumbrance, EncumbranceKind
from conversion.domain.role import Role
from conversion.domain.standing import Change
from conversion.policy.decision import Decision
from conversion.policy.rules.share_transaction import may_be_pledged
from conversion.workflows.holdings.parties import held, holder
from conversion.workflows.holdings.proposal import Serial, Units
from conversion.workflows.holdings.transacting import SHARES_BOOKED
from conversion.workflows.step import (
    CaseCircumstances,
    Check,
    Evidence,
    Form,
    Guard,
    Part,
    Step,
)

Order = Annotated[str, Field(min_length=2, max_length=100)]


class Pledge(Form):
    """A pledge, as its contract says."""

    member: Serial = Field(title="出质人（成员序号）")
    units: Units = Field(title="股数（股种=股数）")
    pledgee: str = Field(title="质权人", min_length=2, max_length=100)
    contract: Order = Field(title="质押合同编号")
    until: date | None = Field(default=None, title="债务履行期限")


class Freeze(Form):
    """A freeze, as the order says: of all that a person holds unless it names units."""

    member: Serial = Field(title="被冻结人（成员序号）")
    units: dict[str, Annotated[int, Field(gt=0)]] = Field(
        default_factory=dict, title="股数（股种=股数；不填为全部）"
    )
    authority: str = Field(title="冻结机关", min_length=2, max_length=100)
    order: Order = Field(title="协助执行通知书文号")
    covers_shares: bool = Field(default=True, title="冻结股份")
    covers_dividends: bool = Field(default=True, title="冻结收益")
    until: date | None = Field(default=None, title="冻结期限届满日")


class Renewal(Form):
    """A freeze renewed before its term is over."""

    encumbrance: str = Field(title="冻结编号", pattern=r"^B\d{2,}$")
    order: Order = Field(title="续行冻结通知书文号")
    until: date = Field(title="新的期限届满日")


class Lifting(Form):
    """The paper by which a pledge or freeze ends."""

    encumbrance: str = Field(title="质押或者冻结编号", pattern=r"^B\d{2,}$")
    paper: Order = Field(title="解除文书编号")


def _units_of(c: CaseCircumstances, form: Pledge | Freeze) -> dict[str, int]:
    return form.units or {k: n for k, n in held(c.case, form.member).items() if n}


def _encumbered(c: CaseCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
    form = c.form
    assert isinstance(form, Pledge | Freeze)
    first = len(c.case.encumbrances) + 1
    rows = (
        Encumbrance(
            serial=f"B{number:02d}",
            kind=EncumbranceKind.PLEDGE if isinstance(form, Pledge) else EncumbranceKind.FREEZE,
            member=form.member,
            share_class=share_class,
            units=units,
            covers_shares=isinstance(form, Pledge) or form.covers_shares,
            covers_dividends=isinstance(form, Freeze) and form.covers_dividends,
            holder=form.pledgee if isinstance(form, Pledge) else form.authority,
            order=form.contract if isinstance(form, Pledge) else form.order,
            since=c.day,
            until=form.until,
        )
        for number, (share_class, units) in enumerate(sorted(_units_of(c, form).items()), first)
    )
    return tuple(put("encumbrances", row.key, row) for row in rows)


def _pledge(c: CaseCircumstances) -> Decision:
    assert isinstance(c.form, Pledge)
    return may_be_pledged(holder(c.case, c.form.member, c), c.form.units, c.pack)


def _renewed(c: CaseCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
    assert isinstance(c.form, Renewal)
    row = c.case.encumbrances[c.form.encumbrance]
    update = {"until": c.form.until, "order": c.form.order}
    return (put("encumbrances", row.key, row.model_copy(update=update)),)


def _lifted(c: CaseCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
    assert isinstance(c.form, Lifting)
    row = c.case.encumbrances[c.form.encumbrance]
    update = {"ended_on": c.day, "ending": c.form.paper}
    return (put("encumbrances", row.key, row.model_copy(update=update)),)


def _units_held(c: CaseCircumstances) -> Check:
    assert isinstance(c.form, Pledge | Freeze)
    has, wanted = held(c.case, c.form.member), _units_of(c, c.form)
    short = [k for k, units in wanted.items() if has.get(k, 0) < units]
    return Check(
        satisfied=bool(wanted) and not short,
        found=f"成员{c.form.member}持有 {has or '无'}",
        remedy="按本人名下的股种和股数填写",
    )


def _in_force(c: CaseCircumstances) -> Check:
    assert isinstance(c.form, Renewal | Lifting)
    row = c.case.encumbrances.get(c.form.encumbrance)
    is_freeze = row is not None and row.kind is EncumbranceKind.FREEZE
    suits = is_freeze or isinstance(c.form, Lifting)
    runs = row is not None and row.is_in_force(c.day)
    known = "、".join(k for k, r in c.case.encumbrances.items() if r.is_in_force(c.day))
    return Check(
        satisfied=runs and suits,
        found=f"有效的质押和冻结：{known or '无'}",
        remedy="填写有效的编号；冻结期满未续的已经失效，只有冻结可以续行",
    )


def _is_longer(c: CaseCircumstances) -> Check:
    assert isinstance(c.form, Renewal)
    row = c.case.encumbrances.get(c.form.encumbrance)
    until = row.until if row else None
    return Check(
        satisfied=until is None or c.form.until > until,
        found=f"原期限 {until:%Y-%m-%d}" if until else "原来没有期限",
        remedy="新的期限应当晚于原期限",
    )


HELD: Final[Guard[CaseCircumstances]] = Guard(
    rule="units_held", title="股份在本人名下", test=_units_held, reads_form=True
)
IN_FORCE: Final[Guard[CaseCircumstances]] = Guard(
    rule="encumbrance_in_force", title="质押或者冻结仍然有效", test=_in_force, reads_form=True
)
LONGER: Final[Guard[CaseCircumstances]] = Guard(
    rule="freeze_longer", title="续行的期限晚于原期限", test=_is_longer, reads_form=True
)

_ANYWHERE = ("settled", "pending")
_BOARD = (Role.COLLECTIVE, Role.SUPERVISORS)

ENCUMBERING: Final[tuple[Step[CaseCircumstances], ...]] = (
    Step(
        event="pledge",
        title="质押登记",
        source=("settled",),
        target=None,
        roles=_BOARD,
        part=Part.RECORD,
        form=Pledge,
        evidence=(
            Evidence(id="pledge_contract", title="质押合同"),
            Evidence(id="pledge_consent", title="集体经济组织同意质押的决定"),
        ),
        guards=(SHARES_BOOKED, HELD),
        decide=_pledge,
        effect=_encumbered,
    ),
    Step(
        event="freeze",
        title="冻结",
        source=_ANYWHERE,
        target=None,
        roles=_BOARD,
        part=Part.RECORD,
        form=Freeze,
        evidence=(Evidence(id="assistance_notice", title="协助执行通知书"),),
        guards=(SHARES_BOOKED, HELD),
        effect=_encumbered,
        despite_holds=True,
    ),
    Step(
        event="renew_freeze",
        title="续行冻结",
        source=_ANYWHERE,
        target=None,
        roles=_BOARD,
        part=Part.RECORD,
        form=Renewal,
        evidence=(Evidence(id="renewal_notice", title="续行冻结通知书"),),
        guards=(IN_FORCE, LONGER),
        effect=_renewed,
        despite_holds=True,
    ),
    Step(
        event="lift",
        title="解除质押或者冻结",
        source=_ANYWHERE,
        target=None,
        roles=_BOARD,
        part=Part.RECORD,
        form=Lifting,
        evidence=(Evidence(id="lifting_paper", title="解除通知书或者债务清偿证明"),),
        guards=(IN_FORCE,),
        effect=_lifted,
        despite_holds=True,
    ),
)
"""What is done to a holding beside the way."""
