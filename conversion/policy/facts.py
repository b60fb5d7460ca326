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
        community: name of the community that the village becomes.
        service_years: serial → full years served in the army, as far as somebody has said.
        monthly_income: of the household, 分; None when nobody has said.
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
    community: str = ""
    service_years: Mapping[str, int] = field(default_factory=dict)
    monthly_income: int | None = None

    def has_land(self, kind: ParcelKind) -> bool:
        """Whether the household holds a parcel of this kind."""
        return any(p.kind is kind for p in self.parcels.values())

    @property
    def joint_contracted(self) -> int:
        """How many contracted parcels it holds together with other households."""
        kinds = (p.kind for p in self.parcels.values() if p.joint_households)
        return sum(kind is ParcelKind.CONTRACTED for kind in kinds)

    @property
    def contracted_mu(self) -> int | None:
        """Contracted area of the parcels held by this household alone, 0.0001 亩; None if unknown.

        The contract's area counts; where it gives none, the measured one. Part of the land would
        give too small a figure, so one parcel without any area leaves it unknown.
        """
        areas = [
            parcel.measured_area if parcel.contract_area is None else parcel.contract_area
            for parcel in self.parcels.values()
            if parcel.kind is ParcelKind.CONTRACTED and not parcel.joint_households
        ]
        known = [area for area in areas if area is not None]
        return sum(known) if known and len(known) == len(areas) else None
