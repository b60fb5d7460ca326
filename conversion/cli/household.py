"""`conversion household`: changes of a household, previewed, proposed, approved, undone."""

from typing import Annotated

import typer

from conversion.cli.case_step import step_command, take_step
from conversion.cli.form import EvidenceOption, FormFileOption, FormOption, Typed
from conversion.cli.listing import Column, Listing
from conversion.cli.opening import (
    AccountOption,
    CaseArgument,
    ProgrammeOption,
    chosen_case,
    chosen_programme,
    open_office,
)
from conversion.cli.output import JsonOption, show
from conversion.cli.requirement import show_evaluation
from conversion.domain.household_change import ChangeState
from conversion.errors import WrongUse
from conversion.services import household_change as service
from conversion.workflows.changes.kinds import KINDS
from conversion.workflows.household import HOUSEHOLD

app = typer.Typer(
    help="户内变更：出生、死亡、分户、并户等，先看对照，再提出、批准、撤销。", no_args_is_help=True
)

KindArgument = Annotated[
    str,
    typer.Argument(
        metavar="变更", help="、".join(f"{kind.event}（{kind.title}）" for kind in KINDS)
    ),
]

LINES: tuple[Column[service.ChangeLine], ...] = (
    Column("case", "案件编号", lambda c: c.case),
    Column("household_number", "户号", lambda c: c.household_number),
    Column("serial", "变更编号", lambda c: c.change.serial),
    Column("kind", "种类代码", lambda c: c.change.kind),
    Column("title", "变更", lambda c: c.change.title),
    Column("state", "状态", lambda c: c.change.state),
    Column("proposed_on", "提出", lambda c: c.change.proposed_on),
    Column("settled_on", "办结", lambda c: c.change.settled_on),
    Column("difference", "变更前后对照", lambda c: c.change.difference),
)


@app.command("preview", help="预览一项变更：逐项对照变更前后，并核对各项要求；不写入任何记录。")
def preview(
    number: CaseArgument,
    kind: KindArgument,
    *,
    account: AccountOption,
    form: FormOption = None,
    form_file: FormFileOption = None,
    evidence: EvidenceOption = None,
    as_json: JsonOption = False,
) -> None:
    """The difference that a change would make, then its requirements; nothing is written."""
    with open_office() as office:
        model = service.kind_of(kind).form
        filing = Typed(form, form_file, evidence).filing(chosen_case(office, number), model)
        found = service.preview(office, kind, account, filing)
        if as_json:
            evaluation = found.evaluation
            unmet = [r for r in evaluation.requirements if not r.satisfied]
            data = {"number": filing.number, "kind": kind, "difference": found.difference}
            show({**data, "permits": evaluation.permits, "unmet": unmet}, as_json=True)
            raise typer.Exit(0 if evaluation.permits else 1)
        show({}, *(found.difference or ["各项要求齐备后才能对照。"]), as_json=False)
        show_evaluation(found.evaluation, number=filing.number, as_json=False)


@app.command("propose", help="提出一项变更，待镇（街道）或区批准；同一户同时只能有一项。")
def propose(
    number: CaseArgument,
    kind: KindArgument,
    *,
    account: AccountOption,
    form: FormOption = None,
    form_file: FormFileOption = None,
    evidence: EvidenceOption = None,
    as_json: JsonOption = False,
) -> None:
    """A change proposed, or refused with everything it lacks."""
    service.kind_of(kind)
    typed = Typed(form, form_file, evidence)
    take_step(f"{HOUSEHOLD.name}.{kind}", number, account, typed, as_json=as_json)


app.command("approve", help="批准待批准的变更：按提出时的对照生效，被取代的文书随即失效。")(
    step_command("household.approve_change")
)
app.command("drop", help="不批准或收回待批准的变更，写明理由。")(
    step_command("household.drop_change")
)
app.command("undo", help="撤销一项已生效的变更（编号如 C01）；所涉各项此后有变动的，列明是哪些。")(
    step_command("household.undo_change")
)


@app.command("list", help="列出各户的变更：待批准、已生效、未批准、已撤销。")
def list_changes(
    state: Annotated[
        str | None,
        typer.Option("--state", metavar="状态", help="例如 pending，或 待批准"),
    ] = None,
    programme: ProgrammeOption = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """Changes as lines."""
    with open_office() as office:
        code = chosen_programme(office, programme)
        found = service.listed(office, code, state=_state(state))
        listing = Listing("户内变更", LINES, found)
        show(listing.records, listing.picture, f"共 {len(found)} 项。", as_json=as_json)


def _state(told: str | None) -> ChangeState | None:
    if told is None:
        return None
    found = next((s for s in ChangeState if told in {s.value, s.label}), None)
    if found is None:
        listed = "、".join(f"{s.value}（{s.label}）" for s in ChangeState)
        raise WrongUse(f"按状态列出变更 {told}", "没有这个状态", f"从中选择：{listed}")
    return found
