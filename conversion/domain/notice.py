"""Public notice 公示, objection 异议, countersignature 会签 and issued paper: rows of a case."""

from collections.abc import Iterable
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
        round: which of the lists of its kind it is (三榜: 1, 2, 3).
        posting_proof, removal_proof: photo by name and digest, with the hour.
        closed_on: the day it was taken down in good order.
        voided_on: the day it was found void (pulled early, altered, not posted everywhere).
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
    round: int = Field(default=1, ge=1)
    posting_proof: str = Field(default="", max_length=300)
    removal_proof: str = Field(default="", max_length=300)
    closed_on: date | None = None
    voided_on: date | None = None
    void_reason: str = Field(default="", max_length=500)

    @property
    def key(self) -> str:
        """The row's key in its chain."""
        return self.serial

    @property
    def is_running(self) -> bool:
        """Whether it hangs on the board: neither taken down in good order nor void."""
        return self.closed_on is None and self.voided_on is None


def newest(notices: Iterable[Notice]) -> Notice | None:
    """The notice that was posted last, by its serial, however many there were before it."""
    return max(notices, key=lambda notice: int(notice.serial[1:]), default=None)


class ObjectionState(StrEnum):
    """Where an objection stands."""

    OPEN = "open"
    ACCEPTED = "accepted"
    INVESTIGATED = "investigated"
    UPHELD = "upheld"
    DISMISSED = "dismissed"
    NOT_ADMITTED = "not_admitted"
    REFERRED = "referred"

    @property
    def label(self) -> str:
        """The state's Chinese name."""
        return {
            "open": "已登记",
            "accepted": "已受理",
            "investigated": "已调查",
            "upheld": "成立",
            "dismissed": "不成立",
            "not_admitted": "不予受理",
            "referred": "移送",
        }[self]

    @property
    def is_settled(self) -> bool:
        """Whether it has had its answer."""
        return self in {
            ObjectionState.UPHELD,
            ObjectionState.DISMISSED,
            ObjectionState.NOT_ADMITTED,
            ObjectionState.REFERRED,
        }


class Objection(SQLModel):
    """异议: a challenge within the window, and the answer to it. Key: `serial`.

    Attributes:
        serial: `O01`.
        level: the track it concerns.
        raised_on: the day it came in.
        raised_by: who raised it; personal data.
        subject: what it says; personal data.
        findings: what the investigation found, and by which two persons; personal data.
        reply: the written answer; personal data.
    """

    serial: str
    level: str = Field(max_length=20)
    raised_on: date
    raised_by: str = Field(max_length=100)
    subject: str = Field(max_length=1000)
    state: ObjectionState = ObjectionState.OPEN
    accepted_on: date | None = None
    investigated_on: date | None = None
    findings: str = Field(default="", max_length=2000)
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
    """The life of a number: taken, printed and valid, or ended for ever."""

    PENDING = "pending"
    ISSUED = "issued"
    SUPERSEDED = "superseded"
    RECALLED = "recalled"
    VOID = "void"

    @property
    def label(self) -> str:
        """The status's Chinese name."""
        return {
            "pending": "待制成",
            "issued": "已制成",
            "superseded": "已被取代",
            "recalled": "已撤销",
            "void": "作废",
        }[self]


class Paper(SQLModel):
    """A numbered document made for a case. Key: `number`.

    Attributes:
        number: as printed, e.g. `坪社权告〔2009〕0001号`; never used twice.
        kind: document kind id.
        template: version of the template it was made with.
        facts_sha256: of the canonical facts, which carry a random nonce.
        file_sha256: of the PDF as issued, empty while pending.
        ended_on: the day it was superseded, recalled or voided; end_reason: why, and by which act.
        returned_on: the day an ended paper was brought back and cancelled 缴销, or declared lost.
        replaces: number of the superseded paper in whose place it stands.
        delivered_on, delivery: the day it came to whom it is for, and how (`Manner`).
    """

    number: str = Field(max_length=60)
    kind: str = Field(max_length=40)
    template: str = Field(max_length=64)
    prepared_on: date
    facts_sha256: str = Field(max_length=64)
    status: PaperStatus = PaperStatus.PENDING
    file_sha256: str = Field(default="", max_length=64)
    ended_on: date | None = None
    end_reason: str = Field(default="", max_length=300)
    returned_on: date | None = None
    replaces: str = Field(default="", max_length=60)
    delivered_on: date | None = None
    delivery: str = Field(default="", max_length=12)

    @property
    def key(self) -> str:
        """The row's key in its case."""
        return self.number

    @property
    def is_outstanding(self) -> bool:
        """Whether it counts no more and its page still lies with the household."""
        return not self.is_live and bool(self.file_sha256) and self.returned_on is None

    @property
    def is_live(self) -> bool:
        """Whether it counts, or will once it is made."""
        return self.status in {PaperStatus.PENDING, PaperStatus.ISSUED}
