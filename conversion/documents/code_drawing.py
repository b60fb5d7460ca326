"""The codes drawn at the foot of a PDF's pages: squares of black in the page's own stream.

Beside the squares stands the text they encode, as the ActualText of the drawing (ISO 32000-1
§14.9.4): for readers who hear the page, and for verifying a file without scanning it.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

import segno

_POINTS_A_MM: Final = 72 / 25.4

SIDE: Final = 21 * _POINTS_A_MM
"""Points from edge to edge of the black; a third of a millimetre a square for most papers."""

FROM_BOTTOM: Final = 5.5 * _POINTS_A_MM

_TEXT = re.compile(rb"/Span <</ActualText \(([^()\\]*)\)>> BDC")


def drawing(text: str, right: float) -> list[str]:
    """PDF operators that draw a code with its right edge at so many points from the left."""
    rows = tuple(tuple(row) for row in segno.make_qr(text, error="M", boost_error=False).matrix)
    side = SIDE / len(rows)
    squares = [
        f"{right - SIDE + start * side:.3f} {FROM_BOTTOM + SIDE - (n + 1) * side:.3f}"
        f" {length * side:.3f} {side:.3f} re"
        for n, row in enumerate(rows)
        for start, length in _runs(row)
    ]
    return [f"/Span <</ActualText ({text})>> BDC", "q 0 g", *squares, "f Q", "EMC"]


def drawn_text(stream: bytes) -> str:
    """The text of the one code that a page's stream draws; empty if it draws none or several."""
    found = _TEXT.findall(stream)
    return found[0].decode("ascii", "replace") if len(found) == 1 else ""


def _runs(row: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Start and length of each run of black squares."""
    at = 0
    for black, run in groupby(row):
        length = len(list(run))
        if black:
            yield at, length
        at += length
