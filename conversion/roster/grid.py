"""A sheet as it was delivered: rows of cells under their true numbers, in whatever format."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple, TypeAlias

Value: TypeAlias = str | int | float | bool | date | datetime | time | timedelta | None


class Kind(StrEnum):
    """What a cell holds."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    FORMULA = "formula"
    ERROR = "error"


class Cell(NamedTuple):
    """One cell that isn't blank; a tuple, because a village has a million of them.

    Attributes:
        kind: how the file stores it.
        value: text for TEXT, FORMULA and ERROR; a number; a date.
    """

    kind: Kind
    value: str | int | float | date

    @property
    def shown(self) -> str:
        """The value as text."""
        return self.value if isinstance(self.value, str) else str(self.value)


CellRow: TypeAlias = tuple[Cell | None, ...]

MAX_ROWS = 200_000
MAX_COLUMNS = 100
"""A file that goes beyond is not the roster of one village."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """One sheet of a file.

    Attributes:
        name: the sheet's name in the file.
        rows: true row number → cells from column A on; rows without any cell are left out.
        hidden: whether the sheet is hidden from the person who opens the file.
    """

    name: str
    rows: Mapping[int, CellRow]
    hidden: bool = False


def cell_of(value: Value, *, is_formula: bool = False, is_error: bool = False) -> Cell | None:
    """The cell for a value as a reading library delivers it; None when blank.

    >>> cell_of("张三"), cell_of("  ")
    (Cell(kind=<Kind.TEXT: 'text'>, value='张三'), None)
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if is_formula or is_error:
        return Cell(Kind.FORMULA if is_formula else Kind.ERROR, str(value))
    if isinstance(value, str):
        return Cell(Kind.TEXT, value)
    if isinstance(value, bool):
        return Cell(Kind.TEXT, "是" if value else "否")
    return _number_or_date(value)


def _number_or_date(value: float | date | time | timedelta) -> Cell:
    if isinstance(value, datetime):
        return Cell(Kind.DATE, value.date())
    if isinstance(value, date):
        return Cell(Kind.DATE, value)
    if isinstance(value, int | float):
        return Cell(Kind.NUMBER, value)
    return Cell(Kind.TEXT, str(value))


def column_letters(index: int) -> str:
    """Letters of the column at an index from 0.

    >>> column_letters(0), column_letters(25), column_letters(26)
    ('A', 'Z', 'AA')
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def trimmed(cells: list[Cell | None]) -> CellRow:
    """The row without the blank cells at its end."""
    while cells and cells[-1] is None:
        cells.pop()
    return tuple(cells)
