"""Apportioning: which rows of a household go with which of its people and parcels."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from conversion.domain.case import Case
from conversion.domain.declaration import HOUSEHOLD

RowT = TypeVar("RowT")

NOT_CARRIED = (
    "departed",
    "drawn",
    "objections",
    "papers",
    "overrides",
    "changes",
    "postings",
    "transactions",
    "encumbrances",
    "dividends",
    "reminders",
    "pins",
)
"""What stays with the household that it happened in."""


def part_of(case: Case, members: Collection[str], parcels: Collection[str]) -> Case:
    """A household of these members and parcels, with the rows that are theirs.

    What belongs to the household as a whole is carried too, except what pays money and the
    income: that was of all together.
    """
    nothing: dict[str, Any] = {name: {} for name in NOT_CARRIED}
    return replace(
        case,
        members=_of(case.members, members),
        memberships=_of(case.memberships, members),
        registrations=_of(case.registrations, members),
        representations=_of(case.representations, members),
        shares={k: lot for k, lot in case.shares.items() if lot.member in members},
        benefits={k: b for k, b in case.benefits.items() if b.member in members},
        entitlements={
            k: e for k, e in case.entitlements.items() if not e.member or e.member in members
        },
        declarations=_of(case.declarations, members),
        parcels=_of(case.parcels, parcels),
        land=_of(case.land, parcels),
        **nothing,
    )


def rest_of(case: Case, members: Collection[str], parcels: Collection[str]) -> Case:
    """The household without these members and parcels; all else of it stays but the income."""
    return replace(
        case,
        members=_but(case.members, members),
        memberships=_but(case.memberships, members),
        registrations=_but(case.registrations, members),
        representations=_but(case.representations, members),
        shares={k: lot for k, lot in case.shares.items() if lot.member not in members},
        benefits={k: b for k, b in case.benefits.items() if b.member not in members},
        entitlements={k: e for k, e in case.entitlements.items() if e.member not in members},
        drawn={k: d for k, d in case.drawn.items() if d.member not in members},
        declarations=_but(case.declarations, {*members, HOUSEHOLD}),
        parcels=_but(case.parcels, parcels),
        land=_but(case.land, parcels),
    )


def _of(rows: Mapping[str, RowT], keys: Collection[str]) -> dict[str, RowT]:
    return {key: row for key, row in rows.items() if key in keys}


def _but(rows: Mapping[str, RowT], keys: Collection[str]) -> dict[str, RowT]:
    return {key: row for key, row in rows.items() if key not in keys}
