"""The uniform social credit code (统一社会信用代码), GB 32100-2015.

Eighteen characters: registering authority, kind of organisation, six digits of the county, the
nine-character organisation code of GB 11714 with a check character of its own, and a check
character over all. Collectives are registered by the agricultural authority: N1 of a group, N2 of
a village, N3 of a township, N9 other.

python-stdnum's `validate` demands a digit in the first two places and so refuses every
collective; its check sum is used, its shape test is not.

>>> check("91350100M000100Y43")
()
>>> check_digit("91350100M000100Y4"), organisation_check_digit("M000100Y")
('3', '4')
"""

import re
from collections.abc import Iterator
from typing import Final

from stdnum.cn import uscc

from conversion.errors import NumberInvalid
from conversion.standards import county
from conversion.standards.compact_text import compact
from conversion.standards.fault import Fault, error, warning

LENGTH: Final = 18
COLLECTIVES: Final = {
    "N1": "组级集体经济组织",
    "N2": "村级集体经济组织",
    "N3": "乡镇级集体经济组织",
    "N9": "其他农业登记组织",
}
_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WELL_FORMED = re.compile(f"[{_ALPHABET}]{{2}}[0-9]{{6}}[{_ALPHABET}]{{10}}")
_AUTHORITIES: Final = frozenset("123456789ANY")
_NATIONWIDE: Final = "100000"  # registered with the central government
_STRANGE = re.compile(f"[^{_ALPHABET}]")
_FIRST_SEVENTEEN = re.compile(f"[{_ALPHABET}]{{17}}")
_ORGANISATION = re.compile("[0-9A-Z]{8}")
_WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)


def normalise(text: str) -> str:
    """The code without separators, half-width, in capitals."""
    return compact(text)


def check(code: str) -> tuple[Fault, ...]:
    """Every fault of a normalised code.

    The inner check character is a warning: codes were issued that don't have it, and the outer
    one has already ruled out a slip of the pen.
    """
    if shape := _shape_fault(code):
        return (shape,)
    return tuple(_sum_faults(code))


def is_valid(code: str) -> bool:
    """Whether the code has no error."""
    return not any(fault.is_error for fault in check(code))


def collective_level(code: str) -> str | None:
    """What kind of collective the code belongs to; None when it isn't one.

    >>> collective_level("N2520303MF12345678"), collective_level("91350100M000100Y43")
    ('村级集体经济组织', None)
    """
    return COLLECTIVES.get(code[:2])


def check_digit(first17: str) -> str:
    """The check character (mod 31) for the first seventeen characters.

    Raises:
        NumberInvalid: Not seventeen characters of the alphabet (no I, O, S, V, Z).
    """
    if not _FIRST_SEVENTEEN.fullmatch(first17):
        raise NumberInvalid("计算统一社会信用代码校验码", f"“{first17}”不是前17位", "给出前17位")
    return str(uscc.calc_check_digit(first17))


def organisation_check_digit(first8: str) -> str:
    """The check character of the organisation code (mod 11), GB 11714-1997.

    Raises:
        NumberInvalid: Not eight digits or capitals.
    """
    if not _ORGANISATION.fullmatch(first8):
        raise NumberInvalid("计算组织机构代码校验码", f"“{first8}”不是前8位", "给出前8位")
    total = sum(
        int(character, 36) * weight for character, weight in zip(first8, _WEIGHTS, strict=True)
    )
    return "0123456789X"[-total % 11]


def _shape_fault(code: str) -> Fault | None:
    if len(code) != LENGTH:
        return error(
            "uniform_credit_code.length",
            f"统一社会信用代码应为18位，现为{len(code)}位，请对照登记证书补正。",
        )
    if strange := _STRANGE.search(code):
        return error(
            "uniform_credit_code.characters",
            f"统一社会信用代码第{strange.start() + 1}位“{strange[0]}”不可用："
            "只用数字和大写字母，不用I、O、S、V、Z。",
        )
    if not _WELL_FORMED.fullmatch(code):
        return error(
            "uniform_credit_code.structure",
            "统一社会信用代码第3至8位应为6位数字的区划代码，请对照登记证书更正。",
        )
    return None


def _sum_faults(code: str) -> Iterator[Fault]:
    expected = check_digit(code[:17])
    if code[17] != expected:
        yield error(
            "uniform_credit_code.check_digit",
            f"统一社会信用代码校验不符：按前17位计算末位应为{expected}，现为{code[17]}，"
            "请对照登记证书更正。",
        )
    if code[16] != organisation_check_digit(code[8:16]):
        yield warning(
            "uniform_credit_code.organisation",
            "统一社会信用代码第9至17位的组织机构代码自身校验不符，请对照登记证书核对一次。",
        )
    yield from _prefix_faults(code)


def _prefix_faults(code: str) -> Iterator[Fault]:
    if code[2:8] != _NATIONWIDE and not county.province_of(code[2:]):
        yield warning(
            "uniform_credit_code.division",
            f"统一社会信用代码第3至8位“{code[2:8]}”不在行政区划代码表中，请核对。",
        )
    if code[0] not in _AUTHORITIES:
        yield warning(
            "uniform_credit_code.authority",
            f"统一社会信用代码第1位“{code[0]}”不是已知的登记管理部门代码（农业部门为N），请核对。",
        )
    if code[0] == "N" and code[:2] not in COLLECTIVES:
        yield warning(
            "uniform_credit_code.collective",
            f"集体经济组织代码应以N1（组）、N2（村）、N3（乡镇）开头，现为{code[:2]}，请核对。",
        )
