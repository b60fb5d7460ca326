"""Shares: every unit is somewhere, and each household can follow its own calculation."""

from dataclasses import replace
from datetime import date
from itertools import pairwise
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversion.domain.household import Member
from conversion.domain.programme import ShareClass, SharePlan
from conversion.domain.right import ShareLot
from conversion.errors import WrongUse
from conversion.policy.rules.share_allocation import allot, explain_lots, weigh
from conversion.policy.share_scheme import FarmingYears

BASE = date(2009, 11, 30)
KEYS = st.integers(1, 60).map(lambda n: f"{n:04}/01")
HEADS = st.dictionaries(KEYS, st.just(1), min_size=1, max_size=30)
YEARS = st.integers(0, 30)


def with_plan(pack, **change):
    return replace(pack, share_plan=pack.share_plan.model_copy(update=change)).on(BASE)


def with_cap(pack, value):
    cap = pack.parameters["ledger.holder_cap"]
    values = {
        since: dated.model_copy(update={"value": value}) for since, dated in cap.values.items()
    }
    stated = cap.model_copy(update={"values": values})
    return replace(pack, parameters={**pack.parameters, "ledger.holder_cap": stated})


def a_member(**change):
    facts = {"serial": "01", "name": "甲", "relation": "02", "sex": "1"}
    return Member(**(facts | {"birth_date": date(1960, 5, 31)} | change))


@given(st.data(), HEADS)
@settings(deadline=None)
def test_members_collective_and_reserve_make_the_plan(huichuan, data, heads):
    pack = with_plan(
        huichuan,
        collective=huichuan.share_plan.collective.model_copy(
            update={"portion": (data.draw(st.integers(0, 9)), 10)}
        ),
    )
    farming = {key: data.draw(YEARS) for key in heads}
    disputed = data.draw(st.sets(st.sampled_from(sorted(heads)), max_size=len(heads)))

    def side(inside):
        return {
            "population": {k: w for k, w in heads.items() if (k in disputed) == inside},
            "farming": {k: w for k, w in farming.items() if (k in disputed) == inside},
        }

    result = allot(side(False), reserved_weights=side(True), pack=pack)

    held = sum(sum(lots.values()) for lots in result.units.values())
    assert held + result.collective_units + result.reserved_units == result.total_units
    assert sum(result.class_totals.values()) + result.collective_units == result.total_units
    assert all(key not in lots for lots in result.units.values() for key in disputed)


