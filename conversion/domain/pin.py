"""Pin: the definition of procedures that a chain goes by, until it is migrated to another."""

from datetime import date

from sqlmodel import Field, SQLModel


class Pin(SQLModel):
    """The definition that a chain is pinned to. One row, key `definition`."""

    sha256: str = Field(max_length=64)
    since: date
