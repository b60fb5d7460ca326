"""The rows of a programme: one table for each of its collections."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

from sqlalchemy import Table, UniqueConstraint
from sqlalchemy.schema import SchemaItem
from sqlmodel import Field, SQLModel

from conversion.domain.booklet import BookletDelivery, SpoiledBooklet
from conversion.domain.hold import Hold
from conversion.domain.ledger import DividendRun
from conversion.domain.meeting import Meeting
from conversion.domain.notice import Notice, Paper
from conversion.domain.paper_voiding import PaperVoiding
from conversion.domain.pin import Pin
from conversion.domain.printing import Printing
from conversion.domain.programme import (
    PROGRAMME_COLLECTIONS,
    BaseDate,
    ShareClass,
    SharePlan,
    Village,
    Vote,
)
from conversion.domain.staff import Post, StaffMember, Substitution
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


class ProgrammeHoldRow(Hold, ProgrammeRowKey, table=True):
    """A hold on the whole village."""

    __tablename__: ClassVar[str] = "programme_holds"


class MeetingRow(Meeting, ProgrammeRowKey, table=True):
    """A meeting of one of the village's bodies."""

    __tablename__: ClassVar[str] = "meetings"


class DividendRunRow(DividendRun, ProgrammeRowKey, table=True):
    """A distribution of the collective's income."""

    __tablename__: ClassVar[str] = "dividend_runs"


class ProgrammePaperRow(Paper, ProgrammeRowKey, table=True):
    """A numbered paper of the programme itself."""

    __tablename__: ClassVar[str] = "programme_papers"
    __table_args__: ClassVar[tuple[SchemaItem, ...]] = (UniqueConstraint("number"),)


class ProgrammePaperVoidingRow(PaperVoiding, ProgrammeRowKey, table=True):
    """A proposal to void a paper of the village."""

    __tablename__: ClassVar[str] = "programme_voidings"


class ProgrammePrintingRow(Printing, ProgrammeRowKey, table=True):
    """A printing of a paper of the village."""

    __tablename__: ClassVar[str] = "programme_printings"


class BookletDeliveryRow(BookletDelivery, ProgrammeRowKey, table=True):
    """A delivery of pre-printed booklets."""

    __tablename__: ClassVar[str] = "booklets"


class SpoiledBookletRow(SpoiledBooklet, ProgrammeRowKey, table=True):
    """A booklet that was destroyed."""

    __tablename__: ClassVar[str] = "spoiled"


class StaffMemberRow(StaffMember, ProgrammeRowKey, table=True):
    """A person who acts for the programme."""

    __tablename__: ClassVar[str] = "programme_staff"


class PostRow(Post, ProgrammeRowKey, table=True):
    """A role held in a place."""

    __tablename__: ClassVar[str] = "posts"


class SubstitutionRow(Substitution, ProgrammeRowKey, table=True):
    """Who stands in for whom."""

    __tablename__: ClassVar[str] = "substitutions"


class ProgrammePinRow(Pin, ProgrammeRowKey, table=True):
    """The definition that the programme is pinned to."""

    __tablename__: ClassVar[str] = "programme_pins"


_SHARED = ("notices", "holds", "papers", "voidings", "printings", "staff", "pins")
_RENAMED = {name: f"programme_{name}" for name in _SHARED}
"""Collections whose table would bear the name of another one."""

PROGRAMME_TABLES: Mapping[str, Table] = MappingProxyType(
    {
        collection: SQLModel.metadata.tables[_RENAMED.get(collection, collection)]
        for collection in PROGRAMME_COLLECTIONS
    }
)
"""Collection → table."""
