"""What is wrong at one place of a roster file, for the person who delivered it."""

from dataclasses import dataclass

from conversion.standards.fault import Fault, Severity

SHOWN_CHARACTERS = 40
"""A cell may hold a novel; a finding shows its beginning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fault at one cell.

    Attributes:
        sheet: the sheet's own name in the file.
        row: the true row number, from 1.
        column: the column's letters.
        heading: the heading as delivered, empty when the column has none.
        value: what the cell holds, cut to `SHOWN_CHARACTERS`.
        code: what a program recognises it by.
        severity: an error stops the household, a warning never does.
        sentence: Chinese; what is wrong and what would be right.
    """

    sheet: str
    row: int
    column: str
    heading: str
    value: str
    code: str
    severity: Severity
    sentence: str

    @property
    def is_error(self) -> bool:
        """Whether it stops the household."""
        return self.severity is Severity.ERROR

    @property
    def place(self) -> str:
        """Where it is, as a person says it, e.g. `成员!G17`."""
        return f"{self.sheet}!{self.column}{self.row}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A cell's address with its heading and what it holds."""

    sheet: str
    row: int
    column: str
    heading: str = ""
    value: str = ""

    def finding(self, fault: Fault) -> Finding:
        """The fault at this place."""
        shown = self.value[:SHOWN_CHARACTERS]
        return Finding(
            sheet=self.sheet,
            row=self.row,
            column=self.column,
            heading=self.heading,
            value=shown if shown == self.value else f"{shown}…",
            code=fault.code,
            severity=fault.severity,
            sentence=fault.sentence,
        )
