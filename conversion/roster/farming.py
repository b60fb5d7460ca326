"""农龄: years of farm work, written as whole years or as a period, in months."""

import re
import unicodedata
from datetime import date

from conversion.errors import NumberInvalid

_MONTHS = 12
_LONGEST = 100 * _MONTHS
_WHOLE = re.compile(r"([0-9]{1,3})年?")
_MONTH = r"([0-9]{4})(?:年|[-./])([0-9]{1,2})月?(?:[-./]?[0-9]{1,2}日?)?"
_PERIOD = re.compile(rf"{_MONTH}(?:[–—~至到-]|--)+(?:{_MONTH}|(至今|今|现在))")


def farming_months(text: str, *, today: date) -> int:
    """Months of farm work; a period counts its first and its last month.

    >>> farming_months("28", today=date(2009, 11, 30))
    336
    >>> farming_months("1981年1月至2009年6月", today=date(2009, 11, 30))
    342

    Raises:
        NumberInvalid: neither whole years nor a period that ends after it begins.
    """
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    if whole := _WHOLE.fullmatch(plain):
        return _within(text, int(whole[1]) * _MONTHS)
    period = _PERIOD.fullmatch(plain)
    if period is None:
        raise _invalid(text)
    first = _months(text, period[1], period[2])
    last = today.year * _MONTHS + today.month if period[5] else _months(text, period[3], period[4])
    return _within(text, last - first + 1)


def _months(text: str, year: str, month: str) -> int:
    if not 1 <= int(month) <= _MONTHS:
        raise _invalid(text)
    return int(year) * _MONTHS + int(month)


def _within(text: str, months: int) -> int:
    if not 0 <= months <= _LONGEST:
        raise _invalid(text)
    return months


def _invalid(text: str) -> NumberInvalid:
    return NumberInvalid(
        "读取农龄", f"“{text}”不是农龄", "填写整年数或起止年月，如 1981-01至2009-06"
    )
