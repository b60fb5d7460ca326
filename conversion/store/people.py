"""People by resident number, across all villages."""

from collections.abc import Sequence

from sqlalchemy import select

from conversion.store.case_tables import CASE_TABLES
from conversion.store.chain_tables import CASES
from conversion.store.database import Session
from conversion.store.standings import batches


def people_known(session: Session, resident_numbers: Sequence[str]) -> dict[str, str]:
    """Resident number → number of the case in which that person is, in whatever village."""
    members = CASE_TABLES["members"]
    found: dict[str, str] = {}
    for batch in batches(resident_numbers):
        query = select(members.c.resident_number, members.c.chain).where(
            members.c.resident_number.in_(batch)
        )
        found |= {row.resident_number: row.chain for row in session.execute(query)}
    return found


def people_elsewhere(
    session: Session, programme: str, resident_numbers: Sequence[str]
) -> dict[str, str]:
    """Resident number → case number, for those who are in a case of another village."""
    members = CASE_TABLES["members"]
    found: dict[str, str] = {}
    for batch in batches(resident_numbers):
        query = (
            select(members.c.resident_number, members.c.chain)
            .join(CASES, CASES.c.number == members.c.chain)
            .where(CASES.c.programme != programme, members.c.resident_number.in_(batch))
        )
        found |= {row.resident_number: row.chain for row in session.execute(query)}
    return found
