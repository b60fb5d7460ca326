"""Two records of one person 重复登记: found to be one, by one person, and united by another.

The record in this household goes on; the other ends, and names this one. Shares are not united
here where both records hold some: one of the two was allotted wrongly, and the ledger corrects it.
"""

from dataclasses import replace
from datetime import date
from typing import Any

from pydantic import Field

from conversion.domain.case import Case
from conversion.domain.departed import Departure
from conversion.domain.household import Member
from conversion.workflows.changes.kind import Kind, Plan
from conversion.workflows.changes.leaving import departed
from conversion.workflows.changes.naming import MEMBER, NO_OPEN_OBJECTION
from conversion.workflows.guards import past_day
from conversion.workflows.step import CaseCircumstances, Check, Evidence, Form, Guard

_ROWS = (
    "memberships",
    "registrations",
    "representations",
    "declarations",
    "shares",
    "benefits",
    "entitlements",
)


class Duplicate(Form):
    """Two records of one person; the one here is kept."""

    member: str = Field(title="保留的记录（本户成员序号）", pattern=r"^\d{2,3}$")
    other: str = Field(title="另一记录所在的户（户号）", min_length=1, max_length=20)
    other_member: str = Field(title="另一记录（该户成员序号）", pattern=r"^\d{2,3}$")
    found_on: date = Field(title="核实日期")
    paper: str = Field(title="派出所核实证明文号", min_length=2, max_length=200)


def _form(c: CaseCircumstances) -> Duplicate:
    assert isinstance(c.form, Duplicate)
    return c.form


def _records(c: CaseCircumstances) -> tuple[Member | None, Member | None]:
    form = _form(c)
    other = c.others.get(form.other)
    return c.case.members.get(form.member), other.members.get(form.other_member) if other else None


def _other_known(c: CaseCircumstances) -> Check:
    _, other = _records(c)
    apart = other is not None and _form(c).other != c.case.household.number
    free = apart and c.others[_form(c).other].positions.get("household") != "pending"
    return Check(
        satisfied=free and other is not None and not other.is_head,
        found=f"另一记录为{other.name}" if other else "没有另一户的这名成员",
        remedy="填写另一户的户号和成员序号；是户主的先变更户主，有待批变更的先办结",
    )


def _same_person(c: CaseCircumstances) -> Check:
    own, other = _records(c)
    same = bool(own and other) and _alike(own, other)
    return Check(
        satisfied=same,
        found="号码相同，或姓名、性别、出生日期均相同" if same else "两份记录不像同一个人",
        remedy="确系一人而资料有误的，先办“更正姓名或身份号码”",
    )


def _alike(own: Member | None, other: Member | None) -> bool:
    if own is None or other is None:
        return False
    if own.resident_number and own.resident_number == other.resident_number:
        return True
    return (own.name, own.sex, own.birth_date) == (other.name, other.sex, other.birth_date)


def _shares_once(c: CaseCircumstances) -> Check:
    form, other = _form(c), c.others.get(_form(c).other)
    own = _units(c.case, form.member)
    theirs = _units(other, form.other_member) if other else 0
    return Check(
        satisfied=not (own and theirs),
        found=f"两份记录分别持有 {own} 股、{theirs} 股",
        remedy="先在股权台账中更正，把误配的一份转入预留股份",
    )


def _units(case: Case, member: str) -> int:
    return sum(lot.units for lot in case.shares.values() if lot.member == member)


def _plan(c: CaseCircumstances, form: Duplicate) -> Plan:
    other = c.others[form.other]
    went_to = f"{c.case.number}/{form.member}"
    ended = departed(
        other,
        form.other_member,
        Departure.UNITED,
        on=form.found_on,
        paper=form.paper,
        went_to=went_to,
    )
    theirs, rest = _apart(ended, form.other_member)
    own: dict[str, Any] = {
        name: {**_named(theirs[name], form.member), **getattr(c.case, name)} for name in _ROWS
    }
    after = {c.case.number: replace(c.case, **own), other.number: replace(ended, **rest)}
    reason = f"经核实两份记录为同一人，保留成员{form.member}，另一记录终止并注明去向。"
    return Plan(after=after, reasons=(reason,))


def _apart(case: Case, member: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The rows of one person, and all others."""
    theirs: dict[str, Any] = {}
    rest: dict[str, Any] = {}
    for name in _ROWS:
        rows = getattr(case, name)
        theirs[name] = {k: r for k, r in rows.items() if r.member == member}
        rest[name] = {k: r for k, r in rows.items() if r.member != member}
    return theirs, rest


def _named(rows: dict[str, Any], member: str) -> dict[str, Any]:
    moved = (row.model_copy(update={"member": member}) for row in rows.values())
    return {row.key: row for row in moved}


def _both(c: CaseCircumstances, form: Duplicate) -> dict[str, str]:
    return {c.case.household.number: form.member, form.other: form.other_member}


DUPLICATE = Kind(
    event="unite_records",
    title="合并重复登记",
    form=Duplicate,
    evidence=(Evidence(id="identity_inquiry", title="派出所人口信息核实证明"),),
    guards=(
        MEMBER,
        NO_OPEN_OBJECTION,
        past_day("found_on", "核实日期"),
        Guard(rule="other_known", title="另一记录存在", test=_other_known, reads_form=True),
        Guard(rule="same_person", title="两份记录是同一人", test=_same_person, reads_form=True),
        Guard(rule="shares_once", title="份额只配了一次", test=_shares_once, reads_form=True),
    ),
    plan=_plan,
    reaches=lambda form: (form.other,),
    holds=_both,
)
