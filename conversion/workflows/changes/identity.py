"""Correction of a name or a resident number 更正姓名、号码, on the paper of the police.

The person keeps the serial, so every membership, share, right and paper still leads there; papers
that show the old name or number are superseded (户口登记条例 17; 居民身份证法 11).
"""

from dataclasses import replace
from datetime import date

from pydantic import Field

from conversion.domain.household import Member
from conversion.workflows.changes.joining import NOT_ELSEWHERE, PERSONAL, number_faults
from conversion.workflows.changes.kind import Kind, Plan
from conversion.workflows.changes.naming import MEMBER
from conversion.workflows.step import CaseCircumstances, Check, Evidence, Form, Guard


class Identity(Form):
    """What the police corrected; what is left empty stays as it is."""

    member: str = Field(title="成员（成员序号）", pattern=r"^\d{2,3}$")
    paper: str = Field(title="公安机关更正证明文号", min_length=2, max_length=200)
    name: str = Field(default="", title="更正后的姓名", max_length=100, json_schema_extra=PERSONAL)
    resident_number: str = Field(
        default="", title="更正后的公民身份号码", max_length=18, json_schema_extra=PERSONAL
    )
    birth_date: date | None = Field(
        default=None, title="更正后的出生日期", json_schema_extra=PERSONAL
    )
    sex: str = Field(default="", title="更正后的性别（1 男，2 女）", pattern=r"^[12]?$")


def _form(c: CaseCircumstances) -> Identity:
    assert isinstance(c.form, Identity)
    return c.form


def _corrected(c: CaseCircumstances) -> Member | None:
    form = _form(c)
    member = c.case.members.get(form.member)
    told = form.model_dump(include={"name", "resident_number", "birth_date", "sex"})
    return member and member.model_copy(update={k: v for k, v in told.items() if v})


def _papers_agree(c: CaseCircumstances) -> Check:
    member = _corrected(c)
    faults = (
        number_faults(member.resident_number, member.sex, member.birth_date, c) if member else []
    )
    return Check(
        satisfied=not faults,
        found="；".join(faults) or "姓名、性别、出生日期和号码相符",
        remedy="对照公安机关的更正证明填写，号码变更的连同出生日期、性别一并更正",
    )


def _plan(c: CaseCircumstances, form: Identity) -> Plan:
    member = _corrected(c)
    assert member, "a guard asks for it"
    case = replace(c.case, members={**c.case.members, member.serial: member})
    return Plan(
        after={case.number: case},
        reasons=(f"成员{form.member}的身份资料按公安机关更正证明（{form.paper}）更正。",),
    )


IDENTITY = Kind(
    event="correct_identity",
    title="更正姓名或身份号码",
    form=Identity,
    evidence=(Evidence(id="police_correction", title="公安机关更正证明"),),
    guards=(
        MEMBER,
        Guard(rule="newcomer_papers", title="身份资料相符", test=_papers_agree, reads_form=True),
        NOT_ELSEWHERE,
    ),
    plan=_plan,
    people=lambda form: (form.resident_number,),
)
