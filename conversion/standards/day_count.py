"""Periods and their last day, 民法典 arts. 200–203.

The day a period starts is not counted (201). A period of months or years ends on the matching day,
or on the last of the month when there is none (202). A period that ends on a rest day ends on the
first working day after it (203). Which days are rest days the State Council announces each year
(调休); beyond the years published a plain week is assumed and the term is provisional.

>>> last_day(date(2025, 9, 24), 7).last  # 1 October and the week after it are holidays
datetime.date(2025, 10, 9)
>>> last_working_day(date(2025, 9, 24), 7).last  # Sunday 28 September is worked
datetime.date(2025, 10, 10)
>>> months_after(date(2025, 1, 31), 1).last
datetime.date(2025, 2, 28)
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

import chinese_calendar

from conversion.errors import WrongUse

FIRST_PUBLISHED_YEAR: Final[int] = min(chinese_calendar.holidays).year
LAST_PUBLISHED_YEAR: Final[int] = max(chinese_calendar.holidays).year
_DAY: Final = timedelta(days=1)
_FRIDAY: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A period and its end.

    Attributes:
        start: The day it runs from; not counted.
        last: Its last day, until 24:00.
        provisional: Whether it leans on a year whose holidays are not published; to be counted
            again when they are.
    """

    start: date
    last: date
    provisional: bool


def is_published(day: date) -> bool:
    """Whether the rest days of that year are known."""
    return FIRST_PUBLISHED_YEAR <= day.year <= LAST_PUBLISHED_YEAR


@lru_cache(maxsize=8192)
def is_working_day(day: date) -> bool:
    """Whether offices work that day; by the plain week when the year is not published.

    >>> is_working_day(date(2025, 9, 28)), is_working_day(date(2025, 10, 1))
    (True, False)
    """
    if is_published(day):
        return bool(chinese_calendar.is_workday(day))
    return day.weekday() <= _FRIDAY


def last_day(start: date, days: int) -> Term:
    """The end of a period of calendar days, art. 203 applied.

    Raises:
        WrongUse: No positive number of days.
    """
    _refuse_nothing(days)
    last = start + timedelta(days=days)
    return end_on_working_day(Term(start=start, last=last, provisional=False))


def last_working_day(start: date, days: int) -> Term:
    """The end of a period of working days.

    Raises:
        WrongUse: No positive number of days.
    """
    _refuse_nothing(days)
    last, provisional = start, False
    while days:
        last += _DAY
        provisional = provisional or not is_published(last)
        days -= is_working_day(last)
    return Term(start=start, last=last, provisional=provisional)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """Days on which a period stood still 中止; neither the first nor the last one counts."""

    first: date
    last: date


def last_day_with_pauses(
    start: date, days: int, pauses: Sequence[Pause], *, working_days: bool
) -> Term:
    """The end of a period that stood still and then ran on where it had stopped.

    Without pauses it is `last_day` or `last_working_day`. Art. 203 moves it off pauses, too.

    >>> hold = Pause(first=date(2010, 3, 5), last=date(2010, 3, 15))
    >>> last_day_with_pauses(date(2010, 3, 1), 7, [hold], working_days=False).last  # 3 + 4 days
    datetime.date(2010, 3, 19)

    Raises:
        WrongUse: No positive number of days.
    """
    _refuse_nothing(days)

    def stands_still(day: date) -> bool:
        return any(pause.first <= day <= pause.last for pause in pauses)

    last, provisional = start, False
    while days or stands_still(last) or not is_working_day(last):
        last += _DAY
        provisional = provisional or (working_days and not is_published(last))
        counts = not stands_still(last) and (not working_days or is_working_day(last))
        days = max(days - counts, 0)
    return Term(start=start, last=last, provisional=provisional or not is_published(last))


def months_after(start: date, months: int) -> Term:
    """The end of a period of months by art. 202 alone.

    An entitlement ends on this day; a deadline to act goes through `end_on_working_day` as well.

    Raises:
        WrongUse: No positive number of months.
    """
    _refuse_nothing(months)
    years, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month + 1
    last = date(year, month, min(start.day, monthrange(year, month)[1]))
    return Term(start=start, last=last, provisional=False)


def years_after(start: date, years: int) -> Term:
    """The end of a period of years by art. 202 alone, as `months_after`.

    >>> years_after(date(2008, 2, 29), 5).last
    datetime.date(2013, 2, 28)
    """
    return months_after(start, 12 * years)


def end_on_working_day(term: Term) -> Term:
    """The term moved off a rest day, art. 203.

    >>> end_on_working_day(years_after(date(2009, 11, 30), 5)).last  # the 30th is a Sunday
    datetime.date(2014, 12, 1)
    """
    last, provisional = term.last, term.provisional or not is_published(term.last)
    while not is_working_day(last):
        last += _DAY
        provisional = provisional or not is_published(last)
    return replace(term, last=last, provisional=provisional)


def _refuse_nothing(count: int) -> None:
    if count <= 0:
        raise WrongUse("计算期间的最后一日", f"期间长度为{count}", "给出大于零的整数")
