"""The household as the rules see it, read from a step's circumstances."""

from conversion.policy.facts import HouseholdFacts
from conversion.workflows.step import CaseCircumstances


def household_facts(c: CaseCircumstances) -> HouseholdFacts:
    """What every rule on a household may look at, on the day of the step."""
    return HouseholdFacts(
        day=c.day,
        household=c.case.household,
        members=c.case.members,
        parcels=c.case.parcels,
        drawn=c.case.drawn,
        memberships=c.case.memberships,
        registrations=c.case.registrations,
        shares=c.case.shares,
        base_date=c.programme.base_date,
        approved_on=c.case.done_on("case.approve"),
        registered_on=max((r.day for r in c.case.registrations.values() if r.day), default=None),
    )
