"""Where a chain stands: its positions and its rows, and the changes that an act makes to them.

Every effect of an act is data: a position per level and a set of row changes, sealed in the act's
history entry. Live state tables and replayed history are therefore two copies of one thing, and
`differences` says where they part.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json] | None"
"""What an entry may hold: no float, so that canonical bytes are the same everywhere."""

Row: TypeAlias = dict[str, Json]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One row set, or removed when `row` is None.

    Attributes:
        collection: what kind of row, e.g. `members`, `shares`; see `conversion.domain.collections`.
        key: the row's key within its chain, e.g. member serial `01`.
        row: the whole row as JSON values, never a part of it.
    """

    collection: str
    key: str
    row: Row | None


@dataclass(slots=True)
class Standing:
    """The state of one chain (a case or a programme) as plain JSON values.

    Attributes:
        positions: level → state, e.g. `{"case": "approved", "hukou": "filed"}`.
        rows: collection → key → row.
    """

    positions: dict[str, str] = field(default_factory=dict)
    rows: dict[str, dict[str, Row]] = field(default_factory=dict)

    def move(self, level: str, state: str) -> None:
        """Put one level into a state."""
        self.positions[level] = state

    def apply(self, change: Change) -> None:
        """Set or remove one row."""
        rows = self.rows.setdefault(change.collection, {})
        if change.row is None:
            rows.pop(change.key, None)
        else:
            rows[change.key] = change.row

    def differences(self, other: "Standing") -> Iterator["Difference"]:
        """Every place where the two standings are not the same, in a fixed order."""
        yield from _differing("positions", "", self.positions, other.positions)
        for collection in sorted(self.rows.keys() | other.rows.keys()):
            mine, theirs = self.rows.get(collection, {}), other.rows.get(collection, {})
            for key in sorted(mine.keys() | theirs.keys()):
                yield from _differing(collection, key, mine.get(key) or {}, theirs.get(key) or {})


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One field on which two standings disagree."""

    collection: str
    key: str
    field: str
    mine: Json
    theirs: Json


def _differing(
    collection: str, key: str, mine: Mapping[str, Json], theirs: Mapping[str, Json]
) -> Iterator[Difference]:
    for name in sorted(mine.keys() | theirs.keys()):
        if mine.get(name) != theirs.get(name):
            yield Difference(
                collection=collection,
                key=key,
                field=name,
                mine=mine.get(name),
                theirs=theirs.get(name),
            )
