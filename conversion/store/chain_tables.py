"""The two kinds of chains: the programme of a village, and the case of a household."""

from typing import ClassVar

from sqlmodel import Field, SQLModel

from conversion.store.columns import Stored

PROGRAMME = "programmes.code"
CASE = "cases.number"
"""What the rows of a chain refer to."""


class ProgrammeRow(Stored, table=True):
    """A village's programme: the head of its chain, and its positions.

    Attributes:
        version: number of acts so far.
        head_hash: hex SHA-256 of the newest entry's bytes.
    """

    __tablename__: ClassVar[str] = "programmes"

    code: str = Field(primary_key=True, max_length=40, min_length=1)
    version: int = Field(ge=0)
    head_hash: str = Field(max_length=64, min_length=64)
    state: str | None = Field(default=None, max_length=40, min_length=1)
    assets_state: str | None = Field(default=None, max_length=40, min_length=1)


class CaseRow(Stored, table=True):
    """A household's case: the head of its chain, its positions, and what lists show of it.

    Attributes:
        version: number of acts so far.
        head_hash: hex SHA-256 of the newest entry's bytes.
        household_number, group_name, head_name: copied from the rows whenever these change.
    """

    __tablename__: ClassVar[str] = "cases"

    number: str = Field(primary_key=True, max_length=60, min_length=1)
    programme: str = Field(foreign_key=PROGRAMME, index=True, max_length=40)
    version: int = Field(ge=0)
    head_hash: str = Field(max_length=64, min_length=64)
    case_state: str | None = Field(default=None, index=True, max_length=40, min_length=1)
    hukou_state: str | None = Field(default=None, index=True, max_length=40, min_length=1)
    shares_state: str | None = Field(default=None, index=True, max_length=40, min_length=1)
    land_state: str | None = Field(default=None, index=True, max_length=40, min_length=1)
    benefits_state: str | None = Field(default=None, index=True, max_length=40, min_length=1)
    entitlements_state: str | None = Field(default=None, index=True, max_length=40, min_length=1)
    household_state: str | None = Field(default=None, max_length=40, min_length=1)
    ledger_state: str | None = Field(default=None, max_length=40, min_length=1)
    household_number: str = Field(default="", index=True, max_length=20)
    group_name: str = Field(default="", index=True, max_length=40)
    head_name: str = Field(default="", index=True, max_length=100)


PROGRAMMES = SQLModel.metadata.tables["programmes"]
CASES = SQLModel.metadata.tables["cases"]
