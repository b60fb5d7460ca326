"""What is wrong with a value that claims to follow a standard.

A check returns every fault it finds; nothing is raised, because one row of a workbook may have
several. An error is a value that can't be right. A warning is one that real people do have, or
one that was put right without doubt; it is shown and never stops anybody.
"""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How far a fault goes."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is wrong.

    Attributes:
        code: What a program recognises it by: `<module>.<fault>`.
        severity: Whether it stops the row.
        sentence: Chinese, for the person at the screen: what is wrong and what would be right.
    """

    code: str
    severity: Severity
    sentence: str

    @property
    def is_error(self) -> bool:
        """Whether the value can't be used as it stands."""
        return self.severity is Severity.ERROR


def error(code: str, sentence: str) -> Fault:
    """A value that can't be right.

    >>> error("amount.negative", "金额不能为负数。").is_error
    True
    """
    return Fault(code=code, severity=Severity.ERROR, sentence=sentence)


def warning(code: str, sentence: str) -> Fault:
    """A value to look at once more."""
    return Fault(code=code, severity=Severity.WARNING, sentence=sentence)
