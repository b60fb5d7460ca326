"""Weighing 计权: who of a household takes part in a share plan, and with what weight."""

from collections.abc import Collection
from datetime import date, timedelta

from conversion.domain.case import Case
from conversion.domain.household import Member
from conversion.policy.facts import HouseholdFacts
from conversion.policy.plan_statement import Situation
from conversion.policy.share_scheme import ShareClassRule, ShareScheme


def at_base_date(case: Case, base_date: date) -> HouseholdFacts:
    """A household as a share plan sees it: all who are or were of it, their ages on that day."""
    return HouseholdFacts(
        day=base_date,
        household=case.household,
        members=case.people,
        parcels=case.parcels,
        memberships=case.memberships,
        base_date=base_date,
    )


def situation(member: Member, facts: HouseholdFacts, scheme: ShareScheme) -> Situation | None:
    """What of the plan's statements applies to a member who takes part, by birth or death."""
    row = facts.memberships.get(member.serial)
    if row and row.ended_on:
        before = row.ended_on <= facts.day
        return Situation.DEAD_BEFORE if before else Situation.DEAD_AFTER
    if member.birth_date <= facts.day:
        return None
    last = facts.day + timedelta(days=scheme.statements.unborn.within_days)
    return Situation.UNBORN if member.birth_date <= last else Situation.NEWBORN


def counts(member: Member, facts: HouseholdFacts, scheme: ShareScheme) -> bool:
    """Whether the member weighs at all: born in time and alive, or the plan says so."""
    found = situation(member, facts, scheme)
    if found is None:
        return True
    said = {
        Situation.UNBORN: scheme.statements.unborn.counts,
        Situation.DEAD_AFTER: scheme.statements.dead_after.counts,
    }
    return said.get(found, False)


def weigh(
    facts: HouseholdFacts, scheme: ShareScheme, serials: Collection[str]
) -> dict[str, dict[str, int]]:
    """Class → serial → weight, of those of a household who take part.

    Args:
        facts: the household, on the base date.
        scheme: the plan.
        serials: of confirmed members and of those in dispute.
    """
    nothing = dict.fromkeys(serials, 0)
    return {
        rule.id: nothing | _weights(rule, sharing(rule, facts, scheme, serials), facts)
        for rule in scheme.classes
    }


def sharing(
    rule: ShareClassRule, facts: HouseholdFacts, scheme: ShareScheme, serials: Collection[str]
) -> list[Member]:
    """Those of them for whom a class is, and who weigh at all."""
    people = (facts.members[serial] for serial in serials)
    return [m for m in people if counts(m, facts, scheme) and rule.is_for(m, facts)]


def _weights(
    rule: ShareClassRule, meant: Collection[Member], facts: HouseholdFacts
) -> dict[str, int]:
    if rule.land:
        return rule.land.divided(rule.land.household_weight(facts), meant)
    return {member.serial: _weight(rule, member, facts) for member in meant}


def _weight(rule: ShareClassRule, member: Member, facts: HouseholdFacts) -> int:
    if rule.farming:
        return rule.farming.weight(member, facts)
    if rule.bands:
        return next((band.each for band in rule.bands if band.fits(member, facts)), 0)
    return rule.each or 0
