"""The one tree of errors.

A message has three parts: what was asked, what is true, what to do. It is Chinese, for the
person at the screen; only `cli` (and later `web`) catches it. Where there can be many faults
(a workbook, a step's requirements) they are returned as findings instead of raised one by one.
"""

from typing import ClassVar

from typing_extensions import override


class ConversionError(Exception):
    """Something asked for cannot be done; nothing was changed."""

    exit_code: ClassVar[int] = 1

    def __init__(self, asked: str, found: str, remedy: str) -> None:
        super().__init__(asked, found, remedy)
        self.asked = asked
        self.found = found
        self.remedy = remedy

    @override
    def __str__(self) -> str:
        """The three parts as one readable sentence.

        >>> str(ConversionError("打开花名册 a.xlsx", "文件不存在", "核对文件名后重试"))
        '打开花名册 a.xlsx：文件不存在。请核对文件名后重试。'
        """
        return f"{self.asked}：{self.found}。请{self.remedy}。"


class WrongUse(ConversionError):
    """A command, option, code or date that has no meaning."""

    exit_code = 2


class NotFound(ConversionError):
    """A programme, case, paper or pack that does not exist."""


class NumberInvalid(ConversionError):
    """An identifier that breaks its standard (resident number, credit code, land code)."""


class WorkbookUnreadable(ConversionError):
    """A file that can't be read as a roster at all; faults inside one are findings."""


class PackInvalid(ConversionError):
    """A policy pack that fails to load; the message holds every fault with file and line."""


class StepRefused(ConversionError):
    """A step whose requirements are not all met; the engine's subclass carries the list."""


class CaseChanged(ConversionError):
    """Somebody else changed the case since it was read."""


class StoreUnavailable(ConversionError):
    """The database is locked, full, missing, or of another version."""


class HistoryBroken(ConversionError):
    """An entry that contradicts its hash, its place or the state tables."""


class NotGenuine(ConversionError):
    """A signed note, a page's code or a paper that is not what a key of the office signed."""


class DocumentRefused(ConversionError):
    """A paper that must not be issued: a glyph, an asset or a fact is missing."""


class SetupIncomplete(ConversionError):
    """A library, font or service that the machine lacks."""
