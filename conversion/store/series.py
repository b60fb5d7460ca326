"""Number series of papers: every number is drawn once and never again."""

from typing import Final, NamedTuple

from sqlalchemy import select, text
from sqlmodel import SQLModel

from conversion.errors import WrongUse
from conversion.store.database import Session
from conversion.store.office_tables import SeriesRow

SERIES: Final = SQLModel.metadata.tables[SeriesRow.__tablename__]

# One statement: two offices that draw at once stand in line for the row and can't see one number.
_DRAW = text("""
    INSERT INTO series (programme, kind, year, last) VALUES (:programme, :kind, :year, :count)
    ON CONFLICT (programme, kind, year) DO UPDATE SET last = series.last + :count
    RETURNING last
""")


def next_numbers(session: Session, programme: str, kind: str, year: int, count: int = 1) -> range:
    """The next numbers of a kind of paper in a year, from 1; gone again if the session fails.

    Raises:
        WrongUse: fewer than one number is asked for.
    """
    if count < 1:
        raise WrongUse(f"取 {count} 个编号", "至少要取一个", "核对份数")
    drawn = {"programme": programme, "kind": kind, "year": year, "count": count}
    last = session.scalars(_DRAW, drawn).one()
    return range(last - count + 1, last + 1)


class Series(NamedTuple):
    """A kind of paper in a year, and the last number drawn of it."""

    kind: str
    year: int
    last: int


def series_of(session: Session, programme: str) -> list[Series]:
    """The series of a programme, by kind and year."""
    wanted = (
        select(SERIES.c.kind, SERIES.c.year, SERIES.c.last)
        .where(SERIES.c.programme == programme)
        .order_by(SERIES.c.kind, SERIES.c.year)
    )
    return [Series(*row) for row in session.execute(wanted)]
