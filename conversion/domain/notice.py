"""Public notice 公示, objection 异议, countersignature 会签 and issued paper: rows of a case."""

from datetime import date
from enum import StrEnum

from sqlmodel import Field, SQLModel


class Notice(SQLModel):
    """A list posted for comment, and the days it stays. Key: `serial`.

    Attributes:
        serial: `N01`, order within the chain.
        level: the track it belongs to (`case`, `shares`, `land`, `programme`).
        kind: the pack's kind of window, e.g. `members`, `shares`, `land`.
        title: Chinese title as posted.
        posted_on: the start day, not counted (民法典 201).
        last_day: the last day of the window; objections are admitted until its end.
        days: the window's length as the pack gave it.
        working_days: whether days are working days.
        place: where it was posted.
        content_sha256: of the text as posted.
        closed_on: the day it was taken down in good order.
    """

    serial: str
    level: str = Field(max_length=20)
    kind: str = Field(max_length=20)
    title: str = Field(max_length=200)
    posted_on: date
    last_day: date
    days: int = Field(gt=0)
    working_days: bool
    place: str = Field(default="", max_length=200)
    content_sha256: str = Field(default="", max_length=64)
    closed_on: date | None = None

    @property
    def key(self) -> str:
        """The row's key in its chain."""
        return self.serial


class ObjectionState(StrEnum):
    """Where an objection stands."""

    OPEN = "open"
    UPHELD = "upheld"
    DISMISSED = "dismissed"


class Objection(SQLModel):
    """异议: a challenge within the window, and the answer to it. Key: `serial`.

    Attributes:
        serial: `O01`.
        level: the track it concerns.
        raised_on: the day it came in.
        raised_by: who raised it; personal data.
        subject: what it says; personal data.
        reply: the written answer; personal data.
    """

    serial: str
    level: str = Field(max_length=20)
    raised_on: date
    raised_by: str = Field(max_length=100)
    subject: str = Field(max_length=1000)
    state: ObjectionState = ObjectionState.OPEN
    settled_on: date | None = None
    reply: str = Field(default="", max_length=2000)

    @property
    def key(self) -> str:
        """The row's key in its case."""
        return self.serial


class Countersignature(SQLModel):
    """会签: one department's answer to its own item. Key: `department`."""

    department: str = Field(max_length=60)
    signed_on: date
    signed_by: str = Field(max_length=100)
    opinion: str = Field(max_length=500)

    @property
    def key(self) -> str:
        """The row's key in its case."""
        return self.department


class PaperStatus(StrEnum):
    """The life of a number: taken, printed and valid, or void for ever."""

    PENDING = "pending"
    ISSUED = "issued"
    VOID = "void"


class Paper(SQLModel):
    """A numbered document made for a case. Key: `number`.

    Attributes:
        number: as printed, e.g. `坪社权告〔2009〕0001号`; never used twice.
        kind: document kind id.
        template: version of the template it was made with.
        facts_sha256: of the canonical facts, which carry a random nonce.
        file_sha256: of the PDF as issued, empty while pending.
    """

    number: str = Field(max_length=60)
    kind: str = Field(max_length=40)
    template: str = Field(max_length=64)
    prepared_on: date
    facts_sha256: str = Field(max_length=64)
    status: PaperStatus = PaperStatus.PENDING
    file_sha256: str = Field(default="", max_length=64)

    @property
    def key(self) -> str:
        """The row's key in its case."""
        return self.number
