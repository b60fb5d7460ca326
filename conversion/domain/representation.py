"""Representation 代理与监护: who acts for a member that is absent, under age or missing."""

from datetime import date
from enum import StrEnum

from sqlmodel import Field, SQLModel


class RepresentationKind(StrEnum):
    """In which capacity somebody acts for a member."""

    PROXY = "proxy"
    GUARDIAN = "guardian"
    CUSTODIAN = "custodian"

    @property
    def label(self) -> str:
        """The capacity's Chinese name."""
        return {"proxy": "委托代理人", "guardian": "监护人", "custodian": "财产代管人"}[self]


class Representation(SQLModel):
    """Who acts for one member. Key: `member`.

    Why a member is absent is not said here: no list may ever show that somebody is in prison.

    Attributes:
        member: serial of the member; kind: the capacity.
        name: who acts; serial: of the household's member who does, empty for somebody else.
        paper: power of attorney, judgment or family register that it rests on.
        since: first day; until: last day, None while it has none.
    """

    member: str
    kind: RepresentationKind
    name: str = Field(min_length=1, max_length=100)
    serial: str = Field(default="", max_length=3)
    paper: str = Field(default="", max_length=200)
    since: date
    until: date | None = None

    @property
    def key(self) -> str:
        """The row's key in its case."""
        return self.member

    def counts_on(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.since <= day and (self.until is None or day <= self.until)
