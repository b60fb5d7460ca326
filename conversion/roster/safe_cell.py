"""A cell that a stranger's text is written into: whatever begins like a formula stays text."""

from typing import Any

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell

TEXT = "@"
_LONGEST_CELL = 32_000


def write_value(cell: Cell, value: Any) -> None:
    """A value as it is; text stays text whatever it begins with."""
    if not isinstance(value, str):
        cell.value = value
        return
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST_CELL]
    cell.data_type = "s"
    cell.number_format = TEXT
    cell.quotePrefix = value[:1] in {"=", "+", "-", "@", "\t", "\r"}
