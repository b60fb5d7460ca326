"""Printing 印制: each time a paper was put on paper, for whom and on what."""

from datetime import date

from sqlmodel import Field, SQLModel


class Printing(SQLModel):
    """One printing of a paper. Key: `number/serial`.

    Attributes:
        number: the paper's; serial: 1 for its first printing, and so on.
        printer: as the office calls it; copies: sheets of each page; reason: what for.
        booklet: serial of the pre-printed booklet it was printed on, empty for plain paper.
        is_original: whether it came out without a mark; every other is a marked copy.
        file_sha256: of the file that was given to the printer.
    """

    number: str = Field(max_length=60)
    serial: int = Field(ge=1)
    printed_on: date
    printer: str = Field(max_length=40)
    copies: int = Field(gt=0)
    reason: str = Field(max_length=200)
    booklet: str = Field(default="", max_length=20)
    is_original: bool
    file_sha256: str = Field(max_length=64)

    @property
    def key(self) -> str:
        """The row's key in its chain."""
        return f"{self.number}/{self.serial}"
