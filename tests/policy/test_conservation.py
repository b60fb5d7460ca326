"""Ten thousand households under every plan of every pack: nothing is lost, and nobody owes."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from random import Random

import pytest

from conversion.domain.household import Household, Trait
from conversion.domain.parcel import Parcel, ParcelKind
from conversion.domain.right import Membership, MembershipStanding
from conversion.policy.facts import HouseholdFacts
from conversion.policy.share_calculation import ShareCalculation
from conversion.policy.village_shares import TAKING_PART, VillageShares, by_case
from conversion.policy.weighing import weigh
from tests.policy.plans import BASE, a_member, a_parcel, every_plan, named

pytestmark = pytest.mark.whole

HOUSEHOLDS = 10_000
STANDINGS = [MembershipStanding.CONFIRMED] * 17 + [
    MembershipStanding.DISPUTED,
    MembershipStanding.NOT_CONFIRMED,
    MembershipStanding.ENDED,
]
RELATIONS = ["02", "10", "21", "30", "31", "40", "52"]
TRAITS = [(), (), (), (Trait.VETERAN,), (Trait.MINIMUM_LIVING,), (Trait.DISABLED, Trait.AGED)]


@cache
def village() -> list[tuple[str, HouseholdFacts]]:
    """The same households every time: large and small, rich in land and without, living and dead."""
    random = Random(20091130)
    return [(f"村-{n:05}", household(random, n)) for n in range(1, HOUSEHOLDS + 1)]


def household(random: Random, number: int) -> HouseholdFacts:
    members = [person(random, f"{place:02}") for place in range(1, random.randint(1, 7) + 1)]
    rows = (
        Membership(member=m.serial, standing=random.choice(STANDINGS), ended_on=died(random))
        for m in members
    )
    return HouseholdFacts(
        day=BASE,
        household=Household(number=f"{number:05}", group=f"{number % 9}组"),
        members={m.serial: m for m in members},
        parcels={p.serial: p for p in parcels(random)},
        memberships={row.member: row for row in rows},
        base_date=BASE,
    )


def person(random: Random, serial: str):
    born = BASE + timedelta(days=random.randint(-33_000, 500))
    return a_member(
        serial,
        relation="02" if serial == "01" else random.choice(RELATIONS),
        sex=random.choice("12"),
        birth_date=born,
        farming_months=random.randint(0, 700),
        flag=random.choice(["", "", "1", "3", "4"]),
        traits=random.choice(TRAITS),
    )


def died(random: Random) -> date | None:
    return BASE + timedelta(days=random.randint(-90, 90)) if random.random() < 0.02 else None


def parcels(random: Random) -> Iterator[Parcel]:
    for place in range(1, random.randint(0, 3) + 1):
        known = random.random() < 0.9
        yield a_parcel(
            f"P{place:02}",
            kind=random.choice([*ParcelKind]),
            contract_area=random.randint(0, 99_999) if known else None,
            measured_area=random.randint(0, 99_999),
            joint_households=("99999",) if random.random() < 0.05 else (),
        )


def taking_part(facts: HouseholdFacts) -> list[str]:
    return [s for s, row in facts.memberships.items() if row.standing in TAKING_PART]


@pytest.fixture(
    scope="module", params=every_plan(), ids=lambda pair: f"{pair[0].pack.id}-{named(pair[1])}"
)
def counted(request):
    pack, plan = request.param
    shares = VillageShares(pack=pack, plan=plan)
    for number, facts in village():
        shares.add(number, facts)
    return shares, shares.allotment()


def test_members_the_collective_and_the_reserve_make_the_plan(counted):
    shares, result = counted
    plan = shares.plan

    held = sum(sum(lots.values()) for lots in result.units.values())
    kept = sum(sum(lots.values()) for lots in result.reserved.values())

    assert held + kept + result.collective_units == plan.total_units
    assert kept == result.reserved_units > 0
    assert sum(result.class_totals.values()) + result.collective_units == plan.total_units
    for rule in plan.classes:
        both = (result.units[rule.id], result.reserved[rule.id])
        assert sum(sum(lots.values()) for lots in both) == result.class_totals[rule.id] > 0


def test_nobody_owes_and_who_weighs_more_never_has_less(counted):
    shares, result = counted

    for name, whole in result.class_totals.items():
        weights = shares.weights[name] | shares.reserved[name]
        units = result.units[name] | result.reserved[name]
        assert min(units.values()) >= 0
        assert units.keys() == weights.keys()
        exact = result.weight_totals[name]
        assert all(
            0 <= units[a] * exact - whole * w + exact <= 2 * exact for a, w in weights.items()
        )
        least: dict[int, int] = {}
        most: dict[int, int] = {}
        for account, weight in weights.items():
            least[weight] = min(least.get(weight, units[account]), units[account])
            most[weight] = max(most.get(weight, 0), units[account])
        ranked = sorted(least)
        assert all(most[w] - least[w] <= 1 for w in ranked)
        assert all(most[a] <= least[b] for a, b in pairwise(ranked))


def test_the_order_of_the_households_changes_nothing(counted):
    shares, result = counted
    backwards = VillageShares(
        pack=shares.pack,
        plan=shares.plan,
        weights={name: dict(reversed(w.items())) for name, w in shares.weights.items()},
        reserved={name: dict(reversed(w.items())) for name, w in shares.reserved.items()},
    )

    assert backwards.allotment() == result


def test_each_household_can_follow_its_own_and_it_adds_up(counted):
    shares, result = counted
    lots = by_case(result.units)

    for number, facts in village()[:100]:
        mine = lots.get(number, [])
        weights = weigh(facts, shares.plan, taking_part(facts))
        calculation = ShareCalculation(
            lots={lot.key: lot for lot in mine},
            weights=weights,
            classes=result.classes(shares.plan),
            plan=result.plan(shares.plan, version="1", base_date=BASE, adopted_on=BASE),
            facts=facts,
            scheme=shares.plan,
            pack=shares.pack,
        )
        lines = {line.key: line for line in calculation.lines()}
        assert lines["total/"].result == shares.plan.said(sum(lot.units for lot in mine))
        for lot in mine:
            assert lines[lot.key].result == shares.plan.said(lot.units)
            weight = weights[lot.share_class][lot.member]
            assert (lines[lot.key].formula is not None) == (weight > 0)
