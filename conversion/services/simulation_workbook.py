"""A simulation as a workbook: totals, how it lies, and every household."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from conversion.policy.share_scheme import ShareScheme
from conversion.policy.simulation import Outcome
from conversion.services.figure_workbook import FigureWorkbook, Value
from conversion.services.simulation import SimulationReport
from conversion.standards import fixed_point

_PLACES = 8


def write_workbook(report: SimulationReport, path: Path) -> None:
    """Write a simulation, the heads of households named as the report names them.

    Raises:
        WrongUse: the file can't be written.
    """
    book = FigureWorkbook()
    book.page("说明", ("项目", "内容"), _notes(report))
    for outcome in (report.outcome, *((report.against,) if report.against else ())):
        name = outcome.plan.id
        book.page(f"{name} 种类", ("种类", "数量", "其中预留", "权重合计"), _classes(outcome))
        book.page(f"{name} 分布", ("分布", "按户", "按人"), _figures(outcome))
        book.page(f"{name} 分组", ("分类", "组", "人数", "数量", "人均"), _tallies(outcome))
    _households(book, report)
    book.save(path)


def _number(value: Fraction) -> Decimal:
    """A part as the nearest figure of eight places, half up."""
    scaled = abs(value) * 10**_PLACES
    whole = fixed_point.divide_half_up(scaled.numerator, scaled.denominator)
    return Decimal(-whole if value < 0 else whole).scaleb(-_PLACES)


def _units(units: int, plan: ShareScheme) -> int | Decimal:
    return Decimal(units).scaleb(-plan.decimals) if plan.decimals else units


def _notes(report: SimulationReport) -> Iterator[tuple[str, str]]:
    yield "项目", f"{report.village} {report.programme}"
    yield "基准日", f"{report.base_date:%Y-%m-%d}"
    yield "方案", report.outcome.plan.title
    if report.against:
        yield "对比方案", report.against.plan.title
    yield from (("说明", note) for note in report.notes)


def _classes(outcome: Outcome) -> Iterator[tuple[Value, ...]]:
    plan, allotment = outcome.plan, outcome.allotment
    for rule in plan.classes:
        reserved = sum(allotment.reserved[rule.id].values())
        units = (_units(n, plan) for n in (allotment.class_totals[rule.id], reserved))
        yield (rule.title, *units, allotment.weight_totals[rule.id])
    yield "集体", _units(allotment.collective_units, plan), 0, 0


def _figures(outcome: Outcome) -> Iterator[tuple[Value, ...]]:
    plan, both = outcome.plan, (outcome.of_households, outcome.of_people)
    scale = 10**plan.decimals
    yield ("个数", *(found.count for found in both))
    yield ("没有份额的", *(found.without for found in both))
    yield ("最少", *(_units(found.least, plan) for found in both))
    yield ("中位数", *(_number(found.median / scale) for found in both))
    yield ("平均", *(_number(found.mean / scale) for found in both))
    yield ("最多", *(_units(found.most, plan) for found in both))
    for place in range(len(both[0].deciles)):
        yield (f"第{place + 1}十分位", *(_units(found.deciles[place], plan) for found in both))
    yield ("基尼系数", *(_number(found.gini) for found in both))


def _tallies(outcome: Outcome) -> Iterator[tuple[Value, ...]]:
    for tally in outcome.tallies():
        each = _number(tally.each / 10**outcome.plan.decimals)
        yield tally.kind, tally.label, tally.people, _units(tally.units, outcome.plan), each


def _households(book: FigureWorkbook, report: SimulationReport) -> None:
    """Every household, and beside it what another plan would give."""
    outcome, against = report.outcome, report.against
    other = (against.plan.title, "占比", "增（减）") if against else ()
    headings = ("户号", "组别", "户主", outcome.plan.title, "占比", *other)
    rows = (_household(report, case) for case in outcome.households)
    book.page("各户", headings, rows)


def _household(report: SimulationReport, case: str) -> tuple[Value, ...]:
    outcome, against = report.outcome, report.against
    called, portion = outcome.households[case], outcome.portion(case)
    units = _units(outcome.units.get(case, 0), outcome.plan)
    row: tuple[Value, ...] = (called.number, called.group, called.head, units, _number(portion))
    if against is None:
        return row
    before = against.portion(case)
    was = _units(against.units.get(case, 0), against.plan)
    return (*row, was, _number(before), _number(portion - before))
