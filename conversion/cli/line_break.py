"""Where a line may be broken: between the words of prose, never inside a code, a figure or a name.

The libraries break at spaces, which Chinese doesn't have, and then anywhere.
"""

import re
from collections.abc import Iterator
from math import ceil

from rich.cells import cell_len
from rich.text import Text

UNBROKEN = 16
"""A text up to this many columns stays whole, whatever it is."""
LINES = 4
"""More lines than this in a cell are not read any more."""

_WHOLE = re.compile(
    r"[《“〔（]*(?:[\u4e00-\u9fff]{1,6}〔\d{4}〕第?\d+号|[!-~]+|.)[，。；：、？！》”〕）]*"
)
"""What stays on one line: a paper's number, a code or figure, or one character of prose, with the
marks that may not begin or end a line."""


def narrowest(text: Text) -> int:
    """The fewest columns in which a text is easily read, with nothing broken that is whole."""
    full = widest(text)
    wholes = map(cell_len, _WHOLE.findall(text.plain))
    return max(min(full, UNBROKEN), ceil(full / LINES), *wholes)


def widest(text: Text) -> int:
    """The columns that a text takes when none of its lines is broken."""
    return max(map(cell_len, text.plain.split("\n")))


def broken(text: Text, width: int) -> Text:
    """A text in lines of at most this many columns; a code that is longer alone is cut.

    What is indented goes on below its beginning.
    """
    lines = text.split("\n", allow_blank=True)
    return Text("\n").join(part for line in lines for part in _broken_line(line, width))


def _broken_line(line: Text, width: int) -> Iterator[Text]:
    indent = line[: len(line) - len(line.plain.lstrip())] if line.plain.strip() else Text()
    first, *rest = line.divide(_breaks(line.plain, width, cell_len(indent.plain)))
    yield first
    yield from (indent + part for part in rest)


def _breaks(line: str, width: int, indent: int) -> Iterator[int]:
    filled = at = 0
    for piece in _pieces(line, width - indent):
        if filled and filled + cell_len(piece) > width:
            yield at
            filled = indent
        filled += cell_len(piece)
        at += len(piece)


def _pieces(line: str, width: int) -> Iterator[str]:
    for whole in _WHOLE.findall(line):
        yield from [whole] if cell_len(whole) <= width else whole
