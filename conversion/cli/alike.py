"""Rows that differ in the household only, as one line: what an office does for many at once.

A village's agenda has hundreds of terms of few kinds, and a clerk goes about them kind by kind.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Generic

from conversion.cli.listing import Column, RowT

NAMED = 10
"""So many households are named; of more, the first ones and how many there are."""


@dataclass(frozen=True, slots=True)
class Alike(Generic[RowT]):
    """Rows of one kind.

    Attributes:
        first: one of them, for what they have in common; households: whose they are.
        count: how many rows.
    """

    first: RowT
    households: tuple[str, ...]
    count: int


def alike(
    rows: Iterable[RowT], kind: Callable[[RowT], Hashable], household: Callable[[RowT], str]
) -> list[Alike[RowT]]:
    """Rows of the same kind together, in the order in which the kinds first come."""
    kinds: dict[Hashable, list[RowT]] = {}
    for row in rows:
        kinds.setdefault(kind(row), []).append(row)
    return [
        Alike(of[0], tuple(dict.fromkeys(map(household, of))), len(of)) for of in kinds.values()
    ]


def columns(
    in_common: Iterable[Column[RowT]], *, whose: str = "户号"
) -> tuple[Column[Alike[RowT]], ...]:
    """What the rows have in common, then how many there are and whose."""
    return (
        *(_of_first(column) for column in in_common),
        Column("count", "项数", lambda a: a.count),
        Column("households", whose, lambda a: a.households, _named),
    )


def _of_first(column: Column[RowT]) -> Column[Alike[RowT]]:
    return Column(column.name, column.title, lambda a: column.value(a.first), column.shown)


def _named(households: tuple[str, ...]) -> str:
    rest = f" 等 {len(households)} 户" if len(households) > NAMED else ""
    return "、".join(households[:NAMED]) + rest
