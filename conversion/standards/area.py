"""Areas of land: 亩 in integers of 0.0001 亩, square metres in integers of 0.01 m².

One 亩 is exactly 2000/3 m² (国务院关于在我国统一实行法定计量单位的命令, 1984; 土地面积 in 公顷, of
which 15 亩 make one). Both are printed with two decimals (NY/T 2537-2014 §6).

>>> mu_from_text("3.25"), format_mu(32_500)
(32500, '3.25')
>>> square_metres_of_mu(32_500), format_square_metres(216_667)
(216667, '2166.67')
"""

import re
from typing import Final

from conversion.standards import fixed_point

_MU_PLACES: Final = 4
_SQUARE_METRE_PLACES: Final = 2
_MU_UNIT = re.compile(r"\s*亩\s*$")
_SQUARE_METRE_UNIT = re.compile(r"\s*(?:平方米|平米|㎡|m²|m2|M2)\s*$")


def mu_from_text(text: str) -> int:
    """An area in 亩 as integer 0.0001 亩.

    Raises:
        NumberInvalid: Not a figure, negative, or with more than four decimals.
    """
    return fixed_point.from_text(_MU_UNIT.sub("", text), places=_MU_PLACES, what="面积（亩）")


def square_metres_from_text(text: str) -> int:
    """An area in square metres as integer 0.01 m².

    >>> square_metres_from_text("120.5㎡")
    12050

    Raises:
        NumberInvalid: Not a figure, negative, or with more than two decimals.
    """
    figure = _SQUARE_METRE_UNIT.sub("", text)
    return fixed_point.from_text(figure, places=_SQUARE_METRE_PLACES, what="面积（平方米）")


def format_mu(mu: int) -> str:
    """0.0001 亩 as 亩 with two decimals, rounded half up."""
    return fixed_point.to_text(mu, places=_MU_PLACES, shown=2)


def format_square_metres(square_metres: int) -> str:
    """0.01 m² as square metres with two decimals."""
    return fixed_point.to_text(square_metres, places=_SQUARE_METRE_PLACES)


def square_metres_of_mu(mu: int) -> int:
    """0.0001 亩 as 0.01 m², rounded half up: times 20/3."""
    return fixed_point.divide_half_up(mu * 20, 3)


def mu_of_square_metres(square_metres: int) -> int:
    """0.01 m² as 0.0001 亩, rounded half up: times 3/20.

    >>> mu_of_square_metres(66_667)
    10000
    """
    return fixed_point.divide_half_up(square_metres * 3, 20)
