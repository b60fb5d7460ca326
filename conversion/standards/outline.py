"""The outline of a parcel 界址线: its corners in order, as plane coordinates.

A corner is written `east,north` in metres to the centimetre, from CGCS2000 or from a local origin;
the ring is not closed by repeating its first corner. Figures are exact: centimetres and 0.01 m².

>>> field = read_outline(("0.00,0.00", "40.00,0.00", "40.00,50.00", "0.00,50.00"))
>>> field.area, field.fault
(200000, '')
>>> read_outline(("0,0", "40,50", "40,0", "0,50")).fault
'界线自相交叉'
"""

import re
from dataclasses import dataclass
from itertools import pairwise
from math import isqrt
from typing import Final

from conversion.standards.fixed_point import divide_half_up

CORNER: Final = r"^-?\d{1,9}(\.\d{1,2})?,-?\d{1,9}(\.\d{1,2})?$"
"""How a corner is written."""

LEAST_CORNERS: Final = 3
_FIGURE: Final = re.compile(r"(-?)(\d+)(?:\.(\d{1,2}))?")
_CM2_A_UNIT: Final = 100
_MU_NUMERATOR, _MU_DENOMINATOR = 20, 3


@dataclass(frozen=True, slots=True)
class Outline:
    """A ring of corners.

    Attributes:
        corners: east and north of each, in centimetres.
    """

    corners: tuple[tuple[int, int], ...]

    @property
    def area(self) -> int:
        """What it encloses, 0.01 m²."""
        doubled = sum(x * v - u * y for (x, y), (u, v) in self._sides)
        return divide_half_up(abs(doubled), 2 * _CM2_A_UNIT)

    @property
    def lengths(self) -> tuple[int, ...]:
        """Length of each side in centimetres, from its corner to the next."""
        return tuple(isqrt((u - x) ** 2 + (v - y) ** 2) for (x, y), (u, v) in self._sides)

    @property
    def fault(self) -> str:
        """Why it is no outline, in Chinese; empty when it is one."""
        if len(self.corners) < LEAST_CORNERS:
            return f"少于{LEAST_CORNERS}个界址点"
        # Slow to import, and most commands and papers draw no land.
        from shapely import Polygon  # noqa: PLC0415

        return "" if Polygon(self.corners).is_valid else "界线自相交叉"

    @property
    def _sides(self) -> list[tuple[tuple[int, int], tuple[int, int]]]:
        return list(pairwise((*self.corners, *self.corners[:1])))


def read_outline(corners: tuple[str, ...]) -> Outline:
    """The outline that such texts write."""
    return Outline(tuple(_corner(text) for text in corners))


def square_metres_of_mu(mu: int) -> int:
    """An area of 0.0001 亩 in 0.01 m² (1 亩 is 2000/3 m²).

    >>> square_metres_of_mu(15_000)
    100000
    """
    return divide_half_up(mu * _MU_NUMERATOR, _MU_DENOMINATOR)


def _corner(text: str) -> tuple[int, int]:
    east, _, north = text.partition(",")
    return _centimetres(east), _centimetres(north)


def _centimetres(text: str) -> int:
    found = _FIGURE.fullmatch(text)
    assert found, "a corner is validated before it is kept"
    sign, whole, part = found.groups()
    return int(sign + whole + (part or "").ljust(2, "0"))
