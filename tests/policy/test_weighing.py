"""Weighing: who takes part in a plan and what each weighs, by head, band, farming and land."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversion.domain.household import Trait
from conversion.domain.parcel import ParcelKind
from conversion.policy.plan_statement import Situation
from conversion.policy.share_weight import FarmingYears, LandWeight
from conversion.policy.weighing import at_base_date, counts, situation, weigh
from tests.builders import a_case
from tests.policy.plans import BASE, a_household, a_member, a_parcel, of_one_class

LAND = {
    "kinds": ["contracted"],
    "area": ["contract", "measured"],
    "unit": 100,
    "rounding": "down",
    "falls_to": "members",
    "remainder": "head",
}


@pytest.fixture
def plan(huichuan):
    return huichuan.on(BASE).share_plan()


@pytest.fixture
def full(huichuan):
    return huichuan.on(BASE).share_plan("full")


@pytest.mark.parametrize(
    ("change", "weights"),
    [
        ({"farming_months": 245}, (1, 20)),
        ({"farming_months": 246}, (1, 21)),
        ({"farming_months": 900}, (1, 30)),
        # sixteen on 31 May 1976: 401 whole months to the base date, capped at 30 years
        ({"farming_months": 401}, (1, 30)),
        # sixteen on 1 June 2008: at most 17 months can have been farmed
        ({"birth_date": date(1992, 6, 1), "farming_months": 300}, (1, 1)),
        ({"birth_date": date(1992, 5, 31), "farming_months": 300}, (1, 1)),
        ({"birth_date": date(1992, 5, 30), "farming_months": 300}, (1, 2)),
        ({"birth_date": date(2000, 1, 1), "farming_months": 12}, (1, 0)),
        ({"birth_date": BASE}, (1, 0)),
        ({"birth_date": date(2009, 12, 1)}, (0, 0)),
    ],
)
def test_a_member_weighs_by_head_and_by_farming(plan, change, weights):
    found = weigh(a_household(a_member(**change)), plan, ["01"])

    assert (found["population"]["01"], found["farming"]["01"]) == weights


def test_farming_counts_up_to_sixty(plan):
    long = {"from_age": 16, "to_age": 60, "cap_years": 60, "rounding": "down"}
    old = a_member(birth_date=date(1930, 1, 1), farming_months=700)

    assert weigh(a_household(old), of_one_class(plan, farming=long), ["01"]) == {"x": {"01": 44}}


def test_a_soldiers_service_counts_as_farming_where_the_plan_says_so(full):
    soldier = {"birth_date": date(1988, 5, 31), "farming_months": 12, "flag": "4"}

    assert weigh(a_household(a_member(**soldier)), full, ["01"])["farming"] == {"01": 3}
    assert weigh(a_household(a_member(**soldier | {"flag": "3"})), full, ["01"])["farming"] == {
        "01": 1
    }


@pytest.mark.parametrize("from_age", [60, 61])
def test_a_plan_in_which_nobody_can_have_farmed_is_refused(from_age):
    with pytest.raises(ValueError, match="from_age 应当小于 to_age，例如 from_age: 16, to_age: 60"):
        FarmingYears(from_age=from_age, to_age=60, cap_years=30, rounding="down")


@given(st.integers(0, 2000), st.sampled_from(["half_year_up", "down", "up"]))
def test_months_become_years_by_the_plans_rounding(months, rounding):
    rule = FarmingYears(from_age=16, to_age=60, cap_years=44, rounding=rounding)

    whole, rest = divmod(months, 12)
    more = {"half_year_up": rest >= 6, "down": False, "up": rest > 0}[rounding]
    assert rule.years(months) == min(whole + more, 44)


def test_only_those_a_class_is_for_weigh_in_it(full):
    veteran = a_member("01", traits=(Trait.VETERAN,))
    poor = a_member("02", traits=(Trait.MINIMUM_LIVING, Trait.DISABLED))
    only = a_member("03", relation="31", birth_date=date(1999, 1, 1))

    weights = weigh(a_household(veteran, poor, only), full, ["01", "02", "03"])

    assert weights["contribution"] == {"01": 1, "02": 0, "03": 0}
    assert weights["support"] == {"01": 0, "02": 1, "03": 0}
    assert weights["only_child"] == {"01": 0, "02": 0, "03": 1}


@pytest.mark.parametrize(
    ("born", "weight"),
    [
        (date(1949, 12, 1), 0),
        (date(1949, 11, 30), 1),
        (date(1929, 12, 1), 1),
        (date(1929, 11, 30), 2),
    ],
)
def test_the_first_band_that_fits_on_the_base_date_counts(full, born, weight):
    assert weigh(a_household(a_member(birth_date=born)), full, ["01"])["elder"] == {"01": weight}


def test_without_a_band_that_fits_nothing_weighs(plan):
    bands = [{"who": "未满16周岁", "when": [{"age_below": 16}], "each": 5}]
    plan = of_one_class(plan, bands=bands)
    child = a_member("02", birth_date=date(1993, 12, 1))

    assert weigh(a_household(a_member(), child), plan, ["01", "02"]) == {"x": {"01": 0, "02": 5}}


def test_land_falls_to_the_members_equally_and_the_rest_to_the_head_first(plan):
    people = [a_member("01", relation="20"), a_member("02", relation="02"), a_member("03")]
    house = a_household(*people, parcels=[a_parcel(contract_area=30_550)])

    def shares(**change):
        return weigh(house, of_one_class(plan, land=LAND | change), ["01", "02", "03"])["x"]

    assert shares() == {"01": 102, "02": 102, "03": 101}
    assert shares(unit=304) == {"01": 33, "02": 34, "03": 33}
    assert shares(unit=304, remainder="member_key") == {"01": 34, "02": 33, "03": 33}
    assert shares(falls_to="head") == {"01": 0, "02": 305, "03": 0}


@pytest.mark.parametrize(
    ("rounding", "mu", "weight"),
    [
        ("down", 199, 1), ("down", 200, 2), ("up", 200, 2), ("up", 201, 3),
        ("half_up", 149, 1), ("half_up", 150, 2),
    ],
)  # fmt: skip
def test_land_is_rounded_as_the_plan_says(plan, rounding, mu, weight):
    house = a_household(a_member(), parcels=[a_parcel(contract_area=mu)])
    plan = of_one_class(plan, land=LAND | {"rounding": rounding})

    assert weigh(house, plan, ["01"]) == {"x": {"01": weight}}


def test_land_that_counts_is_of_the_kinds_named_and_by_the_first_area_known():
    rule = LandWeight.model_validate(
        LAND | {"kinds": ("contracted",), "area": ("contract", "measured")}
    )
    plots = [
        a_parcel("P01", contract_area=10_000, measured_area=12_000),
        a_parcel("P02", measured_area=5_000),
        a_parcel("P03", contract_area=9_000, joint_households=("0002", "0003")),
        a_parcel("P04", kind=ParcelKind.PRIVATE_PLOT, contract_area=7_000),
        a_parcel("P05", kind=ParcelKind.HOMESTEAD, site_area=20_000),
        a_parcel("P06"),
    ]
    house = a_household(a_member(), parcels=plots)

    assert rule.mu(house) == 18_000
    measured = rule.model_copy(update={"area": ("measured",)})
    assert measured.mu(house) == 17_000
    both = rule.model_copy(update={"kinds": ("contracted", "private_plot")})
    assert both.mu(house) == 25_000


def test_land_of_a_household_without_anybody_who_shares_falls_to_nobody(plan):
    house = a_household(
        a_member(birth_date=date(2010, 1, 1)), parcels=[a_parcel(contract_area=100)]
    )
    plan = of_one_class(plan, land=LAND)

    assert weigh(house, plan, ["01"]) == {"x": {"01": 0}}


@given(st.integers(0, 10**6), st.integers(1, 9), st.sampled_from(["members", "head"]),
       st.sampled_from(["head", "member_key"]))  # fmt: skip
def test_a_households_land_is_divided_to_the_last_unit(weight, number, falls_to, remainder):
    rule = LandWeight.model_validate(
        LAND | {"kinds": ("contracted",), "area": ("contract",)}
        | {"falls_to": falls_to, "remainder": remainder}
    )  # fmt: skip
    people = [a_member(f"{n:02}") for n in range(1, number + 1)]

    shares = rule.divided(weight, people[::-1])

    assert sum(shares.values()) == weight
    assert falls_to == "head" or max(shares.values()) - min(shares.values()) <= 1


@pytest.mark.parametrize(
    ("change", "died", "found"),
    [
        ({}, None, None),
        ({"birth_date": BASE}, None, None),
        ({"birth_date": date(2009, 12, 1)}, None, Situation.UNBORN),
        ({"birth_date": date(2010, 9, 26)}, None, Situation.UNBORN),
        ({"birth_date": date(2010, 9, 27)}, None, Situation.NEWBORN),
        ({}, BASE, Situation.DEAD_BEFORE),
        ({}, date(2009, 12, 1), Situation.DEAD_AFTER),
    ],
)
def test_the_day_decides_what_of_the_plan_applies(plan, change, died, found):
    member = a_member(**change)
    house = a_household(member, died={"01": died} if died else {})

    assert situation(member, house, plan) is found


@pytest.mark.parametrize(
    ("change", "died", "standard", "basic"),
    [
        ({}, None, True, True),
        ({"birth_date": date(2009, 12, 1)}, None, False, True),
        ({"birth_date": date(2011, 1, 1)}, None, False, False),
        ({}, date(2009, 12, 1), True, False),
        ({}, BASE, False, False),
    ],
)
def test_the_plan_says_who_born_late_or_dead_counts(huichuan, change, died, standard, basic):
    member = a_member(**change)
    house = a_household(member, died={"01": died} if died else {})
    pack = huichuan.on(BASE)

    assert counts(member, house, pack.share_plan("standard")) is standard
    assert counts(member, house, pack.share_plan("basic")) is basic
    assert weigh(house, pack.share_plan("basic"), ["01"]) == {"population": {"01": int(basic)}}


def test_who_does_not_take_part_shares_in_no_land(plan):
    house = a_household(a_member("01"), a_member("02"), parcels=[a_parcel(contract_area=1_000)])

    assert weigh(house, of_one_class(plan, land=LAND), ["01"]) == {"x": {"01": 10}}


def test_a_case_is_seen_with_all_who_are_or_were_of_it_on_the_base_date():
    case = a_case(members=2)

    facts = at_base_date(case, BASE)

    assert (facts.day, facts.base_date) == (BASE, BASE)
    assert facts.members == case.people
    assert (facts.parcels, facts.memberships) == (case.parcels, case.memberships)
    assert facts.household == case.household
