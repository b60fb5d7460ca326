"""Shares: every unit is somewhere, whatever the plan, and each household can follow its own."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversion.errors import WrongUse
from conversion.policy.rules.share_allocation import allot, explain_lots
from tests.policy.plans import (
    BASE,
    a_household,
    a_member,
    calculated,
    changed,
    every_plan,
    with_cap,
)

KEYS = st.integers(1, 60).map(lambda n: f"{n:04}/01")
HEADS = st.dictionaries(KEYS, st.just(1), min_size=1, max_size=30)
YEARS = st.integers(0, 30)
PLANS = st.sampled_from(every_plan())


@pytest.fixture
def pack(huichuan):
    return huichuan.on(BASE)


@pytest.fixture
def plan(pack):
    return pack.share_plan()


def village(data, plan):
    """Some people's weights in every class of a plan, some of the people in dispute."""
    people = data.draw(st.lists(KEYS, min_size=1, max_size=20, unique=True))
    weights = {
        rule.id: {key: data.draw(st.integers(0, 50)) for key in people} for rule in plan.classes
    }
    weights[plan.classes[0].id][people[0]] = 1
    disputed = data.draw(st.sets(st.sampled_from(people), max_size=len(people)))
    sides = (
        {
            name: {k: w for k, w in held.items() if (k in disputed) == aside}
            for name, held in weights.items()
        }
        for aside in (False, True)
    )
    return (*sides, disputed)


@given(st.data(), PLANS)
@settings(deadline=None)
def test_members_collective_and_reserve_make_the_plan(data, pair):
    pack, plan = pair
    counted, aside, disputed = village(data, plan)

    result = allot(counted, plan, pack, reserved_weights=aside)

    held = [units for lots in result.units.values() for units in lots.values()]
    assert sum(held) + result.collective_units + result.reserved_units == plan.total_units
    assert sum(result.class_totals.values()) + result.collective_units == plan.total_units
    assert min(held, default=0) >= 0
    assert all(key not in lots for lots in result.units.values() for key in disputed)


