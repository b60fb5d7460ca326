"""`conversion case`: a household's case, looked at and moved."""

from typing import Annotated

import typer

from conversion.cli.case_sheet import heading, household_record, sheet_of
from conversion.cli.case_step import filing_for, take_step
from conversion.cli.form import EvidenceOption, FormFileOption, FormOption, Typed
from conversion.cli.listing import Column, Listing, pictures
from conversion.cli.opening import (
    AccountOption,
    CaseArgument,
    GroupOption,
    PrincipalOption,
    ProgrammeOption,
    chosen_case,
    chosen_programme,
    chosen_state,
    open_office,
)
from conversion.cli.output import JsonOption, show
from conversion.cli.pack_of_day import pack_record, taken_over
from conversion.cli.requirement import show_evaluation
from conversion.domain.case import Case
from conversion.domain.event import Event
from conversion.errors import WrongUse
from conversion.services import progress as service
from conversion.store.chains import CaseLine, case_lines, load_case, load_programme
from conversion.workflows.definition import CASE_LEVELS, act_title

app = typer.Typer(help="案件（一户一案）：查找、查看、逐步办理。", no_args_is_help=True)

StepArgument = Annotated[
    str,
    typer.Argument(metavar="步骤", help="例如 shares.allocate；可办的步骤见 conversion case show"),
]

LINES: tuple[Column[CaseLine], ...] = (
    Column("number", "案件编号", lambda c: c.number),
    Column("household_number", "户号", lambda c: c.household_number),
    Column("group", "组别", lambda c: c.group),
    Column("head_name", "户主", lambda c: c.head_name),
    *(
        Column(
            track.name,
            track.title,
            lambda c, t=track: c.positions.get(t.name, t.initial),  # type: ignore[misc]
            track.title_of,
        )
        for track in CASE_LEVELS
    ),
)


def _state_title(event: Event) -> str:
    """The state that an event led to; empty when it moved nothing."""
    track = next((t for t in CASE_LEVELS if t.name == event.level), None)
    return track.title_of(event.target) if track and event.target else ""


TIMELINE: tuple[Column[Event], ...] = (
    Column("seq", "序号", lambda e: e.seq),
    Column("day", "日期", lambda e: e.day),
    Column("actor_name", "办理人", lambda e: e.actor_name),
    Column("roles", "岗位", lambda e: e.roles),
    Column("title", "事项", lambda e: act_title(e.act)),
    Column("act", "步骤", lambda e: e.act),
    Column("target", "状态代码", lambda e: e.target),
    Column("state", "办到", _state_title),
)


@app.command("list", help="列出案件；可按事项的状态、组别、户号或户主姓名查找。")
def list_cases(
    track: Annotated[
        str | None, typer.Option("--track", metavar="事项", help="例如 shares；须与 --state 同用")
    ] = None,
    state: Annotated[
        str | None, typer.Option("--state", metavar="状态", help="例如 allocated，或 已配股")
    ] = None,
    group: GroupOption = None,
    search: Annotated[
        str, typer.Option("--search", metavar="文字", help="案件编号、户号或户主姓名的一部分")
    ] = "",
    programme: ProgrammeOption = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """Cases as lines."""
    states = _states(track, state)
    with open_office() as office:
        code = chosen_programme(office, programme)
        with office.database.reading() as session:
            lines = case_lines(session, code, states=states, group=group, search=search)
        listing = Listing("案件", LINES, lines)
        show(listing.records, *pictures([listing]), f"共 {len(lines)} 案。", as_json=as_json)


@app.command(
    "show", help="查看一个案件：五个事项的进度、成员、土地、份额、待遇、文书、可办的步骤。"
)
def show_case(number: CaseArgument, *, as_json: JsonOption = False) -> None:
    """The case's sheet."""
    with open_office() as office:
        chosen = chosen_case(office, number)
        with office.database.reading() as session:
            case = load_case(session, chosen)
            programme = load_programme(session, case.programme)
        pack = office.pack(programme.village.pack, office.today())
        sheet = sheet_of(case, programme)
        data = {
            "number": case.number,
            "programme": case.programme,
            "version": case.version,
            "policy": pack_record(pack),
            "household": household_record(case),
            **{name: listing.records for name, listing in sheet.items()},
        }
        heads = (*heading(case), *taken_over(pack))
        show(data, *heads, *pictures(sheet.values()), as_json=as_json)


@app.command("timeline", help="按先后列出一个案件办过的事：哪一天、谁、办了什么。")
def timeline(number: CaseArgument, *, as_json: JsonOption = False) -> None:
    """What happened, in order."""
    with open_office() as office:
        chosen = chosen_case(office, number)
        with office.database.reading() as session:
            case = load_case(session, chosen)
        by_leave: Column[Event] = Column("overrides", "特批", lambda e: _overrides_of(e, case))
        listing = Listing(f"案件 {chosen}", (*TIMELINE, by_leave), case.past)
        show(listing.records, listing.picture, as_json=as_json)


@app.command("explain", help="说明一个步骤的每项要求：依据、现状、怎样满足、最早何日、由谁办理。")
def explain(
    number: CaseArgument,
    step: StepArgument,
    *,
    account: AccountOption,
    principal: PrincipalOption = "",
    form: FormOption = None,
    form_file: FormFileOption = None,
    evidence: EvidenceOption = None,
    as_json: JsonOption = False,
) -> None:
    """The requirements of a step, judged now; nothing is written."""
    with open_office() as office:
        filing = filing_for(office, step, number, Typed(form, form_file, evidence))
        evaluation = service.explain(office, step, account, filing, principal=principal)
        show_evaluation(evaluation, number=filing.number, as_json=as_json)


@app.command("advance", help="办理一个步骤；有要求未满足时逐项说明，不写入任何记录。")
def advance(
    number: CaseArgument,
    step: StepArgument,
    *,
    account: AccountOption,
    principal: PrincipalOption = "",
    form: FormOption = None,
    form_file: FormFileOption = None,
    evidence: EvidenceOption = None,
    as_json: JsonOption = False,
) -> None:
    """One step taken, or refused with everything it lacks."""
    typed = Typed(form, form_file, evidence)
    take_step(step, number, account, typed, principal=principal, as_json=as_json)


def _overrides_of(event: Event, case: Case) -> tuple[str, ...]:
    """Serials of the overrides by which an act was done."""
    return tuple(
        override.serial
        for override in case.overrides.values()
        if (override.act, override.used_on) == (event.act, event.day)
    )


def _states(track: str | None, state: str | None) -> dict[str, str]:
    """Level and state to look for; a state may be named by its title."""
    if track is None and state is None:
        return {}
    if track is None or state is None:
        raise WrongUse("按状态列出案件", "--track 与 --state 只写了一个", "两个都写")
    return {track: chosen_state(track, state, asked=f"按状态列出案件 {track}={state}")}
