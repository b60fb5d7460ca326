"""The twelve-digit statistical division code of a community or village and all above it.

GB/T 2260 (county), GB/T 10114 (town), 统计用区划代码和城乡划分代码编制规则 (committee).

Two digits each for province, prefecture and county, three for the town level (001–099 subdistrict,
100–199 town, 200–399 township, 400–599 unit run like a town), three for the committee (001–199
residents', 200–399 villagers', 400–499 and 500–599 places counted like the one or the other). On
conversion a village's last three digits change, so codes have dates: `DivisionAlias` says which
code took the place of which, and no record that carries the old one is ever rewritten.

>>> check("520303105202"), KIND_TITLES[kind("520303105202")]
((), '村')
>>> kind("520303003010") is DivisionKind.COMMUNITY
True
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Final

from conversion.errors import NumberInvalid, WrongUse
from conversion.standards import county
from conversion.standards.fault import Fault, error, warning

LENGTH: Final = 12
_TWELVE_DIGITS = re.compile(r"[0-9]{12}")
_NOBODY = "000"


class DivisionKind(StrEnum):
    """What a code stands for."""

    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"
    SUBDISTRICT = "subdistrict"
    TOWN = "town"
    TOWNSHIP = "township"
    TOWN_LIKE = "town_like"
    COMMUNITY = "community"
    VILLAGE = "village"
    COMMUNITY_LIKE = "community_like"
    VILLAGE_LIKE = "village_like"


KIND_TITLES: Final = {
    DivisionKind.PROVINCE: "省",
    DivisionKind.PREFECTURE: "市",
    DivisionKind.COUNTY: "县（区）",
    DivisionKind.SUBDISTRICT: "街道",
    DivisionKind.TOWN: "镇",
    DivisionKind.TOWNSHIP: "乡",
    DivisionKind.TOWN_LIKE: "类似乡级单位",
    DivisionKind.COMMUNITY: "社区",
    DivisionKind.VILLAGE: "村",
    DivisionKind.COMMUNITY_LIKE: "类似居委会",
    DivisionKind.VILLAGE_LIKE: "类似村委会",
}
_TOWN_KINDS: Final = (
    (range(1, 100), DivisionKind.SUBDISTRICT),
    (range(100, 200), DivisionKind.TOWN),
    (range(200, 400), DivisionKind.TOWNSHIP),
    (range(400, 600), DivisionKind.TOWN_LIKE),
)
_COMMITTEE_KINDS: Final = (
    (range(1, 200), DivisionKind.COMMUNITY),
    (range(200, 400), DivisionKind.VILLAGE),
    (range(400, 500), DivisionKind.COMMUNITY_LIKE),
    (range(500, 600), DivisionKind.VILLAGE_LIKE),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DivisionParts:
    """The codes of the places a place lies in.

    Attributes:
        province: 2 digits.
        prefecture: 4 digits.
        county: 6 digits.
        town: 9 digits.
        committee: The last 3 digits.
    """

    province: str
    prefecture: str
    county: str
    town: str
    committee: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DivisionAlias:
    """A code that took another's place.

    Attributes:
        old: The code until then.
        new: The code of the same place from then on.
        since: The first day of the new code.
    """

    old: str
    new: str
    since: date


def check(code: str) -> tuple[Fault, ...]:
    """Every fault of a twelve-digit code; a county that is not listed is only a warning."""
    if not _TWELVE_DIGITS.fullmatch(code):
        return (error("division.length", f"区划代码应为12位数字，现为“{code}”，请补足12位。"),)
    return (*_place_faults(code), *_level_faults(code))


def parts(code: str) -> DivisionParts:
    """The code taken apart.

    >>> parts("520303105202").town
    '520303105'

    Raises:
        NumberInvalid: Not twelve digits.
    """
    if not _TWELVE_DIGITS.fullmatch(code):
        raise NumberInvalid("拆分区划代码", f"“{code}”不是12位数字", "给出12位统计用区划代码")
    return DivisionParts(
        province=code[:2],
        prefecture=code[:4],
        county=code[:6],
        town=code[:9],
        committee=code[9:],
    )


def kind(code: str) -> DivisionKind:
    """What the code stands for.

    Raises:
        NumberInvalid: Not twelve digits, or digits that no level uses.
    """
    split = parts(code)
    town = code[6:9]
    if split.committee != _NOBODY:
        found = _kind_in(_COMMITTEE_KINDS, split.committee)
    elif town != _NOBODY:
        found = _kind_in(_TOWN_KINDS, town)
    else:
        found = _upper_kind(code)
    if found is None:
        raise NumberInvalid("识别区划代码的级别", f"“{code}”的号段没有定义", "核对末6位")
    return found


def alias_chain(code: str, aliases: Iterable[DivisionAlias]) -> tuple[DivisionAlias, ...]:
    """The changes that befell a code, oldest first; empty when it is still in use.

    Raises:
        WrongUse: Two codes replaced it on one day: that is a split, and a person must say which
            part is meant.
    """
    known = sorted(aliases, key=lambda alias: alias.since)
    chain: list[DivisionAlias] = []
    since = date.min
    while (step := _next_step(code, since, known)) is not None:
        chain.append(step)
        code, since = step.new, step.since
    return tuple(chain)


def current_code(code: str, aliases: Iterable[DivisionAlias], day: date) -> str:
    """The code in use on a day for the place that the given code has ever stood for.

    >>> conversion = DivisionAlias(
    ...     old="520303105202", new="520303105002", since=date(2009, 12, 1))
    >>> current_code("520303105202", [conversion], date(2009, 11, 30))
    '520303105202'
    >>> current_code("520303105202", [conversion], date(2009, 12, 1))
    '520303105002'
    """
    for step in alias_chain(code, aliases):
        if step.since <= day:
            code = step.new
    return code


def same_place(a: str, b: str, aliases: Iterable[DivisionAlias]) -> bool:
    """Whether one code has become the other.

    Two villages merged into one community are each that community, but not each other.
    """
    known = tuple(aliases)
    return b in _codes_ever(a, known) or a in _codes_ever(b, known)


def _codes_ever(code: str, aliases: tuple[DivisionAlias, ...]) -> set[str]:
    return {code, *(step.new for step in alias_chain(code, aliases))}


def _next_step(code: str, since: date, known: list[DivisionAlias]) -> DivisionAlias | None:
    steps = [alias for alias in known if alias.old == code and alias.since > since]
    for earlier, later in pairwise(steps):
        if earlier.since == later.since and earlier.new != later.new:
            raise WrongUse(
                f"查找区划代码{code}的现行代码",
                f"{earlier.since.isoformat()}起有{earlier.new}和{later.new}两个接续代码",
                "分别指明所属的部分",
            )
    return steps[0] if steps else None


def _kind_in(kinds: Iterable[tuple[range, DivisionKind]], digits: str) -> DivisionKind | None:
    return next((found for numbers, found in kinds if int(digits) in numbers), None)


def _upper_kind(code: str) -> DivisionKind:
    if code[2:6] == "0000":
        return DivisionKind.PROVINCE
    return DivisionKind.PREFECTURE if code[4:6] == "00" else DivisionKind.COUNTY


def _place_faults(code: str) -> Iterator[Fault]:
    if not county.province_of(code):
        yield error("division.province", f"区划代码前2位“{code[:2]}”不是省级代码，请核对。")
    elif not county.is_listed(code[:6]):
        yield warning("division.county", f"区划代码前6位“{code[:6]}”不在县级代码表中，请核对。")


def _level_faults(code: str) -> Iterator[Fault]:
    town, committee = code[6:9], code[9:]
    if town == _NOBODY:
        if committee != _NOBODY:
            yield error("division.level", "区划代码有村级（末3位）而无乡级（第7至9位），请补全。")
        return
    if _kind_in(_TOWN_KINDS, town) is None:
        yield error(
            "division.town",
            f"区划代码第7至9位“{town}”无此号段：街道001–099，镇100–199，乡200–399。",
        )
    if committee != _NOBODY and _kind_in(_COMMITTEE_KINDS, committee) is None:
        yield error(
            "division.committee",
            f"区划代码末3位“{committee}”无此号段：居委会001–199，村委会200–399。",
        )
