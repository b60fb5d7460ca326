"""The rows of a case: one table for each collection of `conversion.domain.collections`."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

from sqlalchemy import Index, Table, UniqueConstraint
from sqlalchemy.schema import SchemaItem
from sqlmodel import Field, SQLModel

from conversion.domain.collections import COLLECTIONS
from conversion.domain.declaration import Declaration
from conversion.domain.departed import Departed
from conversion.domain.hold import Hold
from conversion.domain.household import DrawnBenefit, Household, Member
from conversion.domain.household_change import HouseholdChange
from conversion.domain.ledger import Dividend, Encumbrance, Posting, Transaction
from conversion.domain.notice import Countersignature, Notice, Objection, Paper
from conversion.domain.override import Override
from conversion.domain.paper_loss import PaperLoss
from conversion.domain.paper_voiding import PaperVoiding
from conversion.domain.parcel import Parcel
from conversion.domain.pin import Pin
from conversion.domain.printing import Printing
from conversion.domain.reminder import Reminder
from conversion.domain.representation import Representation
from conversion.domain.right import (
    Benefit,
    Entitlement,
    LandRight,
    Membership,
    Registration,
    ReservedLot,
    ShareLot,
)
from conversion.store.chain_tables import CASE
from conversion.store.columns import Stored


class CaseRowKey(Stored):
    """Where a row belongs: the case's number, and the row's key within the case."""

    chain: str = Field(primary_key=True, foreign_key=CASE, max_length=60)
    row_key: str = Field(primary_key=True, max_length=140)


class HouseholdRow(Household, CaseRowKey, table=True):
    """The household of a case."""

    __tablename__: ClassVar[str] = "household"


class MemberRow(Member, CaseRowKey, table=True):
    """A member of a household; found by resident number across villages."""

    __tablename__: ClassVar[str] = "members"
    __table_args__: ClassVar[tuple[SchemaItem, ...]] = (
        Index("ix_members_resident_number", "resident_number"),
    )


class DepartedRow(Departed, CaseRowKey, table=True):
    """A person who is no longer of a household."""

    __tablename__: ClassVar[str] = "departed"


class RepresentationRow(Representation, CaseRowKey, table=True):
    """Who acts for a member."""

    __tablename__: ClassVar[str] = "representations"


class DrawnBenefitRow(DrawnBenefit, CaseRowKey, table=True):
    """A rural benefit drawn at intake."""

    __tablename__: ClassVar[str] = "drawn"


class DeclarationRow(Declaration, CaseRowKey, table=True):
    """What a household says of itself."""

    __tablename__: ClassVar[str] = "declarations"


class ParcelRow(Parcel, CaseRowKey, table=True):
    """A parcel of a household."""

    __tablename__: ClassVar[str] = "parcels"


class MembershipRow(Membership, CaseRowKey, table=True):
    """The membership of a person in the collective."""

    __tablename__: ClassVar[str] = "memberships"


class RegistrationRow(Registration, CaseRowKey, table=True):
    """What the police register did for a person."""

    __tablename__: ClassVar[str] = "registrations"


class ShareLotRow(ShareLot, CaseRowKey, table=True):
    """Shares of one class held by a person."""

    __tablename__: ClassVar[str] = "shares"


class ReservedLotRow(ReservedLot, CaseRowKey, table=True):
    """What the plan keeps back for a member in dispute."""

    __tablename__: ClassVar[str] = "reserved"


class LandRightRow(LandRight, CaseRowKey, table=True):
    """A right confirmed on a parcel."""

    __tablename__: ClassVar[str] = "land"


class BenefitRow(Benefit, CaseRowKey, table=True):
    """A transitional benefit as decided."""

    __tablename__: ClassVar[str] = "benefits"


class EntitlementRow(Entitlement, CaseRowKey, table=True):
    """A line of the entitlement statement."""

    __tablename__: ClassVar[str] = "entitlements"


class NoticeRow(Notice, CaseRowKey, table=True):
    """A public notice of a case."""

    __tablename__: ClassVar[str] = "notices"


class ObjectionRow(Objection, CaseRowKey, table=True):
    """An objection to a notice."""

    __tablename__: ClassVar[str] = "objections"


class CountersignatureRow(Countersignature, CaseRowKey, table=True):
    """A department's countersignature."""

    __tablename__: ClassVar[str] = "countersignatures"


class PaperRow(Paper, CaseRowKey, table=True):
    """A numbered paper; its number is unique among all cases."""

    __tablename__: ClassVar[str] = "papers"
    __table_args__: ClassVar[tuple[SchemaItem, ...]] = (UniqueConstraint("number"),)


class PaperLossRow(PaperLoss, CaseRowKey, table=True):
    """A certificate declared lost."""

    __tablename__: ClassVar[str] = "losses"


class PaperVoidingRow(PaperVoiding, CaseRowKey, table=True):
    """A proposal to void a paper."""

    __tablename__: ClassVar[str] = "voidings"


class PrintingRow(Printing, CaseRowKey, table=True):
    """A printing of a paper."""

    __tablename__: ClassVar[str] = "printings"


class HoldRow(Hold, CaseRowKey, table=True):
    """A hold on a case."""

    __tablename__: ClassVar[str] = "holds"


class OverrideRow(Override, CaseRowKey, table=True):
    """A requirement set aside."""

    __tablename__: ClassVar[str] = "overrides"


class HouseholdChangeRow(HouseholdChange, CaseRowKey, table=True):
    """A change of a household."""

    __tablename__: ClassVar[str] = "changes"


class TransactionRow(Transaction, CaseRowKey, table=True):
    """A change of holdings, proposed or settled."""

    __tablename__: ClassVar[str] = "transactions"


class PostingRow(Posting, CaseRowKey, table=True):
    """A posting of the share ledger."""

    __tablename__: ClassVar[str] = "postings"


class EncumbranceRow(Encumbrance, CaseRowKey, table=True):
    """A pledge or freeze on shares."""

    __tablename__: ClassVar[str] = "encumbrances"


class DividendRow(Dividend, CaseRowKey, table=True):
    """What a person receives of a dividend run."""

    __tablename__: ClassVar[str] = "dividends"


class ReminderRow(Reminder, CaseRowKey, table=True):
    """A reminder of a term."""

    __tablename__: ClassVar[str] = "reminders"


class PinRow(Pin, CaseRowKey, table=True):
    """The definition that a case is pinned to."""

    __tablename__: ClassVar[str] = "pins"


CASE_TABLES: Mapping[str, Table] = MappingProxyType(
    {collection: SQLModel.metadata.tables[collection] for collection in COLLECTIONS}
)
"""Collection → table."""
