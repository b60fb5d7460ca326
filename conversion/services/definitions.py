"""Definitions of the procedures: kept by their hash, told apart, and who works under which.

Each chain is pinned to the definition that it began on. A level that the program's definition
leaves as it was goes on; one that it changed waits until the district has migrated the chain.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from conversion.domain.collections import put
from conversion.domain.pin import Pin
from conversion.domain.standing import Change
from conversion.errors import HistoryBroken, NotFound
from conversion.services.office import Office
from conversion.store.chains import case_lines, load_programme
from conversion.store.database import Session
from conversion.store.definitions import (
    StoredDefinition,
    all_definitions,
    find_definition,
    keep_definition,
    pinned,
)
from conversion.workflows.definition import Definition
from conversion.workflows.difference import Amendment, amendments
from conversion.workflows.procedure import Procedures, written

PIN = "definition"
"""The key of the one pin that a chain has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A definition that this office has worked by.

    Attributes:
        since: the day it became known here; chains: how many are pinned to it.
        is_own: whether it is the program's.
    """

    sha256: str
    since: date
    chains: int
    is_own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """Live chains that stand in one state of a changed level.

    Attributes:
        is_final: whether the level has ended there.
    """

    level: str
    level_title: str
    state: str
    state_title: str
    is_final: bool
    chains: tuple[str, ...]


def keep(session: Session, office: Office) -> None:
    """Keep the program's definition, so that what is pinned to it can be read for ever."""
    procedures = written(office.definition)
    keep_definition(session, procedures.sha256, procedures.to_bytes(), office.today())


def pin(office: Office) -> Change:
    """The change that pins a chain to the program's definition."""
    sha256 = written(office.definition).sha256
    return put("pins", PIN, Pin(sha256=sha256, since=office.today()))


def known_definitions(office: Office, programme: str) -> list[Known]:
    """Every definition that is kept, oldest first."""
    with office.database.reading() as session:
        count = Counter(pinned(session, programme).values())
        kept = all_definitions(session)
    own = written(office.definition).sha256
    return [
        Known(sha256=k.sha256, since=k.since, chains=count[k.sha256], is_own=k.sha256 == own)
        for k in kept
    ]


def procedures_of(office: Office, sha256: str | None) -> Procedures:
    """The definition whose id begins so; the program's own when none is asked for.

    Raises:
        NotFound, WrongUse: no definition, or several, begin so.
        HistoryBroken: what is stored is not what its id says.
    """
    own = written(office.definition)
    if sha256 is None or (sha256 and own.sha256.startswith(sha256)):
        return own
    with office.database.reading() as session:
        return Procedures.read(_checked(find_definition(session, sha256)))


def differences(office: Office, old: str, new: str | None) -> tuple[Amendment, ...]:
    """What a definition changes in another, in sentences."""
    return amendments(procedures_of(office, old), procedures_of(office, new))


def impact(office: Office, programme: str, old: Procedures, new: Procedures) -> list[Touched]:
    """The live chains under a definition that another one touches, by level and state."""
    changed = {amendment.level for amendment in amendments(old, new)}
    found: dict[tuple[str, str], list[str]] = {}
    for chain, positions in _standing_under(office, programme, old.sha256).items():
        for name, state in positions.items():
            if name in changed:
                found.setdefault((name, state), []).append(chain)
    return [
        Touched(
            level=level.name,
            level_title=level.title,
            state=state,
            state_title=level.title_of(state),
            is_final=state in level.final,
            chains=tuple(found[level.name, state]),
        )
        for level in old.levels
        for state in level.in_order
        if (level.name, state) in found
    ]


def _standing_under(office: Office, programme: str, sha256: str) -> Mapping[str, Mapping[str, str]]:
    """Chain → positions, of those pinned to a definition."""
    with office.database.reading() as session:
        pins = pinned(session, programme)
        positions = {line.number: line.positions for line in case_lines(session, programme)}
        positions[programme] = load_programme(session, programme).positions
    return {chain: positions[chain] for chain, pin in pins.items() if pin == sha256}


def amended(session: Session, office: Office, pins: Mapping[str, Pin], level: str) -> str:
    """How a level differs from the definition that a chain is pinned to; empty when it does not.

    A chain without a pin was opened before there were any, and goes by the program's definition.
    """
    pin = pins.get(PIN)
    if pin is None or pin.sha256 == written(office.definition).sha256:
        return ""
    try:
        kept = find_definition(session, pin.sha256)
    except NotFound:
        return f"本案依据的流程版本 {pin.sha256[:12]} 没有存档"
    return _amended(_checked(kept), office.definition).get(level, "")


@cache
def _amended(data: bytes, definition: Definition) -> Mapping[str, str]:
    """Level → all that differs in it."""
    found: dict[str, list[str]] = {}
    for amendment in amendments(Procedures.read(data), written(definition)):
        found.setdefault(amendment.level, []).append(amendment.sentence)
    return {level: "；".join(sentences) for level, sentences in found.items()}


def lost_definitions(session: Session, programme: str) -> Iterator[tuple[str, str]]:
    """Chains that go by a definition which is not kept, or not as its id says; and how."""
    try:
        stored = all_definitions(session)
    except ValueError:
        yield programme, "存档的流程版本有一行已不成形"
        return
    kept = {d.sha256: hashlib.sha256(d.data).hexdigest() for d in stored}
    for chain, pin in pinned(session, programme).items():
        if pin and pin not in kept:
            yield chain, f"所依据的流程版本 {pin[:12]} 没有存档"
        elif pin and kept[pin] != pin:
            yield chain, f"所依据的流程版本 {pin[:12]} 的存档已被改动"


def _checked(kept: StoredDefinition) -> bytes:
    """What is kept, if it is what its id says.

    Raises:
        HistoryBroken: it is not.
    """
    if hashlib.sha256(kept.data).hexdigest() != kept.sha256:
        asked = f"读取流程版本 {kept.sha256[:12]}"
        raise HistoryBroken(asked, "存档的内容与版本号不符，已被改动", "从备份恢复这一版本")
    return kept.data
