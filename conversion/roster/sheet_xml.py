"""Cells out of a sheet's XML, and strings out of the workbook's (ECMA-376 part 1, 18.3 and 18.4).

openpyxl's own reader, guarded by defusedxml, takes a minute for the rows of a large village; this
one takes seconds because it builds no tree. A document type declaration is refused, so there are
no entities to expand.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import IO
from xml.parsers import expat

from defusedxml.common import DTDForbidden
from openpyxl.utils.cell import column_index_from_string, range_boundaries
from openpyxl.utils.datetime import from_excel, from_ISO8601
from openpyxl.utils.escape import unescape

from conversion.roster.grid import MAX_COLUMNS, MAX_ROWS, Cell, CellRow, Value, cell_of, trimmed

_CARRY_TEXT = frozenset({"t", "v", "f"})


class TooManyRows(ValueError):
    """A sheet that is longer than one village can be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BookFacts:
    """What the cells of every sheet refer to.

    Attributes:
        strings: the shared strings by number.
        date_styles: numbers of the cell formats that show a date.
        epoch: the day from which the workbook counts.
    """

    strings: tuple[str, ...]
    date_styles: frozenset[str]
    epoch: datetime


@dataclass(slots=True)
class _Texts:
    """Collects text of elements that carry some; phonetic readings are left out."""

    parts: dict[str, list[str]] = field(default_factory=dict)
    tag: str = ""
    is_phonetic: bool = False

    def start(self, tag: str) -> None:
        if tag == "rPh":
            self.is_phonetic = True
        self.tag = tag if tag in _CARRY_TEXT and not self.is_phonetic else ""
        if self.tag:
            self.parts.setdefault(tag, [])

    def data(self, text: str) -> None:
        if self.tag:
            self.parts[self.tag].append(text)

    def end(self, tag: str) -> None:
        self.tag = ""
        if tag == "rPh":
            self.is_phonetic = False

    def of(self, tag: str) -> str | None:
        """The text of an element, None when it wasn't there."""
        found = self.parts.get(tag)
        if found is None:
            return None
        text = "".join(found)
        return unescape(text) if "_x" in text else text


