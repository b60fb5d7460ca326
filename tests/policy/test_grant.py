"""Each holder has a row on days of their own, and nobody has one that ends before their birthday."""

from datetime import date, timedelta

import pytest

from conversion.policy.grant import grants
from conversion.policy.span import Span
from tests.policy.family import DAY, a_family

SIXTY = date(2022, 3, 4)
"""The head's birthday; the wife, 02, is two years younger, the grandmother, 05, is older."""
LATER = date(2019, 12, 1)
"""Three years before it, so that the head is told the day."""


@pytest.fixture
def home_care(huichuan):
    return next(row for row in huichuan.on(DAY).entitlements if row.id == "home_care")


def held(row, span):
    return [(grant.holder.serial, grant.span) for grant in grants(row, span, a_family(LATER))]


def test_the_old_have_it_from_its_start_and_who_comes_of_age_from_the_birthday(home_care):
    found = dict(held(home_care, Span(since=LATER, until=None)))

    assert list(found) == ["01", "02", "05"]
    assert (found["05"].since, found["05"].since_age) == (LATER, None)
    assert (found["01"].since, found["01"].since_age) == (SIXTY, 60)


@pytest.mark.parametrize(
    ("last", "who"), [(SIXTY - timedelta(days=1), ["05"]), (SIXTY, ["01", "05"])]
)
def test_whose_birthday_comes_after_its_last_day_never_has_it(home_care, last, who):
    assert [serial for serial, _ in held(home_care, Span(since=LATER, until=last))] == who


def test_what_has_not_begun_has_holders_and_no_days(home_care):
    assert held(home_care, None) == [("01", None), ("02", None), ("05", None)]
