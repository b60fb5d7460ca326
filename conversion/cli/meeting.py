"""`conversion meeting`: meetings of the village, their rolls, and who came."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from conversion.cli.form import EvidenceOption, Typed
from conversion.cli.listing import Column, Listing
from conversion.cli.opening import AccountOption, ProgrammeOption, chosen_programme, open_office
from conversion.cli.output import JsonOption, show
from conversion.cli.requirement import show_step
from conversion.domain.meeting import Meeting
from conversion.policy.parameter_shape import Body
from conversion.services import programme as service
from conversion.services.meetings import RollLine, read_sheet, roll_lines, write_sheet
from conversion.store.chains import load_programme
from conversion.workflows.definition import act_title, village_level
from conversion.workflows.meeting import RECORD_ATTENDANCE, AttendanceSheet

app = typer.Typer(help="会议：列出、写出应到名册、登记签到。", no_args_is_help=True)

MeetingArgument = Annotated[
    str, typer.Argument(metavar="会议编号", help="例如 M01，见 conversion meeting list")
]


def _matters(matters: tuple[str, ...]) -> str:
    return "、".join(act_title(f"{village_level(m).name}.{m}") for m in matters)


MEETINGS: tuple[Column[Meeting], ...] = (
    Column("serial", "编号", lambda m: m.serial),
    Column("body", "会议", lambda m: m.body, lambda body: Body(body).label),
    Column("matters", "表决事项", lambda m: m.matters, _matters),
    Column("noticed_on", "通知日期", lambda m: m.noticed_on),
    Column("planned_on", "定于", lambda m: m.planned_on),
    Column("place", "地点", lambda m: m.place),
    Column("held_on", "召开", lambda m: m.held_on),
    Column("eligible", "应到", lambda m: m.eligible),
    Column("present", "到会", lambda m: m.present),
    Column("proxies", "其中委托", lambda m: m.proxies),
)

ROLL: tuple[Column[RollLine], ...] = (
    Column("household_number", "户号", lambda p: p.household_number),
    Column("group", "组别", lambda p: p.group),
    Column("member", "成员序号", lambda p: p.member),
    Column("name", "姓名", lambda p: p.name),
    Column("attendance", "签到", lambda p: p.attendance),
    Column("proxy", "受托人序号", lambda p: p.proxy),
)


@app.command("list", help="列出本村的会议：通知、应到、到会。")
def list_meetings(programme: ProgrammeOption = None, *, as_json: JsonOption = False) -> None:
    """Every meeting that was called."""
    with open_office() as office:
        code = chosen_programme(office, programme)
        with office.database.reading() as session:
            meetings = [*load_programme(session, code).meetings.values()]
        listing = Listing("会议", MEETINGS, meetings)
        show(listing.records, listing.picture, f"共 {len(meetings)} 次。", as_json=as_json)


@app.command("roll", help="列出一次会议的应到名册；--out 写成可签到的 CSV 表。")
def roll(
    meeting: MeetingArgument,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="文件", help="写到哪个 CSV 文件")
    ] = None,
    programme: ProgrammeOption = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """The frozen roll with names, to be signed at the door."""
    with open_office() as office:
        lines = roll_lines(office, chosen_programme(office, programme), meeting)
        if out:
            write_sheet(out, lines)
        listing = Listing(f"会议 {meeting} 应到名册", ROLL, lines)
        told = f"应到 {len(lines)} 人。" + (f"已写出：{out}" if out else "")
        show(listing.records, *([] if out else [listing.picture]), told, as_json=as_json)


@app.command("attend", help="按填好的签到表登记一次会议的签到；有错处逐一指出，不写入任何记录。")
def attend(
    meeting: MeetingArgument,
    file: Annotated[Path, typer.Argument(metavar="文件", help="填好的签到表（CSV）")],
    held_on: Annotated[str, typer.Option("--held-on", metavar="日期", help="会议日期 2009-12-15")],
    *,
    account: AccountOption,
    evidence: EvidenceOption = None,
    programme: ProgrammeOption = None,
    as_json: JsonOption = False,
) -> None:
    """The attendance step, filled in from a signed sheet."""
    with open_office() as office:
        filing = Typed([f"meeting={meeting}", f"held_on={held_on}"], None, evidence).filing(
            chosen_programme(office, programme), AttendanceSheet
        )
        filing = replace(filing, filled={**(filing.filled or {}), **read_sheet(file)})
        take = partial(service.take, office, RECORD_ATTENDANCE.event, account, filing)
        act = f"programme.{RECORD_ATTENDANCE.event}"
        show_step(take, number=filing.number, act=act, as_json=as_json)