@given(HEADS, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_of_members_changes_nothing(huichuan, heads, random):
    shuffled = list(heads.items())
    random.shuffle(shuffled)
    pack = huichuan.on(BASE)

    one = allot({"population": heads}, pack=pack)
    other = allot({"population": dict(shuffled)}, pack=pack)

    assert one == other


@given(st.dictionaries(KEYS, YEARS, min_size=2, max_size=20).filter(lambda w: any(w.values())))
@settings(deadline=None)
def test_longer_farming_never_gets_less(huichuan, years):
    units = allot({"farming": years}, pack=huichuan.on(BASE)).units["farming"]

    ranked = sorted(years, key=lambda key: years[key])
    assert all(
        units[less] <= units[more] for less, more in pairwise(ranked) if years[less] < years[more]
    )


def test_ten_thousand_over_three(huichuan):
    pack = with_plan(huichuan, total_units=10_000)

    result = allot({"population": {"01": 1, "02": 1, "03": 1}}, pack=pack)

    assert result.units["population"] == {"01": 3334, "02": 3333, "03": 3333}
    assert result.class_totals == {"population": 10_000, "farming": 0}
    assert "农龄股：没有人有权重，本股种的份额并入其他股种。" in result.decision.reasons


def test_a_holder_above_the_cap_is_named_by_number(huichuan):
    capped = {"portion": [1, 2], "applies_to": ["allocation", "transfer", "gift"]}
    pack = with_cap(huichuan, capped).on(BASE)

    result = allot({"population": {"0001/01": 2, "0002/01": 1}}, pack=pack)

    assert not result.decision.granted
    assert result.decision.reasons[-1] == "成员0001/01超过个人持股上限2分之1。"


def test_a_cap_for_what_is_acquired_lets_the_first_allocation_be(huichuan):
    pack = with_cap(huichuan, {"portion": [1, 100], "applies_to": ["transfer"]}).on(BASE)

    assert allot({"population": {"0001/01": 2, "0002/01": 1}}, pack=pack).decision.granted


@pytest.mark.parametrize(
    ("weights", "aside", "words"),
    [
        ({"gold": {"01": 1}}, {}, "没有股种“gold”"),
        ({"population": {"01": 1}}, {"population": {"01": 1}}, "既已确认又有争议"),
        ({"population": {"01": -1}}, {}, "负数"),
        ({"population": {}}, {}, "没有一个成员有权重"),
        ({"population": {"01": 0}}, {}, "没有一个成员有权重"),
    ],
)
def test_impossible_weights_are_refused(huichuan, weights, aside, words):
    with pytest.raises(WrongUse, match=words):
        allot(weights, reserved_weights=aside, pack=huichuan.on(BASE))


@pytest.mark.parametrize(
    ("change", "weights"),
    [
        ({"farming_months": 245}, {"population": 1, "farming": 20}),
        ({"farming_months": 246}, {"population": 1, "farming": 21}),
        ({"farming_months": 900}, {"population": 1, "farming": 30}),
        # sixteen on 31 May 1976: 401 whole months to the base date, capped at 30 years
        ({"farming_months": 401}, {"population": 1, "farming": 30}),
        # sixteen on 1 June 2008: at most 17 months can have been farmed
        ({"birth_date": date(1992, 6, 1), "farming_months": 300}, {"population": 1, "farming": 1}),
        ({"birth_date": date(1992, 5, 31), "farming_months": 300}, {"population": 1, "farming": 1}),
        ({"birth_date": date(1992, 5, 30), "farming_months": 300}, {"population": 1, "farming": 2}),
        ({"birth_date": date(2000, 1, 1), "farming_months": 12}, {"population": 1, "farming": 0}),
        ({"birth_date": BASE}, {"population": 1, "farming": 0}),
        ({"birth_date": date(2009, 12, 1)}, {"population": 0, "farming": 0}),
    ],
)
def test_a_member_weighs_by_head_and_by_farming(huichuan, change, weights):
    assert weigh(a_member(**change), huichuan.on(BASE), BASE) == weights


def test_farming_counts_up_to_sixty(huichuan):
    long = FarmingYears(from_age=16, to_age=60, cap_years=60, rounding="down")
    classes = tuple(
        rule.model_copy(update={"farming": long}) if rule.farming else rule
        for rule in huichuan.share_plan.classes
    )
    pack = with_plan(huichuan, classes=classes)

    assert weigh(a_member(birth_date=date(1930, 1, 1), farming_months=700), pack, BASE) == {
        "population": 1,
        "farming": 44,
    }


@given(st.integers(0, 2000), st.sampled_from(["half_year_up", "down", "up"]))
@settings(deadline=None)
def test_months_become_years_by_the_plans_rounding(months, rounding):
    rule = FarmingYears(from_age=16, to_age=60, cap_years=44, rounding=rounding)

    whole, rest = divmod(months, 12)
    more = {"half_year_up": rest >= 6, "down": False, "up": rest > 0}[rounding]
    assert rule.years(months) == min(whole + more, 44)


def test_a_household_can_follow_its_calculation(huichuan):
    village = {"0001/01": 1, "0001/02": 1, "0002/01": 1}
    result = allot({"population": village}, pack=huichuan.on(BASE))
    lots = [
        ShareLot(member=s, share_class="population", units=result.units["population"][f"0001/{s}"])
        for s in ("01", "02")
    ]
    classes = {
        "population": ShareClass(
            share_class="population", title="人口股", units=100_000, weight_total=3
        )
    }
    plan = SharePlan(
        version="2009-1", adopted_on=BASE, base_date=BASE, total_units=100_000,
        collective_units=0, reserved_units=0, asset_value=0, mode="static", allotment_sha256="",
    )  # fmt: skip

    decision = explain_lots(
        MappingProxyType({lot.key: lot for lot in lots}),
        {"population": {"01": 1, "02": 1}},
        classes,
        plan,
        huichuan.on(BASE),
    )

    assert decision.reasons == (
        "人口股：每人权重1；全村100000股，权重合计3。本户2人，权重合计2，得66667股。",
        "人口股成员01：1 × 100000 ÷ 3 ＝ 33333 余 1，余数较大，进1，得33334股。",
        "人口股成员02：1 × 100000 ÷ 3 ＝ 33333 余 1，得33333股。",
        "合计66667股，占方案总数100000股。",
    )
    assert decision.facts["household_units"] == 66_667
    stated = {use.name: (use.value, use.illustrative) for use in decision.parameters}
    assert stated["shares.total_units"] == (100_000, True)
    assert stated["shares.population"] == ({"portion": [7, 10], "each": 1}, True)
