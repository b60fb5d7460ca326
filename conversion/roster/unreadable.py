"""The refusal of a file that can't be read as a roster at all."""

import zlib
from pathlib import Path
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile

from defusedxml.common import DefusedXmlException
from openpyxl.utils.exceptions import InvalidFileException

from conversion.errors import WorkbookUnreadable

DAMAGE = (
    ArithmeticError,
    AttributeError,
    BadZipFile,
    DefusedXmlException,
    EOFError,
    ExpatError,
    InvalidFileException,
    LookupError,
    OSError,
    SyntaxError,
    TypeError,
    ValueError,
    zlib.error,
)
"""What comes out of openpyxl and the XML readers when a workbook isn't what the standard says."""


def unreadable(
    path: Path, found: str, remedy: str = "用表格软件另存为 .xlsx 后重试"
) -> WorkbookUnreadable:
    """The error for a file, with what is wrong with it."""
    return WorkbookUnreadable(f"读取花名册 {path.name}", found, remedy)
