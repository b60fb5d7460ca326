"""Representing 代理与监护: who signs for the absent, the ward and the missing.

Absence takes nothing away: soldiers, students and prisoners keep what they have, and why somebody
is absent stands on no list and in no row (个人信息保护法 28).
"""

from dataclasses import replace
from datetime import date
from typing import Final

from pydantic import Field

from conversion.domain.representation import Representation, RepresentationKind
from conversion.workflows.changes.joining import PERSONAL
from conversion.workflows.changes.kind import Kind, Plan
from conversion.workflows.changes.naming import MEMBER
from conversion.workflows.guards import MAJORITY, past_day
from conversion.workflows.step import CaseCircumstances, Check, Evidence, Form, Guard

HEARD_FROM = 8
"""Years of age from which a child is heard (民法典 19; 民法通则 12 said ten)."""


class Representing(Form):
    """Who acts for a member, on what paper, and for how long."""

    member: str = Field(title="被代理的成员（成员序号）", pattern=r"^\d{2,3}$")
    name: str = Field(title="代理人姓名", min_length=1, max_length=100, json_schema_extra=PERSONAL)
    serial: str = Field(default="", title="代理人是本户成员的，其序号", pattern=r"^(\d{2,3})?$")
    paper: str = Field(title="委托书、判决书或者户籍证明文号", min_length=2, max_length=200)
    since: date = Field(title="起始日期")
    until: date | None = Field(default=None, title="截止日期（没有的不填）")


class Guardianship(Representing):
    """A guardian; a child that can speak for itself is heard."""

    heard: bool = Field(default=False, title="已听取满八周岁的被监护人意见")
    parent: bool = Field(title="监护人是父母")
    why_not_parent: str = Field(default="", title="不是父母的，说明理由", max_length=300)


def _form(c: CaseCircumstances) -> Representing:
    assert isinstance(c.form, Representing)
    return c.form


def _able(c: CaseCircumstances) -> Check:
    form = _form(c)
    agent = c.case.members.get(form.serial)
    outside = not form.serial
    able = outside or (
        agent is not None and form.serial != form.member and agent.age_on(c.day) >= MAJORITY
    )
    return Check(
        satisfied=able,
        found=f"代理人{form.name}" + ("（户外人员）" if outside else f"（成员{form.serial}）"),
        remedy="代理人应为其他成年人；是本户成员的填写其序号",
    )


def _grown(c: CaseCircumstances) -> Check:
    member = c.case.members.get(_form(c).member)
    grown = member is None or member.age_on(c.day) >= MAJORITY
    return Check(
        satisfied=grown,
        found=f"{member.name}现年 {member.age_on(c.day)} 岁" if member else "没有这名成员",
        remedy="未成年人由监护人代理，按“指定监护人”办理",
    )


def _heard(c: CaseCircumstances) -> Check:
    form, member = c.form, c.case.members.get(_form(c).member)
    assert isinstance(form, Guardianship)
    age = member.age_on(c.day) if member else 0
    due = age >= HEARD_FROM
    return Check(
        satisfied=form.heard or not due,
        found="已听取本人意见" if form.heard else f"被监护人 {age} 岁，未听取意见",
        remedy="满八周岁的，先听取本人意见",
    )


def _parents_first(c: CaseCircumstances) -> Check:
    assert isinstance(c.form, Guardianship)
    explained = c.form.parent or bool(c.form.why_not_parent)
    return Check(
        satisfied=explained,
        found="监护人是父母" if c.form.parent else c.form.why_not_parent or "没有说明为何不是父母",
        remedy="父母是当然监护人；另定监护人的说明理由",
    )


def _as(kind: RepresentationKind, c: CaseCircumstances, form: Representing) -> Plan:
    told = form.model_dump(include={"member", "name", "serial", "paper", "since", "until"})
    row = Representation.model_validate(told | {"kind": kind})
    case = replace(c.case, representations={**c.case.representations, row.key: row})
    reason = f"成员{form.member}由{kind.label}代为办理，本人的各项权益不变。"
    return Plan(after={case.number: case}, reasons=(reason,))


ABLE: Final[Guard[CaseCircumstances]] = Guard(
    rule="agent_able", title="代理人有行为能力", test=_able, reads_form=True
)

PROXY = Kind(
    event="appoint_proxy",
    title="委托代理",
    form=Representing,
    evidence=(Evidence(id="power_of_attorney", title="经公证或者由所在单位证明的委托书"),),
    guards=(
        MEMBER,
        ABLE,
        past_day("since", "起始日期"),
        Guard(rule="principal_grown", title="委托人已成年", test=_grown, reads_form=True),
    ),
    plan=lambda c, form: _as(RepresentationKind.PROXY, c, form),
)

GUARDIAN = Kind(
    event="appoint_guardian",
    title="指定监护人",
    form=Guardianship,
    evidence=(Evidence(id="guardianship", title="户籍证明、指定文书或者判决书"),),
    guards=(
        MEMBER,
        ABLE,
        past_day("since", "起始日期"),
        Guard(rule="ward_heard", title="已听取被监护人意见", test=_heard, reads_form=True),
        Guard(rule="parents_first", title="父母优先", test=_parents_first, reads_form=True),
    ),
    plan=lambda c, form: _as(RepresentationKind.GUARDIAN, c, form),
)

MISSING = Kind(
    event="declare_missing",
    title="宣告失踪",
    form=Representing,
    evidence=(Evidence(id="missing_judgment", title="宣告失踪判决书（载明财产代管人）"),),
    guards=(MEMBER, ABLE, past_day("since", "起始日期")),
    plan=lambda c, form: _as(RepresentationKind.CUSTODIAN, c, form),
)
