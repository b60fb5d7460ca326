"""Number series of papers: every number is drawn once and never again."""

from sqlalchemy import text

from conversion.errors import WrongUse
from conversion.store.database import Session

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
