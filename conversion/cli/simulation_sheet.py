"""What a share plan comes to, as lists: totals, how it lies, by whom, and who gains or loses."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, NamedTuple

from conversion.cli.listing import Column, Listing
from conversion.policy.distribution import Distribution
from conversion.policy.share_scheme import ShareScheme
from conversion.policy.simulation import Outcome, Shift, Tally
from conversion.services.simulation import SimulationReport
from conversion.standards import fixed_point

_GINI_PLACES = 4
_PERCENT_PLACES = 4
_SHOWN = 10
"""How many of those who gain most and lose most a screen shows; the workbook has all."""


class ClassOutcome(NamedTuple):
    """What one class of a plan comes to."""

    share_class: str
    title: str
    units: int
    reserved: int
    weight_total: int


class Figure(NamedTuple):
    """One figure about how units lie, of households and of people."""

    name: str
    title: str
    households: str
    people: str


def ratio(value: Fraction, places: int) -> str:
    """A part as a decimal figure, rounded half up."""
    scaled = value * 10**places
    sign = "-" if scaled < 0 else ""
    whole = fixed_point.divide_half_up(abs(scaled.numerator), scaled.denominator)
    return sign * bool(whole) + fixed_point.to_text(whole, places=places)


def percent(value: Fraction) -> str:
    """A part of the whole, in hundredths with four places."""
    return f"{ratio(value * 100, _PERCENT_PLACES)}%"


def average(value: Fraction, plan: ShareScheme) -> str:
    """An average of units in the plan's unit, with two places more than it has."""
    return ratio(value / 10**plan.decimals, plan.decimals + 2)


def classes_of(outcome: Outcome) -> Listing[ClassOutcome]:
    """Class by class, then what stays with the collective."""
    plan, allotment = outcome.plan, outcome.allotment
    rows = [
        ClassOutcome(
            rule.id,
            rule.title,
            allotment.class_totals[rule.id],
            sum(allotment.reserved[rule.id].values()),
            allotment.weight_totals[rule.id],
        )
        for rule in plan.classes
    ]
    rows.append(ClassOutcome("collective", "集体", allotment.collective_units, 0, 0))
    columns: tuple[Column[ClassOutcome], ...] = (
        Column("share_class", "代码", lambda c: c.share_class),
        Column("title", "种类", lambda c: c.title),
        Column("units", "数量", lambda c: c.units, plan.said),
        Column("reserved", "其中预留", lambda c: c.reserved, plan.said),
        Column("weight_total", "权重合计", lambda c: c.weight_total),
    )
    return Listing(f"{plan.title}：总数{plan.said(plan.total_units)}", columns, rows)


def figures_of(outcome: Outcome) -> Listing[Figure]:
    """How units lie among households and among people."""
    households, people = outcome.of_households, outcome.of_people
    pairs = zip(_figures(households, outcome.plan), _figures(people, outcome.plan), strict=True)
    rows = [Figure(name, title, first, second) for (name, title, first), (*_, second) in pairs]
    columns: tuple[Column[Figure], ...] = (
        Column("title", "分布", lambda f: f.title),
        Column("households", "按户", lambda f: f.households),
        Column("people", "按人", lambda f: f.people),
    )
    return Listing(f"{outcome.plan.title}：分布", columns, rows)


def _figures(found: Distribution, plan: ShareScheme) -> Iterator[tuple[str, str, str]]:
    yield "count", "个数", str(found.count)
    yield "without", "没有份额的", str(found.without)
    yield "least", "最少", plan.said(found.least)
    yield "median", "中位数", average(found.median, plan)
    yield "mean", "平均", average(found.mean, plan)
    yield "most", "最多", plan.said(found.most)
    yield "deciles", "十分位", "、".join(plan.said(units) for units in found.deciles)
    yield "gini", "基尼系数", ratio(found.gini, _GINI_PLACES)


def tallies_of(outcome: Outcome) -> Listing[Tally]:
    """What people get by villagers' group, sex and age."""
    plan = outcome.plan
    columns: tuple[Column[Tally], ...] = (
        Column("kind", "分类", lambda t: t.kind),
        Column("label", "", lambda t: t.label),
        Column("people", "人数", lambda t: t.people),
        Column("units", "数量", lambda t: t.units, plan.said),
        Column("each", "人均", lambda t: average(t.each, plan)),
    )
    return Listing(f"{plan.title}：分组", columns, outcome.tallies())


def shifts_of(report: SimulationReport) -> Listing[Shift]:
    """The households whose part changes, who gains most first."""
    assert report.against, "nothing shifts without another plan"
    before, after = report.against.plan, report.outcome.plan
    columns: tuple[Column[Shift], ...] = (
        Column("household", "户号", lambda s: s.household.number),
        Column("group", "组别", lambda s: s.household.group),
        Column("head", "户主", lambda s: s.household.head),
        Column("before", "原方案", lambda s: s.before, before.said),
        Column("after", "本方案", lambda s: s.after, after.said),
        Column("before_portion", "原占比", lambda s: percent(s.before_portion)),
        Column("after_portion", "现占比", lambda s: percent(s.after_portion)),
        Column("difference", "增（减）", lambda s: percent(s.difference)),
    )
    return Listing(f"从{before.title}改为{after.title}，占比变动的户", columns, report.shifts)


def extremes(listing: Listing[Shift]) -> list[Listing[Shift]]:
    """Those who gain most and those who lose most, as a screen shows them."""
    gain = [shift for shift in listing.rows if shift.difference > 0]
    lose = [shift for shift in reversed(listing.rows) if shift.difference < 0]
    return [
        Listing(f"{listing.title}：{word}最多的", listing.columns, rows[:_SHOWN])
        for word, rows in (("增加", gain), ("减少", lose))
    ]


def record_of(report: SimulationReport) -> dict[str, Any]:
    """The whole report for a program."""
    told: dict[str, Any] = {
        "programme": report.programme,
        "base_date": report.base_date,
        "plan": _outcome_record(report.outcome),
        "notes": report.notes,
    }
    if report.against:
        told["against"] = _outcome_record(report.against)
        told["shifts"] = shifts_of(report).records
    return told


def _outcome_record(outcome: Outcome) -> dict[str, Any]:
    return {
        "id": outcome.plan.id,
        "title": outcome.plan.title,
        "total_units": outcome.plan.total_units,
        "decimals": outcome.plan.decimals,
        "classes": classes_of(outcome).records,
        "reserved_units": outcome.allotment.reserved_units,
        "faults": () if outcome.allotment.decision.granted else outcome.allotment.decision.reasons,
        "distribution": [figure._asdict() for figure in figures_of(outcome).rows],
        "tallies": tallies_of(outcome).records,
        "women_to_men": _women_to_men(outcome),
    }


def _women_to_men(outcome: Outcome) -> str | None:
    found = outcome.women_to_men()
    return ratio(found, _GINI_PLACES) if found is not None else None


def remarks(outcome: Outcome) -> Iterator[str]:
    """What has to be seen of a plan: too much in one hand, less for women."""
    decision = outcome.allotment.decision
    if not decision.granted:
        yield f"{outcome.plan.title}不能通过：" + "".join(
            reason for reason in decision.reasons if "上限" in reason
        )
    found = outcome.women_to_men()
    if found is not None and found < 1:
        told = f"女性人均是男性的{percent(found)}，请核对方案有没有使妇女少得"
        yield f"{outcome.plan.title}：{told}。"
