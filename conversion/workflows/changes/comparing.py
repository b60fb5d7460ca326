"""Two standings of a household compared: the rows that change, and the levels that move."""

from collections.abc import Iterator, Mapping

from sqlmodel import SQLModel

from conversion.domain.case import Case
from conversion.domain.collections import COLLECTIONS, put, remove
from conversion.domain.standing import Change

Rows = Mapping[str, Mapping[str, SQLModel]]
"""Collection → key → row."""


def rows(case: Case | None) -> Rows:
    """Every row of a household; of one that isn't there yet, none."""
    if case is None:
        return {name: {} for name in COLLECTIONS}
    found = {name: getattr(case, name) for name in COLLECTIONS if name != "household"}
    return {**found, "household": {"household": case.household}}


def changes(before: Case | None, after: Case) -> tuple[Change, ...]:
    """The rows to set and to remove, in a fixed order."""
    return tuple(_changes(rows(before), rows(after)))


def _changes(before: Rows, after: Rows) -> Iterator[Change]:
    for collection in sorted(after):
        had, has = before[collection], after[collection]
        for key in sorted(had.keys() | has.keys()):
            if key not in has:
                yield remove(collection, key)
            elif had.get(key) != has[key]:
                yield put(collection, key, has[key])


def moves(before: Case | None, after: Case) -> dict[str, str]:
    """Level → state, for the levels that stand elsewhere."""
    stood = before.positions if before else {}
    return {level: s for level, s in after.positions.items() if stood.get(level) != s}
