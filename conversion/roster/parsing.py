"""Cells to plain values: everything that is wrong is a finding, nothing is guessed or raised."""

import math
import re
from collections.abc import Callable
from datetime import date

from conversion.errors import NumberInvalid
from conversion.roster.finding import Finding
from conversion.roster.grid import Cell, Kind
from conversion.roster.table import Record
from conversion.standards import chinese_date
from conversion.standards.code_table import CodeTable
from conversion.standards.fault import Fault, error, warning

EXACT_INTEGERS = 10**15
"""Spreadsheets keep 15 significant digits; a longer number has lost its last ones."""

_PRIVATE_USE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
_SPACE = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")


class RowReader:
    """Reads the fields of one record and collects every finding of it."""

    __slots__ = ("_findings", "faulty", "record")

    def __init__(self, record: Record, findings: list[Finding]) -> None:
        self.record = record
        self._findings = findings
        self.faulty = False

    def report(self, field: str, fault: Fault) -> None:
        """Add a fault of a field; one of a carried cell was reported where the cell stands."""
        self.faulty = self.faulty or fault.is_error
        if field in self.record.carried:
            return
        self._findings.append(self.record.place(field).finding(fault))

    def cell(self, field: str) -> Cell | None:
        """The cell of a field, unless it holds a formula or a spreadsheet's error."""
        cell = self.record.cells.get(field)
        if cell is None:
            if self.record.table.sheet.column(field).required:
                self.report(field, error("cell.empty", f"没有填写{self._name(field)}。"))
            return None
        if cell.kind is Kind.FORMULA:
            self.report(field, _FORMULA)
            return None
        if cell.kind is Kind.ERROR:
            fault = error("cell.error", f"单元格是表格软件的错误值 {cell.shown}，请填写实际内容。")
            self.report(field, fault)
            return None
        return cell

    def text(self, field: str) -> str:
        """A field as one line of visible text; empty when blank."""
        cell = self.cell(field)
        if cell is None:
            return ""
        text = self._cleaned(field, cell)
        longest = self.record.table.sheet.column(field).longest
        if longest is not None and len(text) > longest:
            fault = error("text.length", f"{self._name(field)}有{len(text)}字，最多{longest}字。")
            self.report(field, fault)
            return text[:longest]
        return text

    def code(self, field: str, table: CodeTable, *, default: str = "") -> str:
        """A field as a code of a standard's table; empty when blank without default or unknown."""
        text = self.text(field)
        if not text:
            return default
        code = table.code_of(text)
        if code is None:
            fault = error("code.unknown", f"“{text}”不在{table.standard}表中，请从下拉项中选择。")
            self.report(field, fault)
        return code or ""

    def day(self, field: str) -> date | None:
        """A field as a day; None when blank or no day."""
        cell = self.cell(field)
        if cell is None:
            return None
        if isinstance(cell.value, date):
            return cell.value
        text = self._cleaned(field, cell)
        day = chinese_date.parse_day(text)
        if day is None:
            fault = error("date.invalid", f"“{text}”不是有效日期，应如 1990-01-31。")
            self.report(field, fault)
        return day

    def figure(self, field: str, read: Callable[[str], int]) -> int | None:
        """A field as an integer of a smallest unit; None when blank or no figure."""
        cell = self.cell(field)
        if cell is None:
            return None
        try:
            figure = read(figure_text(cell))
        except NumberInvalid as invalid:
            fault = error("number.invalid", f"{invalid.found}，请{invalid.remedy}。")
        else:
            if figure <= _LARGEST_FIGURE:
                return figure
            fault = error("number.large", f"{cell.shown} 过大，请核对。")
        self.report(field, fault)
        return None

    def remarks(self, own: str) -> str:
        """The record's remark with what stands in columns that nobody knows."""
        titles = self.record.table.headings.titles
        extra = [f"{titles[i]}：{visible(cell.shown)}" for i, cell in self.record.extra.items()]
        return "；".join(part for part in (own, *extra) if part)[:_LONGEST_REMARK]

    def _cleaned(self, field: str, cell: Cell) -> str:
        if cell.kind is Kind.NUMBER:
            return self._digits(field, cell)
        raw = cell.shown
        if raw.isalnum():
            return raw
        for character in dict.fromkeys(_PRIVATE_USE.findall(raw)):
            self.report(field, _private_use(character))
        if _INVISIBLE.search(raw):
            self.report(field, warning("text.invisible", "内容中的不可见字符已删除。"))
        return visible(raw)

    def _digits(self, field: str, cell: Cell) -> str:
        """A number as the text it was meant to be."""
        number = cell.value
        assert isinstance(number, int | float)
        if not math.isfinite(number) or abs(number) >= EXACT_INTEGERS:
            self.report(field, _FLOAT)
            return ""
        return figure_text(cell)

    def _name(self, field: str) -> str:
        return self.record.table.sheet.column(field).name


_LONGEST_REMARK = 2000
_LARGEST_FIGURE = 10**12
_FORMULA = error("cell.formula", "单元格是公式，不是内容，请以文本或数值重新填写。")
_FLOAT = error(
    "number.float",
    "数字已被表格软件转为浮点数，末几位已丢失，请把单元格设为文本格式后重新录入。",
)


def visible(text: str) -> str:
    r"""One line without invisible characters.

    >>> visible(" 坪山村\n一组\u200b ")
    '坪山村 一组'
    """
    return _SPACE.sub(" ", _INVISIBLE.sub("", text)).strip()


def figure_text(cell: Cell) -> str:
    """A number cell in decimal figures, to the 15 digits a spreadsheet shows.

    >>> figure_text(Cell(Kind.NUMBER, 3.4500000000000002)), figure_text(Cell(Kind.NUMBER, 12.0))
    ('3.45', '12')
    """
    if not isinstance(cell.value, int | float):
        return visible(cell.shown)
    text = f"{cell.value:.15g}"
    if "e" in text and math.isfinite(cell.value):
        text = f"{cell.value:.15f}".rstrip("0").rstrip(".")
    return text


def _private_use(character: str) -> Fault:
    return error(
        "text.private_use",
        f"内容中有自造字 U+{ord(character):04X}，换一台电脑就无法显示，请改用标准字。",
    )
