"""`conversion user`: the staff of a village's programme, their posts and who stands in for whom."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from conversion.cli.form import EvidenceOption, Typed
from conversion.cli.listing import Column, Listing, pictures
from conversion.cli.opening import AccountOption, ProgrammeOption, chosen_programme, open_office
from conversion.cli.output import JsonOption, show
from conversion.cli.requirement import show_step
from conversion.domain.role import Actor, Role
from conversion.domain.staff import Substitution
from conversion.errors import NotFound
from conversion.services.office import Office
from conversion.services.programme import take
from conversion.services.staff_check import StaffReport, check_staff
from conversion.services.staffing import staff_of
from conversion.services.village_files import read_staff
from conversion.store.chains import load_programme
from conversion.workflows.definition import village_level
from conversion.workflows.staffing import Lack

app = typer.Typer(help="人员：任用、免职、代理，查看各岗位的办理人。", no_args_is_help=True)

PersonArgument = Annotated[str, typer.Argument(metavar="账号", help="被任免人员的账号")]

COLUMNS: tuple[Column[Actor], ...] = (
    Column("account", "账号", lambda a: a.account),
    Column("name", "姓名", lambda a: a.name),
    Column("roles", "岗位", lambda a: a.roles),
    Column("department", "部门", lambda a: a.department),
    Column("places", "限于", lambda a: tuple(place for _, place in a.places)),
    Column("kin", "应回避的户号", lambda a: a.kin),
)
STAND_INS: tuple[Column[Substitution], ...] = (
    Column("serial", "编号", lambda s: s.serial),
    Column("account", "代理人", lambda s: s.account),
    Column("principal", "被代理人", lambda s: s.principal),
    Column("since", "自", lambda s: s.since),
    Column("until", "至", lambda s: s.until),
    Column("ended_on", "提前结束", lambda s: s.ended_on),
    Column("ground", "事由", lambda s: s.ground),
)


LACKS: tuple[Column[Lack], ...] = (
    Column("found", "缺什么", lambda lack: lack.found),
    Column("remedy", "怎样满足", lambda lack: lack.remedy),
    Column("households", "户号", lambda lack: lack.households),
)
HANDS: tuple[Column[tuple[str, str]], ...] = (
    Column("step", "步骤", lambda hand: hand[0]),
    Column("account", "办理人", lambda hand: hand[1]),
)


@app.command("list", help="列出全部人员、今天在任的岗位和代理。")
def list_users(*, programme: ProgrammeOption = None, as_json: JsonOption = False) -> None:
    """The staff table as it stands today, a line for each department of a person."""
    with open_office() as office:
        with office.database.reading() as session:
            village = load_programme(session, chosen_programme(office, programme))
        table = staff_of(village, office.pack(village.village.pack, office.today()))
        people = Listing("人员", COLUMNS, table.on(office.today()))
        stand_ins = Listing("代理", STAND_INS, list(table.substitutions.values()))
    data = {"people": people.records, "substitutions": stand_ins.records}
    told = f"共 {len({actor.account for actor in people.rows})} 人。"
    show(data, *pictures([people, stand_ins]), told, as_json=as_json)


@app.command("check", help="核对人员是否够用：每一步、每一户都有人办，且能做到四眼和回避。")
def check(
    *,
    household: Annotated[
        str | None, typer.Option("--household", metavar="户号", help="列出这一户各步可由谁办")
    ] = None,
    programme: ProgrammeOption = None,
    as_json: JsonOption = False,
) -> None:
    """What the staff lacks; for one household also a person for every step."""
    with open_office() as office:
        report = check_staff(office, chosen_programme(office, programme))
    witness = _witness(report, household)
    lacks = Listing("人员不足", LACKS, report.lacks)
    hands = Listing("可行的分工", HANDS, list(witness.items()))
    data = {"lacks": lacks.records, "findings": report.findings, "witness": witness}
    show(data, *pictures([lacks, hands]), *report.findings, _verdict(report), as_json=as_json)
    if report.lacks:
        raise typer.Exit(1)


def _witness(report: StaffReport, household: str | None) -> Mapping[str, str]:
    if household is None:
        return report.village.witness.get("", {})
    lacking = {number for lack in report.lacks for number in lack.households}
    if household not in report.households.witness and household not in lacking:
        raise NotFound(f"查找户号 {household}", "花名册中没有这一户", "核对户号")
    return report.households.witness.get(household, {})


def _verdict(report: StaffReport) -> str:
    if report.lacks:
        return f"人员不足：{len(report.lacks)} 处。"
    return f"人员够用：{len(report.households.witness)} 户的每一步都有人办，且能做到四眼和回避。"


@app.command("appoint", help="按 YAML 分工表任用人员，或改其姓名、部门、回避户号。")
def appoint(
    file: Annotated[Path, typer.Argument(metavar="文件", help="人员名单，写法同 staff.yaml")],
    account: AccountOption,
    *,
    evidence: EvidenceOption = None,
    programme: ProgrammeOption = None,
    as_json: JsonOption = False,
) -> None:
    """All people of the file, or none when it has a fault."""
    people = [person.model_dump(mode="json", exclude_unset=True) for person in read_staff(file)]
    _take("appoint", account, {"people": people}, evidence, programme, as_json=as_json)


@app.command("retire", help="免去一人的岗位；账号和办过的事保留。")
def retire(
    person: PersonArgument,
    account: AccountOption,
    *,
    role: Annotated[Role | None, typer.Option(help="只免去这个岗位；不写即全部")] = None,
    last_day: Annotated[
        str | None, typer.Option("--last-day", metavar="日期", help="任职最后一天，不写即当天")
    ] = None,
    evidence: EvidenceOption = None,
    programme: ProgrammeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Posts ended."""
    form = {"account": person, "role": role, "last_day": last_day}
    given = {name: value for name, value in form.items() if value}
    _take("retire", account, given, evidence, programme, as_json=as_json)


