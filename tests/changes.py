"""Changes of a household as the office makes them: proposed by the task force, approved by the street."""

from typing import Any

from tests.office import AGREED, Town

APPROVER = "street2"


def change(town: Town, kind: str, household: str, **form: Any) -> Any:
    """One change proposed and approved; the household as it stands then."""
    town.take(f"household.{kind}", household, **form)
    town.take("household.approve_change", household, by=APPROVER, **AGREED)
    return town.case(household)


def a_death(town: Town, member: str, **others: Any) -> dict[str, Any]:
    """A death of today."""
    return {"member": member, "died_on": town.calendar.day, "paper": "死亡证2010-017"} | others


def a_newborn(town: Town, **others: Any) -> dict[str, Any]:
    """A grandson born today."""
    told = {"name": "张安然", "relation": "41", "sex": "1", "birth_date": town.calendar.day}
    return told | others
