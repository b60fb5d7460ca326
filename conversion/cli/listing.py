"""A list as both readers need it: codes and figures for programs, words and headings for people."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from conversion.cli.output import table
from conversion.cli.rows import Rows

RowT = TypeVar("RowT")


def _plain(value: Any) -> object:
    """A value as people read it: a code by its label, several joined by 、."""
    if isinstance(value, tuple):
        return "、".join(str(_plain(part)) for part in value)
    return getattr(value, "label", value)


@dataclass(frozen=True, slots=True)
class Column(Generic[RowT]):
    """One column.

    Attributes:
        name: its key in JSON; title: its heading.
        value: what a row holds here, as JSON has it.
        shown: how people read that.
    """

    name: str
    title: str
    value: Callable[[RowT], object]
    shown: Callable[[Any], object] = _plain


@dataclass(frozen=True, slots=True)
class Listing(Generic[RowT]):
    """Rows under columns."""

    title: str
    columns: Sequence[Column[RowT]]
    rows: Sequence[RowT]

    @property
    def records(self) -> list[dict[str, object]]:
        """The rows for a program."""
        return [{c.name: c.value(row) for c in self.columns} for row in self.rows]

    @property
    def picture(self) -> Rows:
        """The rows for people."""
        cells = ([c.shown(c.value(row)) for c in self.columns] for row in self.rows)
        return table((c.title for c in self.columns), cells, title=self.title or None)


def pictures(listings: Iterable[Listing[Any]]) -> list[Rows]:
    """Those lists that have rows, drawn."""
    return [listing.picture for listing in listings if listing.rows]