class _Strings:
    """Handlers for sharedStrings.xml."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.texts = _Texts()

    def start(self, tag: str, _attributes: Mapping[str, str]) -> None:
        self.texts.start(_local(tag))

    def end(self, tag: str) -> None:
        local = _local(tag)
        self.texts.end(local)
        if local == "si":
            self.found.append(self.texts.of("t") or "")
            self.texts = _Texts()

    def data(self, text: str) -> None:
        self.texts.data(text)


class _Sheet:
    """Handlers for one sheet."""

    def __init__(self, facts: BookFacts) -> None:
        self.facts = facts
        self.rows: dict[int, CellRow] = {}
        self.merged: list[tuple[int, int, int]] = []
        self.number = 0
        self.cells: list[Cell | None] = []
        self.column = -1
        self.kind: str | None = None
        self.style = ""
        self.texts = _Texts()

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        match _local(tag):
            case "c":
                self._start_cell(attributes)
            case "row":
                self._start_row(attributes)
            case "mergeCell":
                self._merge(attributes.get("ref", ""))
            case other:
                self.texts.start(other)

    def _start_row(self, attributes: Mapping[str, str]) -> None:
        self.number = int(attributes.get("r", self.number + 1))
        if self.number > MAX_ROWS:
            raise TooManyRows
        self.cells, self.column = [], -1

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        reference = attributes.get("r", "")
        self.column = _column(reference.rstrip("0123456789")) if reference else self.column + 1
        self.kind, self.style = attributes.get("t"), attributes.get("s", "")
        self.texts = _Texts()

    def end(self, tag: str) -> None:
        local = _local(tag)
        if local == "c":
            self._end_cell()
        elif local == "row":
            if row := trimmed(self.cells):
                self.rows[self.number] = row
        else:
            self.texts.end(local)

    def _end_cell(self) -> None:
        cell = _cell(self.kind, self.style, self.texts, self.facts)
        if cell is not None and self.column < MAX_COLUMNS:
            self.cells.extend([None] * (self.column + 1 - len(self.cells)))
            self.cells[self.column] = cell

    def _merge(self, reference: str) -> None:
        left, top, _, bottom = range_boundaries(reference)
        if bottom > top:
            self.merged.append((left - 1, top, bottom))

    def data(self, text: str) -> None:
        self.texts.data(text)


def read_strings(source: IO[bytes]) -> tuple[str, ...]:
    """The shared strings of a workbook."""
    handlers = _Strings()
    _parse(source, handlers)
    return tuple(handlers.found)


def read_rows(source: IO[bytes], facts: BookFacts) -> dict[int, CellRow]:
    """True row number → cells; what is merged downwards stands in each of its rows.

    Raises:
        TooManyRows: beyond `MAX_ROWS`.
        DTDForbidden: the document declares a type or an entity.
        expat.ExpatError, ValueError, LookupError: it isn't what the standard says.
    """
    handlers = _Sheet(facts)
    _parse(source, handlers)
    _fill_down(handlers.rows, handlers.merged)
    return handlers.rows


def _parse(source: IO[bytes], handlers: _Strings | _Sheet) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = handlers.start
    parser.EndElementHandler = handlers.end
    parser.CharacterDataHandler = handlers.data
    parser.ParseFile(source)


def _refuse(name: str, system: str | None, public: str | None, _internal: bool) -> None:
    raise DTDForbidden(name, system, public)


def _local(tag: str) -> str:
    return tag.rpartition(":")[2] if ":" in tag else tag


@lru_cache(maxsize=1024)
def _column(letters: str) -> int:
    return int(column_index_from_string(letters)) - 1


def _cell(kind: str | None, style: str, texts: _Texts, facts: BookFacts) -> Cell | None:
    if not texts.parts:
        return None
    value = texts.of("v") or ""
    if "f" in texts.parts:
        return cell_of(f"={texts.of('f') or value}", is_formula=True)
    if kind == "inlineStr":
        return cell_of(texts.of("t"))
    return _typed(kind, style, value, facts) if value else None


def _typed(kind: str | None, style: str, value: str, facts: BookFacts) -> Cell | None:
    """A cell by its declared type (18.18.11)."""
    if kind == "s":
        return cell_of(facts.strings[int(value)])
    if kind == "e":
        return cell_of(value, is_error=True)
    read = _READERS.get(kind or "n")
    return cell_of(read(value)) if read else _number(style, value, facts)


_READERS: Mapping[str, Callable[[str], Value]] = {
    "str": str,
    "b": lambda value: value == "1",
    "d": from_ISO8601,
}


def _number(style: str, value: str, facts: BookFacts) -> Cell | None:
    number = int(value) if value.lstrip("-").isdigit() else float(value)
    if style not in facts.date_styles:
        return cell_of(number)
    day = _day(number, facts.epoch)
    return cell_of("#VALUE!", is_error=True) if day is None else cell_of(day)


def _day(number: float, epoch: datetime) -> date | time | timedelta | None:
    """The date a number stands for; None for a number that no calendar has."""
    try:
        day: date | time | timedelta = from_excel(number, epoch)
    except (OverflowError, ValueError):
        return None
    return day


def _fill_down(rows: dict[int, CellRow], merged: list[tuple[int, int, int]]) -> None:
    """Give every row of a merged run the value that the file keeps in its first cell."""
    last = max(rows, default=0)
    for column, top, bottom in merged:
        cells = rows.get(top, ())
        if column < len(cells) and cells[column] is not None:
            for number in range(top + 1, min(bottom, last) + 1):
                _set(rows, number, column, cells[column])


def _set(rows: dict[int, CellRow], number: int, column: int, cell: Cell | None) -> None:
    if number not in rows:
        return  # a row that holds nothing else is no row of the roster
    cells = list(rows[number])
    cells.extend([None] * (column + 1 - len(cells)))
    cells[column] = cell
    rows[number] = tuple(cells)
