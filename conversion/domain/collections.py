"""The kinds of rows that a case and a programme carry, and which of them are personal data."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeVar

from sqlmodel import SQLModel

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
from conversion.domain.standing import Change, Row, Standing

RowT = TypeVar("RowT", bound=SQLModel)

COLLECTIONS: Mapping[str, type[SQLModel]] = MappingProxyType(
    {
        "household": Household,
        "members": Member,
        "departed": Departed,
        "representations": Representation,
        "drawn": DrawnBenefit,
        "declarations": Declaration,
        "parcels": Parcel,
        "memberships": Membership,
        "registrations": Registration,
        "shares": ShareLot,
        "reserved": ReservedLot,
        "land": LandRight,
        "benefits": Benefit,
        "entitlements": Entitlement,
        "notices": Notice,
        "objections": Objection,
        "countersignatures": Countersignature,
        "papers": Paper,
        "losses": PaperLoss,
        "voidings": PaperVoiding,
        "printings": Printing,
        "holds": Hold,
        "overrides": Override,
        "changes": HouseholdChange,
        "transactions": Transaction,
        "postings": Posting,
        "encumbrances": Encumbrance,
        "dividends": Dividend,
        "reminders": Reminder,
        "pins": Pin,
    }
)
"""Collection → the model of its rows, for a case."""

PERSONAL = frozenset(
    {
        "household",
        "members",
        "departed",
        "representations",
        "drawn",
        "declarations",
        "parcels",
        "memberships",
        "registrations",
        "benefits",
        "entitlements",
        "encumbrances",
        "objections",
        "changes",
        "transactions",
        "staff",
    }
)
"""Collections whose rows are sealed outside the leaf and can be erased (个人信息保护法 47)."""


def put(collection: str, key: str, row: SQLModel) -> Change:
    """The change that sets one row.

    >>> put("shares", "01/population", ShareLot(member="01", share_class="population", units=5)).row
    {'member': '01', 'share_class': 'population', 'units': 5}
    """
    return Change(collection=collection, key=key, row=row.model_dump(mode="json"))


def remove(collection: str, key: str) -> Change:
    """The change that takes one row away."""
    return Change(collection=collection, key=key, row=None)


def read_row(model: type[RowT], row: Row) -> RowT:
    """One row, validated: what `model.model_validate` does, at half its cost.

    Raises:
        ValidationError: the row is not what its model admits.
    """
    read: RowT = model.__new__(model)
    model.__pydantic_validator__.validate_python(row, self_instance=read)
    return read


def replaced(
    collection: str, before: Mapping[str, SQLModel], after: Mapping[str, SQLModel]
) -> tuple[Change, ...]:
    """The changes that set every row of a collection anew and take away what is no longer there."""
    gone = (remove(collection, key) for key in before if key not in after)
    return (*(put(collection, key, row) for key, row in after.items()), *gone)


def rows_of(standing: Standing, collection: str, model: type[RowT]) -> dict[str, RowT]:
    """The rows of one collection, validated, in the order of their keys."""
    found = sorted(standing.rows.get(collection, {}).items())
    return {key: read_row(model, row) for key, row in found}


def completed(models: Mapping[str, type[SQLModel]], standing: Standing) -> Standing:
    """A standing told by old entries, with what its rows have come to say since by default.

    A row model grows: entries sealed before know nothing of the new fields, while the tables do.
    """
    rows = {
        collection: {key: _defaults(models.get(collection)) | row for key, row in of_kind.items()}
        for collection, of_kind in standing.rows.items()
    }
    return Standing(positions=standing.positions, rows=rows)


def _defaults(model: type[SQLModel] | None) -> Row:
    fields = model.model_fields.items() if model else ()
    found = {name: field.get_default() for name, field in fields if not field.is_required()}
    return {name: list(v) if isinstance(v, tuple) else v for name, v in found.items()}
