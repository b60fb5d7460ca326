"""A trial 试算 of one household: as it is, beside as it is supposed; nothing is written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from conversion.domain.case import Case
from conversion.domain.household import Member
from conversion.domain.programme import Programme
from conversion.domain.right import Membership, ShareLot
from conversion.errors import NotFound
from conversion.policy.contrast import LineChange, changes
from conversion.policy.facts import HouseholdFacts
from conversion.policy.ground import Ground
from conversion.policy.pack import Pack, PackOnDay
from conversion.policy.prospect import Findings, findings_in, prospect, supposed_roll
from conversion.policy.share_scheme import ShareScheme
from conversion.policy.supposition import Supposition, nearest, suppose
from conversion.policy.village_shares import VillageShares
from conversion.services.office import Office
from conversion.store.chains import case_numbers, load_case, load_cases, load_programme
from conversion.store.database import Session
from conversion.store.standings import batches
from conversion.workflows.facts import facts_of

Household: TypeAlias = tuple[HouseholdFacts, Findings]
"""A household as the rules see it, with what was established of its members."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What would be otherwise for a household.

    Attributes:
        packs: whose rules, as it is and as supposed.
        people: serial → member, of both sides.
        lines: every line of both sides; notes: what a reader must know beside them, in Chinese.
    """

    case: str
    packs: tuple[PackOnDay, PackOnDay]
    people: Mapping[str, Member]
    lines: tuple[LineChange, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of a trial: whose rules, on which facts.

    Attributes:
        plan: the plan that was voted on, if this pack has it, else the one it proposes.
        grounds: by which memberships may have been established so far.
        afresh: whether memberships of all households are proposed anew.
    """

    pack: PackOnDay
    plan: ShareScheme
    day: date
    grounds: tuple[Ground, ...]
    afresh: bool = False

    def judged(self, case: Case, base_date: date | None) -> Household:
        """A household as it is, on this side's day."""
        findings = findings_in(case.memberships.values(), self.grounds)
        return facts_of(case, base_date, self.day), findings

    def roll(self, household: Household) -> dict[str, Membership]:
        """The household's memberships on this side."""
        facts, findings = household
        stand = replace(facts, memberships={}) if self.afresh else facts
        return supposed_roll(stand, self.pack, findings)


def try_out(office: Office, number: str, told: Supposition, *, pack: str = "") -> Trial:
    """The household as it is today, beside the household as supposed.

    Args:
        office: the office.
        number: the case.
        told: what is supposed.
        pack: id of the pack whose rules are tried; empty for the village's own.

    Raises:
        NotFound: there is no such case or pack, or the pack lacks a value that a rule needs.
        WrongUse: what is supposed can't be.
    """
    with office.database.reading() as session:
        case = load_case(session, number)
        programme = load_programme(session, case.programme)
        sides = _sides(office, programme, told, pack or programme.village.pack)
        real = sides[0].judged(case, programme.base_date)
        households = (real, suppose(*real, told))
        lots = [
            village_lots(session, programme, side, {number: household})[number]
            for side, household in zip(sides, households, strict=True)
        ]
    was, now = (
        prospect(household[0], side.pack, side.roll(household), held, side.plan)
        for side, household, held in zip(sides, households, lots, strict=True)
    )
    return Trial(
        case=number,
        packs=(sides[0].pack, sides[1].pack),
        people={**case.people, **households[1][0].members},
        lines=changes(was, now),
        notes=tuple(_notes(case, real[0], sides, lots[0])),
    )


def _sides(office: Office, programme: Programme, told: Supposition, pack: str) -> tuple[Side, Side]:
    own, there = (_pack(office, name) for name in (programme.village.pack, pack))
    today, day = office.today(), told.day or office.today()
    here, then = nearest(own, today), nearest(there, day)
    grounds = (*then.grounds, *here.grounds)
    voted = programme.plan.scheme if programme.plan else ""
    return (
        Side(pack=here, plan=_plan(here, voted), day=today, grounds=grounds),
        Side(pack=then, plan=_plan(then, voted), day=day, grounds=grounds, afresh=told.afresh),
    )


def _plan(pack: PackOnDay, voted: str) -> ShareScheme:
    return pack.share_plan(voted if voted in {plan.id for plan in pack.share_plans} else "")


def village_lots(
    session: Session, programme: Programme, side: Side, supposed: Mapping[str, Household]
) -> dict[str, Sequence[ShareLot]]:
    """Case number → lots of a plan over the whole village, some households as supposed.

    Households pass by in batches; of each only the weights are kept.
    """
    village = VillageShares(pack=side.pack, plan=side.plan)
    for case in every_case(session, programme.code):
        household = supposed.get(case.number) or side.judged(case, programme.base_date)
        gone = {s: row for s, row in case.memberships.items() if s in case.departed}
        everybody = replace(
            household[0],
            day=programme.base_date or side.day,
            members={**case.departed, **household[0].members},
            memberships={**gone, **side.roll(household)},
        )
        village.add(case.number, everybody)
    return {**dict.fromkeys(supposed, ()), **village.lots()}


def every_case(session: Session, code: str) -> Iterator[Case]:
    """The programme's cases as they stand, without their past, in batches."""
    for numbers in batches(case_numbers(session, code)):
        yield from load_cases(session, numbers, with_past=False)


def _pack(office: Office, name: str) -> Pack:
    if name not in office.packs:
        known = "、".join(office.packs) or "无"
        raise NotFound(f"使用政策包 {name}", "没有这个政策包", f"从中选择：{known}")
    return office.packs[name]


def _notes(
    case: Case, facts: HouseholdFacts, sides: tuple[Side, Side], lots: Sequence[ShareLot]
) -> Iterator[str]:
    if not (facts.approved_on and facts.registered_on):
        yield "还没有批准或者还没有登记户口的，按试算当日批准、登记计算。"
    for side in sides:
        if side.pack.day != side.day:
            yield (
                f"政策包“{side.pack.pack.title}”在{side.day}不适用，"
                f"试算用的是它在{side.pack.day}的规定。"
            )
    held, counted = case.units, sum(lot.units for lot in lots)
    if held and held != counted:
        yield f"本户现登记{held}股；试算按现在的名册重新配股，现状一栏为{counted}股。"
