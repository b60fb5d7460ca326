"""The bare writing of what a step wrote: the same rows by plain statements, to measure it by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, bindparam, insert, select, update

from conversion.store.chain_tables import CASES
from conversion.store.database import Session
from conversion.store.log_tables import ENTRIES, LOG_HEADS, NODES, PERSONAL

Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class BareWrites:
    """Rows that acts added to a log, and the heads of the chains that they moved."""

    added: tuple[tuple[Table, Rows], ...]
    heads: Rows
    log: Mapping[str, Any]

    @property
    def count(self) -> int:
        """Rows written."""
        return sum(len(rows) for _, rows in self.added) + len(self.heads) + 1


def writes_since(session: Session, programme: str, size: int) -> BareWrites:
    """What was written in a programme's log since it held so many entries."""
    log = session.execute(select(LOG_HEADS).where(LOG_HEADS.c.programme == programme)).mappings()
    entries = _since(session, ENTRIES, programme, size)
    chains = [row["chain"] for row in entries]
    cases = session.execute(select(CASES).where(CASES.c.number.in_(chains))).mappings()
    nodes = select(NODES).where(NODES.c.programme == programme)
    new = [
        dict(row)
        for row in session.execute(nodes).mappings()
        if (row["idx"] + 1) << row["level"] > size
    ]
    return BareWrites(
        added=(
            (ENTRIES, entries),
            (PERSONAL, _since(session, PERSONAL, programme, size)),
            (NODES, new),
        ),
        heads=[dict(row) for row in cases],
        log=dict(log.one()),
    )


def write(session: Session, writes: BareWrites) -> None:
    """Write them as they are, nothing judged, hashed or sealed."""
    for table, rows in writes.added:
        if rows:
            session.execute(insert(table), list(rows))
    moved = ("version", "head_hash", "case_state")
    statement = (
        update(CASES)
        .where(CASES.c.number == bindparam("of_case"))
        .values({name: bindparam(f"new_{name}") for name in moved})
    )
    heads = [
        {"of_case": row["number"]} | {f"new_{name}": row[name] for name in moved}
        for row in writes.heads
    ]
    session.connection().execute(statement, heads)
    values = {name: value for name, value in writes.log.items() if name != "programme"}
    own = LOG_HEADS.c.programme == writes.log["programme"]
    session.execute(update(LOG_HEADS).where(own).values(values))


def _since(session: Session, table: Table, programme: str, size: int) -> Rows:
    query = select(table).where(table.c.programme == programme, table.c.idx >= size)
    return [dict(row) for row in session.execute(query).mappings()]
