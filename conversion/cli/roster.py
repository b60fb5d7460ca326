"""The roster 花名册: an empty one, and what is wrong with a filled one."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import RenderableType
from rich.text import Text

from conversion.bootstrap import local_now
from conversion.cli.output import JsonOption, show, table
from conversion.cli.rows import Rows
from conversion.errors import WrongUse
from conversion.roster.finding import Finding
from conversion.roster.marked import write_marked
from conversion.roster.reading import read_roster
from conversion.roster.roster import Roster
from conversion.roster.template import write_template

app = typer.Typer(help="花名册：生成模板、核对。", no_args_is_help=True)


@app.command("template", help="生成带下拉选项和说明的空白花名册。")
def template(
    path: Annotated[Path, typer.Argument(help="写到哪个 .xlsx 文件")],
    *,
    as_json: JsonOption = False,
) -> None:
    """Write an empty roster."""
    with _writing(path):
        write_template(path)
    show({"path": path}, f"已生成花名册模板：{path}", as_json=as_json)


@app.command("check", help="核对花名册，列出每一处问题；有错误时退出码为 1。")
def check(
    file: Annotated[Path, typer.Argument(help="花名册：.xlsx、.xls、.csv 或放 CSV 的文件夹")],
    *,
    marked: Annotated[
        Path | None, typer.Option("--marked", help="另存一份标出问题的工作簿")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Show every finding of a roster; exit code 1 when there is an error."""
    roster = read_roster(file, today=local_now().date())
    if marked:
        mark(file, roster.findings, marked)
    show(_answer(roster, marked), *_pictures(roster, marked), as_json=as_json)
    raise typer.Exit(1 if roster.has_errors else 0)


def mark(source: Path, findings: Iterable[Finding], target: Path) -> None:
    """Write the marked copy, never over the source or anything else that exists.

    Raises:
        WrongUse: there is a file already, or the place can't be written to.
    """
    with _writing(target):
        write_marked(source, tuple(findings), target)


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    """A new file; one that exists, or a place that can't be written to, is the caller's mistake."""
    if path.exists():
        raise WrongUse(f"写入 {path}", "已有同名的文件", "换一个文件名，原件不会被覆盖")
    try:
        yield
    except OSError as cause:
        found = cause.strerror or "写不进去"
        raise WrongUse(f"写入 {path}", found, "换一个可写的位置") from cause


def _answer(roster: Roster, marked: Path | None) -> dict[str, object]:
    return {
        "counts": roster.counts,
        "has_errors": roster.has_errors,
        "unknown_columns": roster.unknown_columns,
        "findings": roster.findings,
        "marked": marked,
    }


def _pictures(roster: Roster, marked: Path | None) -> Iterator[RenderableType]:
    if roster.findings:
        yield findings_table(roster.findings)
    counts, errors = roster.counts, len(roster.errors)
    yield (
        f"共 {counts.households} 户、{counts.members} 人、{counts.parcels} 块地、"
        f"{counts.benefits} 项待遇；错误 {errors} 处，提示 {len(roster.findings) - errors} 处。"
    )
    if marked:
        yield f"已标出问题的工作簿：{marked}"


def findings_table(findings: Iterable[Finding]) -> Rows:
    """Findings by place, each with what is wrong and what would be right."""
    return table(("位置", "列", "内容", "程度", "说明"), map(_line, findings))


def _line(finding: Finding) -> tuple[object, ...]:
    severity = Text("错误", "bold red") if finding.is_error else Text("提示", "yellow")
    return finding.place, finding.heading, finding.value, severity, finding.sentence
