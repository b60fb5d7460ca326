"""The hash chain of one case: every entry names the hash of the one before it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from conversion.errors import HistoryBroken
from conversion.history.entry import FIRST_PREVIOUS, Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One break of a chain.

    Attributes:
        seq: the place in the chain, from 1, where it shows.
        chain: the chain's name; empty if nothing legible gives it.
        sentence: what is wrong, for people.
    """

    seq: int
    chain: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Link:
    """An entry where it was found, and what must hold there."""

    entry: Entry
    before: Entry | None
    previous: str
    seq: int
    log: str
    chain: str


def entry_hash(data: bytes) -> bytes:
    """SHA-256 of an entry's bytes as stored; the next entry's `previous` is its hex form."""
    return sha256(data).digest()


def verify_chain(
    entries: Iterable[bytes],
    *,
    log: str | None = None,
    chain: str | None = None,
    head: bytes | None = None,
) -> Iterator[Finding]:
    """Every break of a chain, in order; none if it is whole.

    A chain alone can't tell that its end was cut off or its last entry rewritten: `head` can.

    Args:
        entries: the stored bytes in their order.
        log: the log they must belong to; by default the first entry's.
        chain: the chain they must belong to; by default the first entry's.
        head: hash of the newest entry, from a place of its own, such as the Merkle log.
    """
    before: Entry | None = None
    previous, last = FIRST_PREVIOUS, 0
    for place, data in enumerate(entries, 1):
        try:
            entry = Entry.from_bytes(data)
        except HistoryBroken as error:
            yield Finding(seq=place, chain=chain or "", sentence=f"第 {place} 条：{error.found}")
            last += 1
        else:
            log, chain = log or entry.log, chain or entry.chain
            link = _Link(
                entry=entry, before=before, previous=previous, seq=last + 1, log=log, chain=chain
            )
            for sentence in _breaks(link):
                yield Finding(seq=place, chain=chain, sentence=f"第 {place} 条：{sentence}")
            before, last = entry, entry.seq
        previous = entry_hash(data).hex()
    if head is not None and head.hex() != previous:
        yield Finding(seq=last, chain=chain or "", sentence="末条与留存的链头不符，被删去或改动")


def _breaks(link: _Link) -> Iterator[str]:
    for check in _CHECKS:
        sentence = check(link)
        if sentence is not None:
            yield sentence


def _check_log(link: _Link) -> str | None:
    found = link.entry.log
    return None if found == link.log else f"属于日志 {found}，应属 {link.log}"


def _check_chain(link: _Link) -> str | None:
    found = link.entry.chain
    return None if found == link.chain else f"属于案件 {found}，应属 {link.chain}"


def _check_seq(link: _Link) -> str | None:
    found = link.entry.seq
    return None if found == link.seq else f"序号为 {found}，应为 {link.seq}"


def _check_previous(link: _Link) -> str | None:
    return None if link.entry.previous == link.previous else "所记的前一条摘要与前一条不符"


def _check_time(link: _Link) -> str | None:
    if link.before is None or link.before.at <= link.entry.at:
        return None
    return f"时间 {link.entry.at:%Y-%m-%d %H:%M:%S} 早于前一条 {link.before.at:%Y-%m-%d %H:%M:%S}"


_CHECKS: tuple[Callable[[_Link], str | None], ...] = (
    _check_log,
    _check_chain,
    _check_seq,
    _check_previous,
    _check_time,
)