@app.command("substitute", help="登记代理：一人在起止两日之间代另一人办理。")
def substitute(
    person: Annotated[str, typer.Argument(metavar="代理人账号", help="代为办理的人")],
    *,
    principal: Annotated[str, typer.Option("--for", metavar="账号", help="被代理人")],
    since: Annotated[str, typer.Option(metavar="日期", help="开始日期，含当天")],
    until: Annotated[str, typer.Option(metavar="日期", help="截止日期，含当天")],
    ground: Annotated[str, typer.Option(metavar="事由", help="例如 年休假")],
    account: AccountOption,
    evidence: EvidenceOption = None,
    programme: ProgrammeOption = None,
    as_json: JsonOption = False,
) -> None:
    """A substitution entered."""
    form = {
        "account": person,
        "principal": principal,
        "since": since,
        "until": until,
        "ground": ground,
    }
    _take("substitute", account, form, evidence, programme, as_json=as_json)


@app.command("end-substitution", help="提前结束一项代理，当天起不再有效。")
def end_substitution(
    serial: Annotated[str, typer.Argument(metavar="代理编号", help="例如 S01")],
    account: AccountOption,
    *,
    programme: ProgrammeOption = None,
    as_json: JsonOption = False,
) -> None:
    """A substitution ended before its time."""
    _take("end_substitution", account, {"substitution": serial}, None, programme, as_json=as_json)


def _take(
    event: str,
    account: str,
    form: Mapping[str, Any],
    evidence: list[str] | None,
    programme: str | None,
    *,
    as_json: bool,
) -> None:
    """One step on the staff, taken on the programme's chain."""
    with open_office() as office:
        (step,) = village_level(event).steps_named(event)
        typed = Typed(None, None, evidence)
        number = chosen_programme(office, programme)
        filing = replace(typed.filing(number, step.form), filled=form)
        show_step(
            lambda: take(office, event, account, filing),
            number=number,
            act=f"programme.{event}",
            as_json=as_json,
        )
        if not as_json:
            warn_of_lacks(office, number)


def warn_of_lacks(office: Office, code: str) -> None:
    """Tells, after the staff has changed, what it can't carry now."""
    for lack in check_staff(office, code).lacks:
        show({}, f"提醒　{lack.found}。{lack.remedy}。", as_json=False)
