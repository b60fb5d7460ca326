"""`conversion document print`: the file for the printer, and on record who had it and why."""

from pathlib import Path
from typing import Annotated

import typer

from conversion.cli.opening import AccountOption, open_office
from conversion.cli.output import JsonOption, show
from conversion.services.impression import Order, print_paper


def print_document(
    number: Annotated[str, typer.Argument(metavar="文书编号", help="见 conversion document list")],
    *,
    account: AccountOption,
    printer: Annotated[str, typer.Option("--printer", metavar="打印机", help="打印机的名称")],
    reason: Annotated[str, typer.Option("--reason", metavar="原因", help="为什么打印，给谁")],
    out: Annotated[Path, typer.Option("--out", metavar="文件", help="写到哪个 PDF 文件")],
    copies: Annotated[
        int, typer.Option("--copies", min=1, max=99, metavar="份数", help="打印几份")
    ] = 1,
    booklet: Annotated[
        str, typer.Option("--booklet", metavar="编号", help="印在哪一本证书本上，按印的编号写")
    ] = "",
    as_json: JsonOption = False,
) -> None:
    """The file of a paper for printing; a copy where it was printed before."""
    order = Order(number=number, printer=printer, copies=copies, reason=reason, booklet=booklet)
    with open_office() as office:
        printed = print_paper(office, account, order, out)
    printing = printed.printing
    kind = "原件" if printing.is_original else f"副本，页边注明第{printing.serial}次打印"
    told = f"{number}（{kind}）：{printed.path}，共 {printed.pages} 页，打印 {copies} 份，已登记。"
    show(
        {"chain": printed.chain, "path": printed.path, "pages": printed.pages, **dict(printing)},
        told,
        as_json=as_json,
    )
