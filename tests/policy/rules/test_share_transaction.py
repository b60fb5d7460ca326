"""Whoever asks for whatever: what is booked conserves every unit and stays under the cap."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversion.domain.balance import added, balances, lots_of, total
from conversion.domain.ledger import PLAN, Leg, PostingKind
from conversion.policy.rules.share_transaction import (
    Holder,
    ShareTransaction,
    may_be_booked,
    may_be_pledged,
)

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
