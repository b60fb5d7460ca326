"""Reading the history as it was written, and erasing what may be erased of it."""

import builtins
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Row, Select, and_, delete, select

from conversion.errors import NotFound
from conversion.history.merkle import Frontier
from conversion.store.columns import octets
from conversion.store.database import Session
from conversion.store.log_tables import ENTRIES, LOG_HEADS, NODES, PERSONAL

_AT_ONCE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEntry:
    """An entry as the database holds it, unchecked.

    Attributes:
        idx: place in the programme's log, from 0.
        chain, seq: place in its chain as the columns say; the bytes say it again.
        bytes: canonical bytes, verbatim.
        leaf_hash: RFC 6962 hash of the bytes, as stored.
        ciphertext: the sealed personal payload; None if there is none or it was erased.
    """

    idx: int
    chain: str
    seq: int
    bytes: builtins.bytes
    leaf_hash: builtins.bytes
    ciphertext: builtins.bytes | None


def entries_of(session: Session, chain: str) -> list[StoredEntry]:
    """The entries of one chain in their order; none if there is no such chain."""
    query = _stored().where(ENTRIES.c.chain == chain).order_by(ENTRIES.c.seq)
    return [_read(row) for row in session.execute(query)]


def all_entries(session: Session, programme: str) -> Iterator[StoredEntry]:
    """The whole log in its order, fetched by parts."""
    query = _stored().where(ENTRIES.c.programme == programme).order_by(ENTRIES.c.idx)
    for row in session.execute(query.execution_options(yield_per=_AT_ONCE)):
        yield _read(row)


def first_sealed(session: Session, count: int) -> list[StoredEntry]:
    """The oldest entries whose personal payload is there, to try a key on."""
    sealed = _stored().where(PERSONAL.c.ciphertext.is_not(None))
    query = sealed.order_by(ENTRIES.c.programme, ENTRIES.c.idx).limit(count)
    return [_read(row) for row in session.execute(query)]


def personal_of(session: Session, chain: str, seq: int) -> bytes | None:
    """The sealed personal payload of one entry; None if it has none or it was erased."""
    query = _stored().where(ENTRIES.c.chain == chain, ENTRIES.c.seq == seq)
    return next((_read(row).ciphertext for row in session.execute(query)), None)


def log_head(session: Session, programme: str) -> Frontier:
    """The newest edge of a programme's log: its size and root.

    Raises:
        NotFound: there is no such log.
    """
    found = session.scalar(select(LOG_HEADS.c.frontier).where(LOG_HEADS.c.programme == programme))
    if found is None:
        raise NotFound(f"查找项目 {programme} 的历史", "没有这个项目", "核对项目代码")
    return Frontier.from_bytes(found)


def node(session: Session, programme: str, level: int, index: int) -> bytes:
    """The hash of one complete subtree, for proofs.

    Raises:
        NotFound: the log does not reach so far.
    """
    at = and_(NODES.c.programme == programme, NODES.c.level == level, NODES.c.idx == index)
    found: bytes | None = session.scalar(select(NODES.c.hash).where(at))
    if found is None:
        raise NotFound(
            f"查找项目 {programme} 历史树的节点 ({level}, {index})",
            "没有这个节点",
            "核对序号与条数",
        )
    return found


def erase_personal(session: Session, chain: str, seq: int) -> None:
    """Erase the personal payload of one entry (个人信息保护法 47); its commitment stays.

    Raises:
        NotFound: the entry does not exist, or has no payload any more.
    """
    place = and_(ENTRIES.c.chain == chain, ENTRIES.c.seq == seq)
    entry = session.execute(select(ENTRIES.c.programme, ENTRIES.c.idx).where(place)).first()
    erased = entry and session.connection().execute(
        delete(PERSONAL).where(PERSONAL.c.programme == entry.programme, PERSONAL.c.idx == entry.idx)
    )
    if not erased or erased.rowcount != 1:
        raise NotFound(f"删除 {chain} 第 {seq} 条的个人信息", "没有可删除的内容", "核对编号与序号")


def _stored() -> Select[int, str, int, bytes, bytes, bytes]:
    payload = and_(PERSONAL.c.programme == ENTRIES.c.programme, PERSONAL.c.idx == ENTRIES.c.idx)
    columns = ("idx", "chain", "seq", "bytes", "leaf_hash")
    return select(*(ENTRIES.c[name] for name in columns), PERSONAL.c.ciphertext).select_from(
        ENTRIES.outerjoin(PERSONAL, payload)
    )


def _read(row: Row[int, str, int, bytes, bytes, bytes]) -> StoredEntry:
    return StoredEntry(**(row._asdict() | {"bytes": octets(row.bytes)}))
