"""Where chains stand, read from the state tables as plain values, unvalidated.

`verify` compares them with replayed history, so what somebody wrote by hand must come out as it
is and not as an error.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import islice
from types import MappingProxyType
from typing import Any

from sqlalchemy import RowMapping, Table, select

from conversion.domain.case import SIDES, TRACKS
from conversion.domain.standing import Json, Row, Standing
from conversion.errors import HistoryBroken, NotFound
from conversion.store.case_tables import CASE_TABLES
from conversion.store.chain_tables import CASES, PROGRAMMES
from conversion.store.database import Session
from conversion.store.programme_tables import PROGRAMME_TABLES

BATCH = 500
"""Chains read at once: one query for each table, well below the parameters a query may have."""

CASE_LEVELS = MappingProxyType({level: f"{level}_state" for level in ("case", *TRACKS, *SIDES)})
PROGRAMME_LEVELS = MappingProxyType({"programme": "state", "assets": "assets_state"})


def standing_of(session: Session, chain: str) -> Standing:
    """Where one chain stands, as `replay` of its entries must give it.

    Raises:
        NotFound: there is no such case or programme.
        HistoryBroken: a value in the tables can't be read at all.
    """
    read = case_standings(session, [chain]) or programme_standings(session, [chain])
    if chain not in read:
        raise NotFound(f"查找 {chain}", "既没有这个案件，也没有这个项目", "核对编号")
    return read[chain][1]


def standings(session: Session, programme: str) -> Iterator[tuple[str, Standing]]:
    """Where every chain of a programme stands: its own first, then its cases by number.

    Raises:
        HistoryBroken: a value in the tables can't be read at all.
    """
    own = programme_standings(session, [programme])
    yield from ((code, standing) for code, (_, standing) in own.items())
    of_programme = CASES.c.programme == programme
    numbers = session.scalars(select(CASES.c.number).where(of_programme).order_by(CASES.c.number))
    for batch in batches(numbers.all()):
        read = case_standings(session, batch)
        yield from ((number, read[number][1]) for number in batch)


def case_standings(
    session: Session, numbers: Sequence[str]
) -> dict[str, tuple[RowMapping, Standing]]:
    """Head row and standing of each case that exists; at most `BATCH` numbers."""
    query = select(CASES).where(CASES.c.number.in_(numbers))
    # The head comes first: should somebody write meanwhile, its version is the older one, and
    # an act decided on this reading is refused.
    heads = {row["number"]: row for row in session.execute(query).mappings()}
    return _with_rows(session, heads, CASE_LEVELS, CASE_TABLES)


def programme_standings(
    session: Session, codes: Sequence[str]
) -> dict[str, tuple[RowMapping, Standing]]:
    """Head row and standing of each programme that exists."""
    query = select(PROGRAMMES).where(PROGRAMMES.c.code.in_(codes))
    heads = {row["code"]: row for row in session.execute(query).mappings()}
    return _with_rows(session, heads, PROGRAMME_LEVELS, PROGRAMME_TABLES)


def positions_in(head: Mapping[Any, Any], levels: Mapping[str, str]) -> dict[str, str]:
    """Level → state, for the levels that have one."""
    return {level: head[name] for level, name in levels.items() if head[name] is not None}


def batches(items: Sequence[str]) -> Iterator[Sequence[str]]:
    """The items in runs of `BATCH`."""
    rest = iter(items)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _with_rows(
    session: Session,
    heads: Mapping[str, RowMapping],
    levels: Mapping[str, str],
    tables: Mapping[str, Table],
) -> dict[str, tuple[RowMapping, Standing]]:
    found = {
        chain: (head, Standing(positions=positions_in(head, levels)))
        for chain, head in heads.items()
    }
    for collection, table in tables.items() if heads else ():
        for chain, key, row in _rows(session, table, list(heads)):
            found[chain][1].rows.setdefault(collection, {})[key] = row
    return found


def _rows(session: Session, table: Table, chains: Sequence[str]) -> Iterator[tuple[str, str, Row]]:
    names = [column.name for column in table.columns]
    with legible(table):
        for values in session.execute(select(table).where(table.c.chain.in_(chains))):
            row = {name: _json(value) for name, value in zip(names, values, strict=True)}
            yield str(row.pop("chain")), str(row.pop("row_key")), row


@contextmanager
def legible(table: Table) -> Iterator[None]:
    """A table is read of which a row may have been edited past reading.

    Raises:
        HistoryBroken: it was.
    """
    try:
        yield
    except (TypeError, ValueError):
        raise HistoryBroken(
            f"读取数据表 {table.name}", "有一行的日期或列表已不成形", "用历史记录重建该表"
        ) from None


def _json(value: Any) -> Json:
    plain: Json = value.isoformat() if isinstance(value, date) else value
    return plain
