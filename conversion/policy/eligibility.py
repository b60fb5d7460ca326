"""Who gets a row of a pack and why, and who nearly does and why not."""

from collections.abc import Iterator
from dataclasses import dataclass

from conversion.domain.household import Member
from conversion.policy.condition import Finding
from conversion.policy.facts import HouseholdFacts
from conversion.policy.row import PolicyRow, Scope

NEAR = 5
"""Years: whoever is farther from an age than this doesn't ask why he doesn't get it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Eligibility:
    """How a member stands to a row: the alternative that holds, or the one least missed.

    Attributes:
        serial: the member's.
        findings: what that alternative asks and what was found; empty when it asks nothing.
    """

    serial: str
    findings: tuple[Finding, ...] = ()

    @property
    def unmet(self) -> tuple[Finding, ...]:
        """What is asked and not there; empty for whoever gets it."""
        return tuple(finding for finding in self.findings if not finding.met)

    @property
    def is_of_another_kind(self) -> bool:
        """Whether it is missed by what sort of person this is, so that nobody would expect it."""
        return any(finding.of_a_kind for finding in self.unmet)

    @property
    def misses_by_one(self) -> bool:
        """Whether one thing only is lacking, a near age or the land, so that somebody may ask."""
        near = all(finding.short_by <= NEAR for finding in self.unmet)
        return len(self.unmet) == 1 and near and not self.is_of_another_kind


def eligibility(row: PolicyRow, member: Member, facts: HouseholdFacts) -> Eligibility:
    """How one member stands to a row."""
    alternatives = [tuple(c.findings(member, facts, row.drawn_as)) for c in row.when] or [()]
    nearest = min(alternatives, key=_missed)
    return Eligibility(serial=member.serial, findings=nearest)


def nearest_member(row: PolicyRow, facts: HouseholdFacts) -> Eligibility:
    """How the household stands to a row: by the member who has most of what is asked.

    Raises:
        ValueError: nobody is in the household.
    """
    found = (eligibility(row, member, facts) for member in facts.members.values())
    return min(found, key=lambda standing: _missed(standing.findings))


def holding(row: PolicyRow, holder: str, facts: HouseholdFacts) -> Eligibility:
    """How a holder of a row came to have it; of the household's, by one of its members."""
    if holder:
        return eligibility(row, facts.members[holder], facts)
    return nearest_member(row, facts)


def refused(
    row: PolicyRow, holders: tuple[str, ...], facts: HouseholdFacts
) -> Iterator[Eligibility]:
    """Who doesn't get a row, as far as it is told.

    Of a row that nobody gets: the member nearest to it, so that no row stays unanswered. Of one
    that some get: the others who miss it by one thing; nobody else would expect it.
    """
    if not facts.members:
        return
    if not holders:
        yield nearest_member(row, facts)
    elif row.scope is Scope.PERSON:
        others = (m for serial, m in facts.members.items() if serial not in holders)
        standing = (eligibility(row, member, facts) for member in others)
        yield from (found for found in standing if found.misses_by_one)


def _missed(findings: tuple[Finding, ...]) -> tuple[int, int, int]:
    """How much is missed: what sort of person somebody is weighs more than the land or an age."""
    unmet = [finding for finding in findings if not finding.met]
    kinds = sum(finding.of_a_kind for finding in unmet)
    return kinds, len(unmet), sum(finding.short_by for finding in unmet)
