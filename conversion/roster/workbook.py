"""Any roster file as grids: .xlsx, .xls, a CSV file, or a folder with one CSV file per sheet."""

from collections.abc import Iterator
from pathlib import Path

from conversion.roster.csv_file import CSV_SUFFIXES, csv_grid
from conversion.roster.grid import Grid
from conversion.roster.unreadable import unreadable
from conversion.roster.xls_file import xls_grids
from conversion.roster.xlsx_file import xlsx_grids

MAX_FILE = 100 * 1024 * 1024
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def is_xlsx(path: Path) -> bool:
    """Whether the file is an .xlsx workbook by its first bytes; offices rename freely."""
    if not path.is_file():
        return False
    with path.open("rb") as source:
        return source.read(len(_ZIP)) == _ZIP


def read_grids(path: Path) -> Iterator[Grid]:
    """The sheets of a file, one at a time so that only one is in memory.

    Raises:
        WorkbookUnreadable: no such file, no such format, damaged, or dangerous.
    """
    if path.is_dir():
        yield from _folder(path)
        return
    if not path.is_file():
        raise unreadable(path, "文件不存在", "核对文件名后重试")
    if path.stat().st_size > MAX_FILE:
        raise unreadable(path, f"文件超过 {MAX_FILE // 1024**2} MB", "按村拆分后重试")
    yield from _by_content(path)


def _folder(path: Path) -> Iterator[Grid]:
    files = sorted(f for f in path.iterdir() if f.suffix.lower() in CSV_SUFFIXES)
    if not files:
        raise unreadable(path, "文件夹内没有 CSV 文件", "放入“成员.csv”等文件后重试")
    for file in files:
        yield csv_grid(file)


def _by_content(path: Path) -> Iterator[Grid]:
    with path.open("rb") as source:
        start = source.read(len(_ZIP))
    if start == _ZIP:
        yield from xlsx_grids(path)
    elif start == _OLE or path.suffix.lower() == ".xls":
        yield from xls_grids(path)
    elif path.suffix.lower() in CSV_SUFFIXES:
        yield csv_grid(path)
    else:
        raise unreadable(path, "不是 .xlsx、.xls 或 .csv 文件")
