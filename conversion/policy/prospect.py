"""What the rules give one household 试算: on one day, under one pack, line by line.

A trial decides nothing. What people have decided of a membership stands in it; what is still open
is taken to be decided as the rules propose it, and the approval and the registration to happen on
the day if they have not yet.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from conversion.domain.right import (
    Benefit,
    Disposition,
    Entitlement,
    Membership,
    MembershipStanding,
    Registration,
    RegistrationResult,
    ReservedLot,
    ShareLot,
    Side,
)
from conversion.policy.amount import NOTHING_NOW
from conversion.policy.facts import HouseholdFacts
from conversion.policy.ground import Ground
from conversion.policy.pack import PackOnDay
from conversion.policy.rules.entitlement import map_entitlements
from conversion.policy.rules.membership import propose_membership
from conversion.policy.rules.registration import propose_registrations
from conversion.policy.rules.transitional_benefit import assess_benefits
from conversion.policy.share_scheme import ShareScheme
from conversion.standards.fixed_point import to_text


class ProspectChapter(StrEnum):
    """What a household may come by, in the order of its case."""

    MEMBERSHIP = "membership"
    REGISTRATION = "registration"
    SHARES = "shares"
    BENEFIT = "benefit"
    ENTITLEMENT = "entitlement"

    @property
    def label(self) -> str:
        """The chapter's Chinese name."""
        return {
            "membership": "成员身份",
            "registration": "户口登记",
            "shares": "股份",
            "benefit": "过渡期待遇",
            "entitlement": "权益",
        }[self]


@dataclass(frozen=True, slots=True)
class Measure:
    """What amounts are counted in; only amounts of one measure can be held against each other.

    Attributes:
        unit: as people read it, which makes no difference; places: decimals of the unit, an amount
            being in the smallest part.
        per: how often it is paid, e.g. `month`; empty for shares.
        whole: for shares, all units of the plan, since plans differ in how many they make.
    """

    unit: str = field(default="", compare=False)
    places: int = 0
    per: str = ""
    whole: int | None = None

    def said(self, amount: int) -> str:
        """An amount as people read it.

        >>> MONTHLY.said(123456), Measure("股").said(-7)
        ('1,234.56元/月', '-7股')
        """
        return to_text(amount, places=self.places, thousands=True) + self.unit


