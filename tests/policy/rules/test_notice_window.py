"""How long each list stays posted."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversion.errors import NotFound, WrongUse
from conversion.policy.parameter_shape import NoticeKind
from conversion.policy.rules.notice_window import notice_window
from conversion.standards.day_count import is_working_day
from tests.policy.formula import numbers, words


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


def test_the_window_says_how_its_last_day_was_counted(huichuan):
    posted = date(2009, 9, 24)
    window = notice_window("household", posted, huichuan.on(posted))

    (line,) = window.decision.lines
    assert (line.key, line.title, line.result) == (
        "household", "入户核实结果公示", "到2009年10月9日为止",
    )  # fmt: skip
    assert line.because == window.decision.reasons
    assert window.decision.reasons == (
        "入户核实结果公示为7天。",
        "2009年9月24日张贴，当日不计，从次日起算，到2009年10月9日为止。",
        "最后一日遇休息日的，顺延到其后第一个工作日。",
    )
    assert words(line) == "张贴次日起数满规定的天数，最后一日遇休息日顺延"
    assert numbers(line) == "2009年9月24日 ＋ 7天 → 2009年10月9日"
    assert [(f.name, f.title, f.value) for f in line.facts] == [
        ("posted_on", "张贴日期", "2009-09-24"),
    ]
    assert (line.parameters, line.illustrative) == (("notice.household",), True)
    assert line.references == window.decision.references
    assert window.rounds == 1


def test_the_roll_hangs_working_days_and_in_rounds(huichuan):
    posted = date(2009, 11, 2)
    window = notice_window("members", posted, huichuan.on(posted))

    assert (window.rounds, window.working_days) == (3, True)
    assert numbers(window.decision.lines[0]) == "2009年11月2日 ＋ 7个工作日 → 2009年11月11日"
