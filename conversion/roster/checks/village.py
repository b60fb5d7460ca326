"""Checks across the whole roster: people, households and parcels against each other."""

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby, pairwise
from typing import TypeAlias

from conversion.roster.draft import HouseholdDraft, RosterDraft, at
from conversion.roster.finding import Finding
from conversion.roster.row import BenefitRow, LandRow, MemberRow
from conversion.standards.fault import error, warning

VillageCheck: TypeAlias = Callable[[RosterDraft, Mapping[str, HouseholdDraft]], Iterator[Finding]]

_SHOWN_GAPS = 10
_SERIAL = re.compile(r"(.*?)([0-9]{1,9})")


def person_in_one_household(
    draft: RosterDraft, _households: Mapping[str, HouseholdDraft]
) -> Iterator[Finding]:
    """A resident number stands once in the village (两头占)."""
    rows: dict[str, list[MemberRow]] = {}
    for row in draft.members:
        if row.resident_number:
            rows.setdefault(row.resident_number, []).append(row)
    for same in rows.values():
        for row in same:
            other = next((r for r in same if r.number != row.number), None)
            if other:
                where = f"户号 {other.number}（第 {other.record.row} 行 {other.name}）"
                fault = error("village.duplicate_person", f"公民身份号码与{where}重复。")
                yield at(row, "resident_number", fault)


def same_name_in_group(
    draft: RosterDraft, _households: Mapping[str, HouseholdDraft]
) -> Iterator[Finding]:
    """Two people of one name in one group are easily taken for each other."""
    rows: dict[tuple[str, str], list[MemberRow]] = {}
    for row in draft.members:
        if row.name:
            rows.setdefault((row.group, row.name), []).append(row)
    for same in rows.values():
        for row, other in pairwise([*same, same[0]]):
            if row.number != other.number:
                where = f"户号 {other.number}（第 {other.record.row} 行）"
                fault = warning("village.same_name", f"同组有同名的人：{where}，请核对不是一人。")
                yield at(row, "name", fault)


def numbers_without_gaps(
    _draft: RosterDraft, households: Mapping[str, HouseholdDraft]
) -> Iterator[Finding]:
    """Household numbers of one series follow each other."""
    found = ((*m.groups(), n) for n in households if (m := _SERIAL.fullmatch(n)))
    serials = sorted((prefix, int(digits), number) for prefix, digits, number in found)
    for _, series in groupby(serials, key=lambda item: item[0]):
        yield from _gaps(list(series), households)


def _gaps(
    series: list[tuple[str, int, str]], households: Mapping[str, HouseholdDraft]
) -> Iterator[Finding]:
    gaps = [(a, b) for a, b in pairwise(series) if b[1] - a[1] > 1]
    for (_, before, _), (_, after, number) in gaps[:_SHOWN_GAPS]:
        missing = f"缺 {before + 1}" + (f" 至 {after - 1}" if after - 1 > before + 1 else "")
        fault = warning("village.gap", f"户号不连续：{number} 之前{missing}，请核对是否漏户。")
        yield households[number].at_number(fault)


def known_households(
    draft: RosterDraft, households: Mapping[str, HouseholdDraft]
) -> Iterator[Finding]:
    """Land and benefits belong to a household of the sheet 成员."""
    rows: tuple[LandRow | BenefitRow, ...] = (*draft.land, *draft.benefits)
    for row in rows:
        if row.number and row.number not in households:
            fault = error("village.unknown_household", f"成员表中没有户号 {row.number}。")
            yield at(row, "number", fault)


def parcels_once(
    draft: RosterDraft, _households: Mapping[str, HouseholdDraft]
) -> Iterator[Finding]:
    """A parcel is listed once, unless all its households say that they hold it jointly (共有)."""
    for code, same in parcels_by_code(draft).items():
        if len(same) > 1 and not is_joint(same):
            for row, other in pairwise([*same, same[0]]):
                where = f"户号 {other.number}（第 {other.record.row} 行）"
                fault = error(
                    "village.duplicate_parcel",
                    f"地块编码 {code} 与{where}重复；几户共有的，"
                    "各户都应在取得方式或备注中注明“共有”。",
                )
                yield at(row, "code", fault)


def parcels_by_code(draft: RosterDraft) -> Mapping[str, list[LandRow]]:
    """Parcel code → the rows that list it."""
    rows: dict[str, list[LandRow]] = {}
    for row in draft.land:
        if row.parcel and row.parcel.code:
            rows.setdefault(row.parcel.code, []).append(row)
    return rows


def is_joint(same: list[LandRow]) -> bool:
    """Whether rows of one parcel code are a lawful joint holding of different households."""
    return len({row.number for row in same}) == len(same) and all(row.is_joint for row in same)


VILLAGE_CHECKS: tuple[VillageCheck, ...] = (
    person_in_one_household,
    same_name_in_group,
    numbers_without_gaps,
    known_households,
    parcels_once,
)
