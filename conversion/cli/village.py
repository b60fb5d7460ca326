"""`conversion village`: a village's programme, from the draft plan to the accepted community."""

from collections import Counter
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from conversion.cli.form import EvidenceOption, FormFileOption, FormOption, Typed
from conversion.cli.listing import Listing, pictures
from conversion.cli.opening import (
    AccountOption,
    PrincipalOption,
    ProgrammeOption,
    chosen_programme,
    open_office,
)
from conversion.cli.output import JsonOption, show
from conversion.cli.pack_of_day import pack_record, taken_over
from conversion.cli.requirement import show_evaluation, show_step
from conversion.cli.village_sheet import VILLAGES, VillageLine, heading, sheet_of
from conversion.services import programme as service
from conversion.services.filing import Filing
from conversion.services.office import Office
from conversion.services.staff_check import check_staff
from conversion.services.village_files import read_staff, read_village
from conversion.store.chains import case_lines, load_programme, programmes
from conversion.workflows.definition import village_level

app = typer.Typer(help="村的项目：建立、查看、逐步推进。", no_args_is_help=True)

StepArgument = Annotated[
    str, typer.Argument(metavar="步骤", help="例如 propose；可办的步骤见 conversion village show")
]


@app.command("register", help="从 YAML 文件建立一个村的项目。")
def register(
    file: Annotated[Path, typer.Argument(metavar="文件", help="村的各项登记内容")],
    staff: Annotated[
        Path, typer.Option("--staff", metavar="文件", help="首批人员的分工表，办理人须列在其中")
    ],
    account: AccountOption,
    *,
    as_json: JsonOption = False,
) -> None:
    """A village's programme, opened with its first staff."""
    village, people = read_village(file), read_staff(staff)
    with open_office() as office:
        receipt = service.register_village(office, village, people, account)
        lacks = check_staff(office, receipt.chain).lacks
    code = village.village_code
    show(
        {"number": code, "receipt": receipt, "staff": len(people), "lacks": lacks},
        f"已建立项目 {code}：{village.before}，转为{village.after}；首批人员 {len(people)} 人。",
        *(f"提醒　{lack.found}。{lack.remedy}。" for lack in lacks),
        as_json=as_json,
    )


@app.command("list", help="列出全部项目。")
def list_villages(*, as_json: JsonOption = False) -> None:
    """Every programme, where it stands and how many cases it has."""
    with open_office() as office:
        with office.database.reading() as session:
            lines = [
                VillageLine(load_programme(session, code), len(case_lines(session, code)))
                for code in programmes(session)
            ]
        listing = Listing("项目", VILLAGES, lines)
        show(listing.records, listing.picture, f"共 {len(lines)} 个项目。", as_json=as_json)


@app.command("show", help="查看一个项目：历次进度、表决、股权方案、各事项的户数、现在可办的步骤。")
def show_village(
    code: Annotated[
        str | None, typer.Argument(metavar="[项目代码]", help="只有一个项目时可以不写")
    ] = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """Milestones, votes, plan totals, and the tally of cases."""
    with open_office() as office:
        chosen = chosen_programme(office, code)
        with office.database.reading() as session:
            programme = load_programme(session, chosen)
            lines = case_lines(session, chosen)
        pack = office.pack(programme.village.pack, office.today())
        tally = Counter((name, state) for line in lines for name, state in line.positions.items())
        sheet = sheet_of(programme, tally)
        data = {
            "code": programme.code,
            "state": programme.state,
            "assets": programme.positions["assets"],
            "base_date": programme.base_date,
            "village": programme.village,
            "cases": len(lines),
            "plan": programme.plan,
            "policy": pack_record(pack),
            **{name: listing.records for name, listing in sheet.items()},
        }
        heads = (*heading(programme, len(lines)), *taken_over(pack))
        show(data, *heads, *pictures(sheet.values()), as_json=as_json)


@app.command("explain", help="说明一个步骤的每项要求：依据、现状、怎样满足、最早何日、由谁办理。")
def explain(
    step: StepArgument,
    *,
    account: AccountOption,
    principal: PrincipalOption = "",
    form: FormOption = None,
    form_file: FormFileOption = None,
    evidence: EvidenceOption = None,
    programme: ProgrammeOption = None,
    as_json: JsonOption = False,
) -> None:
    """The requirements of a step, judged now; nothing is written."""
    with open_office() as office:
        event, filing = _filing(office, programme, step, Typed(form, form_file, evidence))
        evaluation = service.explain(office, event, account, filing, principal=principal)
        show_evaluation(evaluation, number=filing.number, as_json=as_json)


@app.command("advance", help="办理一个步骤；有要求未满足时逐项说明，不写入任何记录。")
def advance(
    step: StepArgument,
    *,
    account: AccountOption,
    principal: PrincipalOption = "",
    form: FormOption = None,
    form_file: FormFileOption = None,
    evidence: EvidenceOption = None,
    programme: ProgrammeOption = None,
    as_json: JsonOption = False,
) -> None:
    """One step taken, or refused with everything it lacks."""
    with open_office() as office:
        event, filing = _filing(office, programme, step, Typed(form, form_file, evidence))
        take = partial(service.take, office, event, account, filing, principal=principal)
        act = f"{village_level(event).name}.{event}"
        show_step(take, number=filing.number, act=act, as_json=as_json)


def _filing(office: Office, programme: str | None, step: str, typed: Typed) -> tuple[str, Filing]:
    event = step.rpartition(".")[2]
    model = village_level(event).steps_named(event)[0].form
    return event, typed.filing(chosen_programme(office, programme), model)
