"""Joining 加入: who comes into a household, and what becomes of the person's membership."""

from dataclasses import replace
from datetime import date
from typing import Final

from pydantic import Field
from pydantic.config import JsonDict

from conversion.domain.case import Case
from conversion.domain.household import HukouKind, Member
from conversion.domain.right import Membership, MembershipStanding
from conversion.policy.decision import Decision
from conversion.policy.rules.membership import propose_membership
from conversion.standards import relation, resident_number
from conversion.workflows.changes.kind import Plan
from conversion.workflows.facts import household_facts
from conversion.workflows.step import CaseCircumstances, Check, Form, Guard

PERSONAL: Final[JsonDict] = {"personal": True}

ROLL_CONFIRMED: Final = (
    "members_confirmed",
    "allocated",
    "shares_on_notice",
    "shares_objected",
    "booked",
    "certified",
    "not_required",
)
"""States of the shares in which a membership has been decided for good."""

_DECIDED = {
    MembershipStanding.PROPOSED: MembershipStanding.CONFIRMED,
    MembershipStanding.NOT_PROPOSED: MembershipStanding.NOT_CONFIRMED,
}


class Newcomer(Form):
    """A person who comes into the household, as the papers say."""

    name: str = Field(title="姓名", min_length=1, max_length=100, json_schema_extra=PERSONAL)
    relation: str = Field(title="与户主关系（GB/T 4761 代码）", pattern=r"^\d{2}$")
    sex: str = Field(title="性别（1 男，2 女）", pattern=r"^[12]$")
    birth_date: date = Field(title="出生日期", json_schema_extra=PERSONAL)
    resident_number: str = Field(
        default="", title="公民身份号码", max_length=18, json_schema_extra=PERSONAL
    )
    ethnicity: str = Field(default="01", title="民族（GB/T 3304 代码）", pattern=r"^\d{2}$")
    hukou_kind: HukouKind = Field(default=HukouKind.AGRICULTURAL, title="户口性质")
    farming_months: int = Field(default=0, ge=0, title="农龄（月）")


def next_serial(case: Case) -> str:
    """A serial that nobody of the household has or had."""
    return f"{max((int(serial) for serial in case.people), default=0) + 1:02d}"


def joined(c: CaseCircumstances, member: Member, findings: tuple[str, ...] = ()) -> Plan:
    """The household with one more member, whose membership the pack proposes.

    Args:
        c: the household is `c.case`.
        member: with a serial of its own.
        findings: what is established about the person, as ids of the pack's grounds.
    """
    case = replace(c.case, members={**c.case.members, member.serial: member})
    state = case.positions["shares"]
    if state == "open":
        reason = f"成员{member.serial}的身份随本户摸底一并提出。"
        return Plan(after={case.number: case}, reasons=(reason,), joined=1)
    decision = decided(replace(c, case=case), member, findings)
    (row,) = decision.rows_of(Membership)
    if state in ROLL_CONFIRMED:
        row = row.model_copy(update={"standing": _DECIDED.get(row.standing, row.standing)})
    case = replace(case, memberships={**case.memberships, row.key: row})
    return Plan(
        after={case.number: case},
        reasons=tuple(f"成员{member.serial}：{reason}" for reason in decision.reasons),
        decisions=(decision,),
        joined=1,
    )


def decided(c: CaseCircumstances, member: Member, findings: tuple[str, ...]) -> Decision:
    """What the pack says of a person's membership."""
    return propose_membership(member, household_facts(c), c.pack, findings=findings)


# --- what must hold of a newcomer ----------------------------------------------------------------


def _newcomer(c: CaseCircumstances) -> Newcomer:
    assert isinstance(c.form, Newcomer)
    return c.form


def number_faults(number: str, sex: str, born: date, c: CaseCircumstances) -> list[str]:
    """What is wrong with a resident number, by itself and against sex and birth date."""
    if not number:
        return []
    faults = [f.sentence for f in resident_number.check(number, today=c.day) if f.is_error]
    if faults:
        return faults
    told = (resident_number.sex(number), resident_number.birth_date(number))
    return [] if told == (sex, born) else ["号码与性别或出生日期不一致"]


def _papers_agree(c: CaseCircumstances) -> Check:
    form = _newcomer(c)
    faults = number_faults(form.resident_number, form.sex, form.birth_date, c)
    if form.birth_date > c.day:
        faults.append("出生日期晚于今天")
    return Check(
        satisfied=not faults,
        found="；".join(faults) or "姓名、性别、出生日期和号码相符",
        remedy="对照户口簿或出生医学证明更正",
    )


def _not_elsewhere(c: CaseCircumstances) -> Check:
    places = "、".join(sorted(set(c.known.values())))
    return Check(
        satisfied=not places,
        found=f"该号码已登记在案件 {places}" if places else "该人未在其他户登记",
        remedy="先由该户办理迁出，或按“两份记录合并”核实，不得两头登记",
    )


def _relation_fits(c: CaseCircumstances) -> Check:
    form = _newcomer(c)
    title = relation.TABLE.titles.get(form.relation, "")
    implied = relation.implied_sex(form.relation)
    fits = bool(title) and not relation.is_head(form.relation) and implied in {None, form.sex}
    return Check(
        satisfied=fits,
        found=f"关系“{title or form.relation}”，性别代码 {form.sex}",
        remedy="填写 GB/T 4761 关系代码，与性别一致，不得为户主",
    )


NOT_ELSEWHERE: Final[Guard[CaseCircumstances]] = Guard(
    rule="not_elsewhere", title="该人未在其他户登记", test=_not_elsewhere, reads_form=True
)

NEWCOMER: Final[tuple[Guard[CaseCircumstances], ...]] = (
    Guard(rule="newcomer_papers", title="身份资料相符", test=_papers_agree, reads_form=True),
    Guard(rule="newcomer_relation", title="与户主关系明确", test=_relation_fits, reads_form=True),
    NOT_ELSEWHERE,
)
"""What must hold of whoever comes into a household."""


def newcomer_member(c: CaseCircumstances, form: Newcomer, **others: object) -> Member:
    """The member that a newcomer becomes."""
    told = form.model_dump(include=set(Member.model_fields))
    serial = next_serial(c.case)
    return Member.model_validate(told | {"serial": serial} | others)


def newcomer_number(form: Newcomer) -> tuple[str, ...]:
    """The resident number that a newcomer's form names."""
    return (form.resident_number,)
