"""Hold 中止: what an order, an inquiry or a dispute stops, in whose name, and until when."""

from datetime import date
from enum import StrEnum

from sqlmodel import Field, SQLModel

EVERYTHING = "all"
"""What a hold blocks when nothing may go on."""


class HoldKind(StrEnum):
    """Why work stands still."""

    COURT = "court"
    DISCIPLINE = "discipline"
    DISPUTE = "dispute"
    DEATH = "death"

    @property
    def label(self) -> str:
        """The kind's Chinese name."""
        return {
            "court": "法院冻结",
            "discipline": "纪检监察、审计中止",
            "dispute": "争议中止",
            "death": "死亡待核实",
        }[self]


class Hold(SQLModel):
    """One hold on a case, or on a whole village. Key: `serial`.

    Attributes:
        serial: `H01`, order within the chain.
        blocks: levels that stand still, e.g. `ledger`, single acts, e.g. `shares.certify`, or
            `all` for every level.
        authority: who ordered it; order: number of the order.
        member: serial of the person it is about, where it is about one.
        since: first day; until: last day of its term, None where it has none.
        lifted_on: the day it ended, by lifting or by the lapse of its term.
        ending: number of the paper that lifted it, or that its term lapsed.
    """

    serial: str
    kind: HoldKind
    blocks: tuple[str, ...]
    authority: str = Field(max_length=100)
    order: str = Field(max_length=100)
    reason: str = Field(default="", max_length=1000)
    member: str = Field(default="", max_length=3)
    since: date
    until: date | None = None
    lifted_on: date | None = None
    ending: str = Field(default="", max_length=100)

    @property
    def key(self) -> str:
        """The row's key in its chain."""
        return self.serial

    @property
    def is_in_force(self) -> bool:
        """Whether it still stops work; a lapsed term ends only when its lapse is recorded."""
        return self.lifted_on is None

    def has_lapsed(self, day: date) -> bool:
        """Whether its term is over on a day, recorded or not."""
        return self.until is not None and day > self.until

    def stops(self, level: str) -> bool:
        """Whether a whole level stands still, and with it the window of the level's notice."""
        return bool({EVERYTHING, level} & set(self.blocks))

    def blocks_act(self, level: str, event: str) -> bool:
        """Whether one step of a level can't be done."""
        return self.stops(level) or f"{level}.{event}" in self.blocks
