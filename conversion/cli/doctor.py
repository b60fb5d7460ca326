"""`conversion doctor`: can this machine do the work, and are the procedures sound?"""

from functools import partial
from time import perf_counter
from typing import Annotated

import typer
from rich.text import Text

from conversion.bootstrap import Settings, local_now
from conversion.cli.output import JsonOption, show, table
from conversion.policy.location import packs_folder
from conversion.services.key_check import keys_check
from conversion.services.keys import KeyFolder
from conversion.services.machine import look
from conversion.services.readiness import (
    FACES,
    Check,
    Verdict,
    database_check,
    is_ready,
    packs_check,
    readiness,
)
from conversion.store.database import Database
from conversion.workflows.cross_rule import CROSS_RULES
from conversion.workflows.definition import CASE_LEVELS
from conversion.workflows.exploration import Exploration, explore

COLOURS = {Verdict.FINE: "green", Verdict.WARNING: "yellow", Verdict.FAILED: "bold red"}


WorkflowsOption = Annotated[
    bool, typer.Option("--workflows", help="改为穷举核验办理流程：案件与各事项一切可能的情形")
]


def doctor(*, workflows: WorkflowsOption = False, as_json: JsonOption = False) -> None:
    """The checks as a table, and for each lack its cost and its remedy."""
    if workflows:
        raise typer.Exit(_prove(as_json=as_json))
    machine = readiness(
        look(face.character for face in FACES),
        now=local_now().astimezone(),  # in the machine's own zone, which is one of the checks
        probe_database=partial(database_check, Database(Settings.read().database_url)),
    )
    keys = keys_check(KeyFolder(path=Settings.read().keys_folder), local_now())
    checks = (*machine, packs_check(packs_folder()), keys)
    ready = is_ready(checks)
    rows = [(check.name, _coloured(check.verdict), check.found) for check in checks]
    show(
        {"ready": ready, "checks": checks},
        table(("检查项", "结果", "现状"), rows),
        *(_advice(check) for check in checks if check.verdict is not Verdict.FINE),
        "可以办理。" if ready else "还不能办理：请先补上“不可用”的各项。",
        as_json=as_json,
    )
    raise typer.Exit(0 if ready else 1)


def _coloured(verdict: Verdict) -> Text:
    return Text(verdict.label, style=COLOURS[verdict])


def _advice(check: Check) -> Text:
    """What a lack costs and what to type; never wrapped, so that it can be copied."""
    heading = f"{check.name}　"
    return Text.assemble((heading, COLOURS[check.verdict]), f"{check.cost}。\n    {check.remedy}\n")


def _prove(*, as_json: bool) -> int:
    """Explore the procedures exhaustively, show the counts and the rules; 1 when one fails."""
    begun = perf_counter()
    found = explore(CASE_LEVELS, CROSS_RULES)
    seconds = perf_counter() - begun
    data = {"sound": found.is_sound, "exploration": found, "seconds": f"{seconds:.1f}"}
    rules = table(("跨事项的规则", "编号"), [(rule.sentence, rule.id) for rule in CROSS_RULES])
    told = Text(_PROVEN, "green") if found.is_sound else _faults(found)
    show(data, _counts(found, seconds), rules, told, as_json=as_json)
    return 0 if found.is_sound else 1


_PROVEN = (
    "以上规则在每一种可能的情形下都成立；从每一种情形出发，案件和各事项都能办结；没有办不到的步骤。"
)


def _counts(found: Exploration, seconds: float) -> str:
    titles = {track.name: track.title for track in CASE_LEVELS}
    levels = "、".join(titles[name] for name in found.levels)
    left_out = "、".join(titles[name] for name in found.left_out) or "无"
    return (
        f"事项：{levels}（另行单独核验、不相牵连的：{left_out}）\n"
        f"状态 {found.states} 个，步骤 {found.steps} 个；可能到达的情形 {found.configurations} 种，"
        f"情形之间的办理 {found.moves} 种；规则 {found.rules} 条；用时 {seconds:.1f} 秒。"
    )


def _faults(found: Exploration) -> Text:
    return Text("\n".join(found.faults), "bold red")
