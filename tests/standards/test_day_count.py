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


# --- periods that stand still ---------------------------------------------------------------------

DAYS_OF_2010 = st.dates(min_value=date(2009, 6, 1), max_value=date(2011, 6, 1))


@st.composite
def pauses_within(draw, start):
    """Up to three stops after a day, of up to thirty days each; they may overlap."""
    found = []
    for _ in range(draw(st.integers(min_value=0, max_value=3))):
        first = start + timedelta(days=draw(st.integers(min_value=1, max_value=40)))
        length = draw(st.integers(min_value=0, max_value=30))
        found.append(day_count.Pause(first=first, last=first + timedelta(days=length)))
    return found


def running_days(start, last, pauses, *, working_days):
    """The days after the start that count, up to and including the last."""
    days = (start + timedelta(days=n) for n in range(1, (last - start).days + 1))
    awake = (d for d in days if not any(p.first <= d <= p.last for p in pauses))
    return [d for d in awake if not working_days or day_count.is_working_day(d)]


@given(DAYS_OF_2010, st.integers(min_value=1, max_value=40), st.booleans())
def test_a_period_that_never_stood_still_ends_as_any_other(start, days, working_days):
    plain = (
        day_count.last_working_day(start, days) if working_days else day_count.last_day(start, days)
    )

    assert day_count.last_day_with_pauses(start, days, (), working_days=working_days) == plain


@given(st.data(), DAYS_OF_2010, st.integers(min_value=1, max_value=40), st.booleans())
def test_after_a_stop_exactly_the_days_left_run_on(data, start, days, working_days):
    pauses = data.draw(pauses_within(start))

    last = day_count.last_day_with_pauses(start, days, pauses, working_days=working_days).last

    counted = running_days(start, last, pauses, working_days=working_days)
    assert len(counted) >= days
    nominal = counted[days - 1]
    assert last >= nominal
    between = (nominal + timedelta(days=n) for n in range(1, (last - nominal).days))
    assert all(
        not day_count.is_working_day(d) or any(p.first <= d <= p.last for p in pauses)
        for d in (*between, *([nominal] if last > nominal else []))
    )
    assert day_count.is_working_day(last)
    assert not any(p.first <= last <= p.last for p in pauses)


@given(st.data(), DAYS_OF_2010, st.integers(min_value=1, max_value=40), st.booleans())
def test_a_stop_never_shortens_a_period_and_one_after_its_end_changes_nothing(
    data, start, days, working_days
):
    pauses = data.draw(pauses_within(start))
    plain = day_count.last_day_with_pauses(start, days, (), working_days=working_days).last
    later = day_count.Pause(first=plain + timedelta(days=1), last=plain + timedelta(days=30))

    stopped = day_count.last_day_with_pauses(start, days, pauses, working_days=working_days).last

    assert stopped >= plain
    unmoved = day_count.last_day_with_pauses(start, days, [later], working_days=working_days).last
    assert unmoved == plain


@pytest.mark.parametrize("days", [0, -1])
def test_a_period_without_days_does_not_stand_still_either(days):
    with pytest.raises(WrongUse):
        day_count.last_day_with_pauses(date(2010, 3, 1), days, (), working_days=False)
