"""Whoever asks for whatever: what is booked conserves every unit and stays under the cap."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversion.domain.balance import added, balances, lots_of, total
from conversion.domain.ledger import PLAN, Leg, PostingKind
from conversion.policy.holder_cap import own_cap
from conversion.policy.rules.share_transaction import (
    Holder,
    ShareTransaction,
    may_be_booked,
    may_be_pledged,
    over_cap,
)
from conversion.policy.share_scheme import HolderLimit
from tests.policy.formula import numbers, words

CASE = "520303105202-0001"
PEOPLE = [f"{CASE}/{n:02d}" for n in range(1, 7)]
CLASS = "population"
PLAN_UNITS = 100_000
CAP = PLAN_UNITS * 3 // 100
KINDS = [PostingKind.TRANSFER, PostingKind.GIFT, PostingKind.SPLIT, PostingKind.CORRECTION]


def a_leg(source: str, target: str, units: int) -> Leg:
    return Leg(share_class=CLASS, units=units, source=source, target=target)


def asked(booked: list[Leg], kind: PostingKind, leg: Leg, **others) -> ShareTransaction:
    held = balances(booked)
    holders = {
        p: Holder(age=others.get("age", 40), is_member=True, units=held.get(p, {})) for p in PEOPLE
    }
    return ShareTransaction(
        kind=kind, legs=(leg,), holders=holders, communal={}, plan_units=PLAN_UNITS
    )


@pytest.fixture(scope="module")
def rules(huichuan):
    return huichuan.on(date(2010, 6, 1))


wishes = st.lists(
    st.tuples(
        st.sampled_from(KINDS),
        st.sampled_from(PEOPLE),
        st.sampled_from(PEOPLE),
        st.integers(1, 4_000),
    ),
    max_size=30,
)


@settings(max_examples=60)
@given(wishes)
def test_lawful_transactions_conserve_to_the_last_unit_and_never_exceed_the_cap(rules, asks):
    booked = [a_leg(PLAN, person, 2_000) for person in PEOPLE]
    for kind, giver, taker, units in asks:
        leg = a_leg(giver, taker, units)
        if not may_be_booked(asked(booked, kind, leg), rules).granted:
            continue
        booked.append(leg)
        after = balances(booked)
        assert total(after, CLASS) == 0
        assert min(after[p].get(CLASS, 0) for p in PEOPLE) >= 0
        if kind in {PostingKind.TRANSFER, PostingKind.GIFT} and giver != taker:
            assert after[taker][CLASS] <= CAP
        lots = lots_of(CASE, booked)
        assert sum(lot.units for lot in lots.values()) == 2_000 * len(PEOPLE)


@given(wishes)
def test_balances_add_up_however_the_legs_are_cut(asks):
    legs = [a_leg(giver, taker, units) for _, giver, taker, units in asks]
    for cut in range(len(legs) + 1):
        whole = added(balances(legs[:cut]), balances(legs[cut:]))
        assert {a: u for a, u in whole.items() if any(u.values())} == {
            a: u for a, u in balances(legs).items() if any(u.values())
        }


def test_what_is_pledged_must_be_free_and_an_adults_own(rules):
    free = Holder(age=40, is_member=True, units={CLASS: 10}, burdened={CLASS: 4})
    child = Holder(age=17, is_member=True, units={CLASS: 10})

    assert may_be_pledged(free, {CLASS: 6}, rules).granted
    assert not may_be_pledged(free, {CLASS: 7}, rules).granted
    assert not may_be_pledged(child, {CLASS: 1}, rules).granted


@pytest.mark.parametrize(
    ("kind", "granted"), [(PostingKind.TRANSFER, False), (PostingKind.INHERITANCE, True)]
)
def test_an_outsider_takes_nothing_by_choice_and_inherits_only_the_income(kind, granted, rules):
    holders = {
        PEOPLE[0]: Holder(age=40, is_member=True, units={CLASS: 10}),
        PEOPLE[1]: Holder(age=40, is_member=False, units={}),
    }
    moved = ShareTransaction(
        kind=kind,
        legs=(a_leg(PEOPLE[0], PEOPLE[1], 5),),
        holders=holders,
        communal={},
        plan_units=PLAN_UNITS,
    )

    decision = may_be_booked(moved, rules)

    assert decision.granted is granted
    assert any("只享受收益" in reason for reason in decision.reasons) is granted


ONE, TWO, CHILD = PEOPLE[:3]


def judged(rules, kind, *legs, **others):
    holders = {
        ONE: Holder(age=40, is_member=True, units={CLASS: 500}, burdened={CLASS: 100}),
        TWO: Holder(age=18, is_member=True, units={CLASS: 2900}),
        CHILD: Holder(age=17, is_member=False, units={CLASS: 300}),
    }
    moved = ShareTransaction(
        kind=kind, legs=legs, holders=holders, communal={"reserve": {CLASS: 50}},
        plan_units=PLAN_UNITS,
    )  # fmt: skip
    return may_be_booked(replace(moved, **others), rules)


def test_each_test_of_a_transfer_says_what_was_compared_with_what(rules):
    decision = judged(rules, PostingKind.TRANSFER, a_leg(ONE, TWO, 101))

    permitted, free, receiver, cap = decision.lines
    assert decision.reasons == (
        "本社章程准许内部转让。",
        f"{ONE}持有population500股，其中质押或冻结100股，拟动用101股，足够。",
        f"受让人{TWO}是本社成员。",
        f"{TWO}变动后持有3001股，超过总股数100分之3的上限。",
    )
    assert (permitted.key, permitted.title) == ("permitted/transfer", "章程是否准许")
    assert permitted.parameters == ("ledger.permitted",)
    assert (free.key, free.title) == (f"free/{ONE}/population", f"{ONE}可以动用的股数")
    assert words(free) == "持有的 − 质押、冻结或预留的，与拟动用的相比"
    assert numbers(free) == "500股 − 100股 ＝ 400股 ≥ 101股"
    assert free.parameters == ()
    assert (receiver.key, receiver.title) == (f"receiver/{TWO}", "受让人的身份")
    assert (cap.key, cap.title, cap.result) == (f"cap/{TWO}", "个人持股上限", "不符合")
    assert words(cap) == "原有的 ＋ 得到的 − 给出的"
    assert numbers(cap) == "2900股 ＋ 101股 − 0股 ＝ 3001股"
    assert cap.parameters == ("ledger.holder_cap",)
    assert decision.facts == {
        "kind": "transfer",
        "plan_units": PLAN_UNITS,
        "legs": [{"share_class": CLASS, "units": 101, "source": ONE, "target": TWO}],
    }


def test_whoever_holds_exactly_the_cap_and_gives_all_that_is_free_may(rules):
    decision = judged(rules, PostingKind.TRANSFER, a_leg(ONE, TWO, 100))
    all_free = judged(rules, PostingKind.SPLIT, a_leg(ONE, TWO, 400))
    too_many = judged(rules, PostingKind.SPLIT, a_leg(ONE, TWO, 401))

    assert decision.granted
    assert decision.lines[-1].because == (f"{TWO}变动后持有3000股，未超过总股数100分之3的上限。",)
    assert (all_free.granted, too_many.granted) == (True, False)
    assert too_many.lines[1].because[0].endswith("拟动用401股，不足。")
    assert numbers(too_many.lines[1]) == "500股 − 100股 ＝ 400股 ＜ 401股"


def test_what_one_gives_and_gets_at_once_is_counted_both_ways(rules):
    legs = a_leg(TWO, ONE, 50), a_leg(ONE, TWO, 60)

    caps = judged(rules, PostingKind.TRANSFER, *legs).lines[-2:]

    assert [numbers(line) for line in caps] == [
        "500股 ＋ 50股 − 60股 ＝ 490股", "2900股 ＋ 60股 − 50股 ＝ 2910股",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "benefit", "met", "told"),
    [
        (PostingKind.GIFT, "为其治病", False, f"{CHILD}是未成年人，其股份不得赠与他人。"),
        (PostingKind.TRANSFER, "", False, f"{CHILD}是未成年人，处分须为其利益：没有说明。"),
        (PostingKind.REDEMPTION, "交学费", True, f"{CHILD}是未成年人，处分须为其利益：交学费。"),
    ],
)
def test_what_is_a_childs_moves_only_for_its_good(rules, kind, benefit, met, told):
    target = "collective" if kind is PostingKind.REDEMPTION else ONE
    decision = judged(rules, kind, a_leg(CHILD, target, 1), minor_benefit=benefit)

    line = next(line for line in decision.lines if line.key == f"minor/{CHILD}")
    assert (line.title, line.because) == ("未成年人的利益", (told,))
    assert line.result == ("符合" if met else "不符合")
    assert [(f.title, f.value) for f in line.facts] == [("周岁", 17)]


def test_what_a_child_inherits_from_another_child_needs_no_word_and_eighteen_is_of_age(rules):
    inherited = judged(rules, PostingKind.INHERITANCE, a_leg(CHILD, ONE, 1))
    given = judged(rules, PostingKind.GIFT, a_leg(TWO, ONE, 1))

    assert inherited.granted
    assert not any(line.key.startswith("minor/") for d in (inherited, given) for line in d.lines)


def test_a_stranger_inherits_the_income_and_gets_nothing_by_choice(rules):
    inherited = judged(rules, PostingKind.INHERITANCE, a_leg(ONE, CHILD, 1))
    given = judged(rules, PostingKind.GIFT, a_leg(ONE, CHILD, 1))

    assert inherited.reasons[-1] == f"{CHILD}不是本社成员，继承后只享受收益，不参加表决。"
    assert inherited.granted
    assert f"受让人{CHILD}不是本社成员。" in given.reasons


def test_of_the_reserve_only_what_is_kept_for_nobody_is_given_out(rules):
    kept = {"set_aside": {CLASS: 20}}
    enough = judged(rules, PostingKind.RELEASE, a_leg("reserve", ONE, 30), **kept)
    short = judged(rules, PostingKind.RELEASE, a_leg("reserve", ONE, 31), **kept)
    plain = judged(rules, PostingKind.RELEASE, a_leg("reserve", ONE, 50))
    nothing = judged(rules, PostingKind.CORRECTION, a_leg("plan", ONE, 1), **kept)

    assert (enough.granted, short.granted, plain.granted) == (True, False, True)
    assert (enough.lines[1].key, enough.lines[1].title) == (
        "free/reserve/population", "预留股的余额",
    )  # fmt: skip
    assert enough.reasons[1] == "预留股余50股（population），其中为争议成员预留20股，拟出30股。"
    assert plain.reasons[1] == "预留股余50股（population），拟出50股。"
    assert numbers(short.lines[1]) == "50股 − 20股 ＝ 30股 ＜ 31股"
    assert nothing.reasons[1] == "方案待配余0股（population），拟出1股。"


def test_nobodys_account_has_no_cap(rules):
    decision = judged(rules, PostingKind.TRANSFER, a_leg(ONE, "collective", 1))

    assert [line.key for line in decision.lines] == [
        "permitted/transfer", f"free/{ONE}/population",
    ]  # fmt: skip


def test_what_the_charter_does_not_permit_is_refused(huichuan):
    name = "ledger.permitted"
    parameter = huichuan.parameters[name]
    values = {d: v.model_copy(update={"value": ["gift"]}) for d, v in parameter.values.items()}
    changed = {**huichuan.parameters, name: parameter.model_copy(update={"values": values})}
    strict = replace(huichuan, parameters=changed).on(date(2010, 6, 1))

    decision = judged(strict, PostingKind.TRANSFER, a_leg(ONE, TWO, 1))
    pledged = may_be_pledged(Holder(age=40, is_member=True, units={CLASS: 1}), {CLASS: 1}, strict)

    assert (decision.granted, decision.reasons[0]) == (False, "本社章程不准许内部转让。")
    assert pledged.reasons == (
        "本社章程不准许质押。",
        "本人持有population1股，其中质押或冻结0股，拟动用1股，足够。",
    )


def test_a_pledge_says_each_of_its_tests(rules):
    child = Holder(age=17, is_member=True, units={CLASS: 1})

    decision = may_be_pledged(child, {CLASS: 2}, rules)

    assert not decision.granted
    assert decision.rule == "share_pledge"
    assert decision.facts == {"units": {CLASS: 2}}
    assert [line.key for line in decision.lines] == [
        "permitted/pledge", "free/本人/population", "minor/本人",
    ]  # fmt: skip
    assert decision.reasons[-1] == "未成年人的股份不得质押。"
    assert decision.lines[-1].title == "未成年人"


def test_the_cap_binds_a_first_allocation_only_where_it_says_so(huichuan):
    name = "ledger.holder_cap"
    parameter = huichuan.parameters[name]
    value = {"portion": [3, 100], "applies_to": ["allocation"]}
    values = {d: v.model_copy(update={"value": value}) for d, v in parameter.values.items()}
    changed = {**huichuan.parameters, name: parameter.model_copy(update={"values": values})}
    day = date(2010, 6, 1)
    holders = {TWO: Holder(age=40, is_member=True, units={CLASS: 2999})}

    def over(pack, units):
        leg = a_leg("reserve", TWO, units)
        moved = ShareTransaction(
            kind=PostingKind.CORRECTION, legs=(leg,), holders=holders, communal={},
            plan_units=PLAN_UNITS,
        )  # fmt: skip
        return over_cap(moved, pack.on(day))

    capped = replace(huichuan, parameters=changed)
    assert over(huichuan, 2) == ()
    assert over(capped, 1) == ()
    assert over(capped, 2) == (f"{TWO}变动后持有3001股，超过总股数100分之3的上限。",)


def test_a_plans_own_cap_binds_what_is_taken_later_too_unless_it_says_otherwise(huichuan):
    pack = huichuan.on(date(2010, 6, 1))
    plan = pack.share_plan("full")
    holders = {TWO: Holder(age=40, is_member=True, units={CLASS: 900})}
    holders[ONE] = Holder(age=40, is_member=True, units={CLASS: 5_000})

    def booked(kind, units, **limit):
        told = {"portion": (1, 100), "reference": plan.reference} | limit
        own = own_cap(plan.model_copy(update={"holder_limit": HolderLimit(**told)}), pack)
        moved = ShareTransaction(
            kind=kind, legs=(a_leg(ONE, TWO, units),), holders=holders, communal={},
            plan_units=PLAN_UNITS, own_cap=own,
        )  # fmt: skip
        return may_be_booked(moved, pack)

    gift = PostingKind.GIFT
    assert booked(gift, 100).granted
    above = booked(gift, 101)
    assert above.reasons[-1] == f"{TWO}变动后持有1001股，超过总股数100分之1的上限。"
    assert above.lines[-1].parameters == ("shares.holder_limit",)
    assert booked(PostingKind.INHERITANCE, 101).granted
    first_only = {"applies_to": ("allocation",)}
    assert booked(gift, 101, **first_only).granted
    packs_own = booked(gift, 2_101, **first_only)
    assert packs_own.lines[-1].parameters == ("ledger.holder_cap",)
    assert not packs_own.granted


def test_what_an_objection_puts_right_stays_under_the_plans_own_cap(huichuan):
    pack = huichuan.on(date(2010, 6, 1))
    holders = {TWO: Holder(age=40, is_member=True, units={CLASS: 49_999})}

    def over(units):
        moved = ShareTransaction(
            kind=PostingKind.CORRECTION, legs=(a_leg("reserve", TWO, units),), holders=holders,
            communal={}, plan_units=PLAN_UNITS, own_cap=own_cap(pack.share_plan("full"), pack),
        )  # fmt: skip
        return over_cap(moved, pack)

    assert over(1) == ()
    assert over(2) == (f"{TWO}变动后持有50001股，超过总股数2分之1的上限。",)
