"""Verifying the history: chain, tree, payloads, and replay against the state tables.

Changing one byte of any entry, or one figure in the state tables only, makes it fail and name the
case. A log alone proves only what is in it; replay is what catches an edited table.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from conversion.domain.collections import rows_of
from conversion.domain.programme import SharePlan
from conversion.domain.standing import Difference, Json, Standing
from conversion.errors import HistoryBroken
from conversion.history.chain import verify_chain
from conversion.history.commitment import open_personal
from conversion.history.entry import Entry
from conversion.history.merkle import Frontier, leaf_hash
from conversion.history.replay import replay
from conversion.services.office import Office
from conversion.services.share_plan import allotment_sha256
from conversion.store.allotment import allotment_table
from conversion.store.chains import standings
from conversion.store.database import Session
from conversion.store.entries import StoredEntry, all_entries, log_head


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
    """
    with office.database.reading() as session:
        log = _Log(office.key, programme)
        log.read(all_entries(session, programme), told)
        head = log_head(session, programme)
        findings = [
            *log.findings(head),
            *_tables(log, session),
            *_shares(session, programme),
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
            if entry.idx != self.frontier.size:
                self._note(entry, f"历史序号应为 {self.frontier.size}，实为 {entry.idx}")
            if leaf_hash(entry.bytes) != entry.leaf_hash:
                self._note(entry, "内容与记录时的摘要不符，已被改动")
            self.frontier.append(leaf_hash(entry.bytes))
            self.chains[entry.chain].append(entry)
            told(self.frontier.size)

    def findings(self, head: Frontier) -> Iterator[AuditFinding]:
        """Faults of the tree and of every chain."""
        yield from self._found
        if (head.size, head.root()) != (self.frontier.size, self.frontier.root()):
            found = f"历史共 {self.frontier.size} 条，与日志头记载的 {head.size} 条或其根不符"
            yield AuditFinding(chain=self.programme, seq=None, sentence=found)
        for chain, stored in self.chains.items():
            entries = (s.bytes for s in stored)
            for fault in verify_chain(entries, log=self.programme, chain=chain):
                yield AuditFinding(chain=chain, seq=fault.seq, sentence=fault.sentence)

    def standing(self, chain: str) -> Standing:
        """A chain's state as its history tells it.

        Raises:
            HistoryBroken: an entry or a payload can't be read.
        """
        return replay(self._opened(s) for s in self.chains[chain])

    def _opened(self, stored: StoredEntry) -> tuple[Entry, Mapping[str, Json] | None]:
        entry = Entry.from_bytes(stored.bytes)
        if entry.commitment is None:
            return entry, None
        if stored.ciphertext is None:
            self.erased += 1
            return entry, None
        return entry, open_personal(stored.ciphertext, self.key, entry.commitment)

    def _note(self, entry: StoredEntry, sentence: str) -> None:
        self._found.append(AuditFinding(chain=entry.chain, seq=entry.seq, sentence=sentence))


def _tables(log: _Log, session: Session) -> Iterator[AuditFinding]:
    """Every place where the state tables differ from the replayed history."""
    unseen = set(log.chains)
    for chain, table in standings(session, log.programme):
        unseen.discard(chain)
        try:
            told = log.standing(chain)
        except HistoryBroken as broken:
            yield AuditFinding(chain=chain, seq=None, sentence=str(broken))
            continue
        for difference in table.differences(told):
            yield AuditFinding(chain=chain, seq=None, sentence=_sentence(difference))
    for chain in sorted(unseen):
        yield AuditFinding(chain=chain, seq=None, sentence="历史中有此案，状态表中没有")


def _sentence(difference: Difference) -> str:
    place = f"{difference.collection} {difference.key}".strip()
    return (
        f"状态表 {place} 的 {difference.field} 为 {difference.mine}，历史记载为 {difference.theirs}"
    )


def _shares(session: Session, programme: str) -> Iterator[AuditFinding]:
    """The plan's arithmetic: Σ members + collective + reserved = total, and the sealed table."""
    table = allotment_table(session, programme)
    plan = next(
        (
            rows_of(standing, "plan", SharePlan).get("plan")
            for chain, standing in standings(session, programme)
            if chain == programme
        ),
        None,
    )
    if plan is None:
        return
    held = sum(lot.units for lots in table.values() for lot in lots)
    if held + plan.collective_units + plan.reserved_units != plan.total_units:
        found = f"成员股 {held} 与集体股、预留股之和不等于方案总数 {plan.total_units}"
        yield AuditFinding(chain=programme, seq=None, sentence=found)
    if allotment_sha256(table) != plan.allotment_sha256:
        found = "配股表与方案通过时封存的摘要不符"
        yield AuditFinding(chain=programme, seq=None, sentence=found)
