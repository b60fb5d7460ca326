"""A parcel's sketch map 宗地示意图: its outline to scale, with corners, sides and north.

All is worked out in 0.01 mm of paper, in whole numbers, so that a template only draws.
"""

from typing import Final, NamedTuple

from conversion.standards.fixed_point import to_text
from conversion.standards.outline import Outline, read_outline

WIDTH: Final = 17_000
HEIGHT: Final = 8_600
"""Of the drawing, 0.01 mm; the neighbours' names stand in its margins."""

_ROOM_WIDE, _ROOM_HIGH = 8_600, 5_200
_SCALES = (50, 100, 150, 200, 300, 500, 750, 1_000, 1_500, 2_000, 3_000, 5_000, 10_000, 20_000)
_BARS = (1, 2, 5, 10, 20, 50, 100, 200, 500)
_LONGEST_BAR = 3_000
_ASIDE, _ABOVE = 620, 380
_UNITS_A_CM = 1_000
"""0.01 mm in a centimetre."""


class Mark(NamedTuple):
    """Words at a place of the drawing."""

    x: int
    y: int
    words: str


class SketchMap(NamedTuple):
    """What is drawn.

    Attributes:
        points: of the outline, as SVG has them; dots: the same, one by one.
        corners: their numbers, J1, J2 and so on, a little outside.
        sides: their lengths in metres; scale: n of 1:n.
        bar: length of the scale bar on paper; bar_metres: in the field.
    """

    points: str
    dots: tuple[tuple[int, int], ...]
    corners: tuple[Mark, ...]
    sides: tuple[Mark, ...]
    scale: int
    bar: int
    bar_metres: int


def sketch_map(corners: tuple[str, ...]) -> SketchMap:
    """The sketch of an outline, north up."""
    outline = read_outline(corners)
    scale = _scale(outline)
    dots = tuple(_placed(outline, corner, scale) for corner in outline.corners)
    bar_metres = max(m for m in _BARS if _on_paper(m * 100, scale) <= _LONGEST_BAR or m == 1)
    return SketchMap(
        points=" ".join(f"{x},{y}" for x, y in dots),
        dots=dots,
        corners=tuple(_outside(dots, dot, f"J{n}") for n, dot in enumerate(dots, 1)),
        sides=_sides(dots, outline.lengths),
        scale=scale,
        bar=_on_paper(bar_metres * 100, scale),
        bar_metres=bar_metres,
    )


def _bounds(outline: Outline) -> tuple[int, int, int, int]:
    easts, norths = zip(*outline.corners, strict=True)
    return min(easts), min(norths), max(easts), max(norths)


def _scale(outline: Outline) -> int:
    """The largest usual scale at which it fits; the smallest one where none does."""
    west, south, east, north = _bounds(outline)
    return next(
        (
            scale
            for scale in _SCALES
            if _on_paper(east - west, scale) <= _ROOM_WIDE
            and _on_paper(north - south, scale) <= _ROOM_HIGH
        ),
        _SCALES[-1],
    )


def _on_paper(centimetres: int, scale: int) -> int:
    return centimetres * _UNITS_A_CM // scale


def _placed(outline: Outline, corner: tuple[int, int], scale: int) -> tuple[int, int]:
    """A corner in the middle of the drawing, whose y runs down."""
    west, south, east, north = _bounds(outline)
    left = (WIDTH - _on_paper(east - west, scale)) // 2
    top = (HEIGHT - _on_paper(north - south, scale)) // 2
    x, y = corner
    return left + _on_paper(x - west, scale), top + _on_paper(north - y, scale)


def _outside(dots: tuple[tuple[int, int], ...], at: tuple[int, int], words: str) -> Mark:
    """Words a little farther from the middle than the place they belong to."""
    middle_x = sum(x for x, _ in dots) // len(dots)
    middle_y = sum(y for _, y in dots) // len(dots)
    x, y = at
    far = max(abs(x - middle_x), abs(y - middle_y), 1)
    aside, above = (x - middle_x) * _ASIDE // far, (y - middle_y) * _ABOVE // far
    return Mark(x + aside, y + above, words)


def _sides(dots: tuple[tuple[int, int], ...], lengths: tuple[int, ...]) -> tuple[Mark, ...]:
    following = (*dots[1:], dots[0])
    middles = (((x + u) // 2, (y + v) // 2) for (x, y), (u, v) in zip(dots, following, strict=True))
    words = (to_text(length, places=2) for length in lengths)
    return tuple(_outside(dots, at, said) for at, said in zip(middles, words, strict=True))
