"""遗失公告: that a certificate is sought, until when, and what comes of it if nobody objects.

Who declared the loss and how is not told. Such a notice comes before a certificate is issued anew
(不动产登记暂行条例实施细则 22).
"""

from datetime import date

from typing_extensions import override

from conversion.documents.announcement import Announcement, announced
from conversion.documents.kind import DocumentKind, HouseholdOccasion
from conversion.documents.letter import act_of
from conversion.documents.trace import words
from conversion.domain.role import Role

DECLARED_AT = (Role.VILLAGE, Role.COLLECTIVE)
"""Where a loss may be declared besides the task force; each puts up its own announcement."""


class LossAnnouncement(Announcement):
    """The facts of the 遗失公告.

    Attributes:
        lost: number of the certificate; title: of its kind.
        place: where the announcement hangs; last_day: until when; days, working_days: its length.
    """

    lost: str
    title: str
    place: str
    days: int
    working_days: bool
    last_day: date

    @property
    @override
    def gist(self) -> str:
        """Which certificate is sought, and until when."""
        return f"{self.lost}遗失，公告至{self.last_day}"


def facts(occasion: HouseholdOccasion) -> LossAnnouncement:
    """The announcement of the loss that the newest act declared; the step tells the title."""
    event = act_of(occasion, "遗失公告", "declare_loss")
    loss = occasion.case.losses[words(event, "number")]
    return LossAnnouncement(
        **announced(occasion, event, DECLARED_AT),
        lost=loss.number,
        title=occasion.told,
        place=loss.place,
        days=loss.days,
        working_days=loss.working_days,
        last_day=loss.last_day,
    )


LOSS_ANNOUNCEMENT = DocumentKind(
    id="loss_announcement",
    title="遗失公告",
    series="遗",
    template="loss_announcement.html",
    version="1",
    facts_model=LossAnnouncement,
    facts=facts,
    signers=("公告单位",),
    copies=("张贴", "工作专班存档"),
    letter=True,
)