MONTHLY = Measure("元/月", 2, per="month")
PAID = {
    "monthly": MONTHLY,
    "yearly": Measure("元/年", 2, per="year"),
    "once": Measure("元（一次）", 2, per="once"),
}
"""Field of a benefit → what it pays there, in 分."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProspectLine:
    """One thing that the rules give or refuse.

    Attributes:
        key: the row's or class's id in the pack; member: serial, empty for the household.
        result: what comes out, in Chinese.
        favours: whether the line is a right and not the end or refusal of one.
        since_age, until_age: as `Benefit` has them.
        amount: in the smallest part of its measure, None where there is no figure.
        reason: the rule's sentence for the household.
    """

    chapter: ProspectChapter
    key: str
    member: str
    title: str
    result: str
    favours: bool = True
    amount: int | None = None
    measure: Measure = Measure()
    since: dt.date | None = None
    until: dt.date | None = None
    until_event: str = ""
    since_age: int | None = None
    until_age: int | None = None
    reason: str = ""
    illustrative: bool = False

    @property
    def place(self) -> tuple[ProspectChapter, str, str]:
        """What the line is about; the same thing under another pack stands at the same place."""
        return self.chapter, self.key, self.member

    @property
    def told(self) -> tuple[object, ...]:
        """What the household gets by it, by which two prospects are compared."""
        amount = self.amount, self.measure
        return self.result, self.favours, amount, self.since, self.until, self.until_event


Findings = Mapping[str, tuple[str, ...]]
"""Serial → what the survey established of the member, as ids of grounds."""


def findings_in(memberships: Iterable[Membership], grounds: Iterable[Ground]) -> Findings:
    """What surveys had established, read back from the grounds that memberships rest on."""
    known = {ground.code: ground.finding for ground in grounds}
    told = ((m.member, (known.get(code) for code in m.grounds)) for m in memberships)
    return {member: tuple(filter(None, found)) for member, found in told}


def supposed_roll(
    facts: HouseholdFacts, pack: PackOnDay, findings: Findings
) -> dict[str, Membership]:
    """Serial → membership: as it was decided, else as if what the grounds propose were confirmed.

    A finding that the pack has no ground for speaks neither for nor against anybody under it.
    """
    known = {ground.finding for ground in pack.grounds}
    roll = {
        serial: facts.memberships.get(serial)
        or _proposed(facts, serial, pack, tuple(f for f in findings.get(serial, ()) if f in known))
        for serial in facts.members
    }
    return {serial: _confirmed(row) for serial, row in roll.items()}


def _confirmed(row: Membership) -> Membership:
    standing = _CONFIRMED.get(row.standing, row.standing)
    return row.model_copy(update={"standing": standing})


_CONFIRMED = {
    MembershipStanding.PROPOSED: MembershipStanding.CONFIRMED,
    MembershipStanding.NOT_PROPOSED: MembershipStanding.NOT_CONFIRMED,
}


def _proposed(
    facts: HouseholdFacts, serial: str, pack: PackOnDay, findings: tuple[str, ...]
) -> Membership:
    decision = propose_membership(facts.members[serial], facts, pack, findings=findings)
    return decision.rows_of(Membership)[0]


def prospect(
    facts: HouseholdFacts,
    pack: PackOnDay,
    roll: Mapping[str, Membership],
    lots: Iterable[ShareLot],
    plan: ShareScheme | None = None,
) -> tuple[ProspectLine, ...]:
    """Everything that the rules give the household.

    Args:
        facts: the household; what has not happened by the day is taken to happen on it.
        pack: whose rules.
        roll: as `supposed_roll` has it.
        lots: what the share plan gives or reserves for its members.
        plan: that share plan, the pack's own proposal when None.

    Raises:
        NotFound: the pack lacks a value that a rule needs.
    """
    lots = tuple(lots)
    given = {lot.key: lot for lot in lots if not isinstance(lot, ReservedLot)}
    supposed = replace(happened(facts), memberships=roll, shares=given)
    benefits = assess_benefits(supposed, pack).rows_of(Benefit)
    rights = map_entitlements(supposed, benefits, pack).rows_of(Entitlement)
    own = {benefit.key for benefit in benefits}
    return (
        *map(_membership_line, roll.values()),
        *map(_registration_line, propose_registrations(supposed, pack).rows_of(Registration)),
        *_share_lines(lots, plan or pack.share_plan()),
        *map(_benefit_line, benefits),
        *(_entitlement_line(row) for row in rights if row.key not in own),
    )


def happened(facts: HouseholdFacts) -> HouseholdFacts:
    """The household with its approval and registration on the day, unless they came before."""

    def by(day: dt.date | None) -> dt.date:
        return min(day or facts.day, facts.day)

    approved, registered = by(facts.approved_on), by(facts.registered_on)
    return replace(facts, approved_on=approved, registered_on=registered)


_STANDINGS = {
    MembershipStanding.CONFIRMED: "是成员",
    MembershipStanding.NOT_CONFIRMED: "不是成员",
}


def _membership_line(row: Membership) -> ProspectLine:
    return ProspectLine(
        chapter=ProspectChapter.MEMBERSHIP,
        key="membership",
        member=row.member,
        title="成员身份",
        result=_STANDINGS.get(row.standing, row.standing.label),
        favours=row.standing is MembershipStanding.CONFIRMED,
        reason=row.reason,
    )


def _registration_line(row: Registration) -> ProspectLine:
    registered = row.result is RegistrationResult.REGISTERED
    return ProspectLine(
        chapter=ProspectChapter.REGISTRATION,
        key="registration",
        member=row.member,
        title="户口登记",
        result=f"拟登记为{row.after}" if registered else row.result.label,
        reason=row.reason or f"由{row.before}登记为{row.after}。",
    )


def _share_lines(lots: Iterable[ShareLot], plan: ShareScheme) -> Iterator[ProspectLine]:
    classes = {rule.id: rule for rule in plan.classes}
    measure = Measure(plan.unit, plan.decimals, whole=plan.total_units)
    for lot in lots:
        rule = classes[lot.share_class]
        kept = isinstance(lot, ReservedLot)
        given = "配给" if lot.units else "不配"
        yield ProspectLine(
            chapter=ProspectChapter.SHARES,
            key=lot.share_class,
            member=lot.member,
            title=rule.title,
            result="预留" if kept else given,
            favours=not kept and lot.units > 0,
            amount=lot.units,
            measure=measure,
            reason=plan.statements.disputed.text if kept else "",
            illustrative=rule.illustrative,
        )


def _benefit_line(row: Benefit) -> ProspectLine:
    paid = row.model_dump(include={*PAID}, exclude_none=True)
    often, amount = next(iter(paid.items()), ("monthly", None))
    return ProspectLine(
        chapter=ProspectChapter.BENEFIT,
        key=row.item,
        member=row.member,
        title=row.title,
        result=row.disposition.label if amount != 0 else f"{row.disposition.label}，{NOTHING_NOW}",
        favours=row.disposition is not Disposition.ENDED and amount != 0,
        amount=amount,
        measure=PAID[often],
        since=row.since,
        until=row.until,
        until_event=row.until_event,
        since_age=row.since_age,
        until_age=row.until_age,
        reason=row.reason,
        illustrative=row.illustrative,
    )


def _entitlement_line(row: Entitlement) -> ProspectLine:
    return ProspectLine(
        chapter=ProspectChapter.ENTITLEMENT,
        key=row.item,
        member=row.member,
        title=row.title,
        result="保留" if row.side is Side.KEPT else "新增",
        since=row.since,
        until=row.until,
        until_event=row.until_event,
        since_age=row.since_age,
        until_age=row.until_age,
        reason=row.reason,
        illustrative=row.illustrative,
    )
