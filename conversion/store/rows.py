"""Row changes of acts, checked by the domain and written to their collections' tables."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypeAlias

from pydantic import ValidationError
from sqlalchemy import Date, Table, and_, bindparam, delete, insert
from sqlmodel import SQLModel

from conversion.domain.collections import COLLECTIONS, read_row
from conversion.domain.programme import PROGRAMME_COLLECTIONS
from conversion.domain.standing import Change, Row
from conversion.errors import WrongUse
from conversion.history.act import Act
from conversion.store.case_tables import CASE_TABLES
from conversion.store.database import Session
from conversion.store.programme_tables import PROGRAMME_TABLES

_Place: TypeAlias = tuple[str, str]
"""Chain and row key."""


def write_rows(
    session: Session, programme: str, acts: Iterable[Act], opened: frozenset[str]
) -> None:
    """Bring the tables to where the acts leave them; of two changes of one row the last counts.

    Args:
        session: a writing session.
        programme: the programme's code.
        acts: the acts in their order.
        opened: chains that have no rows yet, so that nothing need be removed first.

    Raises:
        WrongUse: a change that its collection does not admit.
    """
    final: defaultdict[str, dict[_Place, Row | None]] = defaultdict(dict)
    tables: dict[str, Table] = {}
    for act in acts:
        is_programme = act.chain == programme
        for change in act.changes:
            table = _table(act, change, is_programme=is_programme)
            tables[table.name] = table
            final[table.name][(act.chain, change.key)] = change.row
    for name in sorted(tables):
        _write(session, tables[name], final[name], opened)


def _table(act: Act, change: Change, *, is_programme: bool) -> Table:
    models: Mapping[str, type[SQLModel]] = PROGRAMME_COLLECTIONS if is_programme else COLLECTIONS
    model = models.get(change.collection)
    if model is None:
        raise _refused(act, change, "没有这一类")
    if change.row is not None:
        _demand_valid(act, change, model, change.row)
    return (PROGRAMME_TABLES if is_programme else CASE_TABLES)[change.collection]


def _demand_valid(act: Act, change: Change, model: type[SQLModel], row: Row) -> None:
    try:
        written = read_row(model, row).model_dump(mode="json")
    except ValidationError as error:
        # The fields only, never their values: they may be somebody's name or number.
        names = "、".join(sorted({".".join(map(str, e["loc"])) for e in error.errors()}))
        raise _refused(act, change, f"{names} 不合规定") from None
    if written != row:
        names = "、".join(
            sorted(n for n in written.keys() | row.keys() if written.get(n) != row.get(n))
        )
        raise _refused(act, change, f"{names or '各项'} 未写全或写法不一")


def _write(
    session: Session,
    table: Table,
    rows: Mapping[_Place, Row | None],
    opened: frozenset[str],
) -> None:
    replaced = [
        {"of_chain": chain, "of_key": key} for chain, key in sorted(rows) if chain not in opened
    ]
    if replaced:
        place = and_(table.c.chain == bindparam("of_chain"), table.c.row_key == bindparam("of_key"))
        session.connection().execute(delete(table).where(place), replaced)
    days = [column.name for column in table.columns if isinstance(column.type, Date)]
    kept = [_values(place, row, days) for place, row in rows.items() if row is not None]
    if kept:
        session.connection().execute(insert(table), kept)


def _values(place: _Place, row: Row, days: Iterable[str]) -> dict[str, Any]:
    values: dict[str, Any] = {"chain": place[0], "row_key": place[1], **row}
    for name in days:
        if values[name] is not None:
            values[name] = date.fromisoformat(values[name])
    return values


def _refused(act: Act, change: Change, found: str) -> WrongUse:
    return WrongUse(
        f"登记 {act.chain} 的 {change.collection} {change.key}", found, "改正后重新办理"
    )
