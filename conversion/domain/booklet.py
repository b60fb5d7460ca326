"""Booklets 预印证书本: numbered blanks that a printer's shop delivers, kept like money."""

from datetime import date

from sqlmodel import Field, SQLModel


class BookletDelivery(SQLModel):
    """Booklets received in one delivery. Key: `serial`.

    Attributes:
        serial: `D01`, order within the programme.
        kind: the kind of paper they are for.
        prefix: what stands before the figures of their printed serials, e.g. `黔A`.
        first, last: figures of the first and the last; width: how many digits are printed.
        supplier: who delivered them, and by which list.
    """

    serial: str = Field(max_length=10)
    kind: str = Field(max_length=40)
    prefix: str = Field(default="", max_length=10)
    first: int = Field(ge=0)
    last: int = Field(ge=0)
    width: int = Field(gt=0)
    received_on: date
    supplier: str = Field(max_length=200)

    @property
    def key(self) -> str:
        """The row's key in the programme."""
        return self.serial

    @property
    def count(self) -> int:
        """How many booklets it has."""
        return self.last - self.first + 1

    def printed(self, figure: int) -> str:
        """The serial as it stands on a booklet.

        >>> BookletDelivery(serial="D01", kind="share_certificate", prefix="黔", first=1, last=9,
        ...     width=6, received_on=date(2010, 3, 1), supplier="印刷厂").printed(7)
        '黔000007'
        """
        return f"{self.prefix}{figure:0{self.width}d}"

    def figure_of(self, booklet: str) -> int | None:
        """The figure of a printed serial; None when it is not of this delivery."""
        digits = booklet.removeprefix(self.prefix)
        if not digits.isdecimal() or not booklet.startswith(self.prefix):
            return None
        figure = int(digits)
        fits = self.first <= figure <= self.last and self.printed(figure) == booklet
        return figure if fits else None


class SpoiledBooklet(SQLModel):
    """A booklet that was spoiled and destroyed before two persons. Key: `booklet`.

    Attributes:
        booklet: its printed serial; reason: what happened to it.
        witness: account of the second person, who saw it destroyed.
    """

    booklet: str = Field(max_length=20)
    spoiled_on: date
    reason: str = Field(max_length=200)
    witness: str = Field(max_length=40)

    @property
    def key(self) -> str:
        """The row's key in the programme."""
        return self.booklet
