"""公告: what hangs in public on account of a household, or of the whole village.

It names a household by number and head as lists do, and nothing else of it.
"""

from typing import Any

from typing_extensions import override

from conversion.documents.kind import Facts, HouseholdOccasion, Occasion
from conversion.documents.letter import sender
from conversion.domain.event import Event
from conversion.domain.role import Role


class Announcement(Facts):
    """The facts that announcements share.

    Attributes:
        issuing_office: the office where the act was done that it announces.
        addressee: 主送, all villagers; before: full name of the village.
        about: the household it is about, empty for one of the village.
        window_address, window_phone: where to ask and to object.
    """

    issuing_office: str
    addressee: str
    before: str
    about: str
    window_address: str
    window_phone: str

    @property
    @override
    def holder(self) -> str:
        """The household it is about."""
        return self.about


def announced(occasion: Occasion, event: Event, among: tuple[Role, ...]) -> dict[str, Any]:
    """The fields of `Announcement` by name, for one that an act puts up.

    Args:
        occasion: what it is made from.
        event: the act.
        among: the offices that may put it up; the task force where none of them acted.
    """
    village = occasion.programme.village
    return {
        "number": occasion.number,
        "day": occasion.day,
        "nonce": occasion.nonce,
        "issuing_office": sender(event, village, among),
        "addressee": "各村民小组、全体村民",
        "before": village.before,
        "about": _about(occasion) if isinstance(occasion, HouseholdOccasion) else "",
        "window_address": village.window_address,
        "window_phone": village.window_phone,
    }


def _about(occasion: HouseholdOccasion) -> str:
    household, head = occasion.case.household, occasion.case.head
    return f"{household.group}{head.name}户（户号{household.number}）"
