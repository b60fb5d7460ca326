"""The kinds of rows that a case and a programme carry, and which of them are personal data."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeVar

from sqlmodel import SQLModel

from conversion.domain.household import DrawnBenefit, Household, Member
from conversion.domain.notice import Countersignature, Notice, Objection, Paper
from conversion.domain.parcel import Parcel
from conversion.domain.right import (
    Benefit,
    Entitlement,
    LandRight,
    Membership,
    Registration,
    ShareLot,
)
from conversion.domain.standing import Change, Standing

RowT = TypeVar("RowT", bound=SQLModel)

COLLECTIONS: Mapping[str, type[SQLModel]] = MappingProxyType(
    {
        "household": Household,
        "members": Member,
        "drawn": DrawnBenefit,
        "parcels": Parcel,
        "memberships": Membership,
        "registrations": Registration,
        "shares": ShareLot,
        "land": LandRight,
        "benefits": Benefit,
        "entitlements": Entitlement,
        "notices": Notice,
        "objections": Objection,
        "countersignatures": Countersignature,
        "papers": Paper,
    }
)
"""Collection → the model of its rows, for a case."""

PERSONAL = frozenset({"household", "members", "drawn", "parcels", "objections"})
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


def rows_of(standing: Standing, collection: str, model: type[RowT]) -> dict[str, RowT]:
    """The rows of one collection, validated, in the order of their keys."""
    found = sorted(standing.rows.get(collection, {}).items())
    return {key: model.model_validate(row) for key, row in found}
