"""Birth 出生: a newborn comes into the household.

Born by the base date it is a member like the others. Born later, the pack's ground
`born_after_base_date` says whether it is a member by birth all the same (农村集体经济组织法 12) or
only shares in the household's shares.
"""

from datetime import date

from conversion.domain.household import Member
from conversion.workflows.changes.joining import (
    NEWCOMER,
    Newcomer,
    joined,
    newcomer_member,
    newcomer_number,
)
from conversion.workflows.changes.kind import Kind, Plan
from conversion.workflows.step import CaseCircumstances, Check, Evidence, Guard

NEWBORN_AGE = 1
"""Full years up to which a person comes in as newborn; older ones are admitted late."""


class Birth(Newcomer):
    """A newborn, as the birth certificate says."""


def _newborn(c: CaseCircumstances) -> Check:
    assert isinstance(c.form, Birth)
    age = _age(c.form.birth_date, c.day)
    return Check(
        satisfied=age < NEWBORN_AGE,
        found=f"{c.form.birth_date:%Y-%m-%d} 出生",
        remedy="出生满一年的，按“补登成员”办理",
    )


def _age(born: date, day: date) -> int:
    member = Member(serial="01", name="新生儿", relation="99", sex="1", birth_date=born)
    return member.age_on(day)


def _plan(c: CaseCircumstances, form: Birth) -> Plan:
    return joined(c, newcomer_member(c, form, marital_status="10"))


BIRTH = Kind(
    event="register_birth",
    title="出生",
    form=Birth,
    evidence=(
        Evidence(id="birth_certificate", title="出生医学证明"),
        Evidence(id="birth_registration", title="出生登记后的户口簿页"),
    ),
    guards=(
        *NEWCOMER,
        Guard(rule="newborn", title="出生未满一年", test=_newborn, reads_form=True),
    ),
    plan=_plan,
    people=newcomer_number,
)
