"""Rows under headings: a table where the terminal is wide enough for it, else one after another."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.rule import Rule
from rich.table import Column, Table
from rich.text import Text

from conversion.cli.line_break import broken, narrowest, widest

_FRAME = 3
"""What a table adds to each column: a line and two spaces; one more line ends it."""
_HEAD = 2
"""How many columns make the first line of a row that stands by itself."""
_GAP = "　"
_INDENT = "  "


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows under headings, which take their form when the width of the terminal is known."""

    title: str | None
    headings: Sequence[str]
    rows: Sequence[Sequence[Text]]

    def __rich_console__(self, _: Console, options: ConsoleOptions) -> RenderResult:
        """A table, unless it would break a code, a figure or a name."""
        widths = self._widths(options.max_width)
        if widths:
            yield self._table(widths)
        else:
            yield from self._one_by_one(options.max_width)

    def _widths(self, width: int) -> list[int]:
        """The columns' widths, the narrow ones widened first; none when they don't fit."""
        columns = [*zip(map(Text, self.headings), *self.rows, strict=True)]
        wanted = [max(map(widest, cells)) for cells in columns]
        widths = [max(map(narrowest, cells)) for cells in columns]
        for _ in range(width - 1 - sum(widths) - _FRAME * len(widths)):
            short = [place for place, full in enumerate(wanted) if widths[place] < full]
            if not short:
                break
            widths[min(short, key=widths.__getitem__)] += 1
        return widths if sum(widths) + _FRAME * len(widths) < width else []

    def _table(self, widths: Sequence[int]) -> Table:
        columns = (Column(h, width=w) for h, w in zip(self.headings, widths, strict=True))
        drawn = Table(*columns, title=self.title)
        for row in self.rows:
            drawn.add_row(*map(broken, row, widths))
        return drawn

    def _one_by_one(self, width: int) -> Iterator[RenderableType]:
        if self.title:
            yield Rule(self.title, align="left")
        for row in self.rows:
            yield broken(_head(row), width)
            pairs = zip(self.headings[_HEAD:], row[_HEAD:], strict=True)
            told = [_pair(heading, cell) for heading, cell in pairs if cell]
            for line in _filled(told, width - len(_INDENT)):
                yield _indented(broken(line, width - len(_INDENT)))


def _head(row: Sequence[Text]) -> Text:
    head = Text(_GAP).join(cell for cell in row[:_HEAD] if cell)
    return Text.assemble((head.plain.replace("\n", _GAP), "bold"))


def _pair(heading: str, cell: Text) -> Text:
    if "\n" in cell:
        return Text.assemble(heading, "：\n", _indented(cell))
    return Text.assemble(heading, "：" if heading else "", cell)


def _filled(pairs: Iterable[Text], width: int) -> Iterator[Text]:
    """Pairs side by side as long as they fit on a line."""
    line = Text()
    for pair in pairs:
        longer = line + _GAP + pair if line else pair
        if line and (widest(longer) > width or "\n" in longer):
            yield line
            longer = pair
        line = longer
    if line:
        yield line


def _indented(text: Text) -> Text:
    return Text("\n").join(Text(_INDENT) + line for line in text.split("\n"))
