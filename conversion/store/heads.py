"""The heads of chains: version, newest hash and positions, moved on by acts and saved at once."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, bindparam, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from conversion.errors import CaseChanged, NotFound, WrongUse
from conversion.history.act import Act
from conversion.history.entry import FIRST_PREVIOUS
from conversion.store.case_tables import CASE_TABLES
from conversion.store.chain_tables import CASES, PROGRAMMES
from conversion.store.database import Session
from conversion.store.standings import (
    CASE_LEVELS,
    PROGRAMME_LEVELS,
    batches,
    positions_in,
)


@dataclass(slots=True, kw_only=True)
class Head:
    """A chain's head as it stands in memory.

    Attributes:
        chain: case number or programme code.
        stored: the version the database has; 0 while the chain is not there.
        version: the version after the acts taken so far.
        hash: hex SHA-256 of the newest entry's bytes.
        positions: level → state.
        levels: level → column.
    """

    chain: str
    stored: int = 0
    version: int = 0
    hash: str = FIRST_PREVIOUS
    positions: dict[str, str]
    levels: Mapping[str, str]

    def take(self, act: Act) -> None:
        """Move on by one act.

        Raises:
            CaseChanged: the act was decided on another version or from another state.
            WrongUse: it moves a level that the chain does not have.
        """
        level = act.name.partition(".")[0]
        if act.version != self.version:
            raise _changed(self.chain)
        moves = {level: act.target} if act.target is not None else {}
        if moves and self.positions.get(level, act.source) != act.source:
            raise _changed(self.chain)
        for name, state in {**moves, **act.moves}.items():
            if name not in self.levels:
                raise WrongUse(f"办理 {self.chain} 的 {act.name}", f"没有层级 {name}", "核对步骤")
            self.positions[name] = state
        self.version += 1

    def values(self) -> dict[str, Any]:
        """The columns that acts move."""
        states = {column: self.positions.get(level) for level, column in self.levels.items()}
        return {"version": self.version, "head_hash": self.hash, **states}


def read_heads(session: Session, programme: str, acts: Sequence[Act]) -> dict[str, Head]:
    """The heads of all chains that the acts are on; a new one where the first act opens it.

    Raises:
        NotFound: a chain that no act opens is not in the programme.
    """
    numbers = sorted({act.chain for act in acts} - {programme})
    rows: dict[str, Mapping[Any, Any]] = {}
    own = select(PROGRAMMES).where(PROGRAMMES.c.code == programme)
    rows |= {row["code"]: row for row in session.execute(own).mappings()}
    for batch in batches(numbers):
        found = CASES.c.number.in_(batch) & (CASES.c.programme == programme)
        rows |= {r["number"]: r for r in session.execute(select(CASES).where(found)).mappings()}
    opened = {act.chain for act in acts if act.version == 0}
    if programme not in rows and programme not in opened:
        raise NotFound(f"查找项目 {programme}", "没有这个项目", "核对项目代码，或先建立项目")
    return {
        chain: _head(programme, chain, rows.get(chain), is_opened=chain in opened)
        for chain in (programme, *numbers)
    }


def lock_heads(session: Session, programme: str, chains: Iterable[str]) -> None:
    """Keep everybody else from moving these chains until the session ends.

    On SQLite a writing session has kept them out from its start.
    """
    own = select(PROGRAMMES.c.code).where(PROGRAMMES.c.code == programme)
    if programme in (wanted := set(chains)):
        # Of the strength of an update: entries of other chains may still refer to the programme,
        # whose writer holds the log's head meanwhile.
        session.execute(own.with_for_update(key_share=True))
    # In the order in which `save_heads` takes them.
    for batch in batches(sorted(wanted - {programme})):
        cases = select(CASES.c.number).where(CASES.c.number.in_(batch)).order_by(CASES.c.number)
        session.execute(cases.with_for_update(key_share=True))


def save_heads(session: Session, programme: str, heads: Collection[Head]) -> None:
    """Write what moved, each chain on condition that it still has the version that was read.

    Raises:
        CaseChanged: somebody else was quicker.
    """
    moved = sorted((head for head in heads if head.version != head.stored), key=_by_chain)
    # The programme comes first: its cases refer to it. Numbers in order: no two writers can
    # each hold what the other waits for.
    _save(session, PROGRAMMES, "code", [h for h in moved if h.chain == programme], {})
    cases = [head for head in moved if head.chain != programme]
    own = {"programme": programme, "household_number": "", "group_name": "", "head_name": ""}
    _save(session, CASES, "number", cases, own)


def describe_cases(session: Session, numbers: Collection[str]) -> None:
    """Copy household number, group and head's name from the rows into the lists' columns."""
    household, members = CASE_TABLES["household"], CASE_TABLES["members"]
    of_case = household.c.chain == CASES.c.number
    heads_name = (
        select(func.min(members.c.name))
        .where(members.c.chain == CASES.c.number, members.c.relation == "02")
        .scalar_subquery()
    )
    number = select(func.min(household.c.number)).where(of_case).scalar_subquery()
    group = select(func.min(household.c.group)).where(of_case).scalar_subquery()
    copied = update(CASES).values(
        household_number=func.coalesce(number, ""),
        group_name=func.coalesce(group, ""),
        head_name=func.coalesce(heads_name, ""),
    )
    for batch in batches(sorted(numbers)):
        session.execute(copied.where(CASES.c.number.in_(batch)))


def _head(programme: str, chain: str, row: Mapping[Any, Any] | None, *, is_opened: bool) -> Head:
    levels = PROGRAMME_LEVELS if chain == programme else CASE_LEVELS
    if row is None and is_opened:
        return Head(chain=chain, positions={}, levels=levels)
    if row is None:
        raise NotFound(f"查找案件 {chain}", f"项目 {programme} 没有这个案件", "核对案件编号")
    version = row["version"]
    return Head(
        chain=chain,
        stored=version,
        version=version,
        hash=row["head_hash"],
        positions=positions_in(row, levels),
        levels=levels,
    )


def _save(
    session: Session, table: Table, key: str, heads: Sequence[Head], own: Mapping[str, Any]
) -> None:
    _open(session, table, [{key: h.chain, **own, **h.values()} for h in heads if h.stored == 0])
    _move(session, table, key, [head for head in heads if head.stored > 0])


def _open(session: Session, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    if not rows:
        return
    try:
        session.execute(insert(table), rows)
    except IntegrityError as error:
        raise CaseChanged(
            "立项或立案", "编号已被占用，或另一人刚刚建立", "重新查看后再办理"
        ) from error


def _move(session: Session, table: Table, key: str, heads: Sequence[Head]) -> None:
    if not heads:
        return
    names = heads[0].values()
    moved = (
        update(table)
        .where(table.c[key] == bindparam("of_chain"), table.c.version == bindparam("as_read"))
        .values({name: bindparam(f"new_{name}") for name in names})
    )
    rows = [
        {"of_chain": head.chain, "as_read": head.stored}
        | {f"new_{name}": value for name, value in head.values().items()}
        for head in heads
    ]
    if session.connection().execute(moved, rows).rowcount != len(heads):
        raise _changed(_overtaken(session, table, key, heads))


def _overtaken(session: Session, table: Table, key: str, heads: Sequence[Head]) -> str:
    """The chains that did not have the version on which they were moved."""
    query = select(table.c[key], table.c.version).where(table.c[key].in_([h.chain for h in heads]))
    found = {row[0]: row[1] for row in session.execute(query)}
    return "、".join(h.chain for h in heads if found.get(h.chain) != h.version)


def _by_chain(head: Head) -> str:
    return head.chain


def _changed(chain: str) -> CaseChanged:
    return CaseChanged(f"办理 {chain}", "打开之后已有别人办过一步", "重新打开，看过变动后再办理")
