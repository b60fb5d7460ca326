"""A roster as read and grouped by household, before any check has passed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from conversion.roster.finding import Finding
from conversion.roster.row import BenefitRow, LandRow, MemberRow
from conversion.roster.table import Record, Table
from conversion.standards.fault import Fault

MOST_MEMBERS, MOST_ROWS = 99, 999


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdDraft:
    """The rows of one 户号 on all sheets; `members` holds at least one."""

    number: str
    members: tuple[MemberRow, ...]
    land: tuple[LandRow, ...] = ()
    benefits: tuple[BenefitRow, ...] = ()

    @property
    def heads(self) -> tuple[MemberRow, ...]:
        """The members whose relation is 户主."""
        return tuple(row for row in self.members if row.relation == "02")

    @property
    def head(self) -> MemberRow | None:
        """The head, when there is exactly one."""
        return self.heads[0] if len(self.heads) == 1 else None

    @property
    def is_sized(self) -> bool:
        """Whether it is small enough to be one household: serials have two or three digits."""
        most = max(len(self.members), len(self.land), len(self.benefits))
        return most <= MOST_ROWS and len(self.members) <= MOST_MEMBERS

    def at_number(self, fault: Fault) -> Finding:
        """A fault of the household as a whole, at its number."""
        return at(self.members[0], "number", fault)


@dataclass(slots=True)
class RosterDraft:
    """Every row of a roster, in the file's order."""

    tables: list[Table] = field(default_factory=list)
    members: list[MemberRow] = field(default_factory=list)
    land: list[LandRow] = field(default_factory=list)
    benefits: list[BenefitRow] = field(default_factory=list)
    totals: list[Record] = field(default_factory=list)

    def households(self) -> Mapping[str, HouseholdDraft]:
        """Number → household, in the order of first appearance; rows without number left out."""
        land = _by_number(self.land)
        benefits = _by_number(self.benefits)
        return {
            number: HouseholdDraft(
                number=number,
                members=tuple(rows),
                land=tuple(land.get(number, ())),
                benefits=tuple(benefits.get(number, ())),
            )
            for number, rows in _by_number(self.members).items()
        }


RowT = TypeVar("RowT", MemberRow, LandRow, BenefitRow)


def _by_number(rows: Iterable[RowT]) -> dict[str, list[RowT]]:
    found: dict[str, list[RowT]] = {}
    for row in rows:
        if row.number:
            found.setdefault(row.number, []).append(row)
    return found


def at(row: MemberRow | LandRow | BenefitRow, field_name: str, fault: Fault) -> Finding:
    """A fault found by comparing rows, at one cell of one of them."""
    return row.record.place(field_name).finding(fault)
