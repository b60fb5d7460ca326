"""Totals rows (合计, 小计) against the rows that they sum up."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from conversion.errors import NumberInvalid
from conversion.roster.draft import HouseholdDraft, RosterDraft
from conversion.roster.finding import Finding
from conversion.roster.grid import Cell, Kind
from conversion.roster.heading import plain
from conversion.roster.parsing import figure_text
from conversion.roster.row import BenefitRow, LandRow, MemberRow
from conversion.roster.table import Record
from conversion.standards import amount, area
from conversion.standards.fault import error

Row: TypeAlias = MemberRow | LandRow | BenefitRow
_COUNTED = re.compile(r"([0-9]+)\s*([户人块宗])")


def totals(draft: RosterDraft, _households: Mapping[str, HouseholdDraft]) -> Iterator[Finding]:
    """Every figure of every totals row."""
    rows: tuple[Row, ...] = (*draft.members, *draft.land, *draft.benefits)
    starts: dict[int, int] = {}
    for total in draft.totals:
        sheet = id(total.table)
        first = starts.get(sheet, 0) if _is_subtotal(total) else 0
        summed = [
            r for r in rows if r.record.table is total.table and first < r.record.row < total.row
        ]
        starts[sheet] = total.row
        yield from _of_row(total, summed)


def _is_subtotal(total: Record) -> bool:
    return any("小计" in plain(cell.shown) for cell in total.cells.values())


def _of_row(total: Record, rows: list[Row]) -> Iterator[Finding]:
    for field, cell in total.cells.items():
        for stated, found in _compared(field, cell, rows):
            if stated != found:
                fault = error("totals.differs", f"合计行填 {stated}，按各行计算应为 {found}。")
                yield total.place(field).finding(fault)


def _compared(field: str, cell: Cell, rows: list[Row]) -> Iterator[tuple[str, str]]:
    """Pairs of what is stated and what the rows say."""
    if cell.kind is Kind.TEXT:
        for number, unit in _COUNTED.findall(plain(cell.shown)):
            yield f"{int(number)}{unit}", f"{_count(unit, rows)}{unit}"
    summed = _SUMMED.get(field)
    if summed and cell.kind in {Kind.NUMBER, Kind.TEXT} and cell.shown[:1].isdigit():
        yield from _sums(cell, *summed(rows))


def _count(unit: str, rows: list[Row]) -> int:
    return len({row.number for row in rows}) if unit == "户" else len(rows)


def _sums(
    cell: Cell, found: int, read: Callable[[str], int], show: Callable[[int], str]
) -> Iterator[tuple[str, str]]:
    try:
        stated = read(figure_text(cell))
    except NumberInvalid:
        return  # a remark such as “3户”, compared as a count
    yield show(stated), show(found)


Summed: TypeAlias = tuple[int, Callable[[str], int], Callable[[int], str]]


def _contracted(rows: list[Row]) -> Summed:
    found = [r.parcel.contract_area or 0 for r in rows if isinstance(r, LandRow) and r.parcel]
    return sum(found), area.mu_from_text, area.format_mu


def _measured(rows: list[Row]) -> Summed:
    found = [r.parcel.measured_area or 0 for r in rows if isinstance(r, LandRow) and r.parcel]
    return sum(found), area.mu_from_text, area.format_mu


def _site(rows: list[Row]) -> Summed:
    found = [r.parcel.site_area or 0 for r in rows if isinstance(r, LandRow) and r.parcel]
    return sum(found), area.square_metres_from_text, area.format_square_metres


def _monthly(rows: list[Row]) -> Summed:
    found = [r.drawn.monthly or 0 for r in rows if isinstance(r, BenefitRow) and r.drawn]
    return sum(found), amount.yuan_from_text, amount.format_yuan


def _people(rows: list[Row]) -> Summed:
    return len(rows), _whole, str


def _whole(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise NumberInvalid("读取合计", f"“{text}”不是人数", "填写整数")
    return int(text)


_SUMMED: Mapping[str, Callable[[list[Row]], Summed]] = {
    "contract_area": _contracted,
    "measured_area": _measured,
    "site_area": _site,
    "monthly": _monthly,
    "declared_size": _people,
    "name": _people,
}
