"""A CSV file as a grid: UTF-8 with or without BOM, UTF-16, or GB18030, by what its bytes are."""

import codecs
import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from conversion.roster.grid import MAX_COLUMNS, MAX_ROWS, CellRow, Grid, cell_of, trimmed
from conversion.roster.unreadable import unreadable

CSV_SUFFIXES = (".csv", ".txt", ".tsv")
_LONGEST_CELL = 1_000_000
_SAMPLE = 4096


def csv_grid(path: Path) -> Grid:
    """The file as one sheet named after it.

    Raises:
        WorkbookUnreadable: bytes that are text in none of the encodings, or too many rows.
    """
    text = _decoded(path)
    rows: dict[int, CellRow] = {}
    try:
        for number, values in _records(text):
            if number > MAX_ROWS:
                raise unreadable(path, f"超过 {MAX_ROWS} 行", "删去空行后重试")
            row = trimmed([cell_of(value) for value in values[:MAX_COLUMNS]])
            if row:
                rows[number] = row
    except csv.Error as cause:
        raise unreadable(path, "不是逗号分隔的文本") from cause
    return Grid(name=path.stem, rows=rows)


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Records with the number a spreadsheet gives their row: a record is one row however long."""
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=_delimiter(text))
    yield from enumerate(reader, 1)


def _delimiter(text: str) -> str:
    """Excel's Unicode text is separated by tabs, some offices' CSV by semicolons."""
    sample = "".join(islice(text, _SAMPLE))
    return max(",\t;", key=sample.count)


def _decoded(path: Path) -> str:
    data = path.read_bytes()
    for encoding in _encodings(data):
        try:
            return data.decode(encoding).replace("\0", "")
        except UnicodeDecodeError:
            continue
    raise unreadable(path, "编码不是 UTF-8、UTF-16 或 GB18030")


def _encodings(data: bytes) -> tuple[str, ...]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    if b"\0" in data[:_SAMPLE]:
        return _utf16_without_mark(data)
    return ("utf-8-sig", "gb18030")


def _utf16_without_mark(data: bytes) -> tuple[str, ...]:
    """Line ends and commas have their zero byte first or second."""
    low_first = data[:_SAMPLE].count(b",\0") + data[:_SAMPLE].count(b"\n\0")
    high_first = data[:_SAMPLE].count(b"\0,") + data[:_SAMPLE].count(b"\0\n")
    return ("utf-16-le", "utf-16-be") if low_first >= high_first else ("utf-16-be", "utf-16-le")
