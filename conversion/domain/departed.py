"""Departed 离户人员: who is no longer of the household, as last known, and where it led."""

from datetime import date
from enum import StrEnum

from sqlmodel import Field

from conversion.domain.household import Member


class Departure(StrEnum):
    """Why a person is no longer of the household."""

    DIED = "died"
    DECLARED_DEAD = "declared_dead"
    MOVED = "moved"
    LEFT = "left"
    UNITED = "united"

    @property
    def label(self) -> str:
        """The cause's Chinese name."""
        return {
            "died": "死亡",
            "declared_dead": "宣告死亡",
            "moved": "转入他户",
            "left": "迁出",
            "united": "重复登记，并入另一记录",
        }[self]


class Departed(Member):
    """A person who was of the household. Key: `serial`, which is never given again.

    What the person holds (shares, a membership that has ended) stays under the serial until an
    act of its own moves it: an estate is divided by the ledger, not by a death.

    Attributes:
        departure: the cause; left_on: the day it happened; paper: what proves it.
        went_to: case number and serial, e.g. `520303105202-0069/01`, where it is another household.
    """

    departure: Departure
    left_on: date
    paper: str = Field(default="", max_length=200)
    went_to: str = Field(default="", max_length=80)

    @property
    def is_dead(self) -> bool:
        """Whether what the person held is an estate."""
        return self.departure in {Departure.DIED, Departure.DECLARED_DEAD}
