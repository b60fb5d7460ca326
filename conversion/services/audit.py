"""Verifying the history: chain, tree, payloads, and replay against the state tables.

Changing one byte of any entry, or one figure in the state tables only, makes it fail and name the
case. A log alone proves only what is in it; replay is what catches an edited table.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from conversion.domain.collections import COLLECTIONS, PERSONAL, completed, rows_of
from conversion.domain.ledger import DividendRun
from conversion.domain.programme import PROGRAMME_COLLECTIONS, ShareClass, SharePlan
from conversion.domain.standing import Difference, Json, Row, Standing
from conversion.errors import HistoryBroken, NotFound
from conversion.history.chain import entry_hash, verify_chain
from conversion.history.commitment import open_personal, personal_changes
from conversion.history.entry import Entry
from conversion.history.merkle import Frontier, leaf_hash
from conversion.history.replay import replay
from conversion.services.definitions import lost_definitions
from conversion.services.erasure import erased_by
from conversion.services.ledger_audit import gather, unconserved, undistributed
from conversion.services.number_series import unexplained_numbers
from conversion.services.office import Office
from conversion.services.roll_audit import altered_rolls
from conversion.services.share_plan import allotment_sha256
from conversion.services.stored_chains import Stored, all_stored
from conversion.store.allotment import allotment_table
from conversion.store.database import Session
from conversion.store.entries import StoredEntry, all_entries, log_head
from conversion.store.standings import programme_standings

Opened: TypeAlias = tuple[Entry, Mapping[str, Json] | None]
"""An entry with its personal payload; None where it has none or was erased."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFinding:
    """One thing that is not as the history says.

    Attributes:
        chain: the case, or the programme's code.
        seq: place in the chain; None when it concerns the tables or the whole log.
    """

    chain: str
    seq: int | None
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditReport:
    """What was verified, and every finding.

    Attributes:
        root: hex root of the programme's log; erased: payloads lawfully erased.
    """

    programme: str
    entries: int
    chains: int
    root: str
    erased: int
    findings: tuple[AuditFinding, ...]

    @property
    def is_sound(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


def verify(
    office: Office, programme: str, *, told: Callable[[int], None] = lambda _: None
) -> AuditReport:
    """Verify a programme's whole history against itself and against the state tables.

    Args:
        office: the office.
        programme: its code.
        told: called with the number of entries read so far.

    Raises:
        NotFound: there is no such programme.
    """
    with office.database.reading() as session:
        log = _Log(office.key, programme)
        log.read(all_entries(session, programme), told)
        findings = [
            *log.findings(),
            *_log_head(log, session),
            *_tables(log, session),
            *_shares(session, programme),
            *_told(lost_definitions(session, programme)),
            *_told(altered_rolls(session, programme)),
            *_told(unexplained_numbers(session, programme)),
        ]
    return AuditReport(
        programme=programme,
        entries=log.frontier.size,
        chains=len(log.chains),
        root=log.frontier.root().hex(),
        erased=log.erased,
        findings=tuple(findings),
    )


class _Log:
    """A programme's log as it is read: its tree, its chains, and the payloads it can open."""

    def __init__(self, key: bytes, programme: str) -> None:
        self.key = key
        self.programme = programme
        self.frontier = Frontier()
        self.chains: defaultdict[str, list[StoredEntry]] = defaultdict(list)
        self.erased = 0
        self._found: list[AuditFinding] = []

    def read(self, stored: Iterator[StoredEntry], told: Callable[[int], None]) -> None:
        for entry in stored:
            chain = self.chains[entry.chain]
            if entry.idx != self.frontier.size:
                self._note(entry, f"历史序号应为 {self.frontier.size}，实为 {entry.idx}")
            if entry.seq != len(chain) + 1:
                self._note(entry, f"案内序号应为 {len(chain) + 1}，实为 {entry.seq}")
            if leaf_hash(entry.bytes) != entry.leaf_hash:
                self._note(entry, "内容与记录时的摘要不符，已被改动")
            self.frontier.append(leaf_hash(entry.bytes))
            chain.append(entry)
            told(self.frontier.size)

    def findings(self) -> Iterator[AuditFinding]:
        """Faults of the order and of every chain."""
        yield from self._found
        for chain, stored in self.chains.items():
            entries = (s.bytes for s in stored)
            for fault in verify_chain(entries, log=self.programme, chain=chain):
                yield AuditFinding(chain=chain, seq=fault.seq, sentence=fault.sentence)

    def opened(self, chain: str) -> list[Opened]:
        """A chain's entries with their payloads.

        Raises:
            HistoryBroken: an entry or a payload can't be read.
        """
        return [self._opened(stored) for stored in self.chains.get(chain, ())]

    def _opened(self, stored: StoredEntry) -> Opened:
        entry = Entry.from_bytes(stored.bytes)
        if entry.commitment is None:
            return entry, None
        if stored.ciphertext is None:
            self.erased += 1
            return entry, None
        return entry, open_personal(stored.ciphertext, self.key, entry.commitment)

    def _note(self, entry: StoredEntry, sentence: str) -> None:
        self._found.append(AuditFinding(chain=entry.chain, seq=entry.seq, sentence=sentence))


def _log_head(log: _Log, session: Session) -> Iterator[AuditFinding]:
    """The log's edge as stored, against the one that the entries make."""
    try:
        head = log_head(session, log.programme)
    except (HistoryBroken, NotFound):
        if not log.chains:
            raise
        sentence = "日志头不见了，或已不成形"
    else:
        if (head.size, head.root()) == (log.frontier.size, log.frontier.root()):
            return
        sentence = f"历史共 {log.frontier.size} 条，与日志头记载的 {head.size} 条或其根不符"
    yield AuditFinding(chain=log.programme, seq=None, sentence=sentence)


def _tables(log: _Log, session: Session) -> Iterator[AuditFinding]:
    """Every place where the state tables differ from the replayed history."""
    unseen = set(log.chains)
    for chain, stored in all_stored(session, log.programme):
        unseen.discard(chain)
        for sentence in _chain_faults(log, chain, stored):
            yield AuditFinding(chain=chain, seq=None, sentence=sentence)
    for chain in sorted(unseen):
        yield AuditFinding(chain=chain, seq=None, sentence="历史中有此案，状态表中没有")


def _lost(opened: list[Opened]) -> Iterator[str]:
    """Payloads that are gone although no entry records that they were erased."""
    recorded = {erased_by(entry) for entry, _ in opened}
    for entry, payload in opened:
        if entry.commitment and payload is None and entry.seq not in recorded:
            yield f"第 {entry.seq} 条的个人信息不见了，历史中没有依法删除的记录"


def _chain_faults(log: _Log, chain: str, stored: Stored | None) -> Iterator[str]:
    if stored is None:
        yield "状态表中有一行的日期或列表已不成形"
        return
    head, table = stored
    try:
        opened = log.opened(chain)
        models = PROGRAMME_COLLECTIONS if chain == log.programme else COLLECTIONS
        told = completed(models, replay(opened))
    except HistoryBroken as broken:
        yield str(broken)
        return
    yield from _lost(opened)
    provable = _provable(opened)
    for difference in table.differences(told):
        if (
            difference.collection not in PERSONAL
            or provable is None
            or _place(difference) in provable
        ):
            yield _sentence(difference)
    yield from _head_faults(log.chains.get(chain, ()), head, table)


def _provable(opened: Sequence[Opened]) -> set[tuple[str, str]] | None:
    """Places of the personal rows that replay still knows; None for all, as nothing was erased.

    An erased payload may have set any personal row, so only what was set after it is known.
    """
    erased = [n for n, (entry, payload) in enumerate(opened, 1) if entry.commitment and not payload]
    if not erased:
        return None
    later = (personal_changes(payload or {}) for _, payload in opened[erased[-1] :])
    return {(change.collection, change.key) for changes in later for change in changes}


def _place(difference: Difference) -> tuple[str, str]:
    return difference.collection, difference.key


def _head_faults(
    entries: Sequence[StoredEntry], head: Mapping[Any, Any], table: Standing
) -> Iterator[str]:
    """The head row against the chain it heads and the rows that lists copy from."""
    due: Row = {"version": len(entries)}
    if entries:
        due["head_hash"] = entry_hash(entries[-1].bytes).hex()
    if "head_name" in head:
        due |= _listed(table)
    for name, value in due.items():
        if head[name] != value:
            yield f"状态表案头的 {name} 为 {head[name]}，应为 {value}"


def _listed(table: Standing) -> Row:
    """What lists show of a case."""
    household = table.rows.get("household", {}).get("household", {})
    heads = [m["name"] for m in table.rows.get("members", {}).values() if m["relation"] == "02"]
    return {
        "household_number": household.get("number", ""),
        "group_name": household.get("group", ""),
        "head_name": min(map(str, heads), default=""),
    }


def _sentence(difference: Difference) -> str:
    place = f"{difference.collection} {difference.key}".strip()
    return (
        f"状态表 {place} 的 {difference.field} 为 {difference.mine}，历史记载为 {difference.theirs}"
    )


def _shares(session: Session, programme: str) -> Iterator[AuditFinding]:
    """The plan's arithmetic: Σ members + collective + reserved = total, and the sealed table."""
    try:
        plan, classes, runs = _plan(session, programme)
        table = allotment_table(session, programme)
    except (HistoryBroken, ValueError):
        found = "股权方案或配股表有一行已不成形"
        yield AuditFinding(chain=programme, seq=None, sentence=found)
        return
    if plan is None:
        return
    if allotment_sha256(table) != plan.allotment_sha256:
        found = "配股表与方案通过时封存的摘要不符"
        yield AuditFinding(chain=programme, seq=None, sentence=found)
    allotted = sum(lot.units for lots in table.values() for lot in lots)
    if allotted + plan.collective_units + plan.reserved_units != plan.total_units:
        found = f"成员股 {allotted} 与集体股、预留股之和不等于方案总数 {plan.total_units}"
        yield AuditFinding(chain=programme, seq=None, sentence=found)
    books, faults = gather(all_stored(session, programme))
    if books.is_whole:
        whole = (*unconserved(books.totals(classes)), *undistributed(runs, books))
        yield from (AuditFinding(chain=programme, seq=None, sentence=s) for s in whole)
    yield from _told([*faults, *books.misallotted(table)])


def _told(faults: Iterable[tuple[str, str]]) -> Iterator[AuditFinding]:
    """Findings on whole chains, of which a chain and a sentence are known."""
    for chain, sentence in faults:
        yield AuditFinding(chain=chain, seq=None, sentence=sentence)


def _plan(
    session: Session, programme: str
) -> tuple[SharePlan | None, dict[str, ShareClass], dict[str, DividendRun]]:
    read = programme_standings(session, [programme])
    standing = read[programme][1] if read else Standing()
    plan = rows_of(standing, "plan", SharePlan).get("plan")
    classes = rows_of(standing, "share_classes", ShareClass)
    return plan, classes, rows_of(standing, "dividend_runs", DividendRun)
