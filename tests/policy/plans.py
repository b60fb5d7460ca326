"""Plans, households and calculations that the tests of shares put together."""

import json
from dataclasses import replace
from datetime import date
from functools import cache

from conversion.domain.household import Household, Member
from conversion.domain.parcel import Parcel, ParcelKind
from conversion.domain.right import Membership, MembershipStanding, ShareLot
from conversion.policy.facts import HouseholdFacts
from conversion.policy.loading import load_packs
from conversion.policy.location import packs_folder
from conversion.policy.pack import Pack, PackOnDay
from conversion.policy.rules.share_allocation import allot
from conversion.policy.share_calculation import ShareCalculation
from conversion.policy.share_scheme import ShareClassRule, ShareScheme
from conversion.policy.weighing import weigh

BASE = date(2009, 11, 30)


@cache
def packs() -> dict[str, Pack]:
    """Every pack, read once."""
    return load_packs(packs_folder())


def every_plan() -> list[tuple[PackOnDay, ShareScheme]]:
    """Every plan of every pack, on the pack's first day."""
    firsts = [pack.on(pack.since) for pack in packs().values()]
    return [(pack, plan) for pack in firsts for plan in pack.share_plans]


def named(pair: object) -> str:
    """A plan's name in a test's."""
    return f"{pair.pack.id}" if isinstance(pair, PackOnDay) else str(getattr(pair, "id", ""))


def a_member(serial="01", **change) -> Member:
    facts = {
        "serial": serial,
        "name": f"成员{serial}",
        "relation": "02" if serial == "01" else "30",
    }
    return Member(**(facts | {"sex": "1", "birth_date": date(1960, 5, 31)} | change))


def a_parcel(serial="P01", **change) -> Parcel:
    return Parcel(**({"serial": serial, "kind": ParcelKind.CONTRACTED} | change))


def a_household(*members: Member, parcels=(), died=None, standings=None) -> HouseholdFacts:
    """Confirmed members on the base date; `died` is serial → day."""
    standing = standings or {}
    rows = (
        Membership(
            member=m.serial,
            standing=standing.get(m.serial, MembershipStanding.CONFIRMED),
            ended_on=(died or {}).get(m.serial),
        )
        for m in members
    )
    return HouseholdFacts(
        day=BASE,
        household=Household(number="0001"),
        members={m.serial: m for m in members},
        parcels={p.serial: p for p in parcels},
        memberships={row.member: row for row in rows},
        base_date=BASE,
    )


def changed(plan: ShareScheme, **change: object) -> ShareScheme:
    """A plan that reads otherwise, validated as a pack's is."""
    told = plan.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return ShareScheme.model_validate_json(_json({**told, **change}))


def a_class(plan: ShareScheme, **told: object) -> ShareClassRule:
    """A class of its own, with the reference of the plan."""
    whole = {
        "id": "x",
        "title": "某股",
        "portion": [1, 1],
        "reference": plan.reference.model_dump(),
    }
    return ShareClassRule.model_validate_json(_json(whole | told))


def of_one_class(plan: ShareScheme, **told: object) -> ShareScheme:
    """A plan of one class."""
    return plan.model_copy(update={"classes": (a_class(plan, **told),)})


def _json(value: object) -> str:
    return json.dumps(value)


def calculated(
    facts: HouseholdFacts, plan: ShareScheme, pack: PackOnDay, *, others: int = 0
) -> ShareCalculation:
    """The calculation of a household; `others` more people weigh one in the first class."""
    taking = [s for s, row in facts.memberships.items() if row.standing is not STRANGER]
    weights = weigh(facts, plan, sorted(taking))
    first = plan.classes[0].id
    village = {name: dict(of_class) for name, of_class in weights.items()}
    village[first] |= {f"x{n:02}": 1 for n in range(others)}
    result = allot(village, plan, pack)
    lots = [
        ShareLot(member=serial, share_class=name, units=units)
        for name, held in result.units.items()
        for serial, units in held.items()
        if serial in facts.members
    ]
    return ShareCalculation(
        lots={lot.key: lot for lot in lots},
        weights=weights,
        classes=result.classes(plan),
        plan=result.plan(plan, version="2009-1", base_date=BASE, adopted_on=BASE),
        facts=facts,
        scheme=plan,
        pack=pack,
    )


STRANGER = MembershipStanding.NOT_CONFIRMED


def with_cap(pack: Pack, value: dict[str, object]) -> Pack:
    """A pack whose cap on a holding reads otherwise."""
    cap = pack.parameters["ledger.holder_cap"]
    values = {
        since: dated.model_copy(update={"value": value}) for since, dated in cap.values.items()
    }
    stated = cap.model_copy(update={"values": values})
    return replace(pack, parameters={**pack.parameters, "ledger.holder_cap": stated})
