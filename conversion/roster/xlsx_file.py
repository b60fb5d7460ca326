"""An .xlsx workbook as grids."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from defusedxml.ElementTree import fromstring
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from conversion.roster.archive import check_archive, sheet_parts
from conversion.roster.grid import MAX_ROWS, Grid
from conversion.roster.sheet_xml import BookFacts, TooManyRows, read_rows, read_strings
from conversion.roster.unreadable import DAMAGE, unreadable

_STRINGS, _STYLES = "xl/sharedStrings.xml", "xl/styles.xml"


def xlsx_grids(path: Path) -> Iterator[Grid]:
    """The workbook's sheets, in order.

    Raises:
        WorkbookUnreadable: damaged, dangerous, or beyond what one village can have.
    """
    check_archive(path)
    try:
        with ZipFile(path) as archive:
            book = fromstring(archive.read("xl/workbook.xml"), forbid_dtd=True)
            facts = _facts(archive, book)
            for name, (part, hidden) in sheet_parts(archive, book).items():
                with archive.open(part) as source:
                    yield Grid(name=name, rows=read_rows(source, facts), hidden=hidden)
    except TooManyRows as cause:
        raise unreadable(path, f"表格超过 {MAX_ROWS} 行", "删去空行后重试") from cause
    except DAMAGE as cause:
        raise unreadable(path, "文件已损坏，无法解析") from cause


def _facts(archive: ZipFile, book: Element) -> BookFacts:
    there = set(archive.namelist())
    strings: tuple[str, ...] = ()
    if _STRINGS in there:
        with archive.open(_STRINGS) as source:
            strings = read_strings(source)
    styles = archive.read(_STYLES) if _STYLES in there else b"<styleSheet/>"
    return BookFacts(
        strings=strings,
        date_styles=_date_styles(fromstring(styles, forbid_dtd=True)),
        epoch=_epoch(book),
    )


def _epoch(book: Element) -> datetime:
    """Workbooks made on old Macintoshes count from 1904 (18.17.4.1)."""
    properties = (node for node in book.iter() if node.tag.endswith("}workbookPr"))
    is_1904 = any(node.get("date1904") in {"1", "true"} for node in properties)
    epoch: datetime = CALENDAR_MAC_1904 if is_1904 else CALENDAR_WINDOWS_1900
    return epoch


def _date_styles(styles: Element) -> frozenset[str]:
    """Numbers of the cell formats whose number format shows a date (18.8.30)."""
    formats = dict(BUILTIN_FORMATS)
    for node in styles.iter():
        if node.tag.endswith("}numFmt"):
            formats[int(node.get("numFmtId", "0"))] = node.get("formatCode", "")
    cells = next((node for node in styles.iter() if node.tag.endswith("}cellXfs")), ())
    used = (formats.get(int(node.get("numFmtId", "0"))) for node in cells)
    return frozenset(str(place) for place, code in enumerate(used) if is_date_format(code))
