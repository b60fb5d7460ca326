"""What stands on the accounts of the share ledger that are nobody's, summed up by the database."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import ColumnElement, func, select

from conversion.domain.ledger import COMMUNAL, PLAN, RESERVE, SET_ASIDE
from conversion.domain.programme import Programme
from conversion.store.case_tables import CASE_TABLES
from conversion.store.chain_tables import CASES
from conversion.store.database import Session

POSTINGS = CASE_TABLES["postings"]
RESERVED = CASE_TABLES["reserved"]


def communal_balances(session: Session, programme: Programme) -> dict[str, dict[str, int]]:
    """Account → class → units; what the plan opened each account with, and all postings since.

    A posting that touches such an account stands in one chain only, so no unit is counted twice.
    Under `set_aside` stands what of the reserve is kept for people in dispute.
    """
    found: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in programme.share_classes.values():
        found[PLAN][row.share_class] += row.units - row.reserved
        found[RESERVE][row.share_class] += row.reserved
    for account, share_class, units in _moved(session, programme.code, POSTINGS.c.target):
        found[account][share_class] += units
    for account, share_class, units in _moved(session, programme.code, POSTINGS.c.source):
        found[account][share_class] -= units
    found[SET_ASIDE].update(_set_aside(session, programme.code))
    return {account: dict(by_class) for account, by_class in found.items()}


def _set_aside(session: Session, programme: str) -> dict[str, int]:
    query = (
        select(RESERVED.c.share_class, func.sum(RESERVED.c.units))
        .join(CASES, CASES.c.number == RESERVED.c.chain)
        .where(CASES.c.programme == programme)
        .group_by(RESERVED.c.share_class)
    )
    return {name: int(units) for name, units in session.execute(query)}


def _moved(
    session: Session, programme: str, side: ColumnElement[str]
) -> Iterable[tuple[str, str, int]]:
    query = (
        select(side, POSTINGS.c.share_class, func.sum(POSTINGS.c.units))
        .join(CASES, CASES.c.number == POSTINGS.c.chain)
        .where(CASES.c.programme == programme, side.in_(sorted(COMMUNAL)))
        .group_by(side, POSTINGS.c.share_class)
    )
    return [(account, name, int(units)) for account, name, units in session.execute(query)]
