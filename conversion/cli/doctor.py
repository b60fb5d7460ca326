"""`conversion doctor`: can this machine do the work?"""

from functools import partial

import typer
from rich.text import Text

from conversion.bootstrap import Settings, local_now
from conversion.cli.output import JsonOption, show, table
from conversion.services.machine import look
from conversion.services.readiness import FACES, Check, Verdict, database_check, is_ready, readiness
from conversion.store.database import Database

COLOURS = {Verdict.FINE: "green", Verdict.WARNING: "yellow", Verdict.FAILED: "bold red"}


def doctor(*, as_json: JsonOption = False) -> None:
    """The checks as a table, and for each lack its cost and its remedy."""
    checks = readiness(
        look(face.character for face in FACES),
        now=local_now().astimezone(),  # in the machine's own zone, which is one of the checks
        probe_database=partial(database_check, Database(Settings.read().database_url)),
    )
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
