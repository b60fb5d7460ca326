"""A workbook of figures: every figure a number, every name text, headings that stay put."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font

from conversion.errors import WrongUse
from conversion.roster.safe_cell import write_value

Value = str | int | Decimal
_WIDTH = 16
_LONGEST_TITLE = 31


class FigureWorkbook:
    """Pages of figures, and the file that they become."""

    def __init__(self) -> None:
        self._book = Workbook()
        self._book.remove(self._book.active)

    def page(self, title: str, headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
        """Add a page: its headings, then a line for each row."""
        page = self._book.create_sheet(title[:_LONGEST_TITLE])
        for number, row in enumerate((headings, *rows), 1):
            for place, value in enumerate(row, 1):
                cell = page.cell(number, place)
                write_value(cell, value)
                cell.font = Font(bold=number == 1)
        for column in page.columns:
            page.column_dimensions[column[0].column_letter].width = _WIDTH
        page.freeze_panes = "A2"

    def save(self, path: Path) -> None:
        """Write the file.

        Raises:
            WrongUse: it can't be written.
        """
        try:
            self._book.save(path)
        except OSError as error:
            remedy = "换一个文件夹，或者关闭打开的文件"
            raise WrongUse(f"写出 {path}", "不能写入", remedy) from error
