"""Of what only one may be drawn, whoever has it has one on every day: never two, never none."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversion.domain.household import DrawnBenefit, Household, HukouKind, Member, Trait
from conversion.domain.right import Benefit, Disposition, Membership, MembershipStanding
from conversion.policy.facts import HouseholdFacts
from conversion.policy.loading import load_packs
from conversion.policy.location import packs_folder
from conversion.policy.rules.transitional_benefit import assess_benefits

PACKS = load_packs(packs_folder())
RELATIONS = ("02", "10", "20", "30", "51", "52")


@st.composite
def households(draw, first, last):
    """A household of one to six, approved on one day and assessed on the same or a later one."""
    approved_on = draw(st.dates(first, last))
    size = draw(st.integers(1, 6))
    members = {
        f"{n:02}": Member(
            serial=f"{n:02}",
            name="某人",
            relation=RELATIONS[n - 1],
            sex=draw(st.sampled_from("12")),
            birth_date=draw(st.dates(date(1920, 1, 1), approved_on)),
            hukou_kind=draw(st.sampled_from(HukouKind)),
            flag=draw(st.sampled_from(["", *"1234567"])),
            traits=tuple(draw(st.sets(st.sampled_from(Trait), max_size=3))),
        )
        for n in range(1, size + 1)
    }
    items = draw(st.lists(st.sampled_from(["新农合", "农村低保", "五保供养", "高龄津贴", "分红"])))
    return HouseholdFacts(
        day=approved_on + timedelta(days=draw(st.integers(0, 60))),
        household=Household(number="0001"),
        members=members,
        drawn={
            f"{n:02}": DrawnBenefit(
                serial=f"{n:02}",
                member=draw(st.sampled_from(["", *members])),
                item=item,
                monthly=draw(st.none() | st.integers(0, 10**6)),
            )
            for n, item in enumerate(items, 1)
        },
        memberships={
            serial: Membership(member=serial, standing=draw(st.sampled_from(MembershipStanding)))
            for serial in members
            if draw(st.booleans())
        },
        approved_on=approved_on,
        monthly_income=draw(st.none() | st.integers(0, 10**6)),
    )


def runs_on(benefit, day):
    return benefit.since <= day and (benefit.until is None or day <= benefit.until)


@pytest.mark.whole
@pytest.mark.parametrize("pack", PACKS.values(), ids=list(PACKS))
@given(data=st.data())
@settings(deadline=None, max_examples=60)
def test_whoever_has_one_of_a_group_has_exactly_one_on_every_day(pack, data):
    last = (pack.until or date(2040, 1, 1)) - timedelta(days=60)
    facts = data.draw(households(pack.since, last))
    day = data.draw(st.dates(facts.approved_on, facts.approved_on + timedelta(days=3_700)))
    groups = {row.id: row.exclusive for row in pack.benefits if row.exclusive}

    rows = assess_benefits(facts, pack.on(facts.day)).rows_of(Benefit)

    found: dict[tuple[str, str], list[Benefit]] = {}
    for row in rows:
        if row.item in groups and row.disposition is not Disposition.ENDED:
            found.setdefault((groups[row.item], row.member), []).append(row)
    for (group, member), chain in found.items():
        begun = min(row.since for row in chain) <= day
        assert sum(runs_on(row, day) for row in chain) == begun, (group, member, chain)
        assert all(facts.members[member].age_on(row.since) >= 0 for row in chain if member)


@pytest.mark.whole
@pytest.mark.parametrize("pack", PACKS.values(), ids=list(PACKS))
@given(data=st.data())
@settings(deadline=None, max_examples=40)
def test_nobody_gets_less_than_is_drawn_today(pack, data):
    last = (pack.until or date(2040, 1, 1)) - timedelta(days=60)
    facts = data.draw(households(pack.since, last))

    rows = assess_benefits(facts, pack.on(facts.day)).rows_of(Benefit)

    names = {row.id: row.drawn_as for row in pack.benefits}
    kept = {
        Disposition.KEPT, Disposition.FOR_LIFE, Disposition.TO_SWITCH, Disposition.DUAL,
    }  # fmt: skip
    for row in rows:
        mine = [
            drawn.monthly
            for drawn in facts.drawn.values()
            if row.disposition in kept
            and drawn.monthly is not None
            and any(name in drawn.item for name in names.get(row.item, ()))
            and (not row.member or (drawn.member or "01") == row.member)
        ]
        if mine:
            assert row.monthly == sum(mine)


@pytest.mark.whole
@pytest.mark.parametrize("pack", PACKS.values(), ids=list(PACKS))
@given(data=st.data())
@settings(deadline=None, max_examples=40)
def test_each_row_of_the_pack_is_answered_and_each_benefit_has_one_line(pack, data):
    last = (pack.until or date(2040, 1, 1)) - timedelta(days=60)
    facts = data.draw(households(pack.since, last))

    decision = assess_benefits(facts, pack.on(facts.day))

    keys = [line.key for line in decision.lines]
    assert len(keys) == len(set(keys))
    assert {row.key for row in decision.rows_of(Benefit)} <= set(keys)
    assert {row.id for row in pack.on(facts.day).benefits} <= {k.partition("/")[0] for k in keys}


@pytest.mark.parametrize("pack", PACKS.values(), ids=list(PACKS))
def test_of_a_household_that_everybody_has_left_only_what_is_drawn_goes_on(pack):
    facts = HouseholdFacts(
        day=pack.since,
        household=Household(number="0001"),
        members={},
        drawn={"01": DrawnBenefit(serial="01", member="07", item="农村低保", monthly=100)},
        approved_on=pack.since,
    )

    decision = assess_benefits(facts, pack.on(pack.since))

    assert [row.key for row in decision.rows_of(Benefit)] == ["unlisted-01/07"]
    assert [line.key for line in decision.lines] == ["unlisted-01/07"]
