"""From when until when a right lasts: the words a pack has for it, and the days they give.

A period of months or years ends on the matching day, or on the last of a month that has none
(民法通则 154; 民法典 201, 202). A last day that is a rest day stays: art. 203 moves the end of a
period in which somebody has to act, and nobody acts to go on having a right; what follows starts
on the next day, whatever day it is.
"""

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from typing_extensions import override

from conversion.policy.age_window import AgeWindow
from conversion.policy.facts import HouseholdFacts
from conversion.policy.pack_part import PackPart
from conversion.standards.chinese_date import format_day
from conversion.standards.day_count import months_after, years_after

MonthDay = Annotated[str, Field(pattern=r"^(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])$")]


class StartEvent(StrEnum):
    """What a transition starts with."""

    APPROVAL = "approval"
    REGISTRATION = "registration"
    DAY = "day"

    @property
    def label(self) -> str:
        """The event's Chinese name."""
        return {"approval": "批准之日", "registration": "户口登记之日", "day": "核定之日"}[self]

    def day_in(self, facts: HouseholdFacts) -> dt.date | None:
        """The day it happened in this household; None while it has not."""
        return {
            StartEvent.APPROVAL: facts.approved_on,
            StartEvent.REGISTRATION: facts.registered_on,
            StartEvent.DAY: facts.day,
        }[self]


class Until(PackPart):
    """The end of a right: exactly one of a day, a length, a yearly day, an event, or life.

    Attributes:
        next: month and day on which the successor starts, e.g. `01-01`; the last day is the one
            before.
        event: Chinese words for what ends it.
    """

    date: dt.date | None = None
    years: Annotated[int, Field(ge=1, le=70)] | None = None
    months: Annotated[int, Field(ge=1, le=840)] | None = None
    days: Annotated[int, Field(ge=1, le=3660)] | None = None
    next: MonthDay | None = None
    event: Annotated[str, Field(min_length=1, max_length=100)] | None = None
    life: Literal[True] | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if len(self.model_fields_set) != 1:
            message = "until 里写一种终点，例如 {years: 5}、{next: 01-01} 或 {event: 承包期满}"
            raise ValueError(message)
        return self

    def last(self, start: dt.date) -> dt.date | None:
        """The last day counted from a start; None when an event or death ends it.

        >>> Until(years=5).last(dt.date(2009, 11, 30))
        datetime.date(2014, 11, 30)
        >>> Until(next="01-01").last(dt.date(2009, 1, 1))
        datetime.date(2009, 12, 31)
        """
        if self.next:
            return _eve_of_next(start, self.next)
        if self.days:
            return start + dt.timedelta(days=self.days)
        months = self.months or 0
        if months:
            return months_after(start, months).last
        return years_after(start, self.years).last if self.years else self.date

    @override
    def __str__(self) -> str:
        """The end as a pack states it, e.g. `满5年` or `到下一个1月1日的前一天`."""
        if self.next:
            month, day = map(int, self.next.split("-"))
            return f"到下一个{month}月{day}日的前一天"
        if self.date:
            return f"到{format_day(self.date)}"
        lengths = ((self.years, "年"), (self.months, "个月"), (self.days, "天"))
        if counted := next((f"满{n}{unit}" for n, unit in lengths if n), ""):
            return counted
        return "终身" if self.life else f"到{self.event}"

    @property
    def is_dated(self) -> bool:
        """Whether a last day can be counted, so that a successor can follow without a gap."""
        return self.event is None and self.life is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A right's days as counted for one household, or for one person.

    Attributes:
        since_age: the age whose birthday is the first day, 0 for the birth; None where another
            day began it.
        until_age: the age whose eve is the last day.
    """

    since: dt.date
    until: dt.date | None
    until_event: str = ""
    since_age: int | None = None
    until_age: int | None = None

    def at_age(self, window: AgeWindow, *, ends: bool) -> "Span | None":
        """The part of it in which somebody is of the age; None when there is none.

        A length is counted from the event that starts the transition, not from a birthday: who
        comes of age on the way has what is left of it.

        Args:
            window: the days of that age.
            ends: whether growing out of it ends the right.
        """
        since = max(self.since, window.first)
        last = window.last if ends else dt.date.max
        until = min(self.until or dt.date.max, last)
        if since > until:
            return None
        return replace(
            self,
            since=since,
            until=None if until == dt.date.max else until,
            since_age=window.least if since > self.since else None,
            until_age=None if until == (self.until or dt.date.max) else window.below,
        )

    @property
    def begun(self) -> str:
        """Its first day, with the birthday that it is."""
        return first_day(self.since, self.since_age)

    @override
    def __str__(self) -> str:
        """The span as a household reads it."""
        start = f"从{self.begun}起"
        if self.until_age is not None:
            return f"{start}，到{turned(self.until_age)}的前一天止"
        if self.until:
            return f"{start}，到{format_day(self.until)}止"
        return f"{start}，直到{self.until_event}" if self.until_event else f"{start}，长期有效"


def first_day(since: dt.date, age: int | None) -> str:
    """A first day in words, with the birthday that it is.

    >>> first_day(dt.date(2027, 2, 10), 80), first_day(dt.date(2027, 2, 10), None)
    ('2027年2月10日（年满80周岁）', '2027年2月10日')
    """
    return format_day(since) + ("" if age is None else f"（{turned(age)}）")


def turned(age: int) -> str:
    """What somebody comes to be on a birthday.

    >>> turned(80), turned(0)
    ('年满80周岁', '出生')
    """
    return f"年满{age}周岁" if age else "出生"


def span_from(start: dt.date, until: Until | None) -> Span:
    """The span that starts on a day; without an end it lasts."""
    if until is None:
        return Span(since=start, until=None)
    return Span(since=start, until=until.last(start), until_event=until.event or "")


def _eve_of_next(start: dt.date, month_day: str) -> dt.date:
    this_year = dt.date.fromisoformat(f"{start.year}-{month_day}")
    following = this_year if this_year > start else this_year.replace(year=start.year + 1)
    return following - dt.timedelta(days=1)
