"""Meetings of the village: their rolls drawn, frozen and read, and attendance sheets as files."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from conversion.domain.meeting import Attendance, Voter
from conversion.errors import NotFound, WrongUse
from conversion.policy.rules.electorate import electorate, proxy_holders
from conversion.services.desk import Desk
from conversion.services.filing import Filing
from conversion.services.office import Office
from conversion.store.chains import case_numbers, load_cases, load_programme
from conversion.store.database import Session
from conversion.store.voters import put_roll, roll_of
from conversion.workflows.attendance import attended
from conversion.workflows.meeting import AttendanceSheet, Call, next_serial

CALL, ATTEND = "call_meeting", "record_attendance"
HEADINGS = ("户号", "成员序号", "姓名", "签到", "受托人序号")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rolled:
    """The roll that a step on the programme looks at.

    Attributes:
        frozen: the roll before the step; becomes: the roll to be stored with it.
        holders: who may hold a proxy.
    """

    frozen: tuple[Voter, ...] = ()
    becomes: tuple[Voter, ...] = ()
    holders: frozenset[str] = field(default_factory=frozenset)


def roll_for(desk: Desk, event: str, filing: Filing) -> Rolled:
    """The roll that a step calls up or writes; an empty one for every other step."""
    if event == CALL:
        return _drawn(desk, filing)
    if event == ATTEND:
        return _signed(desk, filing)
    return Rolled()


def freeze(session: Session, programme: str, rolled: Rolled) -> None:
    """Store the roll of a step that was taken."""
    put_roll(session, programme, rolled.becomes)


def _drawn(desk: Desk, filing: Filing) -> Rolled:
    try:
        call = Call.model_validate(filing.filled or {})
    except ValidationError:
        return Rolled()
    cases = load_cases(desk.session, case_numbers(desk.session, desk.programme.code))
    serial = next_serial(desk.programme)
    roll = electorate(serial, call.body, cases, desk.day, call.representatives)
    return Rolled(frozen=roll, becomes=roll)


def _signed(desk: Desk, filing: Filing) -> Rolled:
    try:
        sheet = AttendanceSheet.model_validate(filing.filled or {})
    except ValidationError:
        return Rolled()
    meeting = desk.programme.meetings.get(sheet.meeting)
    if meeting is None:
        return Rolled()
    roll = roll_of(desk.session, desk.programme.code, sheet.meeting)
    cases = load_cases(desk.session, sorted({voter.chain for voter in roll}))
    return Rolled(
        frozen=roll,
        becomes=attended(roll, sheet.present, sheet.proxies),
        holders=proxy_holders(meeting.body, roll, cases, sheet.held_on),
    )


# --- the roll as the office sees it ---------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class RollLine:
    """A person on a roll, by name; the name is empty when it was erased."""

    household_number: str
    group: str
    member: str
    name: str
    attendance: Attendance
    proxy: str


def roll_lines(office: Office, programme: str, meeting: str) -> list[RollLine]:
    """The roll of a meeting with names, for the door.

    Raises:
        NotFound: there is no such meeting.
    """
    with office.database.reading() as session:
        known = load_programme(session, programme).meetings
        if meeting not in known:
            found = f"本村的会议：{'、'.join(known) or '无'}"
            raise NotFound(f"查找会议 {meeting}", found, "核对会议编号，见 conversion meeting list")
        roll = roll_of(session, programme, meeting)
        numbers = sorted({voter.chain for voter in roll})
        cases = {case.number: case for case in load_cases(session, numbers)}
    return [
        RollLine(
            household_number=cases[voter.chain].household.number,
            group=cases[voter.chain].household.group,
            member=voter.member,
            name=member.name if (member := cases[voter.chain].members.get(voter.member)) else "",
            attendance=voter.attendance,
            proxy=voter.proxy,
        )
        for voter in roll
    ]


def write_sheet(path: Path, lines: Sequence[RollLine]) -> None:
    """The roll as a table to be signed and given back: one row a person, in UTF-8 for Excel.

    Raises:
        WrongUse: the file can't be written.
    """
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(HEADINGS)
    for line in lines:
        came = "" if line.attendance is Attendance.ABSENT else line.attendance.label
        rows.writerow([line.household_number, line.member, line.name, came, line.proxy])
    try:
        path.write_text(text.getvalue(), encoding="utf-8-sig", newline="")
    except OSError as error:
        raise WrongUse(f"写入 {path}", "目录不存在或不可写", "改用别的文件") from error


def read_sheet(path: Path) -> dict[str, object]:
    """A signed table as the fields `present` and `proxies` of the attendance step.

    Raises:
        WrongUse: the file can't be read, lacks a column, or has rows that say nothing clear; every
            such row is told at once.
    """
    asked = f"读取签到册 {path}"
    rows = list(csv.DictReader(io.StringIO(_text(path, asked))))
    if not rows or not {"户号", "成员序号", "签到"} <= set(rows[0]):
        needed = "、".join(HEADINGS)
        raise WrongUse(
            asked, f"第一行不是 {needed}", "用 conversion meeting roll --out 写出的表填写"
        )
    faults = [fault for n, row in enumerate(rows, 2) if (fault := _row_fault(n, row))]
    if faults:
        raise WrongUse(asked, "；".join(faults), "“签到”填 到会、委托 或留空；委托须填受托人序号")
    return {
        "present": [_person(row) for row in rows if _said(row) == "到会"],
        "proxies": dict(_proxies(rows)),
    }


def _text(path: Path, asked: str) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise WrongUse(asked, "文件不存在或不能读取", "核对文件名") from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise WrongUse(asked, "不是 UTF-8 或 GB 18030 编码的文本", "另存为 CSV（UTF-8）后重试")


def _row_fault(n: int, row: Mapping[str, str | None]) -> str:
    said = _said(row)
    if said not in {"", "未到", "到会", "委托"}:
        return f"第 {n} 行“签到”写的是 {said}"
    if said == "委托" and not (row.get("受托人序号") or "").strip():
        return f"第 {n} 行委托没有受托人"
    return ""


def _proxies(rows: Sequence[Mapping[str, str | None]]) -> Iterator[tuple[str, str]]:
    for row in rows:
        if _said(row) == "委托":
            household = (row["户号"] or "").strip()
            holder = (row.get("受托人序号") or "").strip()
            yield _person(row), holder if "/" in holder else f"{household}/{holder}"


def _said(row: Mapping[str, str | None]) -> str:
    return (row.get("签到") or "").strip()


def _person(row: Mapping[str, str | None]) -> str:
    return f"{(row['户号'] or '').strip()}/{(row['成员序号'] or '').strip()}"
