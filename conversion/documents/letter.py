"""公文: what every official letter to a household says, laid out by GB/T 9704-2012."""

from typing import Any

from conversion.documents.household_paper import HouseholdPaper, shared
from conversion.documents.kind import HouseholdOccasion
from conversion.domain.event import Event
from conversion.domain.programme import Village
from conversion.domain.role import Role
from conversion.errors import DocumentRefused

HIGHEST_FIRST = (Role.DISTRICT, Role.STREET, Role.VILLAGE, Role.SUPERVISORS, Role.COLLECTIVE)
"""The offices that write letters; whoever serves several writes for the highest."""


class Letter(HouseholdPaper):
    """The facts that all letters share; the issuing office is the one that writes.

    Attributes:
        addressee: 主送, to whom it is written.
        handler: who handled the matter, to be asked about it.
    """

    addressee: str
    handler: str


def written(occasion: HouseholdOccasion, event: Event, *among: Role) -> dict[str, Any]:
    """The fields of `Letter` by name, for a letter that an act of the case writes.

    Args:
        occasion: what the letter is made from.
        event: the act.
        among: the offices that may take it; the task force where none is named.
    """
    case = occasion.case
    return shared(occasion) | {
        "issuing_office": sender(event, occasion.programme.village, among),
        "addressee": f"{case.head.name}户（户号{case.household.number}）",
        "handler": event.actor_name,
    }


def sender(event: Event, village: Village, among: tuple[Role, ...]) -> str:
    """The office in whose name an act was done, in full."""
    role = next((r for r in HIGHEST_FIRST if r in among and r in event.roles), None)
    return office(role, village) if role else village.issuing_office


def office(role: Role, village: Village) -> str:
    """The full name of a role's office, as its seal has it."""
    collective = village.collective_name
    return {
        Role.DISTRICT: f"{village.district_name}人民政府",
        Role.STREET: f"{village.street_name}办事处",
        Role.VILLAGE: f"{village.village_name}村民委员会",
        Role.SUPERVISORS: collective,
        Role.COLLECTIVE: collective,
    }[role]


def act_of(occasion: HouseholdOccasion, title: str, *events: str) -> Event:
    """The act that writes a letter: the newest of the case by such a name, on whatever level.

    Args:
        occasion: what the letter is made from.
        title: the letter's, for the refusal.
        events: the steps, e.g. `settle`.

    Raises:
        DocumentRefused: the case has no such act.
    """
    found = next((e for e in reversed(occasion.case.past) if e.event in events), None)
    if found is None:
        raise DocumentRefused(
            f"为案件{occasion.case.number}印制{title}", "案件还没有办到这一步", "先办理这一步"
        )
    return found
