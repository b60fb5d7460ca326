"""Two prospects of one household side by side 对照: gained, lost, changed, the same."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from conversion.policy.prospect import Measure, ProspectChapter, ProspectLine
from conversion.policy.span import turned
from conversion.standards.chinese_date import format_day


class Turn(StrEnum):
    """What becomes of a line from one prospect to the other."""

    GAINED = "gained"
    LOST = "lost"
    CHANGED = "changed"
    SAME = "same"

    @property
    def label(self) -> str:
        """The turn's Chinese name."""
        return {"gained": "多出", "lost": "不再有", "changed": "改变", "same": "不变"}[self]


class Tendency(StrEnum):
    """Whom a change favours: the household, nobody, or one can't say by counting."""

    BETTER = "better"
    WORSE = "worse"
    MIXED = "mixed"
    NONE = "none"

    @property
    def label(self) -> str:
        """The tendency's Chinese name."""
        return {"better": "有利", "worse": "不利", "mixed": "有变", "none": "不变"}[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChange:
    """One line of two prospects; at least one side has it."""

    before: ProspectLine | None
    after: ProspectLine | None

    @property
    def line(self) -> ProspectLine:
        """The line as it reads now, or as it read when it is no more."""
        line = self.after or self.before
        assert line, "a change is of a line"
        return line

    @property
    def turn(self) -> Turn:
        """What becomes of it."""
        if self.before is None:
            return Turn.GAINED
        if self.after is None:
            return Turn.LOST
        return Turn.SAME if self.before.told == self.after.told else Turn.CHANGED

    @property
    def moves_only(self) -> bool:
        """Whether it is the same but starts on another day, as all does on another day of trial."""
        if self.before is None or self.after is None or self.turn is Turn.SAME:
            return False
        return replace(self.before, since=self.after.since).told == self.after.told

    @property
    def difference(self) -> int:
        """How much more the amount is, in the line's own measure; a missing amount counts 0.

        Nothing where the two are in different measures.
        """
        if self.before and self.after and not _comparable(self.before, self.after):
            return 0
        return _amount(self.after) - _amount(self.before)

    @property
    def tendency(self) -> Tendency:
        """Better by more, longer, or a right that was none; mixed when sides disagree."""
        signs = {sign for sign in self._signs() if sign}
        if len(signs) == 1:
            return Tendency.BETTER if signs == {1} else Tendency.WORSE
        return Tendency.NONE if self.turn is Turn.SAME else Tendency.MIXED

    @property
    def words(self) -> tuple[str, ...]:
        """What changed, field by field, in Chinese; nothing for a line that is there only once."""
        if self.before is None or self.after is None:
            return ()
        return tuple(_told(self.before, self.after))

    def _signs(self) -> Iterator[int]:
        was, now = self.before, self.after
        if was is None or now is None:
            yield _sign(_worth(now), _worth(was))
            return
        yield _sign(_worth(now), _worth(was))
        if now.favours and was.favours:
            if _comparable(was, now) or (was.measure.whole and now.measure.whole):
                yield _sign(_portion(now), _portion(was))
            yield _sign(_last_day(now), _last_day(was))


def changes(
    before: Iterable[ProspectLine], after: Iterable[ProspectLine]
) -> tuple[LineChange, ...]:
    """Every line of both prospects, by chapter, those of the first before what is new."""
    was, now = ({line.place: line for line in lines} for lines in (before, after))
    chapters = [*ProspectChapter]
    places = sorted({**was, **now}, key=lambda place: chapters.index(place[0]))
    return tuple(LineChange(before=was.get(place), after=now.get(place)) for place in places)


def end_words(line: ProspectLine) -> str:
    """How long a line lasts, and from which age; nothing where it has no days."""
    later = "" if line.since_age is None else f"从{turned(line.since_age)}之日起，"
    if line.until_age is not None:
        return f"{later}到{turned(line.until_age)}的前一天止"
    if line.until or line.until_event:
        return later + _end(line)
    return f"{later}长期有效" if line.since and line.favours else ""


def _end(line: ProspectLine) -> str:
    """The end by its day where it has one, though an age gives it."""
    return f"到{format_day(line.until)}止" if line.until else f"直到{line.until_event}"


def _told(was: ProspectLine, now: ProspectLine) -> Iterator[str]:
    if was.result != now.result:
        yield f"由“{was.result}”改为“{now.result}”"
    if (was.amount, was.measure) != (now.amount, now.measure):
        yield _amount_told(was, now)
    if was.since != now.since and was.since and now.since:
        yield f"起始日由{format_day(was.since)}改为{format_day(now.since)}"
    if (was.until, end_words(was)) != (now.until, end_words(now)):
        yield _end_told(was, now)


def _amount_told(was: ProspectLine, now: ProspectLine) -> str:
    before, after = map(_amount_words, (was, now))
    return f"由{before}改为{after}{_more_told(was, now)}"


def _more_told(was: ProspectLine, now: ProspectLine) -> str:
    """By how much; of shares of plans that make another number of units, only the portion."""
    more = _amount(now) - _amount(was)
    if _comparable(was, now):
        return (
            f"，{'增加' if more > 0 else '减少'}{_measure(was, now).said(abs(more))}"
            if more
            else ""
        )
    if not (was.measure.whole and now.measure.whole):
        return ""
    direction = _sign(_portion(now), _portion(was))
    return f"，占方案总数的比例{('不变', '增加', '减少')[direction]}"


def _measure(was: ProspectLine, now: ProspectLine) -> Measure:
    return was.measure if now.amount is None else now.measure


def _comparable(was: ProspectLine, now: ProspectLine) -> bool:
    """Whether two amounts can be held against each other; no amount goes with any."""
    return len({line.measure for line in (was, now) if line.amount is not None}) <= 1


def _amount_words(line: ProspectLine) -> str:
    return "没有金额" if line.amount is None else line.measure.said(line.amount)


def _end_told(was: ProspectLine, now: ProspectLine) -> str:
    if not (was.until and now.until):
        return f"期限由“{end_words(was) or '没有期限'}”改为“{end_words(now) or '没有期限'}”"
    told = f"期限由“{_end(was)}”改为“{_end(now)}”"
    days = (now.until - was.until).days
    return f"{told}，{'推迟' if days > 0 else '提前'}{abs(days)}天"


def _amount(line: ProspectLine | None) -> int:
    return line.amount or 0 if line else 0


def _portion(line: ProspectLine) -> Fraction:
    """The amount, of shares as a part of the whole plan."""
    return Fraction(line.amount or 0, line.measure.whole or 1)


def _last_day(line: ProspectLine) -> Fraction:
    return Fraction((line.until or dt.date.max).toordinal())


def _worth(line: ProspectLine | None) -> Fraction:
    """1 for a right, -1 for the end or refusal of one, 0 for nothing."""
    return Fraction(0 if line is None else 1 if line.favours else -1)


def _sign(now: Fraction, was: Fraction) -> int:
    return (now > was) - (now < was)
