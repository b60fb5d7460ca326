"""A whole village on trial 试算: one side of it, household by household, and its share plan."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from conversion.domain.case import Case
from conversion.domain.programme import Programme
from conversion.domain.right import Membership, ShareLot
from conversion.policy.facts import HouseholdFacts
from conversion.policy.ground import Ground
from conversion.policy.pack import PackOnDay
from conversion.policy.prospect import (
    Findings,
    ProspectLine,
    findings_in,
    prospect,
    supposed_roll,
)
from conversion.policy.share_scheme import ShareScheme
from conversion.policy.village_shares import VillageShares
from conversion.store.chains import case_numbers, load_cases
from conversion.store.database import Session
from conversion.store.standings import batches
from conversion.workflows.facts import facts_of

Household: TypeAlias = tuple[HouseholdFacts, Findings]
"""A household as the rules see it, with what was established of its members."""

Lots: TypeAlias = Mapping[str, Sequence[ShareLot]]
"""Case number → what a share plan gives or reserves for its people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of a trial: whose rules, on which day, under which share plan.

    Attributes:
        base_date: 基准日, the day itself while none is fixed.
        community: the name of the community that the village becomes.
        grounds: by which memberships may have been established so far.
        afresh: whether memberships are proposed anew, whatever was decided.
    """

    pack: PackOnDay
    plan: ShareScheme
    day: date
    base_date: date
    community: str
    grounds: tuple[Ground, ...]
    afresh: bool = False

    def judged(self, case: Case) -> Household:
        """A household as it is, on this side's day."""
        findings = findings_in(case.memberships.values(), self.grounds)
        facts = facts_of(case, self.base_date, self.day, self.community)
        return replace(facts, memberships={}) if self.afresh else facts, findings

    def roll(self, household: Household) -> dict[str, Membership]:
        """The household's memberships on this side."""
        facts, findings = household
        return supposed_roll(facts, self.pack, findings)

    def prospect(self, household: Household, lots: Sequence[ShareLot]) -> tuple[ProspectLine, ...]:
        """Everything that this side gives the household."""
        return prospect(household[0], self.pack, self.roll(household), lots, self.plan)

    def weighed(self, case: Case, household: Household) -> HouseholdFacts:
        """The household on the base date, with whoever has left it."""
        gone = {s: row for s, row in case.memberships.items() if s in case.departed}
        return replace(
            household[0],
            day=self.base_date,
            members={**case.departed, **household[0].members},
            memberships={**gone, **self.roll(household)},
        )


def side_of(
    programme: Programme,
    pack: PackOnDay,
    day: date,
    *,
    grounds: tuple[Ground, ...],
    plan: str = "",
    afresh: bool = False,
) -> Side:
    """A side of a village's trial.

    Args:
        programme: the village.
        pack: whose rules; its day is the nearest on which it may decide.
        day: the day of the trial.
        grounds: by which memberships may have been established so far.
        plan: id of the share plan; where none is named, the one that was voted on if the pack has
            it, else the one that the pack proposes.
        afresh: see `Side`.

    Raises:
        NotFound: the pack has no such plan.
    """
    voted = programme.plan.scheme if programme.plan else ""
    known = {scheme.id for scheme in pack.share_plans}
    return Side(
        pack=pack,
        plan=pack.share_plan(plan or (voted if voted in known else "")),
        day=day,
        base_date=programme.base_date or day,
        community=programme.village.community_name,
        grounds=grounds,
        afresh=afresh,
    )


def village_lots(
    session: Session, code: str, supposed: Sequence[tuple[Side, Mapping[str, Household]]]
) -> list[Lots]:
    """Each side's lots of the whole village, in which some households are as supposed.

    Households pass by once, in batches; of each only the weights are kept.
    """
    villages = [VillageShares(pack=side.pack, plan=side.plan) for side, _ in supposed]
    for case in every_case(session, code):
        for village, (side, others) in zip(villages, supposed, strict=True):
            household = others.get(case.number) or side.judged(case)
            village.add(case.number, side.weighed(case, household))
    return [village.lots() for village in villages]


def every_case(session: Session, code: str) -> Iterator[Case]:
    """The programme's cases as they stand, without their past, in batches."""
    for numbers in batches(case_numbers(session, code)):
        yield from load_cases(session, numbers, with_past=False)
