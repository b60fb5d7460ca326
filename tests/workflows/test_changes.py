"""Whatever happens in households, nobody, no land and no share is lost or doubled."""

from collections import Counter
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversion.domain.case import Case
from conversion.domain.household_change import HouseholdChange
from conversion.domain.role import Role
from conversion.workflows.changes.conservation import losses
from conversion.workflows.changes.kinds import BY_EVENT, KINDS
from conversion.workflows.changes.naming import GONE
from conversion.workflows.changes.planning import planned
from conversion.workflows.changes.undoing import WayBack, way_back
from conversion.workflows.definition import INITIAL
from tests.builders import a_case, a_household, a_parcel, an_actor, members_of
from tests.workflows.drive import Desk, a_new_case

DAY = Desk(a_new_case()).day.isoformat()


def a_village_of(*sizes):
    """Households that have their shares and their land, each with its own fields."""
    return {case.number: case for case in (_house(n, size) for n, size in enumerate(sizes, 1))}


def _house(place, size):
    number = f"{place:04d}"
    people = [
        m.model_copy(update={"resident_number": "", "name": f"{m.name}{place}"})
        for m in members_of(size)
    ]
    plots = [
        a_parcel(f"P{n:02d}", code=f"520303105202{place:04d}{n:03d}") for n in range(1, size + 1)
    ]
    case = a_case(at="approved", members=people, parcels=plots, done=("shares", "land", "hukou"))
    return replace(
        case,
        number=f"{case.programme}-{number}",
        household=a_household(number),
        positions={**INITIAL, **case.positions},
    )


@dataclass
class Village:
    """Households in memory, and the changes that happen to them."""

    cases: dict[str, Case]
    joined: int = 0

    def seen(self, case, form):
        desk = Desk(case)
        step = desk.step("household.register_birth")
        circumstances = desk.circumstances(an_actor(Role.TASK_FORCE), step)
        others = {c.household.number: c for c in self.cases.values() if c is not case}
        return replace(circumstances, form=form, others=others)

    def happens(self, event, case, told):
        """One change planned and applied, if everything it asks for is met."""
        kind = BY_EVENT[event]
        form = kind.form.model_validate(told)
        seen = self.seen(case, form)
        named = {*(kind.reaches(form) if kind.reaches else ())}
        seen = replace(seen, others={n: c for n, c in seen.others.items() if n in named})
        if case.positions["case"] in GONE or not all(g.test(seen).satisfied for g in kind.guards):
            return None
        found = planned(seen, kind, form)
        if found.before == found.after:
            assert not found.decision.granted
            return None
        assert found.decision.granted, found.decision.reasons
        self.cases |= found.after
        self.joined += found.plan.joined
        return found


def forms(village, case, event, draw):
    """What a clerk might write for a change, sensible or not."""
    serials = sorted(case.members) or ["01"]
    one, other = draw(st.sampled_from(serials)), draw(st.sampled_from(serials))
    numbers = sorted(c.household.number for c in village.cases.values())
    relations = dict.fromkeys(serials, "97")
    if event == "split":
        return _a_split(village, case, draw)
    return {
        "register_birth": {"name": "新生", "relation": "20", "sex": "1", "birth_date": DAY},
        "register_death": {
            "member": one,
            "died_on": DAY,
            "paper": "死亡证1号",
            "new_head": other if case.members and case.members[one].is_head else "",
            "relations": {s: "97" for s in serials if s not in {one, other}},
        },
        "change_head": {
            "new_head": one,
            "signed": serials,
            "relations": {s: c for s, c in relations.items() if s != one},
        },
        "merge": {"into": draw(st.sampled_from(numbers)), "moved_on": DAY, "signed": serials},
        "confirm_membership_elsewhere": {"member": one, "member_since": DAY, "paper": "证1号"},
        "declare_dead": {"member": one, "died_on": DAY, "paper": "判1号"},
        "record_return": {
            "member": draw(st.sampled_from(sorted(case.departed) or ["99"])),
            "returned_on": DAY,
            "paper": "判2号",
            "relation": "97",
        },
    }[event]


