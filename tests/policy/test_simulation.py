"""A plan on trial: what it comes to for households, for women and men, for young and old."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from conversion.domain.household import Household
from conversion.domain.right import MembershipStanding
from conversion.errors import WrongUse
from conversion.policy.simulation import HouseholdName, Simulation, Tally, shifts
from conversion.policy.village_shares import VillageShares
from tests.policy.plans import BASE, a_household, a_member, changed


@pytest.fixture
def pack(huichuan):
    return huichuan.on(BASE)


def at(number, group, *people, **told):
    house = a_household(*people, **told)
    return replace(house, household=Household(number=number, group=group))


HOUSES = {
    "村-0001": at(
        "0001", "一组",
        a_member("01", name="陈明", farming_months=240),
        a_member("02", relation="12", sex="2", farming_months=120),
        a_member("03", relation="30", sex="2", birth_date=date(1999, 1, 1)),
    ),
    "村-0002": at("0002", "二组", a_member("01", name="李强", birth_date=date(1928, 1, 1))),
    "村-0003": at(
        "0003", "", a_member("01", name="王芳", sex="2", birth_date=date(1948, 1, 1)),
        standings={"01": MembershipStanding.DISPUTED},
    ),
    "村-0004": at(
        "0004", "二组", a_member("01", name="赵军"),
        standings={"01": MembershipStanding.NOT_CONFIRMED},
    ),
}  # fmt: skip


def outcome(pack, plan, houses=HOUSES):
    simulation = Simulation(shares=VillageShares(pack=pack, plan=plan))
    for case, house in houses.items():
        simulation.add(case, house)
    return simulation.outcome()


def test_households_have_what_their_members_get_and_all_are_seen(pack):
    found = outcome(pack, pack.share_plan())

    assert found.units == {"村-0001": 72_000, "村-0002": 14_000}
    assert found.households["村-0003"] == HouseholdName(number="0003", group="", head="王芳")
    assert found.allotment.reserved_units == 14_000
    assert found.of_households.count == 4
    assert found.of_households.without == 2
    assert found.of_people.count == 4
    assert found.portion("村-0001") == Fraction(found.units["村-0001"], 100_000)
    assert found.portion("村-0004") == 0


def test_people_are_told_apart_by_group_sex_and_age(pack):
    found = outcome(pack, pack.share_plan("basic"))

    assert [t for t in found.tallies() if t.kind in {"组别", "性别"}] == [
        Tally(kind="组别", label="一组", people=3, units=60_000),
        Tally(kind="组别", label="二组", people=1, units=20_000),
        Tally(kind="性别", label="女", people=2, units=40_000),
        Tally(kind="性别", label="男", people=2, units=40_000),
    ]
    assert [(t.label, t.people) for t in found.tallies() if t.kind == "年龄"] == [
        ("0至15周岁", 1), ("16至59周岁", 2), ("80周岁以上", 1),
    ]  # fmt: skip
    assert [(t.label, t.people) for t in found.tallies() if t.kind == "性别和年龄"] == [
        ("女，0至15周岁", 1), ("女，16至59周岁", 1), ("男，16至59周岁", 1), ("男，80周岁以上", 1),
    ]  # fmt: skip
    assert found.tallies()[0].each == 20_000


@pytest.mark.parametrize(
    ("born", "label"),
    [
        (date(2009, 12, 1), "基准日以后出生"),
        (date(2009, 11, 30), "0至15周岁"),
        (date(1993, 12, 1), "0至15周岁"),
        (date(1993, 11, 30), "16至59周岁"),
        (date(1949, 12, 1), "16至59周岁"),
        (date(1949, 11, 30), "60至79周岁"),
        (date(1929, 12, 1), "60至79周岁"),
        (date(1929, 11, 30), "80周岁以上"),
    ],
)
def test_ages_are_those_of_the_base_date(pack, born, label):
    houses = {"村-0001": at("0001", "", a_member("01", birth_date=born))}

    tallies = outcome(pack, pack.share_plan("basic"), houses).tallies()

    assert [(t.kind, t.label) for t in tallies] == [
        ("组别", "未分组"), ("性别", "男"), ("年龄", label), ("性别和年龄", f"男，{label}"),
    ]  # fmt: skip


def test_a_plan_that_gives_women_less_is_seen(pack):
    farmers = {
        "村-0001": at(
            "0001", "一组",
            a_member("01", farming_months=240),
            a_member("02", relation="12", sex="2", farming_months=120),
        )
    }  # fmt: skip

    assert outcome(pack, pack.share_plan("basic"), farmers).women_to_men() == 1
    assert outcome(pack, pack.share_plan(), farmers).women_to_men() == Fraction(9, 11)


def test_without_women_or_without_men_there_is_nothing_to_compare(pack):
    man = {"村-0001": at("0001", "", a_member("01"))}
    woman = {"村-0001": at("0001", "", a_member("01", sex="2"))}

    assert outcome(pack, pack.share_plan("basic"), man).women_to_men() is None
    assert outcome(pack, pack.share_plan("basic"), woman).women_to_men() is None


def test_who_gains_and_who_loses_of_the_whole(pack):
    before = outcome(pack, pack.share_plan("basic"))
    after = outcome(pack, changed(pack.share_plan(), total_units=50_000))

    moved = shifts(before, after)

    assert [(s.household.number, s.before, s.after) for s in moved] == [
        ("0001", 60_000, 36_000), ("0002", 20_000, 7_000),
    ]  # fmt: skip
    assert [s.difference for s in moved] == [Fraction(12, 100), Fraction(-6, 100)]
    assert (moved[1].case, moved[1].before_portion, moved[1].after_portion) == (
        "村-0002", Fraction(1, 5), Fraction(7, 50),
    )  # fmt: skip
    assert shifts(before, before) == ()


def test_a_household_of_one_side_only_gains_or_loses_all_it_has(pack):
    without = {case: house for case, house in HOUSES.items() if case != "村-0002"}
    whole, less = (outcome(pack, pack.share_plan("basic"), h) for h in (HOUSES, without))

    assert [(s.case, s.after) for s in shifts(whole, less)] == [("村-0001", 75_000), ("村-0002", 0)]
    assert [(s.case, s.before) for s in shifts(less, whole)] == [
        ("村-0002", 0),
        ("村-0001", 75_000),
    ]
    assert shifts(less, whole)[0].household.head == "李强"


def test_nobody_who_weighs_anything_is_nobodys_plan(pack):
    with pytest.raises(WrongUse, match="没有一个成员有权重"):
        outcome(pack, pack.share_plan(), {"村-0004": HOUSES["村-0004"]})
