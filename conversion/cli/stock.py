"""`conversion stock`: the pre-printed booklets, received, destroyed and counted."""

from functools import partial

import typer
from rich.text import Text

from conversion.cli.form import EvidenceOption, FormFileOption, FormOption, Typed
from conversion.cli.listing import Column, Listing, pictures
from conversion.cli.opening import (
    AccountOption,
    ProgrammeOption,
    chosen_programme,
    open_office,
)
from conversion.cli.output import JsonOption, show
from conversion.cli.requirement import show_step
from conversion.documents.kinds import kind_of
from conversion.domain.booklet import SpoiledBooklet
from conversion.services import programme as villages
from conversion.services.stock import Stock, stock_report
from conversion.store.printings import PrintingLine
from conversion.workflows.definition import village_level

app = typer.Typer(help="证书本：收到、销毁、用到哪一本、还剩多少。", no_args_is_help=True)

STOCKS: tuple[Column[Stock], ...] = (
    Column("serial", "批次", lambda s: s.delivery.serial),
    Column("kind", "用于", lambda s: s.delivery.kind, lambda kind: kind_of(kind).title),
    Column("first", "起号", lambda s: s.delivery.printed(s.delivery.first)),
    Column("last", "止号", lambda s: s.delivery.printed(s.delivery.last)),
    Column("received_on", "收到日", lambda s: s.delivery.received_on),
    Column("count", "本数", lambda s: s.delivery.count),
    Column("used", "已用", lambda s: len(s.used)),
    Column("spoiled", "销毁", lambda s: len(s.spoiled)),
    Column("left", "剩余", lambda s: s.left),
    Column("skipped", "跳过未用", lambda s: list(s.skipped), "、".join),
)
USES: tuple[Column[PrintingLine], ...] = (
    Column("booklet", "证书本", lambda u: u.printing.booklet),
    Column("number", "文书编号", lambda u: u.printing.number),
    Column("chain", "案件", lambda u: u.chain),
    Column("printed_on", "打印日", lambda u: u.printing.printed_on),
    Column("printer", "打印机", lambda u: u.printing.printer),
)
SPOILED: tuple[Column[SpoiledBooklet], ...] = (
    Column("booklet", "证书本", lambda b: b.booklet),
    Column("spoiled_on", "销毁日", lambda b: b.spoiled_on),
    Column("reason", "原因", lambda b: b.reason),
    Column("witness", "监销人", lambda b: b.witness),
)


@app.command("show", help="各批证书本的起止号、已用、销毁、剩余，哪一本印了哪一份证书。")
def show_stock(programme: ProgrammeOption = None, *, as_json: JsonOption = False) -> None:
    """The stock; exit code 1 when something contradicts it."""
    with open_office() as office:
        code = chosen_programme(office, programme)
        with office.database.reading() as session:
            report = stock_report(session, code)
    stocks = Listing("证书本", STOCKS, report.stocks)
    uses = Listing("已用", USES, [line for s in report.stocks for line in s.used.values()])
    spoiled = Listing("销毁", SPOILED, [row for s in report.stocks for row in s.spoiled.values()])
    skipped = sum(len(stock.skipped) for stock in report.stocks)
    warning = f"有 {skipped} 本跳过未用：清点实物，找不到的查明经过，不能再用的登记销毁。"
    show(
        {
            "stocks": stocks.records,
            "uses": uses.records,
            "spoiled": spoiled.records,
            "findings": report.findings,
        },
        *pictures([stocks, uses, spoiled]),
        *([Text(warning, "yellow")] if skipped else []),
        *(Text(sentence, "red") for sentence in report.findings),
        f"共收到 {sum(s.delivery.count for s in report.stocks)} 本，"
        f"剩余 {sum(s.left for s in report.stocks)} 本。",
        as_json=as_json,
    )
    raise typer.Exit(1 if report.findings else 0)


@app.command("receive", help="登记收到一批证书本：用于哪种证书、起号、止号、送货单。")
def receive(
    *,
    account: AccountOption,
    form: FormOption = None,
    form_file: FormFileOption = None,
    evidence: EvidenceOption = None,
    programme: ProgrammeOption = None,
    as_json: JsonOption = False,
) -> None:
    """A delivery of booklets."""
    _take("receive_booklets", account, Typed(form, form_file, evidence), programme, as_json=as_json)


@app.command("spoil", help="登记一本损坏的证书本已由两人销毁。")
def spoil(
    *,
    account: AccountOption,
    form: FormOption = None,
    form_file: FormFileOption = None,
    evidence: EvidenceOption = None,
    programme: ProgrammeOption = None,
    as_json: JsonOption = False,
) -> None:
    """A booklet destroyed before two persons."""
    _take("spoil_booklet", account, Typed(form, form_file, evidence), programme, as_json=as_json)


def _take(event: str, account: str, typed: Typed, programme: str | None, *, as_json: bool) -> None:
    with open_office() as office:
        level = village_level(event)
        filing = typed.filing(chosen_programme(office, programme), level.steps_named(event)[0].form)
        take = partial(villages.take, office, event, account, filing)
        show_step(take, number=filing.number, act=f"{level.name}.{event}", as_json=as_json)
