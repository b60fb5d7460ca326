"""Days as they are typed and printed."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversion.standards import chinese_date

DAY = date(2009, 6, 30)


@pytest.mark.parametrize(
    "text",
    [
        "2009-06-30",
        "2009-6-30",
        "2009/6/30",
        "2009.6.30",
        "2009.06.30",
        "20090630",
        "2009年6月30日",
        "2009年06月30日",
        "2009 年 6 月 30 日",
        "２００９年６月３０日",
        " 2009-06-30 ",
        "2009-06-30 00:00:00",
        "2009-06-30T00:00:00",
    ],
)
def test_the_ways_people_type_a_day(text):
    assert chinese_date.parse_day(text) == DAY


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2009-02-30",
        "2009年13月1日",
        "20090631",
        "2009-6/30",
        "2009年6月",
        "09-06-30",
        "30/06/2009",
        "39994",
        "2009-06-30 12:00:00",
        "二〇〇九年六月三十日",
        "0000-01-01",
    ],
)
def test_what_names_no_day_is_none_and_never_a_guess(text):
    assert chinese_date.parse_day(text) is None


def test_papers_print_no_leading_zeros():
    assert chinese_date.format_day(date(2009, 6, 3)) == "2009年6月3日"


@settings(deadline=None)
@given(st.dates(date(1000, 1, 1)))
def test_what_is_printed_reads_back(day):
    assert chinese_date.parse_day(chinese_date.format_day(day)) == day
    assert chinese_date.parse_day(day.isoformat()) == day
    assert chinese_date.parse_day(f"{day:%Y%m%d}") == day
