"""Reading a roster file: rows, then checks, then households. No row stops the reading."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from conversion.errors import WorkbookUnreadable
from conversion.roster.assembling import assemble
from conversion.roster.benefit_rows import benefit_row
from conversion.roster.checking import findings_of
from conversion.roster.draft import RosterDraft
from conversion.roster.finding import Finding
from conversion.roster.grid import Grid
from conversion.roster.land_rows import land_row
from conversion.roster.member_rows import Defaults, member_row
from conversion.roster.roster import Counts, Roster
from conversion.roster.sheet import BENEFITS, LAND, MEMBERS
from conversion.roster.table import Record, records_of, tables_of
from conversion.roster.unreadable import unreadable
from conversion.roster.workbook import read_grids

VILLAGE_DEFAULTS = Defaults()


def read_roster(path: Path, *, today: date, defaults: Defaults = VILLAGE_DEFAULTS) -> Roster:
    """A roster file, read and checked.

    Args:
        path: .xlsx, .xls or .csv file, or a folder with one CSV file per sheet.
        today: no birth date lies after it.
        defaults: what the village's programme supplies where the roster is silent.

    Raises:
        WorkbookUnreadable: the file is no roster at all; anything inside one is a finding.
    """
    return roster_of(path, read_grids(path), today=today, defaults=defaults)


def roster_of(path: Path, grids: Iterator[Grid], *, today: date, defaults: Defaults) -> Roster:
    """The roster in the grids of a file.

    Raises:
        WorkbookUnreadable: no grid is a sheet of members.
    """
    findings: list[Finding] = []
    draft = RosterDraft()
    for table in tables_of(grids, findings):
        draft.tables.append(table)
        for record in records_of(table):
            _add(draft, record, findings, today, defaults)
    if not any(table.sheet is MEMBERS for table in draft.tables):
        raise _no_members(path, findings)
    findings.extend(findings_of(draft))
    households = tuple(assemble(draft))
    complete = {household.number for household in households}
    return Roster(
        households=households,
        incomplete=tuple(number for number in draft.households() if number not in complete),
        findings=tuple(_ordered(draft, findings)),
        unknown_columns=_unknown_columns(draft),
        counts=_counts(draft),
    )


def _add(
    draft: RosterDraft, record: Record, findings: list[Finding], today: date, defaults: Defaults
) -> None:
    sheet = record.table.sheet
    if record.is_total:
        draft.totals.append(record)
    elif sheet is MEMBERS:
        draft.members.append(member_row(record, findings, today=today, defaults=defaults))
    elif sheet is LAND:
        draft.land.append(land_row(record, findings))
    elif sheet is BENEFITS:
        draft.benefits.append(benefit_row(record, findings))


def _no_members(path: Path, findings: list[Finding]) -> WorkbookUnreadable:
    found = findings[0].sentence.rstrip("。") if findings else "没有“成员”表，也没有成员表的标题行"
    return unreadable(path, found, "用 conversion roster template 生成的模板填报")


def _ordered(draft: RosterDraft, findings: list[Finding]) -> list[Finding]:
    """By sheet in the file's order, then row and column; one fault of a cell once."""
    sheets = {table.grid.name: place for place, table in enumerate(draft.tables)}
    once = dict.fromkeys(findings)
    return sorted(
        once, key=lambda f: (sheets.get(f.sheet, len(sheets)), f.row, len(f.column), f.column)
    )


def _unknown_columns(draft: RosterDraft) -> tuple[str, ...]:
    return tuple(
        table.headings.titles[index] for table in draft.tables for index in table.headings.unknown
    )


def _counts(draft: RosterDraft) -> Counts:
    return Counts(
        households=len(draft.households()),
        members=len(draft.members),
        parcels=len(draft.land),
        benefits=len(draft.benefits),
    )
