"""The household as the rules see it, read from a case or from a step's circumstances."""

from datetime import date

from conversion.domain.case import Case
from conversion.policy.facts import HouseholdFacts
from conversion.workflows.step import CaseCircumstances


def household_facts(c: CaseCircumstances) -> HouseholdFacts:
    """What every rule on a household may look at, on the day of the step."""
    community = c.programme.village.community_name
    return facts_of(c.case, c.programme.base_date, c.day, community)


def facts_of(case: Case, base_date: date | None, day: date, community: str) -> HouseholdFacts:
    """What every rule on a case's household may look at, on a day.

    Args:
        case: the case.
        base_date: 基准日 of its programme; None before it is fixed.
        day: the day.
        community: the name of the community that its village becomes.
    """
    return HouseholdFacts(
        day=day,
        household=case.household,
        members=case.members,
        parcels=case.parcels,
        drawn=case.drawn,
        memberships=case.memberships,
        registrations=case.registrations,
        shares=case.shares,
        base_date=base_date,
        approved_on=case.done_on("case.approve"),
        community=community,
        service_years={
            d.member: d.service_years
            for d in case.declarations.values()
            if d.service_years is not None
        },
        monthly_income=next(
            (d.monthly_income for d in case.declarations.values() if not d.member), None
        ),
        registered_on=max((r.day for r in case.registrations.values() if r.day), default=None),
    )
