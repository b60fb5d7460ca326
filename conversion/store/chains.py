"""Reading cases and programmes as they stand, with what happened so far."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from pydantic import ValidationError
from sqlalchemy import ColumnElement, select

from conversion.domain.case import Case
from conversion.domain.event import Event
from conversion.domain.programme import Programme
from conversion.errors import HistoryBroken, NotFound, WrongUse
from conversion.store.chain_tables import CASES, PROGRAMMES
from conversion.store.database import Session
from conversion.store.log_tables import ENTRIES
from conversion.store.sealed_event import SealedEvent
from conversion.store.standings import (
    CASE_LEVELS,
    batches,
    case_standings,
    positions_in,
    programme_standings,
    standing_of,
    standings,
)

__all__ = (
    "CaseLine",
    "case_lines",
    "case_numbers",
    "existing",
    "load_case",
    "load_cases",
    "load_programme",
    "load_readable",
    "programme_of",
    "programmes",
    "standing_of",
    "standings",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """A case as a line of a list."""

    number: str
    version: int
    household_number: str
    group: str
    head_name: str
    positions: Mapping[str, str]


def load_case(session: Session, number: str) -> Case:
    """One case with everything.

    Raises:
        NotFound: there is no such case.
    """
    return load_cases(session, [number])[0]


def load_cases(session: Session, numbers: Sequence[str], *, with_past: bool = True) -> list[Case]:
    """Cases in the order asked for, with one query for each table however many they are.

    Args:
        session: a session.
        numbers: of the cases.
        with_past: whether what happened is read too: most of the cost of a case that is far on.

    Raises:
        NotFound: one of them does not exist.
    """
    return [case for batch in batches(numbers) for case in _load_batch(session, batch, with_past)]


def load_readable(
    session: Session, numbers: Sequence[str]
) -> tuple[dict[str, Case], dict[str, HistoryBroken]]:
    """Case number → the case, and for those of which a row is past reading, why; in their order.

    Raises:
        NotFound: one of them does not exist.
    """
    try:
        return {case.number: case for case in load_cases(session, numbers)}, {}
    except (HistoryBroken, ValidationError) as error:
        if len(numbers) == 1:
            return {}, {numbers[0]: _past_reading(numbers[0], error)}
    found = [load_readable(session, [number]) for number in numbers]
    cases = {number: case for read, _ in found for number, case in read.items()}
    return cases, {number: error for _, broken in found for number, error in broken.items()}


def _past_reading(number: str, error: HistoryBroken | ValidationError) -> HistoryBroken:
    if isinstance(error, HistoryBroken):
        return error
    # The fields only, never their values: they may be somebody's name or number.
    names = "、".join(sorted({".".join(map(str, e["loc"])) for e in error.errors()}))
    remedy = "用 conversion history verify 核对，按历史记录改正该行"
    return HistoryBroken(f"读取案件 {number}", f"有一行数据的 {names} 已不成形", remedy)


def load_programme(session: Session, code: str) -> Programme:
    """One programme with everything.

    Raises:
        NotFound: there is no such programme.
    """
    read = programme_standings(session, [code])
    if code not in read:
        raise NotFound(f"查找项目 {code}", "没有这个项目", "核对项目代码，或先建立项目")
    head, standing = read[code]
    return Programme.of(code, head["version"], standing, _past(session, [code])[code])


def programmes(session: Session) -> list[str]:
    """The codes of all programmes, in order."""
    return list(session.scalars(select(PROGRAMMES.c.code).order_by(PROGRAMMES.c.code)))


def programme_of(session: Session, chain: str) -> str:
    """The programme whose case a chain is, or which it is itself."""
    found = session.scalar(select(CASES.c.programme).where(CASES.c.number == chain))
    return found or chain


def case_numbers(
    session: Session,
    programme: str,
    *,
    states: Mapping[str, str] | None = None,
    group: str | None = None,
) -> list[str]:
    """Numbers of a programme's cases, in order.

    Args:
        session: a session.
        programme: the programme's code.
        states: level → state that the cases must be in.
        group: 村民小组.

    Raises:
        WrongUse: a level that cases don't have.
    """
    wanted = _wanted(programme, states, group)
    return list(session.scalars(select(CASES.c.number).where(*wanted).order_by(CASES.c.number)))


def existing(session: Session, programme: str, numbers: Sequence[str]) -> list[str]:
    """Those of the numbers under which the programme has a case, in order."""
    wanted = [CASES.c.programme == programme, CASES.c.number.in_(numbers)]
    return list(session.scalars(select(CASES.c.number).where(*wanted).order_by(CASES.c.number)))


def case_lines(
    session: Session,
    programme: str,
    *,
    states: Mapping[str, str] | None = None,
    group: str | None = None,
    search: str = "",
) -> list[CaseLine]:
    """Cases as lines of a list, by number; `search` is part of a number or the head's name.

    Raises:
        WrongUse: a level that cases don't have.
    """
    wanted = _wanted(programme, states, group)
    if search:
        wanted.append(
            CASES.c.head_name.contains(search, autoescape=True)
            | CASES.c.household_number.contains(search, autoescape=True)
            | CASES.c.number.contains(search, autoescape=True)
        )
    query = select(CASES).where(*wanted).order_by(CASES.c.number)
    return [_line(row) for row in session.execute(query).mappings()]


def _load_batch(session: Session, numbers: Sequence[str], with_past: bool) -> Iterable[Case]:
    read = case_standings(session, numbers)
    past = _past(session, numbers if with_past else ())
    for number in numbers:
        if number not in read:
            raise NotFound(f"查找案件 {number}", "没有这个案件", "核对案件编号")
        head, standing = read[number]
        yield Case.of(number, head["programme"], head["version"], standing, past[number])


_Recorded: TypeAlias = list[tuple[int, Event]]
"""Events with their places in the log."""


def _past(session: Session, chains: Sequence[str]) -> defaultdict[str, tuple[Event, ...]]:
    past = _recorded(session, chains)
    return defaultdict(tuple, {c: tuple(e for _, e in found) for c, found in past.items()})


def _recorded(session: Session, chains: Sequence[str]) -> dict[str, _Recorded]:
    """The events of chains; before those of a household that split off, what it comes from."""
    query = (
        select(ENTRIES.c.chain, ENTRIES.c.idx, ENTRIES.c.bytes)
        .where(ENTRIES.c.chain.in_(chains))
        .order_by(ENTRIES.c.chain, ENTRIES.c.seq)
    )
    events: defaultdict[str, _Recorded] = defaultdict(list)
    sources: dict[str, str] = {}
    for chain, idx, data in session.execute(query):
        event = SealedEvent(data)
        if not events[chain] and b'"with":' in data:
            sources[chain] = str(event.form.get("with", ""))
        events[chain].append((idx, event))
    return _with_origins(session, events, {c: s for c, s in sources.items() if s})


def _with_origins(
    session: Session, events: dict[str, _Recorded], sources: Mapping[str, str]
) -> dict[str, _Recorded]:
    """The events with, before those of each household that split off, what it comes from."""
    before = _recorded(session, sorted(set(sources.values()))) if sources else {}
    return events | {
        chain: [(idx, e) for idx, e in before[source] if idx < events[chain][0][0]] + events[chain]
        for chain, source in sources.items()
    }


def _wanted(
    programme: str, states: Mapping[str, str] | None, group: str | None
) -> list[ColumnElement[bool]]:
    wanted = [CASES.c.programme == programme]
    for level, state in (states or {}).items():
        if level not in CASE_LEVELS:
            raise WrongUse(f"按状态查找案件 {level}={state}", "没有这个层级", "核对层级名称")
        wanted.append(CASES.c[CASE_LEVELS[level]] == state)
    return wanted if group is None else [*wanted, CASES.c.group_name == group]


def _line(row: Mapping[Any, Any]) -> CaseLine:
    return CaseLine(
        number=row["number"],
        version=row["version"],
        household_number=row["household_number"],
        group=row["group_name"],
        head_name=row["head_name"],
        positions=positions_in(row, CASE_LEVELS),
    )
