"""遗失公告: that a certificate is sought, until when, and what comes of it if nobody objects.

It hangs in public: it names the household by number and head as lists do, and who declared the
loss and how not at all. 不动产登记暂行条例实施细则 22 asks for such a notice before a certificate
is issued anew.
"""

from datetime import date

from typing_extensions import override

from conversion.documents.kind import DocumentKind, Facts, HouseholdOccasion
from conversion.documents.letter import act_of, sender
from conversion.documents.trace import words
from conversion.domain.role import Role

DECLARED_AT = (Role.VILLAGE, Role.COLLECTIVE)
"""Where a loss may be declared besides the task force; each puts up its own announcement."""


class LossAnnouncement(Facts):
    """The facts of the 遗失公告.

    Attributes:
        addressee: 主送, all villagers; before: full name of the village.
        about: the household whose certificate it is.
        lost: number of the certificate; title: of its kind.
        place: where the announcement hangs; last_day: until when; days, working_days: its length.
    """

    issuing_office: str
    addressee: str
    before: str
    about: str
    lost: str
    title: str
    place: str
    days: int
    working_days: bool
    last_day: date
    window_address: str
    window_phone: str

    @property
    @override
    def holder(self) -> str:
        """The household whose certificate it is."""
        return self.about

    @property
    @override
    def gist(self) -> str:
        """Which certificate is sought, and until when."""
        return f"{self.lost}遗失，公告至{self.last_day}"


def facts(occasion: HouseholdOccasion) -> LossAnnouncement:
    """The announcement of the loss that the newest act declared; the step tells the title."""
    case, village = occasion.case, occasion.programme.village
    event = act_of(occasion, "遗失公告", "declare_loss")
    loss = case.losses[words(event, "number")]
    return LossAnnouncement(
        number=occasion.number,
        day=occasion.day,
        nonce=occasion.nonce,
        issuing_office=sender(event, village, DECLARED_AT),
        addressee="各村民小组、全体村民",
        before=village.before,
        about=f"{case.household.group}{case.head.name}户（户号{case.household.number}）",
        lost=loss.number,
        title=occasion.told,
        place=loss.place,
        days=loss.days,
        working_days=loss.working_days,
        last_day=loss.last_day,
        window_address=village.window_address,
        window_phone=village.window_phone,
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
