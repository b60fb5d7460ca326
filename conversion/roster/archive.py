"""What an .xlsx archive says before anything reads it: is it safe, and where are its sheets.

A workbook is a zip of XML. Sizes are checked from the directory first (zip bombs), documents with
a DTD or an entity are refused (XML bombs, external entities), and nothing is ever unpacked to disk.
"""

import posixpath
import re
from pathlib import Path
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from defusedxml.ElementTree import fromstring

from conversion.roster.unreadable import DAMAGE, unreadable

MAX_ENTRIES = 2_000
MAX_UNPACKED = 400 * 1024 * 1024
MAX_RATIO = 200
SMALL_ENTRY = 1024 * 1024
"""A ratio says little of an entry smaller than this."""

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_PROLOGUE = 4096


def check_archive(path: Path) -> None:
    """Refuse a file that is no workbook or would do harm.

    Raises:
        WorkbookUnreadable: not a zip, too many entries, too large, too dense, or with a DTD.
    """
    try:
        with ZipFile(path) as archive:
            _check_sizes(path, archive)
            _check_prologues(path, archive)
    except (*DAMAGE, RuntimeError) as cause:
        raise unreadable(path, "文件已损坏，或不是 .xlsx 工作簿") from cause


def _check_sizes(path: Path, archive: ZipFile) -> None:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise unreadable(path, f"压缩包内有 {len(entries)} 个文件，超过 {MAX_ENTRIES} 个")
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise unreadable(path, f"解压后超过 {MAX_UNPACKED // 1024**2} MB")
    for entry in entries:
        dense = entry.file_size > MAX_RATIO * max(entry.compress_size, 1)
        if dense and entry.file_size > SMALL_ENTRY:
            raise unreadable(path, f"“{entry.filename}”的压缩比异常，可能是压缩炸弹")


def _check_prologues(path: Path, archive: ZipFile) -> None:
    for entry in archive.infolist():
        if not entry.filename.lower().endswith((".xml", ".rels", ".vml")):
            continue
        with archive.open(entry) as source:
            start = source.read(_PROLOGUE).replace(b"\0", b"")
        if _DECLARATION.search(start):
            raise unreadable(path, f"“{entry.filename}”含有 DTD 或外部实体声明")


def sheet_parts(archive: ZipFile, book: Element) -> dict[str, tuple[str, bool]]:
    """Sheet name → its entry in the archive and whether it is hidden, in the book's order."""
    relations = fromstring(archive.read("xl/_rels/workbook.xml.rels"), forbid_dtd=True)
    targets = {r.get("Id"): r.get("Target") or "" for r in relations}
    there = set(archive.namelist())
    parts: dict[str, tuple[str, bool]] = {}
    for sheet in book.iter():
        if sheet.tag.endswith("}sheet"):
            part = posixpath.join("/xl", targets.get(sheet.get(_RELATION), "")).lstrip("/")
            if part in there:
                parts[sheet.get("name") or ""] = (part, sheet.get("state", "visible") != "visible")
    return parts
