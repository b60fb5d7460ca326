"""`conversion history`: the sealed record, verified and read."""

import json
from typing import Annotated

import typer
from rich.console import RenderableType
from rich.progress import Progress
from rich.text import Text

from conversion.cli.opening import (
    ProgrammeOption,
    all_programmes,
    chosen_case,
    chosen_programme,
    open_office,
)
from conversion.cli.output import JsonOption, progress, show, table
from conversion.errors import NotFound
from conversion.services.audit import AuditReport, verify
from conversion.services.office import Office
from conversion.store.entries import StoredEntry, entries_of, log_head

app = typer.Typer(help="历史：核验是否被改动、查看原始记录。", no_args_is_help=True)

_GROUP = 8


@app.command(
    "verify", help="逐条核验历史，并与状态表对照；有一个字节不符即指出案件。不写项目则全部核验。"
)
def verify_history(programme: ProgrammeOption = None, *, as_json: JsonOption = False) -> None:
    """Every entry, chain, payload and state row; exit code 1 when anything was found."""
    with open_office() as office:
        known = [chosen_programme(office, programme)] if programme else all_programmes(office)
        with progress(as_json=as_json) as bars:
            reports = [_verified(office, code, bars) for code in known]
        told = [part for report in reports for part in _told(report)]
        is_sound = all(report.is_sound for report in reports)
        show({"sound": is_sound, "programmes": reports}, *told, as_json=as_json)
        raise typer.Exit(0 if is_sound else 1)


@app.command("show", help="查看案件或项目的历史记录原文（规范 JSON，不含个人信息）。")
def show_history(
    number: Annotated[str, typer.Argument(metavar="编号", help="案件编号、户号，或项目代码")],
    seq: Annotated[
        int | None, typer.Option("--seq", min=1, metavar="序号", help="只看第几条")
    ] = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """The entries' canonical bytes as they are hashed, one a line."""
    with open_office() as office:
        chain = number if number in all_programmes(office) else chosen_case(office, number)
        with office.database.reading() as session:
            found = [e for e in entries_of(session, chain) if seq in {None, e.seq}]
        if not found:
            raise NotFound(f"查看 {chain} 第 {seq} 条记录", "没有这一条", "核对序号")
        lines = [Text(_written(entry)) for entry in found]
        show([_record(entry) for entry in found], *lines, as_json=as_json)


def _verified(office: Office, programme: str, bars: Progress) -> AuditReport:
    with office.database.reading() as session:
        total = log_head(session, programme).size
    task = bars.add_task(f"核验 {programme}", total=total)
    return verify(office, programme, told=lambda read: bars.update(task, completed=read))


def _told(report: AuditReport) -> list[RenderableType]:
    root = report.root
    groups = " ".join(root[at : at + _GROUP] for at in range(0, len(root), _GROUP))
    summary = (
        f"项目 {report.programme}：历史 {report.entries} 条，分属 {report.chains} 条链"
        f"（项目和各案各一条）；依法删除的个人信息 {report.erased} 处。\n树根：{groups}"
    )
    if report.is_sound:
        sound = "没有发现改动：各条与其摘要、前后次序和树根相符，重演的结果与状态表一致。"
        return [summary, Text(sound, "green")]
    rows = [(f.chain, f.seq, f.sentence) for f in report.findings]
    count = f"发现 {len(rows)} 处不符：请停止办理，保全数据库，交审计人员核查。"
    return [summary, table(("案件", "序号", "不符之处"), rows), Text(count, "bold red")]


def _written(entry: StoredEntry) -> str:
    return entry.bytes.decode("utf-8", "backslashreplace")


def _record(entry: StoredEntry) -> dict[str, object]:
    return {
        "index": entry.idx,
        "seq": entry.seq,
        "leaf_hash": entry.leaf_hash.hex(),
        "entry": json.loads(entry.bytes),
    }
