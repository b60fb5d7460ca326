"""The staff of a programme: people, the posts they hold in a place, and who stands in for whom."""

from datetime import date

from sqlmodel import Field, SQLModel

from conversion.domain.role import Role


class StaffMember(SQLModel):
    """A person who acts for a programme. Key: `account`.

    Attributes:
        resident_number: GB 11643, so that one person has one account; empty when not given.
        kin: numbers of households in which the person or a near relative is a member (回避).
    """

    account: str = Field(max_length=60, min_length=1)
    name: str = Field(max_length=100, min_length=1)
    resident_number: str = Field(default="", max_length=18)
    kin: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The row's key in its programme."""
        return self.account


class Post(SQLModel):
    """A role held by a person in a place from a day on. Key: `account/role/place`.

    Attributes:
        place: villagers' group it is limited to; empty for the whole village and above.
        department: for `Role.DEPARTMENT`, the department's Chinese name.
    """

    account: str = Field(max_length=60)
    role: Role
    place: str = Field(default="", max_length=40)
    department: str = Field(default="", max_length=60)
    since: date | None = None
    until: date | None = None

    @property
    def key(self) -> str:
        """The row's key in its programme."""
        return f"{self.account}/{self.role}/{self.place or self.department}"

    def is_held_on(self, day: date) -> bool:
        """Whether the post is held on a day."""
        return (self.since or day) <= day <= (self.until or day)


class Substitution(SQLModel):
    """One person standing in for another for some days. Key: `serial`.

    Attributes:
        serial: `S01`; account: who stands in; principal: for whom.
        since, until: both days included.
    """

    serial: str
    account: str = Field(max_length=60)
    principal: str = Field(max_length=60)
    since: date
    until: date
    ground: str = Field(default="", max_length=200)
    ended_on: date | None = None

    @property
    def key(self) -> str:
        """The row's key in its programme."""
        return self.serial
