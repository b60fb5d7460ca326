"""Why a household has what it has 为什么: the decisions of its chain, as they were sealed."""

from collections.abc import Iterator
from dataclasses import dataclass

from conversion.history import reading
from conversion.history.chain import entry_hash
from conversion.history.entry import Entry
from conversion.history.merkle import leaf_hash
from conversion.policy.sealed_trace import SealedDecision, read_decision
from conversion.services.office import Office
from conversion.store.arguments import argument
from conversion.store.chains import load_cases, programmes
from conversion.store.entries import StoredEntry, entries_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """One decision with the entry in which it lies.

    Attributes:
        day: on which it counts; actor_name: who decided, as printed.
        entry_sha256: of the entry's bytes, which the next entry of the chain names.
        is_intact: whether the bytes still are those that were recorded.
    """

    entry: Entry
    day: str
    actor_name: str
    decision: SealedDecision
    entry_sha256: str
    is_intact: bool


def sealed_decisions(
    office: Office, chain: str, *, act: str = "", seq: int | None = None
) -> tuple[Why, ...]:
    """The decisions of a chain in their order: of each act the newest, or those asked for.

    Args:
        office: the office.
        chain: case number or programme code.
        act: only of this act, e.g. `shares.allocate`.
        seq: only of the entry at this place.

    Raises:
        HistoryBroken: an entry can't be read, or a payload is not the one that it committed to.
    """
    with office.database.reading() as session:
        entries = entries_of(session, chain)
    found = [why for stored in entries for why in _read(stored, office.key)]
    if seq is not None:
        return tuple(why for why in found if why.entry.seq == seq)
    newest = {why.entry.act: why for why in found}
    return tuple(why for why in newest.values() if act in {"", why.entry.act})


def people_in(office: Office, chain: str) -> dict[str, str]:
    """Serial → name of everybody who is or was of a case; nobody of a village's own chain.

    The history says serials only; whose they are, the case says today.
    """
    with office.database.reading() as session:
        if chain in programmes(session):
            return {}
        (case,) = load_cases(session, [chain], with_past=False)
    return {serial: member.name for serial, member in case.people.items()}


def _read(stored: StoredEntry, key: bytes) -> Iterator[Why]:
    """The entry's decision, if it holds one."""
    entry = Entry.from_bytes(stored.bytes)
    told = argument(entry, stored.ciphertext, key)
    if told is None:
        return
    yield Why(
        entry=entry,
        day=reading.text(entry.data, "day"),
        actor_name=reading.text(entry.data, "actor_name"),
        decision=read_decision(told),
        entry_sha256=entry_hash(stored.bytes).hex(),
        is_intact=leaf_hash(stored.bytes) == stored.leaf_hash,
    )
