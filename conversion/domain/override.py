"""Override 特批: one requirement of one step set aside, asked for and granted by two persons."""

from datetime import date

from sqlmodel import Field, SQLModel


class Override(SQLModel):
    """One requirement set aside for one act on one case, once. Key: `serial`.

    Attributes:
        serial: `W01`, order within the case.
        act: `level.event` it is for; rule: the requirement set aside.
        title: act and requirement as people call them.
        reason: why, in a sentence that papers print.
        requested_by, granted_by: accounts of two persons; granted_on None while it is only asked.
        refused_on: the day it was refused instead.
        used_on: the day the act was done by it; an override serves once.
    """

    serial: str
    act: str = Field(max_length=60)
    rule: str = Field(max_length=60)
    title: str = Field(default="", max_length=100)
    reason: str = Field(max_length=1000)
    requested_on: date
    requested_by: str = Field(max_length=60)
    requester_name: str = Field(max_length=100)
    granted_on: date | None = None
    granted_by: str = Field(default="", max_length=60)
    granter_name: str = Field(default="", max_length=100)
    decision: str = Field(default="", max_length=100)
    refused_on: date | None = None
    used_on: date | None = None

    @property
    def key(self) -> str:
        """The row's key in its case."""
        return self.serial

    @property
    def is_waiting(self) -> bool:
        """Whether the district has not answered yet."""
        return self.granted_on is None and self.refused_on is None

    @property
    def is_usable(self) -> bool:
        """Whether it was granted and has not served yet."""
        return self.granted_on is not None and self.used_on is None

    @property
    def state(self) -> str:
        """Where it stands, in Chinese."""
        if self.is_waiting:
            return "待批准"
        if self.refused_on:
            return "未批准"
        return "已批准，未使用" if self.is_usable else "已使用"