@given(st.data(), PLANS, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_of_members_changes_nothing(data, pair, random):
    pack, plan = pair
    counted, aside, _ = village(data, plan)

    def shuffled(weights):
        return {
            name: dict(random.sample([*held.items()], len(held))) for name, held in weights.items()
        }

    assert allot(counted, plan, pack, reserved_weights=aside) == allot(
        shuffled(counted), plan, pack, reserved_weights=shuffled(aside)
    )


@given(st.data(), PLANS)
@settings(deadline=None)
def test_who_weighs_more_never_gets_less(data, pair):
    pack, plan = pair
    counted, aside, _ = village(data, plan)
    counted = {name: held | aside[name] for name, held in counted.items()}
    result = allot(counted, plan, pack)

    for name, held in counted.items():
        ranked = sorted(held, key=held.__getitem__)
        units = result.units[name]
        assert all(
            units[less] <= units[more] for less, more in pairwise(ranked) if held[less] < held[more]
        )


def test_ten_thousand_over_three(pack, plan):
    plan = changed(plan, total_units=10_000)

    result = allot({"population": {"01": 1, "02": 1, "03": 1}}, plan, pack)

    assert result.units["population"] == {"01": 3334, "02": 3333, "03": 3333}
    assert result.class_totals == {"population": 10_000, "farming": 0}
    assert result.decision.granted
    assert result.decision.reasons == (
        "人口股：10000股，3人，权重合计3。",
        "农龄股：没有人有权重，本股种的份额并入其他股种。",
        "成员10000股 ＋ 集体0股 ＋ 预留0股 ＝ 方案总数10000股。",
        "按最大余数法取整，余数相同的按成员编号从小到大，不增不减。",
    )


def test_what_is_in_dispute_is_kept_back_in_the_plans_own_unit(pack):
    plan = pack.share_plan("full")

    result = allot(
        {"population": {"01": 1}}, plan, pack, reserved_weights={"population": {"02": 1}}
    )

    assert (
        result.decision.reasons[0] == "人口股：90000.00股，2人，权重合计2，其中争议预留45000.00股。"
    )
    assert result.decision.reasons[-2] == (
        "成员45000.00股 ＋ 集体10000.00股 ＋ 预留45000.00股 ＝ 方案总数100000.00股。"
    )
    assert result.decision.facts == {
        "total_units": 10_000_000,
        "collective_units": 1_000_000,
        "reserved_units": 4_500_000,
        "weight_totals": {"population": 2}
        | dict.fromkeys(["farming", "land", "contribution", "support", "only_child", "elder"], 0),
    }


def test_a_plan_is_adopted_with_its_classes_in_their_place(pack):
    plan = pack.share_plan("full")
    result = allot({"farming": {"01": 3}, "population": {"01": 1, "02": 1}}, plan, pack)

    rows = result.classes(plan)
    adopted = result.plan(plan, version="2009-2", base_date=BASE, adopted_on=date(2009, 12, 20))

    assert [(r.title, r.place, r.units, r.weight_total) for r in rows.values()][:3] == [
        ("人口股", 1, 6_000_000, 2),
        ("农龄股", 2, 3_000_000, 3),
        ("土地股", 3, 0, 0),
    ]
    assert (adopted.scheme, adopted.title, adopted.unit) == ("full", "多股种方案（示例）", "股")
    assert (adopted.version, adopted.base_date, adopted.adopted_on) == (
        "2009-2", BASE, date(2009, 12, 20),
    )  # fmt: skip
    assert (adopted.total_units, adopted.collective_units, adopted.reserved_units) == (
        10_000_000, 1_000_000, 0,
    )  # fmt: skip
    assert adopted.said(adopted.collective_units) == "10000.00股"
    assert adopted.management == "动态管理"


def test_a_holder_above_the_cap_is_named_by_number(huichuan, plan):
    capped = {"portion": [1, 2], "applies_to": ["allocation", "transfer", "gift"]}
    pack = with_cap(huichuan, capped).on(BASE)

    result = allot({"population": {"0001/01": 2, "0002/01": 1}}, plan, pack)

    assert not result.decision.granted
    assert result.decision.reasons[-1] == "成员0001/01超过个人持股上限2分之1。"


def test_a_cap_for_what_is_acquired_lets_the_first_allocation_be(huichuan, plan):
    pack = with_cap(huichuan, {"portion": [1, 100], "applies_to": ["transfer"]}).on(BASE)

    assert allot({"population": {"0001/01": 2, "0002/01": 1}}, plan, pack).decision.granted


def test_a_plans_own_limit_goes_before_the_packs(huichuan, plan):
    pack = with_cap(huichuan, {"portion": [1, 1], "applies_to": ["allocation"]}).on(BASE)
    limit = {"portion": [1, 2], "reference": {"document": "shishi-fangan-2009"}}
    plan = changed(plan, holder_limit=limit)

    at_most = allot({"population": {"01": 1, "02": 1}}, plan, pack).decision
    above = allot({"population": {"01": 2, "02": 1}}, plan, pack).decision

    assert at_most.granted
    assert not above.granted
    assert above.reasons[-1] == "成员01超过个人持股上限2分之1。"
    assert [(p.name, p.title, p.value) for p in above.parameters][-1] == (
        "shares.holder_limit", "个人持股上限",
        {"portion": [1, 2], "applies_to": ["allocation", "transfer", "gift"]},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("weights", "aside", "words"),
    [
        ({"gold": {"01": 1}}, {}, "方案没有股种“gold”。请使用 population、farming。"),
        ({}, {"gold": {"01": 1}}, "方案没有股种“gold”"),
        ({"population": {"01": 1}}, {"population": {"01": 1}}, "成员01既已确认又有争议"),
        ({"population": {"01": -1}}, {}, "有成员的权重为负数"),
        ({"population": {}}, {}, "没有一个成员有权重"),
        ({"population": {"01": 0}}, {}, "没有一个成员有权重"),
    ],
)
def test_impossible_weights_are_refused(pack, plan, weights, aside, words):
    with pytest.raises(WrongUse, match=words):
        allot(weights, plan, pack, reserved_weights=aside)


def test_a_household_can_follow_its_calculation(pack, plan):
    facts = a_household(a_member("01"), a_member("02"))

    decision = explain_lots(calculated(facts, plan, pack, others=1))

    assert decision.rule == "share_allocation"
    assert decision.granted
    assert decision.reasons == (
        "人口股：每人权重1；全村100000股，权重合计3。本户2人，权重合计2，得66667股。",
        "人口股成员01：1 × 100000 ÷ 3 ＝ 33333 余 1，余数较大，进1，得33334股。",
        "人口股成员02：1 × 100000 ÷ 3 ＝ 33333 余 1，得33333股。",
        "农龄股：全村没有人有权重，本股种的份额并入其他股种。",
        "合计66667股，占方案总数100000股。",
    )
    assert decision.facts == {
        "plan": "2009-1",
        "scheme": "standard",
        "total_units": 100_000,
        "household_units": 66_667,
        "weights": {"population": 2, "farming": 0},
        "weight_totals": {"population": 3, "farming": 0},
        "class_units": {"population": 100_000, "farming": 0},
    }
    stated = {use.name: (use.value, use.illustrative) for use in decision.parameters}
    assert stated["shares.total_units"] == (100_000, True)
    assert stated["shares.collective"] == ([0, 1], True)
    assert stated["shares.population"] == ({"portion": [7, 10], "each": 1}, True)
    assert "ledger.holder_cap" in stated
    assert [r.title for r in decision.references] == [
        "“村改社区”工作实施方案",
        "中华人民共和国继承法",
        "中华人民共和国继承法",
    ]


def test_a_household_without_a_lot_is_granted_nothing(pack, plan):
    later = a_member("01", birth_date=date(2009, 12, 1))

    decision = explain_lots(calculated(a_household(later), plan, pack, others=1))

    assert not decision.granted
    assert decision.reasons[-1] == "合计0股，占方案总数100000股。"
