"""`conversion definition`: versions of the procedures, compared, and cases migrated."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import RenderableType
from rich.text import Text

from conversion.cli.listing import Column, Listing, pictures
from conversion.cli.opening import AccountOption, ProgrammeOption, chosen_programme, open_office
from conversion.cli.output import JsonOption, show, table
from conversion.services.definitions import (
    Known,
    Touched,
    differences,
    impact,
    known_definitions,
    procedures_of,
)
from conversion.services.migration import Migration, Trial, try_out
from conversion.services.migration import migrate as migrate_chains
from conversion.services.migration import revert as revert_chains
from conversion.services.plan_file import read_plan, write_outline
from conversion.workflows.procedure import Procedure, Procedures, WrittenStep

app = typer.Typer(help="流程版本：查看、比较、影响、迁移与撤回。", no_args_is_help=True)

SHORT = 12
OldArgument = Annotated[
    str,
    typer.Argument(metavar="旧版本", help="版本号，写前几位即可；见 conversion definition list"),
]
NewArgument = Annotated[
    str | None, typer.Argument(metavar="[新版本]", help="版本号；不写就是本程序的版本")
]
PlanArgument = Annotated[Path, typer.Argument(metavar="方案", help="迁移方案的 YAML 文件")]


@app.command("list", help="列出存档的流程版本，各有多少项目和案件依此办理。")
def list_definitions(programme: ProgrammeOption = None, *, as_json: JsonOption = False) -> None:
    """Every definition that is kept."""
    with open_office() as office:
        known = known_definitions(office, chosen_programme(office, programme))
        listing = Listing("流程版本", _KNOWN, known)
        show(listing.records, listing.picture, as_json=as_json)


@app.command("show", help="查看一个流程版本：各事项的状态、步骤、岗位、材料和要求。")
def show_definition(version: NewArgument = None, *, as_json: JsonOption = False) -> None:
    """A definition as it is written down."""
    with open_office() as office:
        procedures = procedures_of(office, version)
    heading = f"流程版本 {procedures.sha256}"
    tables = (picture for level in procedures.levels for picture in _level(level))
    show(
        {"sha256": procedures.sha256, **procedures.model_dump()}, heading, *tables, as_json=as_json
    )


@app.command("diff", help="比较两个流程版本，逐项说明增减和改动。")
def diff(old: OldArgument, new: NewArgument = None, *, as_json: JsonOption = False) -> None:
    """What differs, in sentences."""
    with open_office() as office:
        found = differences(office, old, new)
    told = table(("事项", "改动"), [(a.title, a.sentence) for a in found])
    show(found, told if found else "两个版本没有差别。", as_json=as_json)


@app.command("impact", help="列出流程改动所触及的案件：按事项和状态，逐案列明。")
def show_impact(
    old: OldArgument,
    new: NewArgument = None,
    programme: ProgrammeOption = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """The live cases that a change touches."""
    with open_office() as office:
        code = chosen_programme(office, programme)
        found = impact(office, code, procedures_of(office, old), procedures_of(office, new))
    listing = Listing("受影响的案件", _TOUCHED, found)
    show(listing.records, *pictures([listing]), _impact_told(found), as_json=as_json)


@app.command("plan", help="生成迁移方案的底稿：列出各在用状态，由区里填写去向、理由和决定文号。")
def plan(
    old: OldArgument,
    out: Annotated[Path, typer.Option("--out", metavar="文件", help="方案写到哪里（YAML）")],
    programme: ProgrammeOption = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """An outline of a plan."""
    with open_office() as office:
        code = chosen_programme(office, programme)
        was, now = procedures_of(office, old), procedures_of(office, None)
        data = write_outline(office, code, was, now, out)
    told = f"已写出 {out}。填写后用 conversion definition migrate {out} 试行。"
    show({"file": out, "plan": data}, told, as_json=as_json)


@app.command("migrate", help="按方案迁移案件；先逐案试行，加 --commit 才写入，写入后核验。")
def migrate(
    file: PlanArgument,
    *,
    account: AccountOption,
    programme: ProgrammeOption = None,
    commit: Annotated[bool, typer.Option("--commit", help="写入；不加则只试行")] = False,
    as_json: JsonOption = False,
) -> None:
    """Every chain tried out, or migrated and verified; exit code 1 when one can't be."""
    read = read_plan(file)
    with open_office() as office:
        code = chosen_programme(office, programme)
        if commit:
            _show_done(migrate_chains(office, code, account, read), "已迁移", as_json=as_json)
        trials = try_out(office, code, read)
        new = procedures_of(office, None)
    rows = [(t.chain, _moves(t, new), "；".join(t.obstacles) or "可以迁移") for t in trials]
    stuck = sum(bool(t.obstacles) for t in trials)
    told = f"试行：{len(trials) - stuck} 件可以迁移，{stuck} 件不能；没有写入任何记录。"
    show({"plan": read.sha256, "trials": trials}, table(_TRIED, rows), told, as_json=as_json)
    raise typer.Exit(1 if stuck else 0)


