"""The rows of a roster as read: values where they could be read, and where each came from."""

from dataclasses import dataclass
from datetime import date

from conversion.domain.household import DrawnBenefit, HukouKind, Trait
from conversion.domain.parcel import Parcel
from conversion.roster.table import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRow:
    """One person as the roster says; what couldn't be read is empty or None."""

    record: Record
    group: str
    number: str
    head_name: str
    name: str
    relation: str
    sex: str
    resident_number: str
    birth_date: date | None
    ethnicity: str
    marital_status: str
    hukou_kind: HukouKind
    flag: str
    traits: tuple[Trait, ...]
    farming_months: int
    phone: str
    address: str
    declared_size: int | None
    remark: str

    @property
    def is_complete(self) -> bool:
        """Whether a domain member can be made of it."""
        return bool(self.name and self.relation and self.sex and self.birth_date)


@dataclass(frozen=True, slots=True, kw_only=True)
class LandRow:
    """One parcel and the household it is listed under; `parcel` None when it can't be read."""

    record: Record
    number: str
    parcel: Parcel | None
    is_joint: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitRow:
    """One benefit; `name` is whose it is, empty for the whole household's."""

    record: Record
    number: str
    name: str
    drawn: DrawnBenefit | None
