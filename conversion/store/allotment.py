"""The allotment table of the adopted share plan: what each person is to receive."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Row, Select, delete, insert, select

from conversion.domain.right import ShareLot
from conversion.store.database import Session
from conversion.store.office_tables import ALLOTMENTS


def put_allotment(session: Session, programme: str, lots: Mapping[str, Sequence[ShareLot]]) -> None:
    """Set the whole table of a programme anew: case number → its persons' lots."""
    session.execute(delete(ALLOTMENTS).where(ALLOTMENTS.c.programme == programme))
    rows = [
        {"programme": programme, "chain": chain, **lot.model_dump()}
        for chain, of_chain in lots.items()
        for lot in of_chain
    ]
    if rows:
        session.execute(insert(ALLOTMENTS), rows)


def allotment_of(session: Session, chain: str) -> tuple[ShareLot, ...]:
    """The lots of one case's persons, by person and class; none before the plan is adopted."""
    query = _lots().where(ALLOTMENTS.c.chain == chain)
    return tuple(_lot(row) for row in session.execute(query))


def allotment_table(session: Session, programme: str) -> dict[str, tuple[ShareLot, ...]]:
    """The whole table: case number → its persons' lots, in order."""
    table: dict[str, tuple[ShareLot, ...]] = {}
    for row in session.execute(_lots().where(ALLOTMENTS.c.programme == programme)):
        table[row.chain] = (*table.get(row.chain, ()), _lot(row))
    return table


def _lots() -> Select[str, str, str, int]:
    columns = [ALLOTMENTS.c[name] for name in ("chain", "member", "share_class", "units")]
    return select(*columns).order_by(*columns[:3])


def _lot(row: Row[str, str, str, int]) -> ShareLot:
    return ShareLot(member=row.member, share_class=row.share_class, units=row.units)
