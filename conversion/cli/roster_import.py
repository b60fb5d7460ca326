"""`conversion roster import`: a roster staged against what is stored, and taken in on request."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.console import RenderableType
from rich.text import Text

from conversion.cli.opening import AccountOption, ProgrammeOption, chosen_programme, open_office
from conversion.cli.output import JsonOption, show, table
from conversion.cli.roster import findings_table, mark
from conversion.domain.standing import Json
from conversion.roster.reading import read_roster
from conversion.roster.sheet import BENEFITS, LAND, MEMBERS
from conversion.roster.staging import FieldChange, Outcome
from conversion.services.intake import Intake, commit_roster, stage_roster

_SHEETS = {"household": MEMBERS, "members": MEMBERS, "drawn": BENEFITS, "parcels": LAND}


def import_roster(
    file: Annotated[
        Path, typer.Argument(metavar="文件", help="花名册：.xlsx、.xls、.csv 或放 CSV 的文件夹")
    ],
    *,
    account: AccountOption,
    commit: Annotated[
        bool, typer.Option("--commit", help="写入；不写这一项只比对，不写入任何内容")
    ] = False,
    leave_out_faulty: Annotated[
        bool, typer.Option("--leave-out-faulty", help="有错误的户整户留下，其余写入")
    ] = False,
    marked: Annotated[
        Path | None, typer.Option("--marked", metavar="文件", help="另存一份标出问题的工作簿")
    ] = None,
    programme: ProgrammeOption = None,
    as_json: JsonOption = False,
) -> None:
    """What a roster would change, or has changed; exit code 1 when its errors kept it out."""
    with open_office() as office:
        code = chosen_programme(office, programme)
        roster = read_roster(file, today=office.today())
        staged = stage_roster(office, code, roster)
        if marked:
            mark(file, staged.findings, marked)
        taken = (
            commit_roster(office, code, account, roster, leave_out_faulty=leave_out_faulty)
            if commit
            else staged
        )
        show(
            _answer(staged, taken, marked),
            *_pictures(staged),
            *_conclusion(taken, marked, commit=commit),
            as_json=as_json,
        )
        raise typer.Exit(1 if taken.has_errors else 0)


def _answer(staged: Intake, taken: Intake, marked: Path | None) -> dict[str, object]:
    return {
        "counts": staged.roster.counts,
        "outcomes": {o: len(staged.staging.of(o)) for o in Outcome},
        "households": [
            {"number": h.number, "outcome": h.outcome, "changes": h.changes}
            for h in staged.staging.households
        ],
        "findings": staged.findings,
        "has_errors": taken.has_errors,
        "left_out": taken.roster.left_out,
        "committed": taken.committed,
        "marked": marked,
    }


def _pictures(staged: Intake) -> Iterator[RenderableType]:
    if staged.findings:
        yield findings_table(staged.findings)
    changed = staged.staging.of(Outcome.CHANGED)
    if changed:
        rows = [(h.number, *_change(c)) for h in changed for c in h.changes]
        yield table(("户号", "对象", "项目", "原为", "改为"), rows, title="有变化的户")
    missing = "、".join(h.number for h in staged.staging.of(Outcome.NOT_IN_FILE))
    if missing:
        yield f"系统中有、文件中没有的户（不会改动）：{missing}"
    counts = "，".join(f"{o.label} {len(staged.staging.of(o))} 户" for o in Outcome)
    yield f"比对结果：{counts}。"


def _conclusion(taken: Intake, marked: Path | None, *, commit: bool) -> Iterator[RenderableType]:
    if marked:
        yield f"已标出问题的工作簿：{marked}"
    if taken.roster.left_out:
        yield f"有错误而留下未写入的户：{'、'.join(taken.roster.left_out)}"
    errors = sum(finding.is_error for finding in taken.findings)
    if errors:
        yield Text(f"有 {errors} 处错误，没有写入任何内容：请改正后重新导入。", "bold red")
    elif commit:
        yield f"已写入 {len(taken.committed)} 案。"
    else:
        yield "以上只是比对，没有写入任何内容；确认后加 --commit 写入。"


def _change(change: FieldChange) -> tuple[object, ...]:
    """Whose field it is, its heading, and both values."""
    if not change.field:
        return change.who, "整行", _row(change.before), _row(change.after)
    columns = _SHEETS[change.collection].columns
    heading = next((c.name for c in columns if c.field == change.field), change.field)
    return change.who, heading, _shown(change.before), _shown(change.after)


def _row(value: Json) -> str:
    return "（没有）" if value is None else "（列入）"


def _shown(value: Json) -> str:
    if isinstance(value, list):
        return "、".join(str(part) for part in value)
    return "" if value is None else str(value)
