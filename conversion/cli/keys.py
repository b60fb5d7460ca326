"""`conversion keys`: the keys that sign papers: made, shown, changed, revoked."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import RenderableType
from rich.text import Text

from conversion.bootstrap import Settings, local_now
from conversion.cli.output import JsonOption, show, table
from conversion.cli.passphrase import ask_passphrase, new_passphrase
from conversion.documents.batch import Failure, Job, render_many
from conversion.documents.key_ceremony import KEY_CEREMONY, ceremony_facts, grouped
from conversion.documents.signed_list import KeyList, Term
from conversion.errors import WrongUse
from conversion.services.keys import KeyFolder, found_keys, revoke_key, rotate_keys

app = typer.Typer(
    help="密钥：建立、查看、更换、作废；文书的核验码和签名靠它。", no_args_is_help=True
)

TWO = 2

PersonsOption = Annotated[
    list[str], typer.Option("--person", metavar="姓名", help="在场的人，至少两个，写几次")
]
SheetOption = Annotated[
    Path, typer.Option("--sheet", metavar="文件", help="密钥启用记录写到哪个 PDF 文件")
]


@app.command("init", help="两人在场建立全部密钥，印出密钥启用记录。")
def init(
    office: Annotated[str, typer.Option("--office", metavar="单位", help="发件单位全称")],
    origin: Annotated[
        str, typer.Option("--origin", metavar="名称", help="密钥的名称，如 huichuan/cungaishe")
    ],
    person: PersonsOption,
    sheet: SheetOption,
    *,
    as_json: JsonOption = False,
) -> None:
    """The ceremony."""
    _demand_two(person)
    _demand_new(sheet)
    settings = Settings.read()
    folder = KeyFolder(path=settings.keys_folder)
    keys = found_keys(
        folder,
        office=office,
        origin=origin,
        passphrase=settings.passphrase or new_passphrase(),
        day=_today(),
    )
    _told(folder, keys, person, sheet, as_json=as_json)


@app.command("show", help="查看公钥清单：指纹、有效期、是否作废。不需要口令。")
def show_keys(*, as_json: JsonOption = False) -> None:
    """The key list."""
    folder = KeyFolder(path=Settings.read().keys_folder)
    keys = folder.keys()
    show(keys, *_pictures(folder, keys), as_json=as_json)


@app.command("rotate", help="更换核验码密钥和签名证书；先把保险柜里的 list.p12、root.p12 放回。")
def rotate(person: PersonsOption, sheet: SheetOption, *, as_json: JsonOption = False) -> None:
    """New keys at work; what the old ones signed stays good."""
    _demand_two(person)
    _demand_new(sheet)
    settings = Settings.read()
    folder = KeyFolder(path=settings.keys_folder)
    keys = rotate_keys(folder, settings.passphrase or ask_passphrase(), _today())
    _told(folder, keys, person, sheet, as_json=as_json)


@app.command("revoke", help="作废丢失、被拷走的密钥；之后没有登记簿就不能凭它核验。")
def revoke(
    name: Annotated[
        str, typer.Argument(metavar="密钥", help="核验码密钥的编号，或者证书指纹的前 8 位以上")
    ],
    *,
    as_json: JsonOption = False,
) -> None:
    """A key that was lost or stolen."""
    settings = Settings.read()
    folder = KeyFolder(path=settings.keys_folder)
    keys = revoke_key(folder, name, settings.passphrase or ask_passphrase(), _today())
    told = "已作废。把新的公钥清单交给各单位，并运行 conversion keys rotate 启用新密钥。"
    show(keys, *_pictures(folder, keys), told, as_json=as_json)


def _told(
    folder: KeyFolder, keys: KeyList, persons: list[str], sheet: Path, *, as_json: bool
) -> None:
    (printed,) = render_many([Job(kind=KEY_CEREMONY, facts=ceremony_facts(keys, persons))], 1)
    if isinstance(printed, Failure):
        raise printed.error
    sheet.write_bytes(printed.pdf)
    told = f"密钥启用记录：{sheet}。打印后按其步骤办理，两人签名。"
    show(keys, *_pictures(folder, keys), told, as_json=as_json)


def _pictures(folder: KeyFolder, keys: KeyList) -> list[RenderableType]:
    rows = [
        *((f"核验码密钥 {line.id}", keys.code_key(line).fingerprint, line) for line in keys.codes),
        *(("文书签名证书", line.sha256, line) for line in keys.signers),
    ]
    listed = table(
        ("密钥", "指纹", "启用", "用到", "作废"),
        ((title, grouped(print_), *_term(line)) for title, print_, line in rows),
        title=f"{keys.office}（{keys.origin}）公钥清单第{keys.serial}号，{keys.issued_on}",
    )
    return [listed, Text(f"清单密钥的指纹：{grouped(keys.fingerprint)}"), f"目录：{folder.path}"]


def _term(line: Term) -> tuple[date, date, date | None]:
    return line.since, line.until, line.revoked_on


def _demand_two(persons: list[str]) -> None:
    if len(set(persons)) < TWO:
        raise WrongUse("举行密钥程序", "要有两个人在场", "用 --person 写明两个人的姓名")


def _demand_new(sheet: Path) -> None:
    """Refuse before any key is made what could not be written after."""
    if sheet.exists() or not sheet.absolute().parent.is_dir():
        raise WrongUse(f"写入 {sheet}", "文件已经存在，或者目录不存在", "改用别的文件")


def _today() -> date:
    return local_now().date()
