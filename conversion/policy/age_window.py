"""The days on which somebody is of the age that a row asks for 年龄期间.

Full years are counted by the calendar (民法典 200), from the birthday on, which counts itself
(1259: 届满 includes the figure, 不满 does not). Who was born on 29 February has a full year only
when 28 February is over: in a common year on 1 March.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from conversion.domain.household import Member

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeWindow:
    """Days from one birthday to the eve of another.

    Attributes:
        first, last: both in it; `date.max` where no age ends it.
        least: the age reached on the first day, 0 for the birth.
        below: the age reached on the day after the last; None where no age ends it.
    """

    first: dt.date
    last: dt.date = dt.date.max
    least: int = 0
    below: int | None = None


def age_window(member: Member, least: int | None, below: int | None) -> AgeWindow:
    """The days on which a member has turned `least` and not yet `below`.

    >>> m = Member(serial="01", name="甲", relation="02", sex="1", birth_date=dt.date(1948, 2, 29))
    >>> window = age_window(m, 79, 80)
    >>> window.first, window.last
    (datetime.date(2027, 3, 1), datetime.date(2028, 2, 28))
    """
    last = dt.date.max if below is None else birthday(member.birth_date, below) - _DAY
    first = birthday(member.birth_date, least or 0)
    return AgeWindow(first=first, last=last, least=least or 0, below=below)


def birthday(born: dt.date, years: int) -> dt.date:
    """The day on which so many years are full."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:  # 29 February in a common year
        return dt.date(born.year + years, 3, 1)


def joined(windows: Iterable[AgeWindow]) -> tuple[AgeWindow, ...]:
    """The same days in as few windows as there can be, in their order."""
    found: list[AgeWindow] = []
    for window in sorted(windows, key=lambda w: (w.first, w.last)):
        if found and window.first.toordinal() <= found[-1].last.toordinal() + 1:
            found[-1] = _longer(found[-1], window)
        else:
            found.append(window)
    return tuple(found)


def _longer(window: AgeWindow, other: AgeWindow) -> AgeWindow:
    if other.last <= window.last:
        return window
    return replace(window, last=other.last, below=other.below)
