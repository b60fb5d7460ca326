"""Loss 遗失: a certificate that can't be found, the notice of it, and how that came out."""

from datetime import date
from enum import StrEnum

from sqlmodel import Field, SQLModel


class LossOutcome(StrEnum):
    """How a declared loss stands."""

    OPEN = "open"
    FOUND = "found"
    CONTESTED = "contested"
    REISSUED = "reissued"

    @property
    def label(self) -> str:
        """The outcome's Chinese name."""
        return {
            "open": "遗失公告中",
            "found": "已找回",
            "contested": "有人提出异议",
            "reissued": "已补发",
        }[self]


class PaperLoss(SQLModel):
    """A paper declared lost, of its newest declaration. Key: `number`, the paper's.

    Who lost it and how is told in the act and is personal data.

    Attributes:
        days, working_days: length of the notice as the pack gave it; last_day: its last day.
        place: where the notice was posted.
        ended_on: the day of the outcome.
    """

    number: str = Field(max_length=60)
    declared_on: date
    days: int = Field(gt=0)
    working_days: bool
    last_day: date
    place: str = Field(max_length=200)
    outcome: LossOutcome = LossOutcome.OPEN
    ended_on: date | None = None

    @property
    def key(self) -> str:
        """The row's key in its case."""
        return self.number

    @property
    def is_open(self) -> bool:
        """Whether the paper is sought, or waits to be issued anew."""
        return self.outcome is LossOutcome.OPEN
