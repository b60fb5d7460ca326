"""The rows of a programme: one table for each of its collections."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

from sqlalchemy import Table
from sqlmodel import Field, SQLModel

from conversion.domain.notice import Notice
from conversion.domain.programme import (
    PROGRAMME_COLLECTIONS,
    BaseDate,
    ShareClass,
    SharePlan,
    Village,
    Vote,
)
from conversion.store.chain_tables import PROGRAMME
from conversion.store.columns import Stored


class ProgrammeRowKey(Stored):
    """Where a row belongs: the programme's code, and the row's key within the programme."""

    chain: str = Field(primary_key=True, foreign_key=PROGRAMME, max_length=40)
    row_key: str = Field(primary_key=True, max_length=140)


class VillageRow(Village, ProgrammeRowKey, table=True):
    """The village and the community it becomes."""

    __tablename__: ClassVar[str] = "village"


class VoteRow(Vote, ProgrammeRowKey, table=True):
    """A vote of one of the village's bodies."""

    __tablename__: ClassVar[str] = "votes"


class ProgrammeNoticeRow(Notice, ProgrammeRowKey, table=True):
    """A public notice of the programme itself."""

    __tablename__: ClassVar[str] = "programme_notices"


class BaseDateRow(BaseDate, ProgrammeRowKey, table=True):
    """The base date."""

    __tablename__: ClassVar[str] = "base_date"


class SharePlanRow(SharePlan, ProgrammeRowKey, table=True):
    """The share plan as adopted."""

    __tablename__: ClassVar[str] = "plan"


class ShareClassRow(ShareClass, ProgrammeRowKey, table=True):
    """A class of shares in the plan."""

    __tablename__: ClassVar[str] = "share_classes"


_RENAMED = {"notices": "programme_notices"}

PROGRAMME_TABLES: Mapping[str, Table] = MappingProxyType(
    {
        collection: SQLModel.metadata.tables[_RENAMED.get(collection, collection)]
        for collection in PROGRAMME_COLLECTIONS
    }
)
"""Collection → table."""
