"""The resident identity number (公民身份号码), GB 11643-1999.

Eighteen characters: six digits of the county of first registration, the birth date, three digits
that tell apart those born there that day (odd for men), and a check character. Wrong length,
characters, date or check character are errors. The county is only ever a warning: old codes stay
with people for life, and a library that demands a known one refuses real people.

>>> check("440524188001010014", today=date(2009, 11, 30))
()
>>> birth_date("11010519491231002X"), sex("11010519491231002X")
(datetime.date(1949, 12, 31), '2')
>>> upgrade("110105491231002")
'11010519491231002X'
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Final

from stdnum.cn import ric

from conversion.errors import NumberInvalid
from conversion.standards import county
from conversion.standards.compact_text import compact
from conversion.standards.fault import Fault, error, warning
from conversion.standards.sex import FEMALE, MALE

LENGTH: Final = 18
_OLD_LENGTH: Final = 15
_EARLIEST_YEAR: Final = 1800  # nobody registered since 1949 was born before
_WELL_FORMED = re.compile(r"[0-9]{17}[0-9X]")
_DIGITS = frozenset("0123456789")
_REGION_REMARKS: Final = {
    county.Standing.ABOLISHED: "是出生以前已撤销的地区代码",
    county.Standing.UNKNOWN: "不在行政区划代码表中",
}
_SHOWN: Final = 3  # strange characters that a sentence names
_FLOAT = re.compile(r"[0-9](?:\.[0-9]+)?E\+?[0-9]+|[0-9]{14,}\.[0-9]*")


def normalise(text: str) -> str:
    """The number without separators and invisible characters, half-width, x as X.

    >>> normalise("　520303 19900101-123ｘ")
    '52030319900101123X'
    """
    return compact(text)


def looks_like_float(text: str) -> bool:
    """Whether a spreadsheet has turned the number into a float; its last digits are lost.

    >>> [looks_like_float(text) for text in ("1.10101E+17", "110101199001011000.0", "12345")]
    [True, True, False]
    """
    return _FLOAT.fullmatch(compact(text)) is not None


def check(number: str, *, today: date) -> tuple[Fault, ...]:
    """Every fault of a normalised number, errors first.

    Args:
        number: As `normalise` gives it.
        today: No birth date lies after it.
    """
    if not _WELL_FORMED.fullmatch(number):
        return tuple(_malformed_faults(number, today))
    return (*_date_faults(number, today), *_check_digit_faults(number), *_region_faults(number))


def check_digit(first17: str) -> str:
    """The check character (ISO 7064 MOD 11-2) for seventeen digits.

    >>> check_digit("11010519491231002")
    'X'

    Raises:
        NumberInvalid: Not seventeen digits.
    """
    if len(first17) != LENGTH - 1 or not _DIGITS.issuperset(first17):
        raise NumberInvalid("计算校验码", f"“{first17}”不是17位数字", "给出身份号码的前17位")
    return str(ric.calc_check_digit(first17 + "0"))


def upgrade(fifteen: str) -> str:
    """The eighteen characters of a fifteen-digit number of before 1999-10-01: born in 19xx.

    Raises:
        NumberInvalid: Not fifteen digits, or no such birth date.
    """
    if len(fifteen) != _OLD_LENGTH or not _DIGITS.issuperset(fifteen):
        raise NumberInvalid("升位15位身份号码", "不是15位数字", "按户口簿核对号码")
    first17 = f"{fifteen[:6]}19{fifteen[6:]}"
    number = first17 + check_digit(first17)
    birth_date(number)
    return number


def birth_date(number: str) -> date:
    """The day of birth that the number states.

    Raises:
        NumberInvalid: There is no such day.
    """
    born = _born(number) if _WELL_FORMED.fullmatch(number) else None
    if born is None:
        raise NumberInvalid("从身份号码读取出生日期", "号码中没有可用的日期", "先更正身份号码")
    return born


def sex(number: str) -> str:
    """The sex by the seventeenth digit, as a GB/T 2261.1 code.

    Raises:
        NumberInvalid: The number isn't well formed.
    """
    if not _WELL_FORMED.fullmatch(number):
        raise NumberInvalid("从身份号码读取性别", "号码不是18位", "先更正身份号码")
    return MALE if int(number[16]) % 2 else FEMALE


def region(number: str) -> str:
    """The place of first registration as it was called in the birth year; empty when unlisted.

    >>> region("11010519491231002X")
    '北京市朝阳区'

    Raises:
        NumberInvalid: The number has no birth date.
    """
    return county.title_of(number[:6], birth_date(number).year)


def _malformed_faults(number: str, today: date) -> Iterator[Fault]:
    if not number:
        yield error("resident_number.empty", "没有填写公民身份号码，应填写18位号码。")
    elif looks_like_float(number):
        yield error(
            "resident_number.float",
            "公民身份号码被表格软件转成了小数，后几位已丢失，请把该列设为文本后重新录入18位号码。",
        )
    else:
        yield from _length_faults(number)
        yield from _character_faults(number)
        if len(number) == LENGTH and _DIGITS.issuperset(number[6:14]):
            yield from _date_faults(number, today)


def _length_faults(number: str) -> Iterator[Fault]:
    if len(number) == _OLD_LENGTH and _DIGITS.issuperset(number):
        yield error("resident_number.fifteen", "这是15位的旧号码，应使用升位后的18位号码。")
    elif len(number) != LENGTH:
        yield error(
            "resident_number.length",
            f"公民身份号码应为18位，现为{len(number)}位，请对照户口簿补正。",
        )


def _character_faults(number: str) -> Iterator[Fault]:
    strange = [
        f"第{place}位“{character}”"
        for place, character in enumerate(number, start=1)
        if character not in _DIGITS and (place, character) != (LENGTH, "X")
    ]
    if strange:
        more = "等" if len(strange) > _SHOWN else ""
        yield error(
            "resident_number.characters",
            f"公民身份号码{'、'.join(strange[:_SHOWN])}{more}有误："
            "前17位应为数字，第18位应为数字或大写X。",
        )


def _born(number: str) -> date | None:
    """The date in the well-formed number, None when the calendar has no such day."""
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
    return born if born.year >= _EARLIEST_YEAR else None


def _date_faults(number: str, today: date) -> tuple[Fault, ...]:
    born = _born(number)
    if born is None:
        found = f"{number[6:10]}年{number[10:12]}月{number[12:14]}日"
        return (
            error(
                "resident_number.date",
                f"公民身份号码第7至14位应为出生日期，{found}不存在，请对照户口簿更正。",
            ),
        )
    if born > today:
        return (
            error(
                "resident_number.future",
                f"公民身份号码中的出生日期{born.isoformat()}晚于{today.isoformat()}，"
                "请对照户口簿更正。",
            ),
        )
    return ()


def _check_digit_faults(number: str) -> tuple[Fault, ...]:
    expected = str(ric.calc_check_digit(number))
    if number[-1] == expected:
        return ()
    hint = "（末三位为000，可能是表格软件抹去了末几位）" if number.endswith("000") else ""
    return (
        error(
            "resident_number.check_digit",
            f"公民身份号码校验不符：按前17位计算末位应为{expected}，现为{number[-1]}{hint}，"
            "至少有一位填错，请对照户口簿更正。",
        ),
    )


def _region_faults(number: str) -> tuple[Fault, ...]:
    return _region_faults_of(number[:6], number[6:10])


@lru_cache(maxsize=65536)
def _region_faults_of(code: str, birth_year: str) -> tuple[Fault, ...]:
    remark = _REGION_REMARKS.get(county.standing(code, int(birth_year)))
    if remark is None:
        return ()
    return (
        warning(
            "resident_number.region",
            f"公民身份号码前6位{code}{remark}，确有其人的可保留，请对照户口簿核对一次。",
        ),
    )
