"""作废公告: a list that does not count, told where it hung, and what happens instead."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from typing_extensions import override

from conversion.documents.announcement import Announcement, announced
from conversion.documents.kind import DocumentKind, HouseholdOccasion, Occasion, VillageOccasion
from conversion.domain.event import Event
from conversion.domain.notice import Notice, newest
from conversion.domain.role import Role
from conversion.errors import DocumentRefused

VOIDING = (Role.STREET, Role.VILLAGE, Role.SUPERVISORS, Role.COLLECTIVE)


class VoidAnnouncement(Announcement):
    """The facts of the 作废公告.

    Attributes:
        title: of the list; posted_on, last_day, place: how it was posted.
        code: first characters of its digest, as printed on it.
        reason: why it does not count; found_on: the day that was found.
    """

    title: str
    posted_on: date
    last_day: date
    place: str
    code: str
    reason: str
    found_on: date

    @property
    @override
    def gist(self) -> str:
        """Which list does not count."""
        return f"《{self.title}》作废"


_CODE = 8


def of_household(occasion: HouseholdOccasion) -> VoidAnnouncement:
    """The announcement about a household's list, which the newest act found void."""
    return _announced(occasion, occasion.case.past, occasion.case.notices)


def of_village(occasion: VillageOccasion[Any]) -> VoidAnnouncement:
    """The announcement about a list of the whole village."""
    return _announced(occasion, occasion.programme.past, occasion.programme.notices)


def _announced(
    occasion: Occasion, past: tuple[Event, ...], notices: Mapping[str, Notice]
) -> VoidAnnouncement:
    event = next((e for e in reversed(past) if e.event == "void_notice"), None)
    level = event.level if event else ""
    notice = newest(n for n in notices.values() if n.level == level and n.voided_on)
    if event is None or notice is None or notice.voided_on is None:
        raise DocumentRefused("印制作废公告", "没有被认定无效的公示", "先办理公示作废")
    return VoidAnnouncement(
        **announced(occasion, event, VOIDING),
        title=notice.title,
        posted_on=notice.posted_on,
        last_day=notice.last_day,
        place=notice.place,
        code=notice.content_sha256[:_CODE].upper(),
        reason=notice.void_reason,
        found_on=notice.voided_on,
    )


VOID_ANNOUNCEMENT = DocumentKind(
    id="void_announcement",
    title="作废公告",
    series="废",
    template="void_announcement.html",
    version="1",
    facts_model=VoidAnnouncement,
    facts=of_household,
    signers=("公示单位",),
    copies=("原张贴处", "工作专班存档"),
    letter=True,
)
"""A list of one household."""

VILLAGE_VOID_ANNOUNCEMENT = DocumentKind(
    id="village_void_announcement",
    title="作废公告",
    series="村废",
    template="void_announcement.html",
    version="1",
    facts_model=VoidAnnouncement,
    facts=of_village,
    signers=("公示单位",),
    copies=("原张贴处", "工作专班存档"),
    letter=True,
)
"""A list of the whole village."""
