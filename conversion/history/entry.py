"""One act in the history, and its bytes: written once, stored verbatim, hashed as they stand."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime, timedelta
from typing import Self

from conversion.domain.standing import Change, Json
from conversion.errors import HistoryBroken
from conversion.history import reading
from conversion.history.canonical import canonical, parse
from conversion.history.changes import changes_in

VERSION = 1
ALGORITHM = "sha256"
FIRST_PREVIOUS = "0" * 64
"""What the first entry of a chain names as its predecessor."""

_DIGEST = re.compile("[0-9a-f]{64}")
_ACT = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)+")


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperReference:
    """A paper that the act issued, by the facts it states.

    Attributes:
        kind: the document kind.
        number: the paper's printed number.
        template: version of its template.
        facts_sha256: hex SHA-256 of the canonical facts printed on it.
    """

    kind: str
    number: str
    template: str
    facts_sha256: str

    def __post_init__(self) -> None:
        """Refuse what is no digest."""
        _demand_digest("papers.facts_sha256", self.facts_sha256)


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyReference:
    """The policy pack that the act was decided by, and the hex SHA-256 of its files."""

    pack: str
    sha256: str

    def __post_init__(self) -> None:
        """Refuse what is no digest."""
        _demand_digest("policy.sha256", self.sha256)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An act with its place in its chain.

    Attributes:
        log: origin of the programme's log.
        chain: case number, or programme code for the village's own chain.
        seq: 1..n without gap within the chain.
        previous: hex SHA-256 of the bytes before it in the chain, `FIRST_PREVIOUS` for the first.
        at: when, UTC, whole seconds.
        actor: who did it.
        roles: the roles the actor held then.
        act: level and event, e.g. `shares.allocate`.
        source: state of the act's level before it, or None.
        target: state of the act's level after it, or None if the act moves nothing.
        policy: what it was decided by.
        papers: what it issued.
        commitment: hex commitment to the personal payload, or None if there is none.
        data: form, decision, moves of other levels, public changes.

    Raises:
        HistoryBroken: a field that the bytes could not hold.
    """

    log: str
    chain: str
    seq: int
    previous: str
    at: datetime
    actor: str
    roles: tuple[str, ...]
    act: str
    source: str | None
    target: str | None
    policy: PolicyReference | None
    papers: tuple[PaperReference, ...]
    commitment: str | None
    data: Mapping[str, Json]

    def __post_init__(self) -> None:
        """Refuse what would not come back from the bytes as it went in."""
        _demand("seq", "自 1 起的序号", holds=self.seq >= 1)
        _demand_digest("previous", self.previous)
        _demand("at", "世界时整秒", holds=_is_whole_utc_second(self.at))
        _demand("act", "“层级.事件”", holds=_ACT.fullmatch(self.act) is not None)
        if self.commitment is not None:
            _demand_digest("commitment", self.commitment)

    @property
    def level(self) -> str:
        """The level that the act belongs to, e.g. `shares`."""
        return self.act.partition(".")[0]

    def changes(self) -> tuple[Change, ...]:
        """The public row changes of the act."""
        return changes_in(self.data)

    def moves(self) -> dict[str, str]:
        """Level → state for the levels that the act moves beside its own."""
        moves = reading.members(self.data.get("moves", {}), "moves")
        return {level: reading.text(moves, level) for level in moves}

    def to_bytes(self) -> bytes:
        """The canonical bytes, which are stored verbatim and hashed."""
        return canonical(
            {
                "v": VERSION,
                "alg": ALGORITHM,
                "log": self.log,
                "chain": self.chain,
                "seq": self.seq,
                "previous": self.previous,
                "at": _written(self.at),
                "actor": self.actor,
                "roles": list(self.roles),
                "act": self.act,
                "source": self.source,
                "target": self.target,
                "policy": None if self.policy is None else asdict(self.policy),
                "papers": [asdict(paper) for paper in self.papers],
                "commitment": self.commitment,
                "data": dict(self.data),
            }
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """The entry that was written as these bytes.

        Raises:
            HistoryBroken: the bytes are not canonical or not an entry of this version.
        """
        record = reading.members(parse(data), "entry")
        reading.demand_names(record, _NAMES, "entry")
        _demand("v", f" {VERSION}", holds=reading.whole(record, "v") == VERSION)
        _demand("alg", f" {ALGORITHM}", holds=record["alg"] == ALGORITHM)
        return cls(
            log=reading.text(record, "log"),
            chain=reading.text(record, "chain"),
            seq=reading.whole(record, "seq"),
            previous=reading.text(record, "previous"),
            at=_read_instant(reading.text(record, "at")),
            actor=reading.text(record, "actor"),
            roles=reading.texts(record, "roles"),
            act=reading.text(record, "act"),
            source=reading.optional_text(record, "source"),
            target=reading.optional_text(record, "target"),
            policy=_read_policy(record["policy"]),
            papers=tuple(_read_paper(item) for item in reading.items(record, "papers")),
            commitment=reading.optional_text(record, "commitment"),
            data=reading.members(record["data"], "data"),
        )


_NAMES = {"v", "alg", *(field.name for field in fields(Entry))}
_PAPER_NAMES = {field.name for field in fields(PaperReference)}
_POLICY_NAMES = {field.name for field in fields(PolicyReference)}


def _read_policy(value: Json) -> PolicyReference | None:
    if value is None:
        return None
    record = reading.members(value, "policy")
    reading.demand_names(record, _POLICY_NAMES, "policy")
    return PolicyReference(pack=reading.text(record, "pack"), sha256=reading.text(record, "sha256"))


def _read_paper(value: Json) -> PaperReference:
    record = reading.members(value, "papers")
    reading.demand_names(record, _PAPER_NAMES, "papers")
    return PaperReference(**{name: reading.text(record, name) for name in _PAPER_NAMES})


def _read_instant(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        raise _misshapen_instant() from None
    if _written(at) != text:
        raise _misshapen_instant()
    return at


def _misshapen_instant() -> HistoryBroken:
    return reading.misshapen("at", "形如 2024-01-31T08:00:00Z 的时间")


def _written(at: datetime) -> str:
    return at.replace(tzinfo=None).isoformat() + "Z"


def _is_whole_utc_second(at: datetime) -> bool:
    return at.utcoffset() == timedelta(0) and at.microsecond == 0


def _demand_digest(name: str, value: str) -> None:
    _demand(name, " 64 位十六进制摘要", holds=_DIGEST.fullmatch(value) is not None)


def _demand(name: str, wanted: str, *, holds: bool) -> None:
    if not holds:
        raise reading.misshapen(name, wanted)
