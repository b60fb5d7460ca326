"""The returned workbook: the delivered one with its faulty cells coloured and every reason beside.

Correcting only those cells and delivering the file again finishes the job. Whatever begins like a
formula is written as text, so that nothing a stranger typed runs on the task force's machines.
"""

import warnings
from collections.abc import Iterable
from pathlib import Path

import openpyxl
from openpyxl import Workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils.cell import column_index_from_string, get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from conversion.errors import SetupIncomplete
from conversion.roster.archive import check_archive
from conversion.roster.finding import Finding
from conversion.roster.grid import Grid, cell_of
from conversion.roster.heading import Headings, find_headings, plain
from conversion.roster.safe_cell import TEXT, write_value
from conversion.roster.sheet import VERDICT
from conversion.roster.table import sheet_of
from conversion.roster.unreadable import DAMAGE, unreadable
from conversion.roster.workbook import is_xlsx, read_grids

ERROR_FILL = PatternFill("solid", fgColor="FFFF9999")
WARNING_FILL = PatternFill("solid", fgColor="FFFFF2A8")
_OURS = frozenset({ERROR_FILL.fgColor.rgb, WARNING_FILL.fgColor.rgb})
_VERDICT_WIDTH = 60
_HEADINGS_WITHIN = 60


def write_marked(source: Path, findings: Iterable[Finding], path: Path) -> None:
    """Write a copy of a roster with its findings; same sheets, same rows, same order.

    Args:
        source: the delivered file; .xls and CSV become .xlsx.
        findings: what was found in it.
        path: where the copy goes.

    Raises:
        WorkbookUnreadable: the file can't be read.
    """
    by_sheet: dict[str, list[Finding]] = {}
    for finding in findings:
        by_sheet.setdefault(finding.sheet, []).append(finding)
    book = _opened(source) if is_xlsx(source) else _rewritten(read_grids(source))
    for page in book.worksheets:
        _disarm(page)
        headings = _headings(page)
        if headings or page.title in by_sheet:
            _mark(page, headings, by_sheet.get(page.title, []))
    book.save(path)


def _opened(source: Path) -> Workbook:
    """The delivered workbook without links to other files and without macros."""
    if not openpyxl.DEFUSEDXML:
        raise SetupIncomplete("读取工作簿", "缺少 defusedxml，不能防御恶意 XML", "安装 defusedxml")
    check_archive(source)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", module="openpyxl")  # what it drops is no data
        try:
            return openpyxl.load_workbook(source, keep_links=False)
        except DAMAGE as cause:
            raise unreadable(source, "文件已损坏，无法解析") from cause


def _rewritten(grids: Iterable[Grid]) -> Workbook:
    book = Workbook()
    book.remove(book.active)
    for grid in grids:
        page = book.create_sheet(grid.name)
        for number, cells in grid.rows.items():
            for place, cell in enumerate(cells, 1):
                if cell:
                    write_value(page.cell(number, place), cell.value)
    return book


def _disarm(page: Worksheet) -> None:
    """Formulas become the text they are; colours of an earlier round go."""
    for row in page.iter_rows():
        for cell in row:
            if isinstance(cell, MergedCell):
                continue
            if cell.data_type == "f":
                write_value(cell, str(getattr(cell.value, "text", cell.value) or ""))
            if cell.has_style and cell.fill.fgColor.rgb in _OURS:
                cell.fill = PatternFill()
            cell.hyperlink = None


def _headings(page: Worksheet) -> Headings | None:
    """The heading row of a page, as reading finds it."""
    top = page.iter_rows(max_row=_HEADINGS_WITHIN, values_only=True)
    rows = {n: tuple(cell_of(value) for value in values) for n, values in enumerate(top, 1)}
    grid = Grid(name=page.title, rows={n: cells for n, cells in rows.items() if any(cells)})
    sheet = sheet_of(grid)
    return find_headings(sheet, grid) if sheet else None


def _mark(page: Worksheet, headings: Headings | None, findings: list[Finding]) -> None:
    top = headings.row if headings else 1
    column = _verdict_column(page, headings)
    for row in range(1, page.max_row + 1 if column <= page.max_column else 0):
        page.cell(row, column).value = None
    for finding in sorted(findings, key=lambda f: f.is_error):
        _colour(page, finding)
    reasons = _reasons(findings)
    reasons.setdefault(top, [])
    for row, sentences in reasons.items():
        shown = [VERDICT, *sentences] if row == top else sentences
        cell = page.cell(row, column)
        write_value(cell, "\n".join(shown))
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    page.cell(top, column).font = Font(bold=True)
    page.column_dimensions[get_column_letter(column)].width = _VERDICT_WIDTH


def _verdict_column(page: Worksheet, headings: Headings | None) -> int:
    """Where an earlier round wrote its reasons, else the first column after everything."""
    titles = headings.titles if headings else {}
    earlier = [index for index, title in titles.items() if plain(title).startswith(VERDICT)]
    if earlier:
        return earlier[0] + 1
    used = (cell.column for row in page.iter_rows() for cell in row if cell.value is not None)
    return max(used, default=0) + 1


def _colour(page: Worksheet, finding: Finding) -> None:
    """Colour a cell; of merged ones the first, which is the one that can be filled in."""
    if not finding.column:
        return
    row, column = finding.row, column_index_from_string(finding.column)
    cell = page.cell(row, column)
    if isinstance(cell, MergedCell):
        merged = next(r for r in page.merged_cells.ranges if cell.coordinate in r)
        cell = page.cell(merged.min_row, merged.min_col)
    cell.fill = ERROR_FILL if finding.is_error else WARNING_FILL
    cell.number_format = TEXT  # or the spreadsheet spoils the corrected number again


def _reasons(findings: Iterable[Finding]) -> dict[int, list[str]]:
    reasons: dict[int, list[str]] = {}
    for finding in findings:
        what = finding.heading or f"{finding.column}列"
        kind = "错误" if finding.is_error else "提示"
        reasons.setdefault(finding.row, []).append(f"【{kind}】{what}：{finding.sentence}")
    return reasons
