"""Meeting 会议: called with a notice, attended by those on its frozen roll, and counted."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from sqlmodel import Field, SQLModel

MATTER_TITLES: Mapping[str, str] = {
    "resolve": "村改社区实施方案",
    "confirm_roll": "集体经济组织成员名单",
    "adopt_share_plan": "折股量化方案",
}
"""What a meeting decides: the milestone's step → the matter, as a notice and a ballot name it."""


class Meeting(SQLModel):
    """A meeting of one of the village's bodies. Key: `serial`; a row of the programme.

    Attributes:
        serial: `M01`.
        body: body id of the pack; matters: events it is to decide, e.g. `confirm_roll`.
        noticed_on: the day of the notice, on which its roll was frozen.
        planned_on: the day it is called for.
        eligible: size of the roll; eligible_sha256: of the canonical roll.
        held_on: the day it was held, None until its attendance is recorded.
        present: attendance, proxies counted in; attendance_sha256: of the canonical attendance.
    """

    serial: str
    body: str = Field(max_length=40)
    matters: tuple[str, ...]
    noticed_on: date
    planned_on: date
    place: str = Field(default="", max_length=200)
    eligible: int = Field(ge=0)
    eligible_sha256: str = Field(max_length=64)
    held_on: date | None = None
    present: int | None = Field(default=None, ge=0)
    proxies: int = Field(default=0, ge=0)
    attendance_sha256: str = Field(default="", max_length=64)

    @property
    def key(self) -> str:
        """The row's key in its programme."""
        return self.serial


class Attendance(StrEnum):
    """How a person on the roll took part."""

    ABSENT = "absent"
    PRESENT = "present"
    PROXY = "proxy"

    @property
    def label(self) -> str:
        """The attendance's Chinese name."""
        return {"absent": "未到", "present": "到会", "proxy": "委托"}[self]


class Voter(SQLModel):
    """A person on a meeting's roll.

    Attributes:
        chain: number of the person's case; member: serial.
        proxy: serial of the member of the same household who votes for an absent one.
    """

    meeting: str = Field(max_length=10)
    chain: str = Field(max_length=60)
    member: str = Field(max_length=3)
    attendance: Attendance = Attendance.ABSENT
    proxy: str = Field(default="", max_length=3)

    @property
    def person(self) -> str:
        """The person as attendance sheets name one: 户号/成员序号, e.g. `0012/01`."""
        return person_of(self.chain, self.member)


def person_of(chain: str, member: str) -> str:
    """A member of a case as rolls name one; a case number is `<programme>-<户号>`.

    >>> person_of("520303105202-0012", "01")
    '0012/01'
    """
    return f"{chain.partition('-')[2]}/{member}"
