"""What both letters about an objection say: which one it is, and against which list."""

from datetime import date
from typing import Any

from conversion.documents.kind import HouseholdOccasion
from conversion.documents.letter import Letter, written
from conversion.documents.trace import words
from conversion.domain.event import Event
from conversion.domain.role import Role

ANSWERING = (Role.STREET, Role.VILLAGE)


class ObjectionLetter(Letter):
    """The facts that a letter about an objection shares; it goes to whoever objected.

    Attributes:
        serial: of the objection in its case.
        raised_on, subject: when it came in, and what it says.
        listed: title of the list that is objected to; posted_on, last_day: its window.
        street: where a mediation can be asked for.
    """

    serial: str
    raised_on: date
    subject: str
    listed: str
    posted_on: date | None
    last_day: date | None
    street: str


def of_objection(occasion: HouseholdOccasion, event: Event) -> dict[str, Any]:
    """The fields of `ObjectionLetter` by name, for the objection that an act names."""
    case = occasion.case
    objection = case.objections[words(event, "objection")]
    notices = [n for n in case.notices.values() if n.level == objection.level]
    hung = [n for n in notices if n.posted_on <= objection.raised_on]
    notice = max(hung, key=lambda n: n.serial, default=None)
    return written(occasion, event, *ANSWERING) | {
        "addressee": objection.raised_by,
        "serial": objection.serial,
        "raised_on": objection.raised_on,
        "subject": objection.subject,
        "listed": notice.title if notice else "",
        "posted_on": notice.posted_on if notice else None,
        "last_day": notice.last_day if notice else None,
        "street": f"{occasion.programme.village.street_name}办事处",
    }
