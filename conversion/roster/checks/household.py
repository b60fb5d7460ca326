"""Checks within one household: its head, its size, its people and what belongs to them."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

from conversion.roster.draft import HouseholdDraft, at
from conversion.roster.finding import Finding
from conversion.standards.fault import error, warning

HouseholdCheck: TypeAlias = Callable[[HouseholdDraft], Iterator[Finding]]


def one_head(household: HouseholdDraft) -> Iterator[Finding]:
    """Exactly one member is 户主 (GB/T 4761: 02)."""
    if not household.heads:
        likely = [row for row in household.members if row.name == row.head_name]
        fault = error(
            "household.no_head", f"户号 {household.number} 没有户主，应有且只有一个（02）。"
        )
        yield at((likely or list(household.members))[0], "relation", fault)
    for place, row in enumerate(household.heads):
        other = household.heads[0 if place else -1]
        if other is not row:
            fault = error(
                "household.two_heads",
                f"户号 {household.number} 有 {len(household.heads)} 个户主，"
                f"另见第 {other.record.row} 行 {other.name}；只能有一个（02）。",
            )
            yield at(row, "relation", fault)


def head_named(household: HouseholdDraft) -> Iterator[Finding]:
    """户主姓名 is the name of the member who is head, and the same in every row."""
    head = household.head
    if head is None or not head.name:
        return
    for row in household.members:
        if row.head_name and row.head_name != head.name and "head_name" not in row.record.carried:
            fault = error(
                "household.head_name",
                f"户主姓名“{row.head_name}”与户主成员“{head.name}”"
                f"（第 {head.record.row} 行）不一致。",
            )
            yield at(row, "head_name", fault)


def one_group(household: HouseholdDraft) -> Iterator[Finding]:
    """A household lives in one villagers' group."""
    groups = dict.fromkeys(row.group for row in household.members if row.group)
    for row in household.members:
        if row.group and row.group != next(iter(groups)) and "group" not in row.record.carried:
            fault = error(
                "household.groups", f"户号 {household.number} 出现在不同的组：{'、'.join(groups)}。"
            )
            yield at(row, "group", fault)


def declared_size(household: HouseholdDraft) -> Iterator[Finding]:
    """The declared number of people is the number of rows."""
    listed = len(household.members)
    for row in household.members:
        wrong = row.declared_size not in {None, listed}
        if wrong and "declared_size" not in row.record.carried:
            fault = error(
                "household.size",
                f"户号 {household.number} 家庭人口填 {row.declared_size} 人，实列 {listed} 人。",
            )
            yield at(row, "declared_size", fault)


def person_once(household: HouseholdDraft) -> Iterator[Finding]:
    """Nobody is listed twice; people without a number are told apart by name and birth date."""
    seen: dict[tuple[str, str], int] = {}
    for row in household.members:
        if not row.name:
            continue
        key = ("", row.resident_number) if row.resident_number else (row.name, str(row.birth_date))
        if key in seen:
            fault = error("household.person_twice", f"{row.name} 与第 {seen[key]} 行重复。")
            yield at(row, "resident_number" if row.resident_number else "name", fault)
        seen.setdefault(key, row.record.row)


def benefits_drawn_by_members(household: HouseholdDraft) -> Iterator[Finding]:
    """A benefit's person is exactly one member of the household."""
    names = [row.name for row in household.members]
    for row in household.benefits:
        if row.name and (count := names.count(row.name)) != 1:
            found = "没有" if count == 0 else f"有 {count} 个"
            fault = error(
                "benefit.person", f"户号 {household.number} {found}叫“{row.name}”的成员。"
            )
            yield at(row, "name", fault)


def same_benefit_once(household: HouseholdDraft) -> Iterator[Finding]:
    """A person doesn't draw one benefit twice."""
    seen: dict[tuple[str, str], int] = {}
    for row in household.benefits:
        key = (row.name, row.drawn.item if row.drawn else "")
        if row.drawn and key in seen:
            fault = warning("benefit.twice", f"与第 {seen[key]} 行的待遇重复，请核对。")
            yield at(row, "item", fault)
        seen.setdefault(key, row.record.row)


def sized(household: HouseholdDraft) -> Iterator[Finding]:
    """A household of hundreds is a number that was filled down by mistake."""
    if not household.is_sized:
        fault = error(
            "household.too_large", f"户号 {household.number} 行数过多，不像一户，请核对户号。"
        )
        yield household.at_number(fault)


HOUSEHOLD_CHECKS: tuple[HouseholdCheck, ...] = (
    sized,
    one_head,
    head_named,
    one_group,
    declared_size,
    person_once,
    benefits_drawn_by_members,
    same_benefit_once,
)
