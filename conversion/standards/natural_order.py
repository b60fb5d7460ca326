"""The order in which people look numbers up: 一组 before 十一组, 9 before 10."""

import re
from typing import Final

_WORDS: Final = "零〇一二三四五六七八九十百"
_PART: Final = re.compile(rf"[0-9]+|[{_WORDS}]+|[^0-9{_WORDS}]+")


def natural_order(text: str) -> list[tuple[int, str]]:
    """A key to sort texts by, in which numbers count by their value, in figures or in words.

    >>> sorted(["十一组", "二组", "10", "9", "3甲", "一组"], key=natural_order)
    ['一组', '二组', '3甲', '9', '10', '十一组']

    Words that are no number are text like any other.

    >>> natural_order("十十组")
    [(-1, '十十'), (-1, '组')]
    """
    return [(_value(part), part) for part in _PART.findall(text)]


def _value(part: str) -> int:
    if part[0] in _WORDS:
        return _said(part)
    return int(part) if part.isdecimal() else -1


def _said(words: str) -> int:
    # Slow to import, and few commands put anything in this order.
    import cn2an  # noqa: PLC0415

    try:
        return int(cn2an.cn2an(words, "smart"))
    except ValueError:
        return -1
