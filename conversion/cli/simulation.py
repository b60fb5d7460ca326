"""`conversion share simulate`: a plan tried on the whole village before anybody votes on it."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import RenderableType

from conversion.cli.listing import pictures
from conversion.cli.opening import chosen_programme, open_office
from conversion.cli.output import JsonOption, show
from conversion.cli.simulation_sheet import (
    classes_of,
    extremes,
    figures_of,
    record_of,
    remarks,
    shifts_of,
    tallies_of,
)
from conversion.errors import WrongUse
from conversion.services.simulation import SimulationReport, Wanted
from conversion.services.simulation import simulate as try_plan
from conversion.services.simulation_chart import write_chart
from conversion.services.simulation_workbook import write_workbook

_DAY = typer.Option("--on", formats=["%Y-%m-%d"], help="按哪一天的政策包；默认今天")
PlanOption = Annotated[
    str, typer.Option("--plan", metavar="方案", help="政策包中的方案编号；默认已通过的或第一个")
]
PlanFileOption = Annotated[
    Path | None,
    typer.Option("--plan-file", metavar="FILE", help="还没有写进政策包的方案，写法同 shares.yaml"),
]
AgainstOption = Annotated[
    str, typer.Option("--against", metavar="方案", help="与哪个方案比，逐户列出占比的增减")
]
ChartOption = Annotated[
    Path | None, typer.Option("--chart", metavar="FILE.svg", help="把各户的分布画成图")
]
WorkbookOption = Annotated[
    Path | None, typer.Option("--workbook", metavar="FILE.xlsx", help="把全部数字写成工作簿")
]


def simulate(
    programme: Annotated[
        str | None, typer.Argument(metavar="[项目代码]", help="哪个村的项目；只有一个项目时不写")
    ] = None,
    *,
    plan: PlanOption = "",
    plan_file: PlanFileOption = None,
    against: AgainstOption = "",
    on: Annotated[datetime | None, _DAY] = None,
    chart: ChartOption = None,
    workbook: WorkbookOption = None,
    names: Annotated[
        bool, typer.Option("--names", help="写出户主全名，须同时写 --as；不写的只显示姓")
    ] = False,
    account: Annotated[
        str, typer.Option("--as", metavar="账号", help="谁要看户主全名，按岗位核对")
    ] = "",
    as_json: JsonOption = False,
) -> None:
    """What a plan comes to, household by household; nothing is written but the files asked for."""
    with open_office() as office:
        day = on.date() if on else office.today()
        reader = _reader(account, names=names)
        wanted = Wanted(plan=plan, plan_file=plan_file, against=against, day=day, named_to=reader)
        report = try_plan(office, chosen_programme(office, programme), wanted)
    if chart:
        write_chart(report, chart)
    if workbook:
        write_workbook(report, workbook)
    written = [f"已写出：{file}" for file in (chart, workbook) if file]
    drawn = (*_drawn(report), *report.notes, *written)
    show(record_of(report), *drawn, as_json=as_json)


def _reader(account: str, *, names: bool) -> str:
    """The account that names are told to; empty where none are asked for."""
    if names and not account:
        raise WrongUse("写出户主全名", "没有写是谁要看", "加 --as 账号，或者不写 --names")
    return account if names else ""


def _drawn(report: SimulationReport) -> Iterator[RenderableType]:
    outcomes = (report.outcome, *((report.against,) if report.against else ()))
    for outcome in outcomes:
        yield from pictures([classes_of(outcome), figures_of(outcome), tallies_of(outcome)])
        yield from remarks(outcome)
    if report.against:
        listing = shifts_of(report)
        yield from pictures(extremes(listing))
        gain = sum(shift.difference > 0 for shift in report.shifts)
        yield f"占比增加的{gain}户，减少的{len(report.shifts) - gain}户，其余各户不变。"
