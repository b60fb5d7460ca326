"""Amounts of money in integer 分 (1/100 yuan), in figures and in capital words.

The words follow 支付结算办法 (银发〔1997〕393号) annex 1 and GB/T 15835: 零 once for each run of
zeros between figures, 整 after 元 or 角, nothing after 分. Where the annex leaves 零 open (before
仟 after an empty 万 place) it is not written; after an empty 万 section it always is.

>>> yuan_from_text("1,234.50"), format_yuan(123450), in_words(123450)
(123450, '1,234.50', '壹仟贰佰叁拾肆元伍角整')
>>> integer_in_words(3334)
'叁仟叁佰叁拾肆'
"""

import re
import unicodedata
from typing import Final

from conversion.errors import NumberInvalid
from conversion.standards import fixed_point

_YUAN_PLACES: Final = 2
_YI: Final = 10**8
_LARGEST: Final = 10**16
_YUAN_MARKS = re.compile(r"^(?:人民币)?[¥￥]?|元(?:整)?$")
_DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"


def yuan_from_text(text: str) -> int:
    """An amount in yuan as integer 分.

    Raises:
        NumberInvalid: Not a figure, negative, or finer than one 分.
    """
    half_width = unicodedata.normalize("NFKC", text).strip()
    figure = _YUAN_MARKS.sub("", half_width)
    return fixed_point.from_text(figure, places=_YUAN_PLACES, what="金额")


def format_yuan(fen: int) -> str:
    """分 as yuan with thousands separators and two decimals."""
    return fixed_point.to_text(fen, places=_YUAN_PLACES, thousands=True)


def in_words(fen: int) -> str:
    """The amount in capital words, as receipts and certificates carry it.

    >>> in_words(5), in_words(1_000_010_01), in_words(0)
    ('伍分', '壹佰万零壹拾元零壹分', '零元整')

    Raises:
        NumberInvalid: Negative, or of more than sixteen digits of yuan.
    """
    yuan, rest = divmod(fen, 100)
    tenths, hundredths = divmod(rest, 10)
    whole = integer_in_words(yuan) + "元" if yuan or not rest else ""
    if not rest:
        return whole + "整"
    gap = "零" if whole and not tenths else ""
    jiao = _DIGITS[tenths] + "角" if tenths else ""
    return whole + gap + jiao + (_DIGITS[hundredths] + "分" if hundredths else "整")


def spelt(digits: str) -> str:
    """Digits one by one in capital words, as decimals are read.

    >>> spelt("304")
    '叁零肆'
    """
    return "".join(_DIGITS[int(digit)] for digit in digits)


def integer_in_words(number: int) -> str:
    """A whole number in capital words.

    cn2an drops the 零 of an empty 万 section (壹亿壹仟 for 100 001 000, which reads as 1.1 亿),
    so each side of 亿 is spelt by itself.

    >>> integer_in_words(100_001_000)
    '壹亿零壹仟'

    Raises:
        NumberInvalid: Negative, or of more than sixteen digits.
    """
    if not 0 <= number < _LARGEST:
        raise NumberInvalid("把数字写成大写", f"{number}为负数或超过16位", "核对数额")
    upper, lower = divmod(number, _YI)
    if not upper:
        return _spell(lower)
    gap = "零" if 0 < lower < _YI // 10 else ""
    return _spell(upper) + "亿" + gap + (_spell(lower) if lower else "")


def _spell(number: int) -> str:
    # Slow to import, and most commands and papers spell no figure.
    import cn2an  # noqa: PLC0415

    return str(cn2an.an2cn(str(number), "up"))
