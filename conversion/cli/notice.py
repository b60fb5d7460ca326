"""`conversion notice`: lists drawn up, hung, compared, and put on the public board."""

from pathlib import Path
from typing import Annotated

import typer

from conversion.cli.listing import Column, Listing, pictures
from conversion.cli.opening import (
    CaseArgument,
    ProgrammeOption,
    chosen_case,
    chosen_programme,
    open_office,
)
from conversion.cli.output import JsonOption, show, table
from conversion.services import notices as service
from conversion.services.notices import NoticeLine
from conversion.workflows.board import Part, Sheet, altered
from conversion.workflows.posted_list import code_of

app = typer.Typer(
    help="公示：起草公示榜，列出、核对榜上的名单，生成网上公示栏。", no_args_is_help=True
)

KindOption = Annotated[
    str,
    typer.Option(
        "--kind",
        metavar="种类",
        help="household 农户情况、land 土地权属、members 成员名单、shares 股权",
    ),
]

LINES: tuple[Column[NoticeLine], ...] = (
    Column("case", "案件", lambda n: n.case),
    Column("household", "户号", lambda n: n.household, lambda number: number or "全村"),
    Column("serial", "编号", lambda n: n.notice.serial),
    Column("title", "公示", lambda n: n.notice.title),
    Column("posted_on", "张贴日", lambda n: n.notice.posted_on),
    Column("last_day", "公示至", lambda n: n.notice.last_day),
    Column("place", "地点", lambda n: n.notice.place),
    Column("code", "校验码", lambda n: code_of(n.notice.content_sha256)),
    Column("closed_on", "取下日", lambda n: n.notice.closed_on),
    Column("voided_on", "作废日", lambda n: n.notice.voided_on),
    Column("void_reason", "作废原因", lambda n: n.notice.void_reason),
)


def _record(sheet: Sheet) -> dict[str, object]:
    """A list for a program."""
    return {
        "kind": sheet.posted.kind,
        "title": sheet.title,
        "round": sheet.round,
        "rounds": sheet.rounds,
        "posted_on": sheet.posted_on,
        "last_day": sheet.last_day,
        "sha256": sheet.sha256,
        "columns": sheet.posted.columns,
        "households": [_part(part) for part in sheet.parts],
    }


def _part(part: Part) -> dict[str, object]:
    return {
        "case": part.case,
        "household": part.household,
        "lines": part.lines,
        "code": part.code,
        "sha256": part.content_sha256,
        "as_posted": part.is_as_posted,
    }


def _told(sheet: Sheet) -> str:
    unit = "个工作日" if sheet.working_days else "天"
    return f"共 {len(sheet.parts)} 户，公示 {sheet.days} {unit}，整榜校验码 {sheet.code}。"


@app.command("draft", help="起草下一榜：现在可以张贴的各户，逐行列出榜上的内容和校验码。")
def draft(
    kind: KindOption,
    group: Annotated[
        str | None, typer.Option("--group", metavar="组别", help="只列一个村民小组")
    ] = None,
    programme: ProgrammeOption = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """The lists that can be hung next; nothing is written."""
    with open_office() as office:
        sheets = service.draft(office, chosen_programme(office, programme), kind, group=group)
    drawn = (part for s in sheets for part in (table(s.columns, s.lines, title=s.title), _told(s)))
    nothing = "" if sheets else "没有可以张贴的户。"
    show([_record(sheet) for sheet in sheets], *drawn, nothing, as_json=as_json)


@app.command("list", help="列出公示：张贴、期满、取下、作废；默认只列还在榜上的。")
def list_notices(
    every: Annotated[bool, typer.Option("--all", help="连同已经取下和作废的")] = False,
    programme: ProgrammeOption = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """Notices of the village and of its households."""
    with open_office() as office:
        found = service.notice_lines(office, chosen_programme(office, programme))
        day = office.today()
    lines = [line for line in found if every or line.notice.is_running]
    state: Column[NoticeLine] = Column("state", "状态", lambda n: n.state(day))
    listing = Listing("公示", (*LINES, state), lines)
    told = f"共 {len(lines)} 件。"
    show(listing.records, *pictures([listing]), told, as_json=as_json)


@app.command("show", help="显示一户的一次公示：榜上的内容、张贴和取下的证明，与存档是否一致。")
def show_notice(
    case: CaseArgument,
    serial: Annotated[str, typer.Argument(metavar="公示编号", help="例如 N01")],
    *,
    as_json: JsonOption = False,
) -> None:
    """One notice with its text, if the household's rows still say what was posted."""
    with open_office() as office:
        number = chosen_case(office, case)
        notice, posted, part = service.notice_of(office, number, serial)
    proofs = [
        ("公示", notice.title),
        ("张贴", f"{notice.posted_on:%Y-%m-%d} {notice.place} {notice.posting_proof}"),
        ("公示至", f"{notice.last_day:%Y-%m-%d}"),
        ("取下", f"{notice.closed_on or ''} {notice.removal_proof}".strip()),
        ("作废", f"{notice.voided_on or ''} {notice.void_reason}".strip()),
        ("内容摘要", notice.content_sha256),
    ]
    same = "与张贴时一致。" if part.is_as_posted else "本户情况在张贴之后有变动，下列为现在的内容。"
    show(
        notice.model_dump() | {"part": _part(part)},
        table(("项目", "内容"), [row for row in proofs if row[1]]),
        table(posted.columns, part.lines),
        f"校验码 {part.code}，{same}",
        as_json=as_json,
    )


@app.command("verify", help="核对榜上的名单与各户现在的情况；不一致的逐户列出，返回 1。")
def verify(programme: ProgrammeOption = None, *, as_json: JsonOption = False) -> None:
    """Every hanging list against what the households' rows say."""
    with open_office() as office:
        sheets = service.on_board(office, chosen_programme(office, programme))
    changed = list(altered(sheets))
    rows = [(sheet.title, part.household, part.code) for sheet, part in changed]
    parts = sum(len(sheet.parts) for sheet in sheets)
    told = f"榜上 {len(sheets)} 榜、{parts} 户，与现在的情况不一致的 {len(rows)} 户。"
    remedy = (
        "不一致的：后面还有一榜的，由下一榜公示现在的内容；"
        "没有的，办理公示作废（void_notice）后重新张贴。"
    )
    data = [{"title": t, "household": h, "code": c} for t, h, c in rows]
    pictured = (table(("公示", "户号", "榜上校验码"), rows), remedy) if rows else ()
    show({"lists": len(sheets), "altered": data}, *pictured, told, as_json=as_json)
    if rows:
        raise typer.Exit(1)


@app.command("board", help="生成网上公示栏：一组网页，只有姓名、户号、关系和结果，不含证件号码。")
def board(
    folder: Annotated[Path, typer.Argument(metavar="目录", help="写到哪个目录")],
    programme: ProgrammeOption = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """The lists that hang, as pages that need no server."""
    with open_office() as office:
        written = service.write_board(office, chosen_programme(office, programme), folder)
    told = f"已写出 {len(written)} 页：{folder / written[0]}"
    show({"folder": str(folder), "files": written}, told, as_json=as_json)
