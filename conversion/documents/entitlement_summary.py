"""What a 权益告知单 says first, in large type: what stays, what is new, the days to remember."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from conversion.documents.entitlement_line import Line

TITLES = 6
"""How many rights of a column are named before 等."""

REMINDERS = 6
"""How many days are named; the lines have them all."""

_MOST_ASKED = ("土地权益", "集体资产")
_YEAR_END = "年底前"
_LAST_DAY = (12, 31)


class Reminder(NamedTuple):
    """A day to remember, and the words that follow it."""

    day: date
    words: str


def named(lines: Iterable[Line]) -> tuple[str, ...]:
    """The titles that are named: land and the collective, which people ask for, before the rest."""
    ordered = sorted(lines, key=lambda line: line.category not in _MOST_ASKED)
    return tuple(dict.fromkeys(line.title for line in ordered))[:TITLES]


def reminders(kept: Sequence[Line], gained: Sequence[Line], today: date) -> tuple[Reminder, ...]:
    """The next days on which something ends, begins or must be done."""
    ends = [_end(line, line.until) for line in kept if line.until]
    birthdays = (line for line in kept if line.since_age is not None)
    begins = [Reminder(line.since, _begin(line)) for line in (*birthdays, *gained) if line.since]
    coming = {reminder for reminder in ends + begins if reminder.day > today}
    return tuple(sorted(coming)[:REMINDERS])


def _begin(line: Line) -> str:
    """What begins; on a birthday, whose."""
    return f"：{line.title}开始" if line.since_age is None else f"：{line.member}的{line.title}开始"


def _end(line: Line, until: date) -> Reminder:
    """What to do by the day if the duty has a term, else what ends on it."""
    if line.duty.startswith(_YEAR_END) and (until.month, until.day) == _LAST_DAY:
        return Reminder(until, f"前{line.duty.removeprefix(_YEAR_END)}")
    return Reminder(until, f"：{line.title}到期")
