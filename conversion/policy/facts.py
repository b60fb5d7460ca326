"""What the rules look at: one household on one day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from conversion.domain.household import DrawnBenefit, Household, Member
from conversion.domain.parcel import Parcel, ParcelKind
from conversion.domain.right import Membership, Registration, ShareLot


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdFacts:
    """One household as the rules see it.

    Attributes:
        day: the day of the decision.
        base_date: 基准日 of the programme, None before it is fixed.
        approved_on, registered_on: days that start transitions, None before they happened.
    """

    day: date
    household: Household
    members: Mapping[str, Member]
    parcels: Mapping[str, Parcel] = field(default_factory=dict)
    drawn: Mapping[str, DrawnBenefit] = field(default_factory=dict)
    memberships: Mapping[str, Membership] = field(default_factory=dict)
    registrations: Mapping[str, Registration] = field(default_factory=dict)
    shares: Mapping[str, ShareLot] = field(default_factory=dict)
    base_date: date | None = None
    approved_on: date | None = None
    registered_on: date | None = None

    def has_land(self, kind: ParcelKind) -> bool:
        """Whether the household holds a parcel of this kind."""
        return any(p.kind is kind for p in self.parcels.values())