def _a_split(village, case, draw):
    serials, plots = sorted(case.members), sorted(case.parcels)
    going = draw(st.sets(st.sampled_from(serials), min_size=1)) if serials else {"01"}
    land = draw(st.sets(st.sampled_from(plots))) if plots else set()
    stays = [s for s in serials if s not in going] or ["01"]
    relations = dict.fromkeys(serials, "97")

    def portion(number, people, parcels):
        head = people[0]
        told = {s: c for s, c in relations.items() if s in people and s != head}
        return {
            "number": number,
            "head": head,
            "members": people,
            "parcels": parcels,
            "relations": told,
        }

    return {
        "signed": serials,
        "moved_on": DAY,
        "portions": [
            portion(case.household.number, stays, [p for p in plots if p not in land]),
            portion(f"{9000 + len(village.cases)}", sorted(going), sorted(land)),
        ],
    }


EVENTS = (
    "register_birth",
    "register_death",
    "change_head",
    "split",
    "merge",
    "confirm_membership_elsewhere",
    "declare_dead",
    "record_return",
)


def summed(cases):
    """Land by kind of area, and units by class, over all households."""
    found: Counter[str] = Counter()
    for case in cases:
        for right in case.land.values():
            found[f"land {right.right}"] += right.area
        for parcel in case.parcels.values():
            found[f"contract {parcel.code}"] += parcel.contract_area or 0
            found[f"times {parcel.code}"] += 1
        for lot in case.shares.values():
            found[f"units {lot.share_class}"] += lot.units
    return found


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_sequence_of_changes_conserves_people_land_and_shares(data):
    village = Village(a_village_of(4, 3, 1))
    before, people = summed(village.cases.values()), 8
    for _ in range(data.draw(st.integers(3, 12))):
        case = village.cases[data.draw(st.sampled_from(sorted(village.cases)))]
        event = data.draw(st.sampled_from(EVENTS))
        village.happens(event, case, forms(village, case, event, data.draw))

    cases = village.cases.values()
    assert summed(cases) == before
    living = [m for c in cases for m in c.members.values()]
    gone = [p for c in cases for p in c.departed.values() if p.departure.value != "moved"]
    assert len(living) + len(gone) == people + village.joined
    for case in cases:
        assert sum(m.is_head for m in case.members.values()) == (1 if case.members else 0)
        assert all(r.holders == tuple(sorted(case.members)) for r in case.land.values()) or not (
            case.members
        )
        assert {lot.member for lot in case.shares.values()} <= case.people.keys()
        assert all(m.grounds or m.end_ground for m in case.memberships.values())
        assert (not case.members) == (case.positions["case"] in GONE)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_every_change_can_be_taken_back_row_by_row(data):
    village = Village(a_village_of(4, 3, 1))
    before = dict(village.cases)
    case = village.cases[data.draw(st.sampled_from(sorted(village.cases)))]
    event = data.draw(st.sampled_from(EVENTS))
    found = village.happens(event, case, forms(village, case, event, data.draw))
    if found is None:
        return
    back = WayBack.of(a_change(way_back(found)))
    assert not list(back.changed_since(village.cases))
    restored = back.taken(village.cases, case.number, Desk(case).day)
    for number, household in restored.items():
        if number in before:
            for name in ("members", "departed", "parcels", "land", "shares", "memberships"):
                assert getattr(household, name) == getattr(before[number], name)
            assert household.positions["case"] == before[number].positions["case"]
        else:
            assert not household.members
            assert household.positions["case"] == "merged"


def a_change(inverse):
    return HouseholdChange(
        serial="C01",
        kind="split",
        title="分户",
        proposed_on=Desk(a_new_case()).day,
        proposed_by="clerk",
        form="{}",
        inverse=inverse,
    )


@pytest.mark.parametrize(
    ("lost", "sentence"),
    [
        ({"members": {}}, "人数不符"),
        ({"parcels": {}}, "宗地"),
        ({"shares": {}}, "份额"),
        ({"land": {}}, "面积"),
    ],
)
def test_whatever_is_lost_is_told(lost, sentence):
    (case,) = a_village_of(3).values()
    found = list(losses([case], [replace(case, **lost)], joined=0))

    assert found
    assert any(sentence in line for line in found)


def test_whoever_stands_in_two_households_is_told():
    first, second = a_village_of(2, 1).values()
    twin = first.members["02"].model_copy(update={"resident_number": "520303196011040024"})
    both = [
        replace(first, members={**first.members, "02": twin}),
        replace(second, members={**second.members, "02": twin}),
    ]
    assert any("登记了两次" in line for line in losses([first, second], both, joined=1))


def test_every_kind_is_listed_once_and_asks_for_papers():
    assert len(BY_EVENT) == len(KINDS)
    assert all(kind.evidence for kind in KINDS)
