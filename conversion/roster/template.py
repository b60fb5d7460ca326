"""The empty roster workbook, made from the definitions that read it."""

from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from conversion.roster.sheet import SHEETS, Column, Sheet

HEADING_ROW = 2
_LAST_ROW = 20_000
_CHOICES = "选项"
_REQUIRED = PatternFill("solid", fgColor="FFE4C4")
_OPTIONAL = PatternFill("solid", fgColor="E8EEF7")
_NARROWEST, _PER_CHARACTER = 12, 2


def write_template(path: Path) -> None:
    """Write an empty roster with drop-downs, notes and protected headings."""
    book = Workbook()
    book.remove(book.active)
    pages = [(sheet, book.create_sheet(sheet.name)) for sheet in SHEETS]
    choices = book.create_sheet(_CHOICES)
    choices.sheet_state = "hidden"
    for sheet, page in pages:
        _fill(page, sheet, choices)
    book.save(path)


def _fill(page: Worksheet, sheet: Sheet, choices: Worksheet) -> None:
    page["A1"] = f"{sheet.title}。标题为橙色的必填；鼠标停在标题上可看说明；请勿改动标题行。"
    page["A1"].font = Font(italic=True)
    page.freeze_panes = f"A{HEADING_ROW + 1}"
    for place, column in enumerate(sheet.columns, 1):
        _head(page, place, column)
        if column.choices:
            _offer(page, place, column, choices)
    _protect(page)


def _head(page: Worksheet, place: int, column: Column) -> None:
    cell = page.cell(HEADING_ROW, place, column.name)
    cell.font = Font(bold=True)
    cell.fill = _REQUIRED if column.required else _OPTIONAL
    cell.alignment = Alignment(horizontal="center", wrap_text=True)
    cell.comment = Comment(column.note, "花名册模板")
    dimension = page.column_dimensions[get_column_letter(place)]
    dimension.width = max(_NARROWEST, _PER_CHARACTER * len(column.name) + 4)
    dimension.number_format = "@"  # text, so that no number loses its digits
    dimension.protection = Protection(locked=False)


def _offer(page: Worksheet, place: int, column: Column, choices: Worksheet) -> None:
    """A drop-down that refers to the hidden sheet; its own list may have 255 characters only."""
    target = choices.max_column + 1 if choices["A1"].value else 1
    for row, choice in enumerate(column.choices, 1):
        choices.cell(row, target, choice)
    letters = get_column_letter(target)
    validation = DataValidation(
        type="list",
        formula1=f"{_CHOICES}!${letters}$1:${letters}${len(column.choices)}",
        allow_blank=True,
        showErrorMessage=False,  # codes and synonyms are read too
        promptTitle=column.name,
        prompt=column.note,
        showInputMessage=True,
    )
    own = get_column_letter(place)
    validation.add(f"{own}{HEADING_ROW + 1}:{own}{_LAST_ROW}")
    page.add_data_validation(validation)


def _protect(page: Worksheet) -> None:
    """Headings can't be changed; everything a clerk does with rows can be done."""
    page.protection.sheet = True
    for allowed in ("insertRows", "deleteRows", "sort", "autoFilter", "formatCells", "formatRows"):
        setattr(page.protection, allowed, False)  # the attribute says what is forbidden
    page.protection.formatColumns = False
