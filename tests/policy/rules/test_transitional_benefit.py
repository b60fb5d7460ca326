"""Benefits: nothing stops silently, two insurances never overlap and never leave a gap."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from conversion.domain.household import DrawnBenefit, Household, HukouKind, Member, Trait
from conversion.domain.parcel import Parcel, ParcelKind
from conversion.domain.right import Benefit
from conversion.policy.facts import HouseholdFacts
from conversion.policy.rules.transitional_benefit import assess_benefits
from conversion.policy.span import StartEvent

APPROVED = date(2009, 11, 30)
MEMBERS = st.builds(
    Member,
    serial=st.just("01"),
    name=st.just("张三丰"),
    relation=st.just("02"),
    sex=st.sampled_from("12"),
    resident_number=st.just("520303197001010011"),
    birth_date=st.dates(date(1920, 1, 1), APPROVED),
    hukou_kind=st.sampled_from(HukouKind),
    flag=st.sampled_from(["", *"1234567"]),
    traits=st.lists(st.sampled_from(Trait), unique=True).map(tuple),
)
DRAWN = st.lists(st.sampled_from(["新农合", "农村低保", "五保", "种粮直补", "神秘补助", "分红"]))


def household(members, day=APPROVED, drawn=(), **change):
    facts = {
        "day": day,
        "household": Household(number="0001"),
        "members": {m.serial: m for m in members},
        "parcels": {"P01": Parcel(serial="P01", kind=ParcelKind.CONTRACTED)},
        "drawn": {
            f"{n:02}": DrawnBenefit(serial=f"{n:02}", item=item, monthly=100)
            for n, item in enumerate(drawn, 1)
        },
        "approved_on": day,
    }
    return HouseholdFacts(**(facts | change))


def benefits(decision):
    return [row for row in decision.rows if isinstance(row, Benefit)]


@given(MEMBERS, st.dates(APPROVED, date(2020, 1, 1)))
@settings(deadline=None)
def test_exclusive_benefits_follow_one_another_day_by_day(huichuan, member, day):
    pack = huichuan.on(day)
    rows = benefits(assess_benefits(household([member], day), pack))
    groups = {row.id: row.exclusive for row in huichuan.benefits if row.exclusive}

    for group in set(groups.values()):
        chain = sorted((b for b in rows if groups.get(b.item) == group), key=lambda b: b.since)
        for earlier, later in pairwise(chain):
            assert earlier.until is not None
            assert later.since == earlier.until + timedelta(days=1)
        assert not chain or (chain[0].since, chain[-1].until) == (day, None)


@given(MEMBERS, DRAWN)
@settings(deadline=None)
def test_whatever_is_drawn_today_has_a_line(huichuan, member, drawn):
    decision = assess_benefits(household([member], drawn=drawn), huichuan.on(APPROVED))

    unlisted = {b.title for b in benefits(decision) if b.item.startswith("unlisted")}
    assert unlisted == {item for item in drawn if item == "神秘补助"}


@given(MEMBERS, DRAWN)
@settings(deadline=None)
def test_no_reason_and_no_fact_names_a_person(huichuan, member, drawn):
    decision = assess_benefits(household([member], drawn=drawn), huichuan.on(APPROVED))
    said = f"{decision.trace()} {[row.model_dump() for row in decision.rows]}"

    assert "张三丰" not in said
    assert "520303197001010011" not in said


@given(MEMBERS, DRAWN)
@settings(deadline=None)
def test_the_household_keeps_its_contracted_land(huichuan, member, drawn):
    rows = benefits(assess_benefits(household([member], drawn=drawn), huichuan.on(APPROVED)))

    land = [b for b in rows if b.item == "contracted_land"]
    assert [(b.disposition, b.until) for b in land] == [("kept", None)]


def test_example_figures_are_said_to_be_examples(huichuan):
    member = Member(serial="01", name="甲", relation="02", sex="2", birth_date=date(1980, 1, 1))
    rows = benefits(assess_benefits(household([member]), huichuan.on(APPROVED)))

    assert all(("（示例）" in row.reason) == row.illustrative for row in rows)
    assert {row.illustrative for row in rows} == {True, False}


def test_what_two_members_draw_adds_up_for_the_household(huichuan):
    members = [
        Member(serial=s, name="甲", relation=r, sex="1", birth_date=date(1980, 1, 1))
        for s, r in (("01", "02"), ("02", "20"))
    ]
    drawn = {
        s: DrawnBenefit(serial=s, member=s, item="农村低保", monthly=amount)
        for s, amount in (("01", 12_000), ("02", 8_000))
    }

    facts = replace(household(members), drawn=drawn)
    rows = benefits(assess_benefits(facts, huichuan.on(APPROVED)))

    assert [b.monthly for b in rows if b.item == "rural_minimum_living"] == [20_000]


def test_a_benefit_that_waits_for_registration_is_said(huichuan):
    change = {"start": StartEvent.REGISTRATION, "when": ()}
    pack = replace(huichuan, benefits=(huichuan.benefits[0].model_copy(update=change),))
    member = Member(serial="01", name="甲", relation="02", sex="1", birth_date=date(1980, 1, 1))

    waiting = assess_benefits(household([member]), pack.on(APPROVED))
    later = assess_benefits(
        household([member], registered_on=date(2009, 12, 18)), pack.on(APPROVED)
    )

    assert waiting.facts["waiting"] == ["birth_policy"]
    assert not waiting.granted
    assert [b.since for b in benefits(later)] == [date(2009, 12, 18)]


def test_the_trace_says_how_long_each_benefit_is_kept_and_that_it_is_an_example(huichuan):
    member = Member(serial="01", name="甲", relation="02", sex="2", birth_date=date(1980, 1, 1))

    used = assess_benefits(household([member]), huichuan.on(APPROVED)).parameters

    birth = next(use for use in used if use.name == "benefits.birth_policy.until")
    assert (birth.value, birth.illustrative) == ({"years": 5}, True)
    assert str(birth.reference) == "《贵州省人口与计划生育条例》"
