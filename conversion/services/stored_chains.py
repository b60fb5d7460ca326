"""Every chain of a programme as the state tables hold it, however they were tampered with."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from conversion.domain.standing import Standing
from conversion.errors import HistoryBroken
from conversion.store.chains import case_numbers
from conversion.store.database import Session
from conversion.store.standings import batches, case_standings, programme_standings

Stored: TypeAlias = tuple[Mapping[Any, Any], Standing]
"""A chain's head row and its standing, as the state tables have them."""


def all_stored(session: Session, programme: str) -> Iterator[tuple[str, Stored | None]]:
    """Every chain of the programme with what the tables hold of it."""
    yield from _readable(programme_standings, session, [programme])
    for batch in batches(case_numbers(session, programme)):
        yield from _readable(case_standings, session, batch)


def _readable(
    read: Callable[[Session, Sequence[str]], Mapping[str, Stored]],
    session: Session,
    chains: Sequence[str],
) -> Iterator[tuple[str, Stored | None]]:
    """Chains read at once, or one by one to find the one whose rows are past reading: None."""
    try:
        yield from read(session, chains).items()
    except HistoryBroken:
        if len(chains) == 1:
            yield chains[0], None
            return
        for chain in chains:
            yield from _readable(read, session, [chain])
