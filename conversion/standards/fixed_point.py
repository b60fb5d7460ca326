"""Decimal figures kept as integers of their smallest unit: no float, nothing rounded unsaid.

>>> from_text("1,234.5", places=2, what="金额")
123450
>>> to_text(123450, places=2), to_text(123450, places=2, shown=1, thousands=True)
('1234.50', '1,234.5')
"""

import re
import unicodedata
from typing import Final

from conversion.errors import NumberInvalid

_FIGURE: Final = re.compile(r"(?P<whole>[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.(?P<part>[0-9]*))?")


def from_text(text: str, *, places: int, what: str) -> int:
    """The integer that a decimal figure stands for.

    Args:
        text: Digits, half- or full-width, with or without thousands separators.
        places: Decimal places of the smallest unit; zeros beyond them don't matter.
        what: The Chinese name of the figure, for the message.

    Raises:
        NumberInvalid: No figure, a negative one, or one finer than the smallest unit.
    """
    figure = _FIGURE.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if figure is None:
        raise NumberInvalid(f"读取{what}", f"“{text}”不是非负的十进制数", "只填写数字和小数点")
    part = (figure["part"] or "").rstrip("0")
    if len(part) > places:
        raise NumberInvalid(
            f"读取{what}", f"“{text}”的小数多于{places}位", f"最多保留{places}位小数"
        )
    return int(figure["whole"].replace(",", "") + part.ljust(places, "0"))


def to_text(value: int, *, places: int, shown: int | None = None, thousands: bool = False) -> str:
    """The decimal figure, rounded half up to the places shown.

    Args:
        value: In the smallest unit.
        places: Decimal places of the smallest unit.
        shown: Decimal places to show, `places` when None.
        thousands: Whether to group by threes.
    """
    shown = places if shown is None else shown
    rounded = divide_half_up(abs(value), 10 ** (places - shown))
    whole, part = divmod(rounded, 10**shown)
    sign = "-" if value < 0 and rounded else ""
    return f"{sign}{whole:{',' if thousands else ''}}" + (f".{part:0{shown}}" if shown else "")


def divide_half_up(dividend: int, divisor: int) -> int:
    """The quotient of a non-negative by a positive integer, a half rounded up (四舍五入).

    >>> divide_half_up(5, 2), divide_half_up(4, 3)
    (3, 1)
    """
    return (2 * dividend + divisor) // (2 * divisor)
