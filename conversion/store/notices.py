"""Notices of a programme's cases, read without the rest of them."""

from sqlalchemy import RowMapping, Select, select

from conversion.domain.notice import Notice
from conversion.store.case_tables import CASE_TABLES
from conversion.store.chain_tables import CASES
from conversion.store.database import Session
from conversion.store.standings import legible

_NOTICES = CASE_TABLES["notices"]
_COLUMNS = tuple(_NOTICES.c[name] for name in Notice.model_fields)


def cases_on_notice(session: Session, programme: str) -> list[str]:
    """Numbers of a programme's cases with a running notice, in order."""
    query = _running(select(CASES.c.number), programme).distinct().order_by(CASES.c.number)
    return list(session.scalars(query))


def notices_by_case(session: Session, programme: str) -> list[tuple[str, str, Notice]]:
    """Case number, household number and notice, for every notice of a programme's cases."""
    query = _joined(select(CASES.c.number, CASES.c.household_number, *_COLUMNS), programme)
    with legible(_NOTICES):
        rows = session.execute(query.order_by(CASES.c.number, _NOTICES.c.row_key)).mappings()
        return [(row["number"], row["household_number"], _notice(row)) for row in rows]


def running_notices(session: Session, programme: str, kind: str) -> list[Notice]:
    """The running notices of one kind, by case."""
    query = _running(select(*_COLUMNS), programme).where(_NOTICES.c.kind == kind)
    with legible(_NOTICES):
        rows = session.execute(query.order_by(CASES.c.number)).mappings()
        return [_notice(row) for row in rows]


def _running(query: Select[tuple[object, ...]], programme: str) -> Select[tuple[object, ...]]:
    running = _NOTICES.c.closed_on.is_(None), _NOTICES.c.voided_on.is_(None)
    return _joined(query, programme).where(*running)


def _joined(query: Select[tuple[object, ...]], programme: str) -> Select[tuple[object, ...]]:
    joined = CASES.join(_NOTICES, _NOTICES.c.chain == CASES.c.number)
    return query.select_from(joined).where(CASES.c.programme == programme)


def _notice(row: RowMapping) -> Notice:
    return Notice.model_validate({name: row[name] for name in Notice.model_fields})
