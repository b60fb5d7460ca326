"""Who gets a row of a pack and why, and who nearly does and why not."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from conversion.domain.household import Member
from conversion.policy.age_window import AgeWindow, joined
from conversion.policy.condition import Condition, Finding
from conversion.policy.facts import HouseholdFacts
from conversion.policy.row import PolicyRow, Scope
from conversion.standards.day_count import years_after

NEAR = 5
"""Years: whoever is farther from an age than this doesn't ask; who reaches it by then is told."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who has a row 享有人, or will have it when of age.

    Attributes:
        serial: the member's; empty when it is the household's.
        by: how the member stands to it by whom it is held; of the household's, who is first.
        window: the days on which age allows it.
    """

    serial: str
    by: Eligibility
    window: AgeWindow

    def is_of_age(self, day: dt.date) -> bool:
        """Whether it is held on the day, and not only from a later birthday on."""
        return self.window.first <= day


def holders(row: PolicyRow, facts: HouseholdFacts) -> tuple[Holder, ...]:
    """Whom a row is for on the day, or will be for by an age reached within `NEAR` years.

    All but the age is taken as it is recorded on the day.
    """
    found = {
        serial: windows
        for serial, member in facts.members.items()
        if (windows := _windows(row, member, facts))
    }
    if row.scope is Scope.PERSON:
        return tuple(_holder(serial, {serial: windows}, facts) for serial, windows in found.items())
    return (_holder("", found, facts),) if found else ()


_Windows = list[tuple[AgeWindow, tuple[Finding, ...]]]


def _windows(row: PolicyRow, member: Member, facts: HouseholdFacts) -> _Windows:
    """When each of the alternatives holds for a member, of those that hold by `NEAR` or now."""
    horizon = years_after(facts.day, NEAR).last
    held = (
        (condition.window(member), tuple(condition.findings(member, facts, row.drawn_as)))
        for condition in row.when or (Condition(),)
        if condition.holds_at_some_age(member, facts, row.drawn_as)
    )
    return [
        (w, found) for w, found in held if max(facts.day, w.first) <= w.last and w.first <= horizon
    ]


def _holder(serial: str, found: Mapping[str, _Windows], facts: HouseholdFacts) -> Holder:
    """The holder whom the earliest of the windows makes, all alternatives taken together."""
    ways = [(by, *way) for by, windows in found.items() for way in windows]
    by, _, findings = min(ways, key=lambda way: max(way[1].first, facts.day))
    whole = joined(window for _, window, _ in ways)
    return Holder(serial=serial, by=Eligibility(serial=by, findings=findings), window=whole[0])


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
