"""`conversion case whatif`: a household as it is beside the household as supposed."""

from datetime import datetime
from typing import Annotated

import typer

from conversion.cli.contrast import CHANGES, side_record, side_words, told
from conversion.cli.listing import Listing
from conversion.cli.opening import CaseArgument, chosen_case, open_office
from conversion.cli.output import JsonOption, show
from conversion.cli.supposing import household_told, members_told, newcomers
from conversion.policy.contrast import Turn
from conversion.policy.supposition import Supposition
from conversion.services.trial import Trial, try_out

ONLY_A_TRIAL = "试算，不是决定：什么也没有写入，以办理当日的决定为准。"


def whatif(
    number: CaseArgument,
    *,
    on: Annotated[
        datetime | None,
        typer.Option("--on", formats=["%Y-%m-%d"], help="假设在哪一天；默认今天"),
    ] = None,
    pack: Annotated[
        str, typer.Option("--pack", metavar="PACK", help="假设按哪个政策包；默认本村的")
    ] = "",
    plan: Annotated[
        str, typer.Option("--plan", metavar="方案", help="假设按政策包的哪个折股方案，例如 basic")
    ] = "",
    without: Annotated[
        list[str] | None,
        typer.Option("--without", metavar="序号", help="假设某个成员不在户内，可写多次"),
    ] = None,
    joining: Annotated[
        list[str] | None,
        typer.Option(
            "--with", metavar="成员", help="假设多一人：born=2010-01-05,relation=20，或 YAML 文件"
        ),
    ] = None,
    told_otherwise: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="项目=内容", help="假设某项不同，例如 02.hukou=resident"),
    ] = None,
    afresh: Annotated[
        bool, typer.Option("--afresh", help="成员身份全部按政策包重新研判，不管已经怎样确认")
    ] = False,
    everything: Annotated[bool, typer.Option("--all", help="没有变化的也列出")] = False,
    as_json: JsonOption = False,
) -> None:
    """What would be otherwise; nothing is written."""
    supposition = Supposition(
        day=on.date() if on else None,
        without=tuple(without or ()),
        told=members_told(told_otherwise or ()),
        newcomers=newcomers(joining or ()),
        household=household_told(told_otherwise or ()),
        afresh=afresh,
    )
    with open_office() as office:
        trial = try_out(office, chosen_case(office, number), supposition, pack=pack, plan=plan)
    _show(trial, everything=everything, as_json=as_json)


def _show(trial: Trial, *, everything: bool, as_json: bool) -> None:
    lines = [c for c in trial.lines if everything or c.turn is not Turn.SAME]
    before, after = trial.sides
    data = {
        "case": trial.case,
        "decides": False,
        "sides": [side_record(side) for side in trial.sides],
        "notes": trial.notes,
    }
    changes = Listing("对照", CHANGES, lines)
    heading = f"案件 {trial.case}　现状：{side_words(before)}　假设：{side_words(after)}"
    same = sum(change.turn is Turn.SAME for change in trial.lines)
    counted = f"不同的 {len(trial.lines) - same} 项，不变的 {same} 项。"
    show(
        data | {"lines": changes.records},
        heading,
        *trial.notes,
        *told(lines, trial.people),
        counted,
        ONLY_A_TRIAL,
        as_json=as_json,
    )
