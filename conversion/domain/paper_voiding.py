"""Voiding 作废 of a paper: what one person proposes and another decides."""

from datetime import date
from enum import StrEnum

from sqlmodel import Field, SQLModel


class VoidingOutcome(StrEnum):
    """How a proposal to void a paper stands."""

    OPEN = "open"
    GRANTED = "granted"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        """The outcome's Chinese name."""
        return {"open": "待核准", "granted": "已作废", "refused": "不予作废"}[self]


class PaperVoiding(SQLModel):
    """A proposal to void a paper, the newest. Key: `number`, the paper's.

    Attributes:
        proposers: accounts of whoever proposed it, and of the principal; none of them decides it.
        anew: whether a new certificate is to be issued in its place.
        decided_on: the day on which another person granted or refused it.
    """

    number: str = Field(max_length=60)
    proposed_on: date
    proposers: tuple[str, ...]
    reason: str = Field(max_length=200)
    anew: bool = False
    outcome: VoidingOutcome = VoidingOutcome.OPEN
    decided_on: date | None = None

    @property
    def key(self) -> str:
        """The row's key in its chain."""
        return self.number

    @property
    def is_open(self) -> bool:
        """Whether it still waits for the second person."""
        return self.outcome is VoidingOutcome.OPEN
