"""What a change of policy means for a village, as a workbook: by thing, by amount, by household."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from conversion.policy.contrast import Tendency, Turn
from conversion.policy.effect import Effect, HouseholdEffect
from conversion.policy.prospect import Measure
from conversion.services.figure_workbook import FigureWorkbook, Value

_TURNS = (Turn.GAINED, Turn.LOST, Turn.CHANGED)
_WAYS = (Tendency.BETTER, Tendency.WORSE)
_OF_ANOTHER_SIZE = "两个方案的总数不同，不能相减"
_THING = ("部分", "编号", "名称")


def write_effect(effect: Effect, notes: Sequence[tuple[str, str]], path: Path) -> None:
    """Write every household for whom something changes, and the sums of all.

    Args:
        effect: all households of the village added.
        notes: what is compared and how, each with its heading.
        path: of the workbook.

    Raises:
        WrongUse: the file can't be written.
    """
    book = FigureWorkbook()
    book.page("说明", ("项目", "内容"), (*notes, *_counts(effect)))
    turns, ways = ([one.label for one in some] for some in (_TURNS, _WAYS))
    book.page("逐项", (*_THING, "涉及户数", *turns, *ways), _things(effect))
    book.page("金额", (*_THING, "单位", "之前合计", "之后合计", "差额"), _sums(effect))
    measures = [*dict.fromkeys(m for one in effect.households for m in one.difference)]
    units = [f"差额（{measure.unit}）" for measure in measures]
    headings = ("户号", "对本户", "有利", "不利", "有变", "哪些", *units)
    book.page("逐户", headings, (_household(one, measures) for one in effect.households))
    book.save(path)


def _counts(effect: Effect) -> Iterator[tuple[str, int]]:
    yield "户数", effect.counted
    for tendency, count in effect.tendencies.items():
        yield f"{tendency.label}的户数", count


def _things(effect: Effect) -> Iterator[tuple[Value, ...]]:
    for thing in effect.changed:
        turns = (thing.turns[turn] for turn in _TURNS)
        ways = (thing.lines[way] for way in _WAYS)
        line = thing.line
        yield (line.chapter.label, line.key, line.title, thing.households, *turns, *ways)


def _sums(effect: Effect) -> Iterator[tuple[Value, ...]]:
    for thing in effect.changed:
        named = (thing.line.chapter.label, thing.line.key, thing.line.title)
        more = thing.difference
        for measure in dict.fromkeys((*thing.before, *thing.after)):
            was, now = (_figure(sums[measure], measure) for sums in (thing.before, thing.after))
            difference = _figure(more[measure], measure) if measure in more else _OF_ANOTHER_SIZE
            yield (*named, measure.unit, was, now, difference)


def _household(household: HouseholdEffect, measures: Sequence[Measure]) -> tuple[Value, ...]:
    counts = (household.better, household.worse, household.mixed)
    figures = (_figure(household.difference.get(m, 0), m) for m in measures)
    named = (household.number, household.tendency.label)
    return (*named, *counts, "、".join(household.titles), *figures)


def _figure(amount: int, measure: Measure) -> int | Decimal:
    return Decimal(amount).scaleb(-measure.places) if measure.places else amount
