"""A step's requirements, for a clerk who asks, and for one who is refused."""

from collections.abc import Callable, Iterable
from typing import Any

import typer
from rich.console import Console
from rich.text import Text

from conversion.cli.listing import Column, Listing, pictures
from conversion.cli.output import show, table
from conversion.cli.pack_of_day import pack_record, taken_over
from conversion.policy.decision import TraceLine
from conversion.store.append import Receipt
from conversion.workflows.choice import Choice
from conversion.workflows.definition import act_title
from conversion.workflows.engine import Evaluation
from conversion.workflows.requirement import Requirement, RequirementsUnmet


def show_evaluation(evaluation: Evaluation[Any], *, number: str, as_json: bool) -> None:
    """Every requirement of a step, and whether it may be taken; exit code 1 when not.

    Raises:
        Exit: always, with the exit code.
    """
    act = f"{evaluation.track.name}.{evaluation.step.event}"
    choices = _choices(evaluation)
    decision, pack = evaluation.decision, evaluation.circumstances.pack
    results = Listing("现在办理会得出的结果", _RESULTS, decision.lines if decision else ())
    show(
        {
            "number": number,
            "act": act,
            "title": act_title(act),
            "state": evaluation.state,
            "permits": evaluation.permits,
            "policy": pack_record(pack),
            "requirements": evaluation.requirements,
            "choices": choices.records,
            "decision": decision.trace() if decision else None,
        },
        *taken_over(pack),
        *pictures([choices, results]),
        _table(evaluation.requirements, f"{act_title(act)}　{number}"),
        _verdict(evaluation.requirements),
        as_json=as_json,
    )
    raise typer.Exit(0 if evaluation.permits else 1)


def _choices(evaluation: Evaluation[Any]) -> Listing[Choice]:
    found = evaluation.step.form.choices(evaluation.circumstances.pack)
    return Listing("表单可以填写的情况代码", _CHOICES, found)


_CHOICES: tuple[Column[Choice], ...] = (
    Column("code", "代码", lambda c: c.code),
    Column("title", "情况", lambda c: c.title),
    Column("meaning", "结果", lambda c: c.meaning),
    Column("papers", "需要的材料", lambda c: c.papers),
    Column("clause", "依据", lambda c: c.clause),
)
_RESULTS: tuple[Column[TraceLine], ...] = (
    Column("title", "事项", lambda line: line.title),
    Column("result", "结果", lambda line: line.result),
    Column("because", "理由", lambda line: "".join(line.because)),
)


def show_step(take: Callable[[], Receipt], *, number: str, act: str, as_json: bool) -> None:
    """Takes a step and tells its receipt, or every requirement that keeps it from being taken.

    Raises:
        RequirementsUnmet: for JSON, which carries the requirements by itself.
        Exit: refused, and told.
    """
    try:
        receipt = take()
    except RequirementsUnmet as refusal:
        if as_json:
            raise
        _tell(refusal)
        raise typer.Exit(refusal.exit_code) from None
    title = act_title(act)
    show(
        {"number": number, "act": act, "title": title, "receipt": receipt},
        f"已办理“{title}”：{number} 第 {receipt.seq} 条记录。",
        as_json=as_json,
    )


def _tell(refusal: RequirementsUnmet) -> None:
    console = Console(stderr=True, highlight=False)
    count = len(refusal.unmet)
    heading = f"　{refusal.asked}：{count} 项要求未满足，没有写入任何记录。"
    console.print(Text.assemble(("错误", "bold red"), heading), soft_wrap=True)
    for place, requirement in enumerate(refusal.unmet, 1):
        console.print(Text(f"  {place}. {requirement}"), soft_wrap=True)


def _verdict(requirements: Iterable[Requirement]) -> str:
    lacking = sum(not r.satisfied for r in requirements)
    return f"还不能办理：{lacking} 项要求未满足。" if lacking else "可以办理。"


def _table(requirements: Iterable[Requirement], title: str) -> Any:
    rows = ((_mark(r), _what(r), r.clause, r.found, _how(r)) for r in requirements)
    return table(("", "要求", "依据", "现状", "怎样满足"), rows, title=title)


def _mark(requirement: Requirement) -> Text:
    return Text("已满足", "green") if requirement.satisfied else Text("未满足", "bold red")


def _what(requirement: Requirement) -> Text:
    return Text.assemble(requirement.title, "\n", (requirement.rule, "dim"))


def _how(requirement: Requirement) -> str:
    if requirement.satisfied:
        return ""
    earliest = f"最早 {requirement.earliest:%Y-%m-%d}" if requirement.earliest else ""
    who = f"办理人：{requirement.who}" if requirement.who else ""
    return "\n".join(part for part in (requirement.remedy, earliest, who) if part)
