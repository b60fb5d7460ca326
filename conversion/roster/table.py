"""A grid recognised as one of the three sheets, and its rows as records by field."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from conversion.roster.finding import Finding, Place
from conversion.roster.grid import Cell, CellRow, Grid, Kind, column_letters
from conversion.roster.heading import Headings, find_headings, plain
from conversion.roster.sheet import SHEETS, TOTALS, Sheet
from conversion.standards.fault import error, warning

_FOOTER = re.compile(r"(?:填表|制表|审核|复核|经办|说明|注|单位负责人|村委会|日期)")
_FIRST_CELLS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A grid whose headings are known."""

    sheet: Sheet
    grid: Grid
    headings: Headings

    def place(self, row: int, field: str, cell: Cell | None = None) -> Place:
        """The cell of a field in a row, for a finding."""
        index = self.headings.index_of(self.sheet.column(field))
        return self.place_at(row, index, cell)

    def place_at(self, row: int, index: int, cell: Cell | None = None) -> Place:
        """The cell at a column index in a row, for a finding."""
        return Place(
            sheet=self.grid.name,
            row=row,
            column=column_letters(index),
            heading=self.headings.titles.get(index, ""),
            value=cell.shown if cell else "",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One row below the headings.

    Attributes:
        row: true row number.
        cells: field → cell, blank ones left out; carried values filled in.
        extra: column index → cell of a column that nobody knows.
        carried: fields whose cell stands in a row above.
        is_total: whether it sums up the rows above it.
    """

    table: Table
    row: int
    cells: Mapping[str, Cell]
    extra: Mapping[int, Cell]
    carried: frozenset[str] = frozenset()
    is_total: bool = False

    def has_column(self, field: str) -> bool:
        """Whether the sheet as delivered has the field's column."""
        return any(column.field == field for column in self.table.headings.columns.values())

    def place(self, field: str) -> Place:
        """The cell of a field, for a finding."""
        return self.table.place(self.row, field, self.cells.get(field))


def tables_of(grids: Iterator[Grid], findings: list[Finding]) -> Iterator[Table]:
    """Every grid that is one of the sheets, by name or, failing that, by headings."""
    for grid in grids:
        sheet = sheet_of(grid)
        headings = find_headings(sheet, grid) if sheet else None
        if sheet and headings:
            table = Table(sheet=sheet, grid=grid, headings=headings)
            findings.extend(_heading_findings(table))
            yield table
        elif sheet and grid.rows:
            findings.append(_no_headings(sheet, grid))


def sheet_of(grid: Grid) -> Sheet | None:
    """Which of the three sheets a grid is."""
    return _by_name(grid) or _by_headings(grid)


def _by_name(grid: Grid) -> Sheet | None:
    name = plain(grid.name).removesuffix("表")
    return next((sheet for sheet in SHEETS if name == sheet.name), None)


def _by_headings(grid: Grid) -> Sheet | None:
    """The sheet most of whose headings are there; hidden helper sheets don't count."""
    found = [(sheet, find_headings(sheet, grid)) for sheet in SHEETS if not grid.hidden]
    counts = [(len(headings.columns), sheet) for sheet, headings in found if headings]
    return max(counts, key=lambda pair: pair[0])[1] if counts else None


def _no_headings(sheet: Sheet, grid: Grid) -> Finding:
    names = "、".join(column.name for column in sheet.required)
    return Place(sheet=grid.name, row=min(grid.rows), column="A").finding(
        error("heading.none", f"“{sheet.name}”表没有找到标题行，标题行应有：{names}。")
    )


def _heading_findings(table: Table) -> Iterator[Finding]:
    headings = table.headings
    there = {column.field for column in headings.columns.values()}
    end = max(headings.titles)
    for column in table.sheet.required:
        if column.field not in there:
            fault = error("heading.missing", f"缺少“{column.name}”列，请在标题行补上。")
            yield table.place_at(headings.row, end).finding(fault)
    for index in headings.repeated:
        fault = error("heading.repeated", "这一列的标题与前面的列重复，请删去一列。")
        yield table.place_at(headings.row, index).finding(fault)
    for index in headings.unknown:
        fault = warning(
            "heading.unknown", f"不认识“{headings.titles[index]}”列，其内容作为备注保留。"
        )
        yield table.place_at(headings.row, index).finding(fault)
    if table.grid.hidden:
        fault = warning("sheet.hidden", "这张表是隐藏的，已照常读取，请确认是否有意隐藏。")
        yield table.place_at(headings.row, 0).finding(fault)


def records_of(table: Table) -> Iterator[Record]:
    """The rows below the headings, with values carried down within a household."""
    above: dict[str, Cell] = {}
    for row, cells in table.grid.rows.items():
        if row <= table.headings.row:
            continue
        record = _record(table, row, cells)
        if record.is_total:
            above = {}
            yield record
        elif record.cells and not _is_footer(record):
            before, above = above, _carried(table.sheet, record.cells, above)
            carried = frozenset(f for f in above if _is_carried(record, f, before))
            yield replace(record, cells={**above, **record.cells}, carried=carried)


def _record(table: Table, row: int, cells: CellRow) -> Record:
    known: dict[str, Cell] = {}
    for index, column in table.headings.columns.items():
        cell = cells[index] if index < len(cells) else None
        if cell:
            known[column.field] = cell
    extra = {i: cell for i in table.headings.unknown if i < len(cells) and (cell := cells[i])}
    return Record(table=table, row=row, cells=known, extra=extra, is_total=_is_total(known))


def _is_total(cells: Mapping[str, Cell]) -> bool:
    """Whether one of the first cells says 合计 and no person or parcel stands in the row."""
    if "resident_number" in cells or "relation" in cells or "kind" in cells:
        return False
    first = list(cells.values())[:_FIRST_CELLS]
    words = [plain(cell.shown) for cell in first if cell.kind is Kind.TEXT]
    return any(word.startswith(TOTALS) or word.endswith(TOTALS) for word in words)


def _is_footer(record: Record) -> bool:
    """Whether it is a line of signatures or notes below the rows."""
    required = {c.field for c in record.table.sheet.required if not c.carried}
    if required & record.cells.keys():
        return False
    return any(_FOOTER.match(plain(cell.shown)) for cell in record.cells.values())


def _carried(sheet: Sheet, cells: Mapping[str, Cell], above: Mapping[str, Cell]) -> dict[str, Cell]:
    """What the rows below take over: everything of a household until its number changes."""
    carried = [column.field for column in sheet.columns if column.carried]
    own = {field: cells[field] for field in carried if field in cells}
    number = own.get("number")
    if number is None and "head_name" in own and _differs(own, above, "head_name"):
        return own  # another head without a number: nobody may guess whose household it is
    if number is not None and _differs(own, above, "number"):
        group = {"group": above["group"]} if "group" in above and "group" not in own else {}
        return {**group, **own}
    return {**above, **own}


def _is_carried(record: Record, field: str, above: Mapping[str, Cell]) -> bool:
    """Whether the value stands in a row above: a merged cell is one object in all its rows."""
    own = record.cells.get(field)
    return own is None or own is above.get(field)


def _differs(own: Mapping[str, Cell], above: Mapping[str, Cell], field: str) -> bool:
    return field not in above or own[field].shown.strip() != above[field].shown.strip()
