"""Reminder 催办: that something was due, and that somebody was told in time."""

from datetime import date

from sqlmodel import Field, SQLModel


class Reminder(SQLModel):
    """One reminder of one term. Key: `subject@offset`, so that it is given once.

    Attributes:
        subject: the term and what it is for, e.g. `objection_reply/O01`.
        title: in Chinese, as lists show it.
        due: the day the term ends; offset: days before it, negative when overdue.
        roles: whose turn it is; escalated: whether it went one office higher.
    """

    subject: str = Field(max_length=100)
    title: str = Field(max_length=200)
    due: date
    offset: int
    raised_on: date
    roles: tuple[str, ...] = ()
    escalated: bool = False

    @property
    def key(self) -> str:
        """The row's key in its case."""
        return f"{self.subject}@{self.offset}"
