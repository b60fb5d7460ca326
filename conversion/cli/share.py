"""`conversion share`: the share ledger after booking: moved, burdened, proven, distributed."""

from functools import partial
from typing import Annotated

import typer

from conversion.cli.case_step import step_command, take_step
from conversion.cli.form import EvidenceOption, FormFileOption, FormOption, Typed
from conversion.cli.listing import Listing, pictures
from conversion.cli.opening import (
    AccountOption,
    CaseArgument,
    ProgrammeOption,
    chosen_case,
    chosen_programme,
    open_office,
)
from conversion.cli.output import JsonOption, show
from conversion.cli.requirement import show_step
from conversion.cli.share_sheet import RUNS, TOTALS, sheet_of
from conversion.cli.simulation import simulate
from conversion.services import holdings
from conversion.services import programme as villages
from conversion.store.chains import load_case, load_programme
from conversion.workflows.assets import DividendForm
from conversion.workflows.ledger import LEDGER

app = typer.Typer(
    help="股权：试算方案；台账的查看、变动、质押、冻结、核对、收益分配。", no_args_is_help=True
)

EventArgument = Annotated[
    str,
    typer.Argument(
        metavar="变动",
        help="inherit、transfer、give、redeem、divide、cancel、correct 或者 release_reserved",
    ),
]


@app.command("ledger", help="查看一户的股权台账：账户、分录、变动、质押和冻结、收益。")
def ledger(number: CaseArgument, *, as_json: JsonOption = False) -> None:
    """One household's accounts and everything that was booked on them."""
    with open_office() as office:
        chosen = chosen_case(office, number)
        with office.database.reading() as session:
            case = load_case(session, chosen)
    sheet = sheet_of(case)
    data = {"number": chosen, **{name: listing.records for name, listing in sheet.items()}}
    state = LEDGER.states[case.positions.get(LEDGER.name, LEDGER.initial)]
    told = f"案件 {chosen}　户主 {case.head.name}　共 {case.units} 股　{state}"
    show(data, told, *pictures(sheet.values()), as_json=as_json)


@app.command("propose", help="申请一项变动：继承、转让、赠与、退出、分割、注销、更正、预留股兑现。")
def propose(
    number: CaseArgument,
    event: EventArgument,
    *,
    account: AccountOption,
    form: FormOption = None,
    form_file: FormFileOption = None,
    evidence: EvidenceOption = None,
    as_json: JsonOption = False,
) -> None:
    """A transaction proposed, to be posted by another person."""
    typed = Typed(form, form_file, evidence)
    take_step(f"{LEDGER.name}.{event}", number, account, typed, as_json=as_json)


app.command("simulate", help="表决以前试算方案：分布、分组、各户增减，可出图和工作簿。")(simulate)
app.command("post", help="登记待登记的变动：两户同时记账，股权证书随之换发。")(
    step_command("ledger.post")
)
app.command("drop", help="不予登记待登记的变动，写明理由。")(step_command("ledger.drop"))
app.command("pledge", help="登记质押：质押的股份在解除以前不能变动。")(
    step_command("ledger.pledge")
)
app.command("release", help="解除质押或者冻结。")(step_command("ledger.lift"))
app.command("pay", help="发放暂留的收益：冻结解除、争议了结、遗产分清之后。")(
    step_command("ledger.pay_held")
)


@app.command("freeze", help="凭协助执行通知书冻结股份、收益；--renew 续行冻结。")
def freeze(
    number: CaseArgument,
    *,
    account: AccountOption,
    renew: Annotated[bool, typer.Option("--renew", help="续行已有的冻结")] = False,
    form: FormOption = None,
    form_file: FormFileOption = None,
    evidence: EvidenceOption = None,
    as_json: JsonOption = False,
) -> None:
    """A freeze recorded or renewed."""
    event = "renew_freeze" if renew else "freeze"
    typed = Typed(form, form_file, evidence)
    take_step(f"{LEDGER.name}.{event}", number, account, typed, as_json=as_json)


@app.command("balance", help="全村各股种在哪里：个人、待配、预留、集体、注销，以及历次收益分配。")
def balance(programme: ProgrammeOption = None, *, as_json: JsonOption = False) -> None:
    """Where all units are, and the dividend runs."""
    with open_office() as office:
        code = chosen_programme(office, programme)
        totals = Listing("各股种", TOTALS, holdings.check(office, code).totals)
        with office.database.reading() as session:
            made = load_programme(session, code).dividend_runs.values()
    runs = Listing("收益分配（元）", RUNS, [*made])
    data = {"totals": totals.records, "runs": runs.records}
    show(data, *pictures([totals, runs]), as_json=as_json)


@app.command(
    "check", help="核对股权台账：份额与分录、两户的分录、各股种总数、收益分配，都一分不差。"
)
def check(programme: ProgrammeOption = None, *, as_json: JsonOption = False) -> None:
    """Conservation proven over the whole village; exit code 1 when anything is wrong."""
    with open_office() as office:
        report = holdings.check(office, chosen_programme(office, programme))
    totals = Listing("各股种", TOTALS, report.totals)
    faults = [f"{chain}：{sentence}" for chain, sentence in report.faults]
    told = f"共 {report.chains} 户、{report.postings} 笔分录：" + (
        f"{len(faults)} 处不符。" if faults else "全部相符。"
    )
    data = {
        "chains": report.chains,
        "postings": report.postings,
        "totals": totals.records,
        "faults": faults,
    }
    show(data, *pictures([totals]), *faults, told, as_json=as_json)
    if faults:
        raise typer.Exit(1)


@app.command("dividend", help="分配一个年度的收益；--preview 只试算，不写入任何记录。")
def dividend(
    *,
    account: AccountOption,
    preview: Annotated[bool, typer.Option("--preview", help="只试算")] = False,
    form: FormOption = None,
    form_file: FormFileOption = None,
    evidence: EvidenceOption = None,
    programme: ProgrammeOption = None,
    as_json: JsonOption = False,
) -> None:
    """A dividend run made or worked out."""
    typed = Typed(form, form_file, evidence)
    with open_office() as office:
        code = chosen_programme(office, programme)
        filing = typed.filing(code, DividendForm)
        if not preview:
            take = partial(villages.take, office, "distribute", account, filing)
            show_step(take, number=code, act="assets.distribute", as_json=as_json)
            return
        runs = Listing("试算（元）", RUNS, [holdings.preview(office, code, account, filing)])
        show(runs.records, *pictures([runs]), as_json=as_json)
