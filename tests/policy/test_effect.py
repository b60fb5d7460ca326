"""A change of policy, counted over a village: what changes, for whom, and by how much in all."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from conversion.policy.contrast import Tendency, Turn, changes
from conversion.policy.effect import Effect
from conversion.policy.prospect import MONTHLY, Measure, ProspectChapter, ProspectLine
from tests.policy.decided import GRANT, SHARES

SCHOOL = ProspectLine(
    chapter=ProspectChapter.ENTITLEMENT,
    key="school",
    member="02",
    title="入学",
    result="新增",
)


def effect_of(**households):
    effect = Effect()
    for number, (was, now) in households.items():
        effect.add(number, changes(was, now))
    return effect


def test_a_village_in_which_nothing_changes():
    effect = effect_of(h1=([GRANT], [GRANT]), h2=([], []))

    assert (effect.counted, effect.households, [*effect.changed]) == (2, [], [])
    assert effect.tendencies == {
        Tendency.BETTER: 0,
        Tendency.WORSE: 0,
        Tendency.MIXED: 0,
        Tendency.NONE: 2,
    }


def test_a_thing_is_summed_over_all_households_and_counted_where_it_changes():
    more = replace(GRANT, amount=7000)
    effect = effect_of(h1=([GRANT], [more]), h2=([GRANT], [GRANT]), h3=([], [GRANT]))

    (thing,) = effect.changed
    assert thing.line.title == "农村最低生活保障"
    assert thing.households == 2
    assert thing.before == {MONTHLY: 13_000}
    assert thing.after == {MONTHLY: 20_000}
    assert thing.difference == {MONTHLY: 7_000}
    assert thing.turns == {Turn.CHANGED: 1, Turn.SAME: 1, Turn.GAINED: 1}
    assert thing.lines == {Tendency.BETTER: 2, Tendency.NONE: 1}


def test_a_household_with_two_lines_of_a_thing_counts_once():
    two = [SHARES, replace(SHARES, member="02")]
    (thing,) = effect_of(h1=(two, [])).changed

    assert (thing.households, thing.turns) == (1, {Turn.LOST: 2})
    assert thing.before == {SHARES.measure: 666}
    assert thing.difference == {SHARES.measure: -666}


def test_shares_of_plans_of_another_size_are_not_subtracted():
    million = replace(SHARES, measure=Measure("股", whole=1_000_000))
    (thing,) = effect_of(h1=([SHARES], [million])).changed

    assert thing.difference == {}
    assert thing.before != thing.after


def test_a_line_without_amount_adds_nothing():
    (thing,) = effect_of(h1=([], [SCHOOL])).changed

    assert (thing.before, thing.after, thing.difference) == ({}, {}, {})


def test_each_household_is_told_by_number_with_what_changes_for_it():
    fewer = replace(SHARES, amount=283)
    effect = effect_of(
        h1=([GRANT, SHARES], [replace(GRANT, amount=7000), fewer]),
        h2=([SHARES, SCHOOL], [fewer, SCHOOL]),
        h3=([], [SCHOOL]),
        h4=([GRANT], [replace(GRANT, result="双享")]),
        h5=([GRANT], [GRANT]),
    )

    told = {h.number: (h.tendency, h.better, h.worse, h.mixed, h.titles) for h in effect.households}
    assert told == {
        "h1": (Tendency.MIXED, 1, 1, 0, ("人口股", "农村最低生活保障")),
        "h2": (Tendency.WORSE, 0, 1, 0, ("人口股",)),
        "h3": (Tendency.BETTER, 1, 0, 0, ("入学",)),
        "h4": (Tendency.MIXED, 0, 0, 1, ("农村最低生活保障",)),
    }
    assert effect.households[0].difference == {MONTHLY: 500, SHARES.measure: -50}
    assert effect.households[2].difference == {}
    assert effect.tendencies == {
        Tendency.BETTER: 1,
        Tendency.WORSE: 1,
        Tendency.MIXED: 2,
        Tendency.NONE: 1,
    }


def test_things_stand_by_chapter():
    effect = effect_of(h1=([], [SCHOOL]), h2=([], [SHARES]), h3=([], [GRANT]))

    assert [thing.line.key for thing in effect.changed] == [
        "population",
        "rural_minimum_living",
        "school",
    ]


LINES = st.builds(
    replace,
    st.just(GRANT),
    key=st.sampled_from("ab"),
    member=st.sampled_from(["", "01"]),
    amount=st.none() | st.integers(0, 10_000),
)
SIDES = st.lists(LINES, unique_by=lambda line: line.place)


@given(st.lists(st.tuples(SIDES, SIDES), max_size=5))
def test_what_things_differ_by_is_what_households_differ_by(village):
    effect = effect_of(**{f"h{n}": sides for n, sides in enumerate(village)})

    things = sum(t.difference.get(MONTHLY, 0) for t in effect.things.values())
    assert things == sum(h.difference.get(MONTHLY, 0) for h in effect.households)
    assert sum(effect.tendencies.values()) == effect.counted == len(village)
