"""Personal data as those who need not know it may see it.

个人信息保护法 arts. 6 and 51(3), GB/T 35273-2020 §6.2 (去标识化). What is hidden becomes one star a
character, so that two masked values can still be told from a damaged one. A value too short to
hide anything is hidden whole.

>>> mask_resident_number("520303199001011234"), mask_phone("13812345678")
('520303********1234', '138****5678')
>>> mask_name("张三丰"), mask_name("阿卜杜拉·买买提")
('张**', '阿***·***')
"""

import re
from typing import Final

from conversion.standards.compact_text import compact
from conversion.standards.name import SEPARATOR

_STAR: Final = "*"
_COUNTRY_CODE = re.compile(r"^(?:\+|00)86|^86(?=1[0-9]{10}$)")


def mask_resident_number(number: str) -> str:
    """County and the last four stay; the birth date doesn't."""
    return _mask(compact(number), head=6, tail=4)


def mask_phone(number: str) -> str:
    """The first three and the last four digits stay, of an eleven-digit number or a landline.

    >>> mask_phone("+86 138-1234-5678"), mask_phone("0851-28221234"), mask_phone("28221234")
    ('138****5678', '085*****1234', '282*1234')
    """
    return _mask(_COUNTRY_CODE.sub("", compact(number)), head=3, tail=4)


def mask_bank(number: str) -> str:
    """The last four digits stay.

    >>> mask_bank("6222 0220 1234 5678 901")
    '***************8901'
    """
    return _mask(compact(number), head=0, tail=4)


def mask_name(name: str) -> str:
    """The first character and the separators stay.

    For copies and the public verification page. Lists on public notice carry the full name: that
    is what they are posted for.
    """
    hidden = (character if character == SEPARATOR else _STAR for character in name[1:])
    return name[:1] + "".join(hidden)


def _mask(text: str, *, head: int, tail: int) -> str:
    hidden = len(text) - head - tail
    if hidden <= 0:
        return _STAR * len(text)
    return text[:head] + _STAR * hidden + text[len(text) - tail :]
