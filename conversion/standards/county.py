"""County-level division codes (six digits), GB/T 2260, with the years in which each was in force.

The list is python-stdnum's (`stdnum/cn/loc.dat`). It is long, not complete: a code that is missing
from it is a question to ask, never proof of a mistake. Nor is a code younger than its bearer: a
birth may be registered decades late.
"""

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Final

from stdnum import numdb

_ENTRY = re.compile(r"(?:\[(?P<first>\d*)-(?P<last>\d*)\])?(?P<name>.+)")
_COUNTRYWIDE_CODES: Final = 8192  # all counties since 1980 are about 5,000

# Residence permits of Hong Kong, Macao and Taiwan residents, 国办发〔2018〕81号 art. 2.
_RESIDENCE_PERMITS: Final = {"810000": "香港", "820000": "澳门", "830000": "台湾"}


class Standing(Enum):
    """What the list knows of a code in some year."""

    LISTED = "listed"
    ABOLISHED = "abolished"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenure:
    """A name a code stood for, from the first to the last year inclusive (None: open)."""

    name: str
    first: int | None
    last: int | None

    def covers(self, year: int) -> bool:
        """Whether the code had this name in that year."""
        return (self.first or year) <= year <= (self.last or year)


@lru_cache(maxsize=_COUNTRYWIDE_CODES)
def _look_up(code: str) -> tuple[str, tuple[Tenure, ...]]:
    """The province's name and what the code has stood for, oldest first."""
    if code in _RESIDENCE_PERMITS:
        return "", (Tenure(name=_RESIDENCE_PERMITS[code], first=None, last=None),)
    facts: dict[str, str] = {}
    for _, found in numdb.get("cn/loc").info(code):
        facts.update(found)
    entries = map(_ENTRY.fullmatch, facts.get("county", "").split(","))
    return facts.get("province", ""), tuple(_tenure(entry) for entry in entries if entry)


def _tenure(entry: re.Match[str]) -> Tenure:
    first, last = entry["first"], entry["last"]
    return Tenure(
        name=entry["name"],
        first=int(first) if first else None,
        last=int(last) if last else None,
    )


def province_of(code: str) -> str:
    """The province's name by the first two digits; empty when there is none.

    >>> province_of("520303"), province_of("990000")
    ('贵州省', '')
    """
    return _look_up(code[:2] + "0000")[0]


def standing(code: str, year: int) -> Standing:
    """Whether the code could still be given in that year or later.

    >>> standing("520303", 1990), standing("110103", 2015), standing("999999", 1990)
    (<Standing.LISTED: 'listed'>, <Standing.ABOLISHED: 'abolished'>, <Standing.UNKNOWN: 'unknown'>)
    """
    tenures = _look_up(code)[1]
    if not tenures:
        return Standing.UNKNOWN
    open_still = any(tenure.last is None or tenure.last >= year for tenure in tenures)
    return Standing.LISTED if open_still else Standing.ABOLISHED


def title_of(code: str, year: int) -> str:
    """Province, prefecture and county as they were called that year; empty when unlisted.

    >>> title_of("520303", 2009), title_of("522101", 1990), title_of("110105", 1949)
    ('贵州省遵义市汇川区', '贵州省遵义地区遵义市', '北京市朝阳区')
    """
    province, tenures = _look_up(code)
    if not tenures:
        return ""
    prefecture = _name_in(_look_up(code[:4] + "00")[1], year)
    names = (province, prefecture, _name_in(tenures, year))
    return "".join(name for name in dict.fromkeys(names) if name != "市辖区")


def _name_in(tenures: tuple[Tenure, ...], year: int) -> str:
    """The name of that year, else the nearest one known."""
    for tenure in tenures:
        if tenure.covers(year) or (tenure.last is not None and year <= tenure.last):
            return tenure.name
    return tenures[-1].name if tenures else ""


def is_listed(code: str) -> bool:
    """Whether the list has the code for any year."""
    return bool(_look_up(code)[1])
