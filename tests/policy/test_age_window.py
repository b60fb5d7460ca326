"""From which birthday to which eve somebody is of an age, 29 February among them."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversion.domain.household import Member
from conversion.policy.age_window import age_window, joined

DAYS = st.dates(date(1900, 1, 1), date(2050, 1, 1))
AGES = st.none() | st.integers(0, 130)


def born(day):
    return Member(serial="01", name="甲", relation="02", sex="1", birth_date=day)


@given(DAYS, AGES, AGES, DAYS)
def test_a_day_is_in_it_when_the_age_on_that_day_is(birth, least, below, day):
    person = born(birth)
    window = age_window(person, least, below)

    of_age = person.age_on(day) >= (least or 0) and (below is None or person.age_on(day) < below)
    assert (window.first <= day <= window.last) == of_age


@pytest.mark.parametrize(("years", "first"), [(79, date(2027, 3, 1)), (80, date(2028, 2, 29))])
def test_who_was_born_on_29_february_comes_of_age_on_1_march_of_a_common_year(years, first):
    assert age_window(born(date(1948, 2, 29)), years, None).first == first


@given(DAYS, st.lists(st.tuples(st.integers(0, 60), st.integers(1, 60)), min_size=1), DAYS)
def test_joined_windows_have_the_same_days_and_leave_a_gap_between_them(birth, ages, day):
    windows = [age_window(born(birth), least, least + years) for least, years in ages]

    whole = joined(windows)

    assert any(w.first <= day <= w.last for w in whole) == any(
        w.first <= day <= w.last for w in windows
    )
    for earlier, later in pairwise(whole):
        assert earlier.last + timedelta(days=1) < later.first
        assert earlier.below is not None


def test_an_age_without_an_end_swallows_what_comes_after():
    person = born(date(1950, 5, 1))

    whole = joined(
        [age_window(person, 80, None), age_window(person, 16, 60), age_window(person, 50, None)]
    )

    assert [(w.least, w.below) for w in whole] == [(16, None)]
