"""A parameter 参数: a value of the law or of the office over time, each with its source."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from pydantic import Field

from conversion.policy.pack_part import PackPart, Sourced, Text


class DatedValue(Sourced):
    """A parameter's value from one day on.

    Attributes:
        value: of the shape that `conversion.policy.parameter_shape` gives for the name; money is
            integer 分.
    """

    value: Any


class Parameter(PackPart):
    """A named value over time: first day → value, oldest first; each lasts until the next."""

    title: Text
    unit: str = Field(default="", max_length=20)
    values: dict[dt.date, DatedValue] = Field(min_length=1)

    def since(self, day: dt.date) -> dt.date | None:
        """The first day of the value in force on a day; None when there is none yet."""
        return start_in_force(self.values, day)


def start_in_force(starts: Iterable[dt.date], day: dt.date) -> dt.date | None:
    """The first day of what is in force on a day; None when nothing is yet.

    >>> start_in_force([dt.date(2009, 1, 1), dt.date(2010, 10, 28)], dt.date(2010, 10, 27))
    datetime.date(2009, 1, 1)
    """
    return max((start for start in starts if start <= day), default=None)
