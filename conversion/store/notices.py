"""Notices on the board: which cases have a list posted that is not yet taken down."""

from sqlalchemy import select

from conversion.store.case_tables import CASE_TABLES
from conversion.store.chain_tables import CASES
from conversion.store.database import Session


def cases_on_notice(session: Session, programme: str) -> list[str]:
    """Numbers of a programme's cases with a running notice, in order."""
    notices = CASE_TABLES["notices"]
    query = (
        select(CASES.c.number)
        .join(notices, notices.c.chain == CASES.c.number)
        .where(
            CASES.c.programme == programme,
            notices.c.closed_on.is_(None),
            notices.c.voided_on.is_(None),
        )
        .distinct()
        .order_by(CASES.c.number)
    )
    return list(session.scalars(query))
