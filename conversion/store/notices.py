"""Notices on the board: lists posted and not yet taken down."""

from sqlalchemy import Select, select

from conversion.domain.notice import Notice
from conversion.store.case_tables import CASE_TABLES
from conversion.store.chain_tables import CASES
from conversion.store.database import Session

_NOTICES = CASE_TABLES["notices"]


def cases_on_notice(session: Session, programme: str) -> list[str]:
    """Numbers of a programme's cases with a running notice, in order."""
    query = _running(select(CASES.c.number), programme).distinct().order_by(CASES.c.number)
    return list(session.scalars(query))


def running_notices(session: Session, programme: str, kind: str) -> list[Notice]:
    """The running notices of one kind, by case."""
    columns = [_NOTICES.c[name] for name in Notice.model_fields]
    query = _running(select(*columns), programme).where(_NOTICES.c.kind == kind)
    rows = session.execute(query.order_by(CASES.c.number)).mappings()
    return [Notice.model_validate(dict(row)) for row in rows]


def _running(query: Select[tuple[object, ...]], programme: str) -> Select[tuple[object, ...]]:
    return query.select_from(CASES.join(_NOTICES, _NOTICES.c.chain == CASES.c.number)).where(
        CASES.c.programme == programme,
        _NOTICES.c.closed_on.is_(None),
        _NOTICES.c.voided_on.is_(None),
    )
