"""Two prospects of a household, line by line: what it gains, what it loses, what reads otherwise."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversion.policy.contrast import (
    LineChange,
    Tendency,
    Turn,
    changes,
    end_words,
)
from conversion.policy.prospect import PAID, Measure
from tests.policy.decided import GRANT, SHARES, SINCE

MILLION = Measure("股", whole=1_000_000)
YEARLY = PAID["yearly"]
ENDED = replace(GRANT, favours=False, result="终止", amount=None, until=None)


def between(before, after):
    (change,) = changes([before] if before else [], [after] if after else [])
    return change


@pytest.mark.parametrize(
    ("before", "after", "turn", "tendency"),
    [
        (None, GRANT, Turn.GAINED, Tendency.BETTER),
        (GRANT, None, Turn.LOST, Tendency.WORSE),
        (None, ENDED, Turn.GAINED, Tendency.WORSE),
        (ENDED, None, Turn.LOST, Tendency.BETTER),
        (GRANT, GRANT, Turn.SAME, Tendency.NONE),
        (GRANT, ENDED, Turn.CHANGED, Tendency.WORSE),
        (ENDED, GRANT, Turn.CHANGED, Tendency.BETTER),
        (GRANT, replace(GRANT, amount=78_000, measure=YEARLY), Turn.CHANGED, Tendency.MIXED),
        (
            GRANT,
            replace(GRANT, amount=78_000, measure=YEARLY, until=date(2010, 3, 1)),
            Turn.CHANGED,
            Tendency.BETTER,
        ),
        (ENDED, replace(ENDED, amount=1), Turn.CHANGED, Tendency.MIXED),
        (GRANT, replace(GRANT, amount=6501), Turn.CHANGED, Tendency.BETTER),
        (GRANT, replace(GRANT, amount=None), Turn.CHANGED, Tendency.WORSE),
        (GRANT, replace(GRANT, until=date(2010, 3, 1)), Turn.CHANGED, Tendency.BETTER),
        (GRANT, replace(GRANT, until=date(2010, 2, 27)), Turn.CHANGED, Tendency.WORSE),
        (GRANT, replace(GRANT, until=None), Turn.CHANGED, Tendency.BETTER),
        (
            GRANT,
            replace(GRANT, amount=7000, until=date(2010, 2, 27)),
            Turn.CHANGED,
            Tendency.MIXED,
        ),
        (GRANT, replace(GRANT, since=date(2009, 12, 2)), Turn.CHANGED, Tendency.MIXED),
        (SHARES, replace(SHARES, amount=3330, measure=MILLION), Turn.CHANGED, Tendency.MIXED),
        (SHARES, replace(SHARES, amount=3331, measure=MILLION), Turn.CHANGED, Tendency.BETTER),
        (SHARES, replace(SHARES, amount=3329, measure=MILLION), Turn.CHANGED, Tendency.WORSE),
    ],
)
def test_a_change_says_what_it_is_and_whom_it_favours(before, after, turn, tendency):
    change = between(before, after)

    assert (change.turn, change.tendency) == (turn, tendency)
    assert change.line is (after or before)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (GRANT, GRANT, ()),
        (None, GRANT, ()),
        (GRANT, None, ()),
        (GRANT, replace(GRANT, result="保留"), ("由“待转换”改为“保留”",)),
        (GRANT, replace(GRANT, amount=6000), ("由65.00元/月改为60.00元/月，减少5.00元/月",)),
        (GRANT, replace(GRANT, amount=6501), ("由65.00元/月改为65.01元/月，增加0.01元/月",)),
        (GRANT, replace(GRANT, amount=None), ("由65.00元/月改为没有金额，减少65.00元/月",)),
        (replace(GRANT, amount=0), replace(GRANT, amount=None), ("由0.00元/月改为没有金额",)),
        (
            GRANT,
            replace(GRANT, amount=78_000, measure=YEARLY),
            ("由65.00元/月改为780.00元/年",),
        ),
        (
            ENDED,
            replace(GRANT, until=None, favours=False, result="终止"),
            ("由没有金额改为65.00元/月，增加65.00元/月",),
        ),
        (SHARES, replace(SHARES, amount=400), ("由333股改为400股，增加67股",)),
        (
            SHARES,
            replace(SHARES, amount=3330, measure=MILLION),
            ("由333股改为3,330股，占方案总数的比例不变",),
        ),
        (
            SHARES,
            replace(SHARES, amount=3331, measure=MILLION),
            ("由333股改为3,331股，占方案总数的比例增加",),
        ),
        (
            SHARES,
            replace(SHARES, amount=333, measure=MILLION),
            ("由333股改为333股，占方案总数的比例减少",),
        ),
        (
            GRANT,
            replace(GRANT, since=date(2010, 1, 1)),
            ("起始日由2009年12月1日改为2010年1月1日",),
        ),
        (
            GRANT,
            replace(GRANT, until=date(2010, 3, 2)),
            ("期限由“到2010年2月28日止”改为“到2010年3月2日止”，推迟2天",),
        ),
        (
            GRANT,
            replace(GRANT, until=date(2010, 2, 27)),
            ("期限由“到2010年2月28日止”改为“到2010年2月27日止”，提前1天",),
        ),
        (
            GRANT,
            replace(GRANT, until=None, until_event="承包期满"),
            ("期限由“到2010年2月28日止”改为“直到承包期满”",),
        ),
        (
            GRANT,
            ENDED,
            (
                "由“待转换”改为“终止”",
                "由65.00元/月改为没有金额，减少65.00元/月",
                "期限由“到2010年2月28日止”改为“没有期限”",
            ),
        ),
    ],
)
def test_a_change_is_told_field_by_field(before, after, words):
    assert between(before, after).words == words


def test_a_start_that_appears_only_once_is_no_change_of_start():
    waits = replace(GRANT, since=None)

    assert between(waits, GRANT).words == ()
    assert between(GRANT, waits).words == ()
    assert between(GRANT, waits).turn is Turn.CHANGED


@pytest.mark.parametrize(
    ("before", "after", "moves"),
    [
        (GRANT, replace(GRANT, since=date(2010, 1, 1)), True),
        (GRANT, replace(GRANT, since=date(2010, 1, 1), amount=1), False),
        (GRANT, GRANT, False),
        (None, GRANT, False),
        (GRANT, None, False),
    ],
)
def test_what_only_starts_on_another_day_is_known_as_such(before, after, moves):
    assert between(before, after).moves_only is moves


def test_the_difference_is_in_the_lines_own_measure():
    assert between(GRANT, replace(GRANT, amount=7000)).difference == 500
    assert between(GRANT, None).difference == -6500
    assert between(None, SHARES).difference == 333
    assert between(ENDED, ENDED).difference == 0
    assert between(ENDED, GRANT).difference == 6500
    assert between(GRANT, replace(GRANT, amount=78_000, measure=YEARLY)).difference == 0


def test_lines_stand_by_chapter_and_what_is_new_after_what_was():
    was = [GRANT, replace(GRANT, key="gone")]
    now = [SHARES, replace(GRANT, key="new"), GRANT]

    found = [(c.line.key, c.turn) for c in changes(was, now)]

    assert found == [
        ("population", Turn.GAINED),
        ("rural_minimum_living", Turn.SAME),
        ("gone", Turn.LOST),
        ("new", Turn.GAINED),
    ]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (GRANT, "到2010年2月28日止"),
        (replace(GRANT, until=None, until_event="退出现役"), "直到退出现役"),
        (replace(GRANT, until=None), "长期有效"),
        (replace(GRANT, until=None, since_age=60), "从年满60周岁之日起，长期有效"),
        (replace(GRANT, until_age=16), "到年满16周岁的前一天止"),
        (replace(GRANT, since_age=6, until_age=16), "从年满6周岁之日起，到年满16周岁的前一天止"),
        (replace(GRANT, since_age=60), "从年满60周岁之日起，到2010年2月28日止"),
        (ENDED, ""),
        (SHARES, ""),
    ],
)
def test_how_long_a_line_lasts(line, words):
    assert end_words(line) == words


def test_turns_and_tendencies_have_their_chinese_names():
    assert [turn.label for turn in Turn] == ["多出", "不再有", "改变", "不变"]
    assert [tendency.label for tendency in Tendency] == ["有利", "不利", "有变", "不变"]


LINES = st.builds(
    replace,
    st.just(GRANT),
    key=st.sampled_from("abc"),
    amount=st.none() | st.integers(0, 10_000),
    until=st.none() | st.dates(SINCE, date(2020, 1, 1)),
    favours=st.booleans(),
)
SIDES = st.lists(LINES, unique_by=lambda line: line.place)
OPPOSITE = {
    Tendency.BETTER: Tendency.WORSE,
    Tendency.WORSE: Tendency.BETTER,
    Tendency.MIXED: Tendency.MIXED,
    Tendency.NONE: Tendency.NONE,
}


@given(SIDES, SIDES)
def test_the_way_back_is_the_opposite(was, now):
    there = {c.line.place: c for c in changes(was, now)}
    back = {c.line.place: c for c in changes(now, was)}

    assert there.keys() == back.keys()
    assert all(back[p].difference == -c.difference for p, c in there.items())
    assert all(back[p].tendency is OPPOSITE[c.tendency] for p, c in there.items())
    total = sum(line.amount or 0 for line in now) - sum(line.amount or 0 for line in was)
    assert sum(c.difference for c in there.values()) == total


def test_a_change_of_nothing_is_no_change():
    with pytest.raises(AssertionError):
        _ = LineChange(before=None, after=None).line
