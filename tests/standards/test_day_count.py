"""Counting periods by 民法典 articles 200 to 203."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversion.errors import WrongUse
from conversion.standards import day_count
from conversion.standards.day_count import Term

BEYOND = date(day_count.LAST_PUBLISHED_YEAR + 1, 3, 1)
DAYS = st.dates(date(2004, 1, 1), date(day_count.LAST_PUBLISHED_YEAR, 12, 31))


@pytest.mark.parametrize(
    ("start", "days", "last"),
    [
        (date(2009, 11, 2), 7, date(2009, 11, 9)),  # Monday to Monday: the start isn't counted
        (date(2009, 11, 2), 5, date(2009, 11, 9)),  # ends on a Saturday
        (date(2009, 11, 2), 6, date(2009, 11, 9)),  # ends on a Sunday
        (date(2009, 9, 24), 10, date(2009, 10, 9)),  # National Day and Mid-Autumn
        (date(2025, 9, 21), 7, date(2025, 9, 28)),  # a Sunday that is worked
        (date(2025, 1, 20), 10, date(2025, 2, 5)),  # Spring Festival
        (date(2008, 2, 19), 10, date(2008, 2, 29)),
    ],
)
def test_a_notice_of_calendar_days_ends_on_a_working_day(start, days, last):
    assert day_count.last_day(start, days) == Term(start=start, last=last, provisional=False)


@pytest.mark.parametrize(
    ("start", "days", "last"),
    [
        (date(2009, 11, 2), 7, date(2009, 11, 11)),
        (date(2009, 9, 24), 5, date(2009, 9, 30)),  # Sunday 27 September was worked
        (date(2009, 9, 24), 6, date(2009, 10, 9)),
        (date(2025, 1, 24), 5, date(2025, 2, 7)),  # Spring Festival, worked 26 January
        (date(2025, 10, 4), 1, date(2025, 10, 9)),
    ],
)
def test_a_notice_of_working_days_skips_rest_days(start, days, last):
    assert day_count.last_working_day(start, days) == Term(
        start=start, last=last, provisional=False
    )


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2025, 10, 1), False),
        (date(2025, 9, 28), True),
        (date(2025, 10, 11), True),
        (date(2025, 10, 12), False),
        (date(2009, 10, 8), False),
        (date(2009, 5, 31), True),
        (date(1999, 10, 1), True),  # nothing published: a Friday
        (date(1999, 10, 2), False),
    ],
)
def test_which_days_offices_work(day, works):
    assert day_count.is_working_day(day) is works


@pytest.mark.parametrize(
    ("start", "months", "last"),
    [
        (date(2009, 1, 31), 1, date(2009, 2, 28)),
        (date(2008, 1, 31), 1, date(2008, 2, 29)),
        (date(2009, 8, 31), 6, date(2010, 2, 28)),
        (date(2009, 11, 30), 1, date(2009, 12, 30)),
        (date(2009, 12, 15), 12, date(2010, 12, 15)),
        (date(2009, 12, 31), 2, date(2010, 2, 28)),
    ],
)
def test_months_end_on_the_matching_day_or_the_last_of_the_month(start, months, last):
    assert day_count.months_after(start, months).last == last


def test_five_years_of_a_benefit_end_on_the_matching_day_even_on_a_sunday():
    term = day_count.years_after(date(2009, 11, 30), 5)

    assert term == Term(start=date(2009, 11, 30), last=date(2014, 11, 30), provisional=False)


def test_a_deadline_to_act_in_years_moves_off_the_sunday():
    term = day_count.end_on_working_day(day_count.years_after(date(2009, 11, 30), 5))

    assert term.last == date(2014, 12, 1)


def test_years_from_a_leap_day_end_on_the_last_of_february():
    assert day_count.years_after(date(2008, 2, 29), 5).last == date(2013, 2, 28)
    assert day_count.years_after(date(2008, 2, 29), 4).last == date(2012, 2, 29)


def test_a_term_in_a_year_not_yet_published_says_so():
    assert day_count.last_day(BEYOND, 15).provisional
    assert day_count.last_working_day(BEYOND, 15).provisional
    assert not day_count.last_day(date(2025, 3, 3), 15).provisional


def test_a_term_that_runs_over_the_last_published_day_says_so():
    december = date(day_count.LAST_PUBLISHED_YEAR, 12, 28)

    assert day_count.last_working_day(december, 10).provisional
    assert day_count.last_day(december, 10).provisional


def test_beyond_the_published_years_a_plain_week_is_counted():
    term = day_count.last_working_day(BEYOND, 10)

    assert (term.last - BEYOND).days == 14


@pytest.mark.parametrize(
    "count",
    [day_count.last_day, day_count.last_working_day, day_count.months_after, day_count.years_after],
)
@pytest.mark.parametrize("length", [0, -1])
def test_a_period_of_nothing_is_refused(count, length):
    with pytest.raises(WrongUse):
        count(date(2009, 11, 30), length)


@settings(deadline=None)
@given(DAYS, st.integers(1, 60))
def test_a_notice_always_gives_at_least_its_days_and_ends_on_a_working_day(start, days):
    term = day_count.last_day(start, days)

    assert term.last >= start + timedelta(days=days)
    assert day_count.is_working_day(term.last)


@settings(deadline=None)
@given(DAYS, st.integers(1, 60))
def test_exactly_so_many_working_days_lie_in_the_term(start, days):
    last = day_count.last_working_day(start, days).last
    span = (start + timedelta(days=step) for step in range(1, (last - start).days + 1))

    assert sum(map(day_count.is_working_day, span)) == days
