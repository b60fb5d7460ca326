"""Household change 户内变更: a birth, a death, a split, from its proposal to its undoing."""

from datetime import date
from enum import StrEnum

from sqlmodel import Field, SQLModel


class ChangeState(StrEnum):
    """Where a change of a household stands."""

    PENDING = "pending"
    APPLIED = "applied"
    DROPPED = "dropped"
    UNDONE = "undone"

    @property
    def label(self) -> str:
        """The state's Chinese name."""
        return {"pending": "待批准", "applied": "已生效", "dropped": "未批准", "undone": "已撤销"}[
            self
        ]


class HouseholdChange(SQLModel):
    """One change of a household. Key: `serial`.

    Attributes:
        serial: `C01`, order within the case.
        kind: event of the step that proposed it, e.g. `split`; title: as people call it.
        form: what was filled in, as canonical JSON.
        difference: what changes, a line each, as the approver saw it.
        inverse: the rows as they were, as canonical JSON, from which it can be undone.
        others: numbers of other cases that it touches.
    """

    serial: str
    kind: str = Field(max_length=40)
    title: str = Field(max_length=60)
    state: ChangeState = ChangeState.PENDING
    proposed_on: date
    proposed_by: str = Field(max_length=60)
    settled_on: date | None = None
    form: str
    difference: str = ""
    inverse: str = ""
    others: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The row's key in its case."""
        return self.serial
