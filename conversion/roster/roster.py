"""The roster 花名册 as read and checked: its households, and everything found in it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from conversion.domain.household import DrawnBenefit, Household, Member
from conversion.domain.parcel import Parcel
from conversion.roster.finding import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterHousehold:
    """One household with all that the roster says of it.

    Attributes:
        rows: sheet name → true row numbers that make it up.
    """

    household: Household
    members: tuple[Member, ...]
    drawn: tuple[DrawnBenefit, ...] = ()
    parcels: tuple[Parcel, ...] = ()
    rows: Mapping[str, tuple[int, ...]]

    @property
    def places(self) -> tuple[tuple[str, int], ...]:
        """Sheet and row of everything that makes it up, members first."""
        return tuple((sheet, row) for sheet, rows in self.rows.items() for row in rows)

    @property
    def number(self) -> str:
        """户号."""
        return self.household.number


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many rows of each kind were read."""

    households: int
    members: int
    parcels: int
    benefits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """A delivered roster.

    Attributes:
        households: those of which all members could be read.
        findings: everything found, in the order of sheets, rows and columns.
        unknown_columns: headings that nobody knows, kept as remarks.
        counts: what was read.
        incomplete: numbers of households of which some member couldn't be read.
        left_out: numbers of households that `without_faulty` took out, the incomplete included.
    """

    households: tuple[RosterHousehold, ...]
    findings: tuple[Finding, ...]
    unknown_columns: tuple[str, ...]
    counts: Counts
    incomplete: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that stop the import."""
        return tuple(finding for finding in self.findings if finding.is_error)

    @property
    def has_errors(self) -> bool:
        """Whether the file may not be imported as it stands."""
        return any(finding.is_error for finding in self.findings)

    def without_faulty(self) -> "Roster":
        """The roster without any household that has an error; what is left out is named.

        Only on request: a household goes as a whole, never one of its rows, because shares and
        land are computed from all of its members.
        """
        errors = {(finding.sheet, finding.row) for finding in self.errors}
        faulty = {h.number for h in self.households if not errors.isdisjoint(h.places)}
        return replace(
            self,
            households=tuple(h for h in self.households if h.number not in faulty),
            findings=tuple(finding for finding in self.findings if not finding.is_error),
            left_out=tuple(sorted({*self.left_out, *self.incomplete, *faulty})),
        )
