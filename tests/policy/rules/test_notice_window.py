"""How long each list stays posted."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversion.errors import NotFound, WrongUse
from conversion.policy.parameter_shape import NoticeKind
from conversion.policy.rules.notice_window import notice_window
from conversion.standards.day_count import is_working_day


def test_national_day_moves_the_last_day(huichuan):
    posted = date(2009, 9, 24)
    window = notice_window("household", posted, huichuan.on(posted))

    assert (window.last_day, window.days, window.working_days) == (date(2009, 10, 9), 7, False)
    assert "到2009年10月9日为止" in window.decision.reasons[1]
    assert window.decision.parameters[0].illustrative


def test_a_year_without_published_holidays_is_said(huichuan):
    posted = date(2099, 3, 2)
    window = notice_window("shares", posted, huichuan.on(posted))

    assert window.provisional
    assert "应当重新计算" in window.decision.reasons[-1]


def test_an_unknown_kind_is_refused(huichuan):
    with pytest.raises(WrongUse, match="没有这种公示"):
        notice_window("gossip", date(2009, 11, 2), huichuan.on(date(2009, 11, 2)))


def test_a_day_before_the_pack_is_refused(huichuan):
    with pytest.raises(NotFound, match="2008年12月31日"):
        huichuan.on(date(2008, 12, 31))


@given(st.dates(date(2009, 1, 1), date(2026, 10, 1)), st.sampled_from(list(NoticeKind)))
@settings(deadline=None)
def test_a_window_is_never_shorter_than_its_days_and_ends_on_a_working_day(huichuan, posted, kind):
    window = notice_window(kind, posted, huichuan.on(posted))

    assert window.last_day >= posted + timedelta(days=window.days)
    assert is_working_day(window.last_day)
