"""An .xls workbook (Excel 97-2003) as grids.

xlrd gives results only, so formulas are found in the stream itself: each is a record of its own
that begins with its row and column ([MS-XLS] 2.4.127).
"""

import struct
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import xlrd
from xlrd.compdoc import CompDocError
from xlrd.xldate import XLDateError, xldate_as_datetime

from conversion.roster.grid import MAX_COLUMNS, Cell, CellRow, Grid, Value, cell_of, trimmed
from conversion.roster.unreadable import unreadable

_DAMAGE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    CompDocError,
    LookupError,
    MemoryError,
    OSError,
    TypeError,
    ValueError,
    struct.error,
    xlrd.XLRDError,
)


def xls_grids(path: Path) -> Iterator[Grid]:
    """The workbook's sheets, in order.

    Raises:
        WorkbookUnreadable: damaged, or not an .xls workbook.
    """
    try:
        with xlrd.open_workbook(str(path), on_demand=True, logfile=_Silence()) as book:
            for index, name in enumerate(book.sheet_names()):
                yield _grid(book, index, name)
    except _DAMAGE as cause:
        raise unreadable(path, "文件已损坏，或不是 .xls 工作簿") from cause


class _Silence:
    """Where xlrd's remarks on a damaged file go."""

    def write(self, text: str) -> int:
        return len(text)


def _grid(book: Any, index: int, name: str) -> Grid:
    sheet = book.sheet_by_index(index)
    formulas = _formulas(book, index)
    rows: dict[int, CellRow] = {}
    for number in range(sheet.nrows):
        cells = sheet.row(number)[:MAX_COLUMNS]
        row = trimmed(
            [_cell(c, book.datemode, (number, i) in formulas) for i, c in enumerate(cells)]
        )
        if row:
            rows[number + 1] = row
    book.unload_sheet(index)
    return Grid(name=name, rows=rows, hidden=bool(sheet.visibility))


def _cell(cell: Any, datemode: int, is_formula: bool) -> Cell | None:
    is_error = cell.ctype == xlrd.XL_CELL_ERROR
    if is_error:
        text = xlrd.error_text_from_code.get(cell.value, "#ERR")
        return cell_of(text, is_error=not is_formula, is_formula=is_formula)
    return cell_of(_value(cell, datemode), is_formula=is_formula)


def _value(cell: Any, datemode: int) -> Value:
    if cell.ctype == xlrd.XL_CELL_DATE:
        return _day(cell.value, datemode)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_NUMBER and float(cell.value).is_integer():
        return int(cell.value)
    return str(cell.value) if isinstance(cell.value, str) else float(cell.value)


def _day(number: float, datemode: int) -> date | float:
    try:
        day: date = xldate_as_datetime(number, datemode).date()
    except (XLDateError, OverflowError, ValueError):
        return number
    return day


_BOUNDSHEET, _BOF, _EOF = 0x0085, 0x0809, 0x000A
_FORMULAS = frozenset({0x0006, 0x0206, 0x0406})
_HEADER = struct.Struct("<HH")
_WORKSHEET = 0


def _formulas(book: Any, index: int) -> frozenset[tuple[int, int]]:
    """Row and column, from 0, of every formula on the sheet."""
    starts = [
        struct.unpack_from("<L", body)[0] + book.base
        for kind, body in _records(book.mem, book.base)
        if kind == _BOUNDSHEET and body[5] == _WORKSHEET
    ]
    if index >= len(starts):
        return frozenset()  # Excel 4 and older: one sheet, no directory
    found = _records(book.mem, starts[index])
    return frozenset(struct.unpack_from("<HH", body) for kind, body in found if kind in _FORMULAS)


def _records(stream: bytes, position: int) -> Iterator[tuple[int, bytes]]:
    """Record kinds and bodies from a BOF to its EOF, embedded charts included."""
    depth = 0
    while position + _HEADER.size <= len(stream):
        kind, length = _HEADER.unpack_from(stream, position)
        position += _HEADER.size
        yield kind, bytes(stream[position : position + length])
        position += length
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 0:
            return
