"""`conversion printer`: how far each of the office's printers has to shift a page 套打.

It is a setting of the office, beside the history: it says nothing of any paper and changes with
every cartridge. What a paper was printed with is sealed with its printing.
"""

import re
from pathlib import Path
from typing import Annotated

import typer

from conversion.cli.listing import Column, Listing, pictures
from conversion.cli.opening import open_office
from conversion.cli.output import JsonOption, show
from conversion.documents.batch import Failure, Job, render_many
from conversion.documents.calibration import CALIBRATION, calibration_facts, millimetres
from conversion.documents.impression import Impression
from conversion.errors import NotFound, WrongUse
from conversion.store.printers import Printer, printers, put_printer, remove_printer

app = typer.Typer(help="打印机：套打证书本的偏移和校准页。", no_args_is_help=True)

LONGEST_NAME = 40
FURTHEST = 300
"""Tenths of a millimetre: who needs more has laid the paper in wrongly."""

_FIGURE = re.compile(r"([+-]?)(\d{1,3})(?:\.(\d))?")
NameArgument = Annotated[str, typer.Argument(metavar="名称", help="打印机的名称，例如 一号")]

PRINTERS: tuple[Column[Printer], ...] = (
    Column("name", "打印机", lambda p: p.name),
    Column("right", "右移（毫米）", lambda p: p.right, millimetres),
    Column("down", "下移（毫米）", lambda p: p.down, millimetres),
)


@app.command("set", help="登记一台打印机的偏移：右移、下移多少毫米，负数为左移、上移。")
def set_printer(
    name: NameArgument,
    right: Annotated[str, typer.Option("--right", metavar="毫米", help="例如 1.5")] = "0",
    down: Annotated[str, typer.Option("--down", metavar="毫米", help="例如 -0.8")] = "0",
    *,
    as_json: JsonOption = False,
) -> None:
    """A printer's offset, over what was set before."""
    printer = Printer(_name(name), tenths(right, "右移"), tenths(down, "下移"))
    with open_office() as office, office.database.writing() as session:
        put_printer(session, printer)
    moved = f"右移 {millimetres(printer.right)} 毫米，下移 {millimetres(printer.down)} 毫米"
    told = f"已登记 {name}：{moved}。"
    show(Listing("", PRINTERS, [printer]).records[0], told, as_json=as_json)


@app.command("list", help="列出打印机和各自的偏移。")
def list_printers(*, as_json: JsonOption = False) -> None:
    """Every printer that is set."""
    with open_office() as office, office.database.reading() as session:
        listing = Listing("打印机", PRINTERS, [*printers(session).values()])
    show(listing.records, *pictures([listing]), f"共 {len(listing.rows)} 台。", as_json=as_json)


@app.command("remove", help="去掉一台打印机的偏移。")
def remove(name: NameArgument, *, as_json: JsonOption = False) -> None:
    """A printer that is there no more."""
    with open_office() as office, office.database.writing() as session:
        gone = remove_printer(session, name)
    if not gone:
        raise NotFound(f"去掉打印机 {name}", "没有这台打印机", "名称见 conversion printer list")
    show({"name": name}, f"已去掉 {name}。", as_json=as_json)


@app.command("calibrate", help="印一张校准页：标尺和十字，按登记的偏移印出，量过再登记。")
def calibrate(
    name: NameArgument,
    out: Annotated[Path, typer.Option("--out", metavar="文件", help="写到哪个 PDF 文件")],
    *,
    as_json: JsonOption = False,
) -> None:
    """The calibration sheet, at the printer's offset if one is set."""
    with open_office() as office:
        with office.database.reading() as session:
            printer = printers(session).get(_name(name), Printer(name, 0, 0))
        facts = calibration_facts(
            "村改社区文书", name, office.today(), right=printer.right, down=printer.down
        )
    moved = Impression(right=printer.right, down=printer.down)
    (printed,) = render_many([Job(kind=CALIBRATION, facts=facts, impression=moved)], 1)
    if isinstance(printed, Failure):
        raise printed.error
    try:
        out.write_bytes(printed.pdf)
    except OSError as error:
        raise WrongUse(f"写入 {out}", "目录不存在或不可写", "改用别的文件") from error
    told = f"校准页：{out}。按实际大小打印，照页上的步骤量。"
    show({"path": out, "pages": printed.pages}, told, as_json=as_json)


def tenths(text: str, what: str) -> int:
    """Millimetres with one decimal as tenths.

    >>> tenths("1.5", "右移"), tenths("-0.8", "下移"), tenths("2", "下移")
    (15, -8, 20)

    Raises:
        WrongUse: it is no such figure, or further than any paper lies wrong.
    """
    found = _FIGURE.fullmatch(text.strip())
    value = int(found[2]) * 10 + int(found[3] or 0) if found else FURTHEST + 1
    if not found or value > FURTHEST:
        most = millimetres(FURTHEST)
        raise WrongUse(f"{what} {text}", "不是毫米数", f"写到 0.1 毫米，正负不超过 {most}")
    return -value if found[1] == "-" else value


def _name(name: str) -> str:
    if not name.strip() or len(name) > LONGEST_NAME or not name.isprintable():
        found = f"名称应为一行文字，不超过 {LONGEST_NAME} 个字"
        raise WrongUse("登记打印机", found, "例如 一号")
    return name
