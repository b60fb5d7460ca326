"""Batch 批次: one act on many cases, asked once, with what became of each case."""

from datetime import date
from enum import StrEnum

from sqlmodel import Field, SQLModel


class BatchState(StrEnum):
    """What became of a case in its batch."""

    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        """The state's Chinese name."""
        return {"waiting": "待办", "done": "已办", "refused": "未办"}[self]


class Batch(SQLModel):
    """One act, asked for many cases at once.

    Attributes:
        serial: `B0001`, order within the programme.
        act: `level.event`; account: who acts; opened_on: the day it was asked.
        form, evidence: what all of its cases share, as JSON.
        cases_sha256: of the canonical list of its case numbers, as every entry names it.
        attempt: how many times it was given to the workers.
    """

    programme: str = Field(max_length=40)
    serial: str = Field(max_length=10)
    act: str = Field(max_length=60)
    account: str = Field(max_length=60)
    opened_on: date
    form: str = "{}"
    evidence: str = "{}"
    cases_sha256: str = Field(max_length=64)
    attempt: int = Field(default=0, ge=0)


class BatchCase(SQLModel):
    """One case of a batch.

    Attributes:
        chain: case number; place: its place in the list, from 1.
        form: what this case's form says beyond the common one, as JSON.
        seq: the entry that recorded the act, once done.
        reasons: why it was refused, one sentence each.
    """

    chain: str = Field(max_length=60)
    place: int = Field(ge=1)
    form: str = "{}"
    state: BatchState = BatchState.WAITING
    seq: int | None = Field(default=None, ge=1)
    reasons: tuple[str, ...] = ()