@app.command("revert", help="撤回一个方案的迁移：恢复各案的状态和流程版本；迁移后办理过的不撤回。")
def revert(
    file: PlanArgument,
    *,
    account: AccountOption,
    programme: ProgrammeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Every migration of a plan taken back; exit code 1 when one can't be."""
    read = read_plan(file)
    with open_office() as office:
        code = chosen_programme(office, programme)
        _show_done(revert_chains(office, code, account, read), "已撤回", as_json=as_json)


def _show_done(done: Migration, what: str, *, as_json: bool) -> None:
    refused = [o for o in done.outcomes if o.refusal]
    rows = [(o.number, o.refusal.found, o.refusal.remedy) for o in refused if o.refusal]
    pictures = [table(("编号", "没有办理的原因", "怎样办"), rows)] if rows else []
    told: list[RenderableType] = [
        *pictures,
        f"{what} {len(done.outcomes) - len(refused)} 件，未办 {len(refused)} 件。",
        Text("核验发现不符：" + "；".join(done.findings), "bold red")
        if done.findings
        else Text("核验：重演的结果与状态表一致，各案都处于新流程的状态。", "green"),
    ]
    data = {
        "done": [o.receipt for o in done.outcomes if o.receipt],
        "refused": [{"number": o.number, "found": o.refusal.found} for o in refused if o.refusal],
        "findings": done.findings,
    }
    show(data, *told, as_json=as_json)
    raise typer.Exit(1 if refused or done.findings else 0)


def _moves(trial: Trial, new: Procedures) -> str:
    """Where a chain would be led, as people call it."""
    led = ((new.level(name), state) for name, state in trial.moves.items())
    told = (f"{level.title}→{level.title_of(state)}" for level, state in led if level)
    return "、".join(told) or "状态不变"


def _impact_told(found: list[Touched]) -> str:
    live = {chain for touched in found if not touched.is_final for chain in touched.chains}
    return f"在办的共 {len(live)} 件。" if found else "没有项目或案件受影响。"


def _level(level: Procedure) -> list[RenderableType]:
    states = "、".join(f"{level.title_of(s)}（{s}）" for s in level.in_order)
    rows = [[shown(level, step) for _, shown in _STEP] for step in level.steps]
    return [
        f"\n{level.title}（{level.name}）：{states}",
        table((title for title, _ in _STEP), rows),
    ]


def _places(level: Procedure, step: WrittenStep) -> str:
    there = "、".join(level.title_of(state) for state in step.source)
    return f"{there} → {level.title_of(step.target) if step.target else '不移动'}"


_TRIED = ("编号", "迁移", "结果")
_STEP = (
    ("步骤", lambda _level, step: f"{step.title}\n{step.event}"),
    ("状态", _places),
    ("岗位", lambda _level, step: "、".join(step.roles.values())),
    ("材料", lambda _level, step: "、".join(step.evidence.values())),
    ("要求", lambda _level, step: "、".join(step.guards.values())),
    ("文书", lambda _level, step: "、".join(step.papers.values())),
    ("起算的期限", lambda _level, step: step.term.title if step.term else ""),
    ("成批", lambda _level, step: "可以成批" if step.for_many else ""),
)
_KNOWN: tuple[Column[Known], ...] = (
    Column("sha256", "版本号", lambda k: k.sha256, lambda sha256: sha256[:SHORT]),
    Column("since", "自", lambda k: k.since),
    Column("chains", "项目和案件数", lambda k: k.chains),
    Column("is_own", "", lambda k: k.is_own, lambda own: "本程序" if own else ""),
)
_TOUCHED: tuple[Column[Touched], ...] = (
    Column("level", "事项", lambda t: t.level),
    Column("level_title", "名称", lambda t: t.level_title),
    Column("state", "状态代码", lambda t: t.state),
    Column("state_title", "状态", lambda t: t.state_title),
    Column("is_final", "", lambda t: t.is_final, lambda final: "已终结" if final else ""),
    Column("chains", "案件", lambda t: t.chains),
)
