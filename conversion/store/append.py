"""Recording acts: state, entry and log move in one transaction, or nothing does."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import insert, select, update

from conversion.errors import HistoryBroken
from conversion.history.act import Act
from conversion.history.chain import entry_hash
from conversion.history.commitment import NONCE_BYTES, SALT_BYTES, Sealed, seal_personal
from conversion.history.merkle import Frontier, Node, leaf_hash
from conversion.store.database import Session
from conversion.store.heads import Head, describe_cases, read_heads, save_heads
from conversion.store.log_tables import ENTRIES, LOG_HEADS, NODES, PERSONAL
from conversion.store.rows import write_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What the recorder of an act gets: its place in its chain and in the programme's log."""

    chain: str
    seq: int
    index: int
    leaf_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _SealedAct:
    """An act as the log takes it."""

    chain: str
    seq: int
    data: bytes
    leaf: bytes
    personal: Sealed | None


def append(
    session: Session,
    programme: str,
    acts: Sequence[Act],
    *,
    key: bytes,
    random: Callable[[int], bytes],
) -> list[Receipt]:
    """Record acts on chains of one programme, in their order; several may be on one chain.

    An act with version 0 opens its chain. Nothing is answered before the session commits.

    Args:
        session: a writing session; its failure takes everything back.
        programme: the programme's code; as a chain it is the programme's own.
        acts: what was decided.
        key: 32 bytes that seal personal data.
        random: gives so many random bytes.

    Returns:
        A receipt for each act, in the same order.

    Raises:
        CaseChanged: a chain has another version than the one an act was decided on.
        NotFound: there is no such programme or case.
        WrongUse: a change or a level that the chain does not admit.
    """
    heads = read_heads(session, programme, acts)
    sealed = [_sealed(programme, heads[act.chain], act, key, random) for act in acts]
    save_heads(session, programme, heads.values())
    opened = frozenset(head.chain for head in heads.values() if head.stored == 0)
    write_rows(session, programme, acts, opened)
    describe_cases(session, {act.chain for act in acts if _concerns_lists(act)} - {programme})
    return _append_to_log(session, programme, sealed, is_new=programme in opened)


def _sealed(
    programme: str, head: Head, act: Act, key: bytes, random: Callable[[int], bytes]
) -> _SealedAct:
    head.take(act)
    payload = act.personal()
    personal = (
        seal_personal(payload, key, random(SALT_BYTES), random(NONCE_BYTES)) if payload else None
    )
    commitment = personal.commitment if personal else None
    data = act.entry(log=programme, previous=head.hash, commitment=commitment).to_bytes()
    head.hash = entry_hash(data).hex()
    return _SealedAct(
        chain=act.chain, seq=head.version, data=data, leaf=leaf_hash(data), personal=personal
    )


def _concerns_lists(act: Act) -> bool:
    return any(change.collection in {"household", "members"} for change in act.changes)


def _append_to_log(
    session: Session, programme: str, sealed: Sequence[_SealedAct], *, is_new: bool
) -> list[Receipt]:
    """Take the log's head, last of all locks and for the shortest time, and move it on."""
    if is_new:
        empty = {"programme": programme, "size": 0, "frontier": Frontier().to_bytes()}
        session.execute(insert(LOG_HEADS), empty)
    frontier = _locked_frontier(session, programme)
    first = frontier.size
    nodes = [node for act in sealed for node in frontier.append(act.leaf)]
    _insert_entries(session, programme, first, sealed)
    _insert_nodes(session, programme, nodes)
    session.execute(
        update(LOG_HEADS)
        .where(LOG_HEADS.c.programme == programme)
        .values(size=frontier.size, frontier=frontier.to_bytes())
    )
    return [
        Receipt(chain=act.chain, seq=act.seq, index=index, leaf_hash=act.leaf.hex())
        for index, act in enumerate(sealed, first)
    ]


def _locked_frontier(session: Session, programme: str) -> Frontier:
    query = select(LOG_HEADS.c.frontier).where(LOG_HEADS.c.programme == programme)
    found = session.scalar(query.with_for_update())
    if found is None:
        raise HistoryBroken(
            f"记入项目 {programme} 的历史", "历史树的边缘不见了", "停止办理，由全部历史记录重建"
        )
    return Frontier.from_bytes(found)


def _insert_entries(
    session: Session, programme: str, first: int, sealed: Sequence[_SealedAct]
) -> None:
    rows = [
        {
            "programme": programme,
            "idx": index,
            "chain": act.chain,
            "seq": act.seq,
            "bytes": act.data,
            "leaf_hash": act.leaf,
        }
        for index, act in enumerate(sealed, first)
    ]
    personal = [
        {"programme": programme, "idx": index, "ciphertext": act.personal.ciphertext}
        for index, act in enumerate(sealed, first)
        if act.personal
    ]
    if rows:
        session.execute(insert(ENTRIES), rows)
    if personal:
        session.execute(insert(PERSONAL), personal)


def _insert_nodes(session: Session, programme: str, nodes: Sequence[Node]) -> None:
    rows = [
        {"programme": programme, "level": level, "idx": index, "hash": digest}
        for level, index, digest in nodes
    ]
    if rows:
        session.execute(insert(NODES), rows)
