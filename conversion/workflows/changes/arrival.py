"""Arrivals 迁入: by marriage, by adoption, and those whom the roll has left out.

Who comes after the base date is not of this roll, whatever brings the person; the membership is
never refused for the marriage itself. Nobody is a member in two places: the proof that the person
is none elsewhere is among the papers (农村集体经济组织法 12, 17).
"""

from datetime import date

from pydantic import Field

from conversion.workflows.changes.joining import (
    NEWCOMER,
    Newcomer,
    joined,
    newcomer_member,
    newcomer_number,
)
from conversion.workflows.changes.kind import Kind, Plan
from conversion.workflows.guards import past_day
from conversion.workflows.step import CaseCircumstances, Check, Evidence, Guard

NO_MEMBERSHIP_ELSEWHERE = Evidence(
    id="no_membership_elsewhere", title="原籍集体经济组织出具的未享有成员身份证明"
)

_ADOPTED = frozenset({"27", "37"})


class Arrival(Newcomer):
    """Who comes into the household, and since when."""

    joined_on: date = Field(title="迁入日期")
    marital_status: str = Field(
        default="", title="婚姻状况（GB/T 2261.2 代码）", pattern=r"^(\d{2})?$"
    )


class LateJoiner(Newcomer):
    """Who should have been on the roll, and the resolution that says so."""

    resolution: str = Field(title="会议决议文号", min_length=2, max_length=100)


def _findings(c: CaseCircumstances, form: Arrival) -> tuple[str, ...]:
    later = c.programme.base_date is not None and form.joined_on > c.programme.base_date
    return ("joined_after_base_date",) if later else ()


def _arrived(c: CaseCircumstances, form: Arrival) -> Plan:
    return joined(c, newcomer_member(c, form), _findings(c, form))


def _married(c: CaseCircumstances, form: Arrival) -> Plan:
    member = newcomer_member(c, form, marital_status=form.marital_status or "20")
    return joined(c, member, _findings(c, form))


def _admitted(c: CaseCircumstances, form: LateJoiner) -> Plan:
    return joined(c, newcomer_member(c, form), ("omitted_from_roll",))


def _adopted(c: CaseCircumstances) -> Check:
    assert isinstance(c.form, Arrival)
    return Check(
        satisfied=c.form.relation in _ADOPTED,
        found=f"关系代码 {c.form.relation}",
        remedy="收养的子女关系代码为 27（养子）或 37（养女）",
    )


MARRIAGE_IN = Kind(
    event="marry_in",
    title="婚入",
    form=Arrival,
    evidence=(
        Evidence(id="marriage_certificate", title="结婚证"),
        Evidence(id="registration_page", title="迁入后的户口簿页"),
        NO_MEMBERSHIP_ELSEWHERE,
    ),
    guards=(*NEWCOMER, past_day("joined_on", "迁入日期")),
    plan=_married,
    people=newcomer_number,
)

ADOPTION = Kind(
    event="adopt",
    title="收养",
    form=Arrival,
    evidence=(
        Evidence(id="adoption_registration", title="收养登记证"),
        Evidence(id="registration_page", title="落户后的户口簿页"),
        NO_MEMBERSHIP_ELSEWHERE,
    ),
    guards=(
        *NEWCOMER,
        past_day("joined_on", "迁入日期"),
        Guard(rule="adopted_relation", title="关系为养子女", test=_adopted, reads_form=True),
    ),
    plan=_arrived,
    people=newcomer_number,
)

LATE_JOINER = Kind(
    event="admit_late",
    title="补登成员",
    form=LateJoiner,
    evidence=(
        Evidence(id="resolution", title="确认成员身份的会议决议"),
        Evidence(id="registration_page", title="户口簿页或者户籍证明"),
        NO_MEMBERSHIP_ELSEWHERE,
    ),
    guards=NEWCOMER,
    plan=_admitted,
    people=newcomer_number,
)
