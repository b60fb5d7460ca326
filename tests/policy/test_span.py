"""From when until when: years, yearly days, deadlines, and no gap between two of a kind."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from conversion.policy.span import Until, span_from

DAYS = st.dates(date(2005, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("until", "start", "last"),
    [
        (Until(years=5), date(2009, 11, 30), date(2014, 11, 30)),
        (Until(years=1), date(2008, 2, 29), date(2009, 2, 28)),
        (Until(months=3), date(2009, 11, 30), date(2010, 2, 28)),
        (Until(days=90), date(2009, 12, 1), date(2010, 3, 1)),
        (Until(days=90), date(2009, 12, 5), date(2010, 3, 5)),
        (Until(days=89), date(2009, 12, 1), date(2010, 2, 28)),  # a Sunday stays
        (Until(next="01-01"), date(2009, 11, 30), date(2009, 12, 31)),
        (Until(next="09-01"), date(2009, 9, 1), date(2010, 8, 31)),
        (Until(next="09-01"), date(2009, 8, 31), date(2009, 8, 31)),
        (Until(date=date(2012, 6, 30)), date(2009, 11, 30), date(2012, 6, 30)),
        (Until(event="承包期满"), date(2009, 11, 30), None),
        (Until(life=True), date(2009, 11, 30), None),
    ],
)
def test_the_last_day(until, start, last):
    assert until.last(start) == last


@given(DAYS, st.sampled_from(["01-01", "09-01", "02-28"]))
@settings(deadline=None)
def test_the_successor_starts_on_the_yearly_day_within_a_year(start, month_day):
    last = Until(next=month_day).last(start)

    assert last is not None
    following = last + timedelta(days=1)
    assert following.isoformat().endswith(month_day)
    assert start < following <= start + timedelta(days=366)


@given(DAYS, st.integers(1, 60))
@settings(deadline=None)
def test_years_end_on_the_matching_day_or_the_end_of_february(start, years):
    last = Until(years=years).last(start)

    assert last is not None
    assert last.year == start.year + years
    assert (last.month, last.day) in {(start.month, start.day), (2, 28)}


@pytest.mark.parametrize("said", [{}, {"years": 1, "life": True}, {"years": 0}, {"next": "02-30"}])
def test_an_end_says_exactly_one_thing_that_exists(said):
    with pytest.raises(ValidationError):
        Until(**said)


def test_a_span_reads_as_a_sentence():
    start = date(2009, 11, 30)

    assert str(span_from(start, Until(years=5))) == "从2009年11月30日起，到2014年11月30日止"
    assert str(span_from(start, Until(event="承包期满"))) == "从2009年11月30日起，直到承包期满"
    assert str(span_from(start, None)) == "从2009年11月30日起，长期有效"


@pytest.mark.parametrize(
    ("until", "told"),
    [
        (Until(years=5), "满5年"),
        (Until(months=3), "满3个月"),
        (Until(days=90), "满90天"),
        (Until(next="09-01"), "到下一个9月1日的前一天"),
        (Until(date=date(2012, 6, 30)), "到2012年6月30日"),
        (Until(event="承包期满"), "到承包期满"),
        (Until(life=True), "终身"),
    ],
)
def test_an_end_reads_as_the_pack_states_it(until, told):
    assert str(until) == told
