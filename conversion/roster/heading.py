"""Finding the heading row of a sheet, whatever stands above it and in whatever order it is."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from conversion.roster.grid import Cell, CellRow, Grid, column_letters
from conversion.roster.sheet import VERDICT, Column, Sheet

LEAST_KNOWN = 3
"""A row with fewer known headings is a title or an instruction."""

_SEARCHED_ROWS = 50
_DROPPED = re.compile(r"[\s*:'\"\u200b-\u200f\ufeff]+|\(必填\)|\(选填\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Headings:
    """The heading row of one sheet.

    Attributes:
        row: true row number.
        columns: column index from 0 → the column it is known as.
        titles: column index → heading as delivered.
        unknown: columns that nobody knows, kept as remarks.
        repeated: columns whose heading stood there before.
    """

    row: int
    columns: Mapping[int, Column]
    titles: Mapping[int, str]
    unknown: tuple[int, ...]
    repeated: tuple[int, ...]

    def index_of(self, column: Column) -> int:
        """Where a column stands; the first column of the sheet when it is missing."""
        return next((i for i, c in self.columns.items() if c.field == column.field), 0)


def plain(text: str) -> str:
    r"""A heading or a sheet's name without what doesn't matter.

    >>> plain(" 合同面积（亩）\n*"), plain("ＩＤ")
    ('合同面积(亩)', 'id')
    """
    return _DROPPED.sub("", unicodedata.normalize("NFKC", text).casefold())


def known_headings(sheet: Sheet) -> Mapping[str, Column]:
    """Plain heading → column, aliases included."""
    return {plain(word): c for c in sheet.columns for word in (c.name, *c.aliases)}


def find_headings(sheet: Sheet, grid: Grid) -> Headings | None:
    """The first row that holds enough of the sheet's headings."""
    known = known_headings(sheet)
    for number in list(grid.rows)[:_SEARCHED_ROWS]:
        words = _words(grid.rows[number])
        if len({known[word].field for word in words.values() if word in known}) >= LEAST_KNOWN:
            return _headings(known, number, {**_untitled(grid, number), **_titles(grid, number)})
    return None


def _words(cells: CellRow) -> dict[int, str]:
    return {i: plain(cell.shown) for i, cell in enumerate(cells) if cell}


def _titles(grid: Grid, row: int) -> dict[int, str]:
    return {i: " ".join(cell.shown.split()) for i, cell in enumerate(grid.rows[row]) if cell}


def _untitled(grid: Grid, row: int) -> dict[int, str]:
    """Columns that hold values below the headings and have none: nothing is lost silently."""
    below = [cells for number, cells in grid.rows.items() if number > row]
    used = {i for i in range(max(map(len, below), default=0)) if any(_at(c, i) for c in below)}
    return {i: f"{column_letters(i)}列" for i in used}


def _at(cells: CellRow, index: int) -> Cell | None:
    return cells[index] if index < len(cells) else None


def _headings(known: Mapping[str, Column], row: int, titles: Mapping[int, str]) -> Headings:
    columns: dict[int, Column] = {}
    unknown, repeated = [], []
    for index in sorted(titles):
        column = known.get(word := plain(titles[index]))
        if column is None:
            if not word.startswith(VERDICT):
                unknown.append(index)
        elif column in columns.values():
            repeated.append(index)
        else:
            columns[index] = column
    return Headings(
        row=row,
        columns=columns,
        titles=titles,
        unknown=tuple(unknown),
        repeated=tuple(repeated),
    )
