"""`conversion document`: what is printed without a number: the log on paper, and large type."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from conversion.bootstrap import Settings
from conversion.cli.opening import (
    AccountOption,
    ProgrammeOption,
    chosen_case,
    chosen_programme,
    open_office,
)
from conversion.cli.output import JsonOption, show
from conversion.documents.rendering import Rendering
from conversion.errors import WrongUse
from conversion.services import print_outs, reprint
from conversion.services.keys import KeyFolder

OutOption = Annotated[Path, typer.Option("--out", metavar="文件", help="写到哪个 PDF 文件")]


def case_history(
    case: Annotated[str, typer.Argument(metavar="案件", help="案件编号或户号")],
    account: AccountOption,
    out: OutOption,
    *,
    as_json: JsonOption = False,
) -> None:
    """Every entry of a case, with what a check of its chain found."""
    with open_office() as office:
        number = chosen_case(office, case)
        _kept(print_outs.case_history(office, number, account), out, as_json=as_json)


def day_record(
    account: AccountOption,
    out: OutOption,
    day: Annotated[
        datetime | None,
        typer.Option("--day", formats=["%Y-%m-%d"], metavar="日期", help="哪一天；不写为今天"),
    ] = None,
    programme: ProgrammeOption = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """All that was recorded on a day, between the roots before and after it."""
    with open_office() as office:
        code = chosen_programme(office, programme)
        recorded = day.date() if day else office.today()
        folder = KeyFolder(path=Settings.read().keys_folder)
        printed = print_outs.day_record(office, code, recorded, account, folder)
        _kept(printed, out, as_json=as_json)


def large_print(
    case: Annotated[str, typer.Argument(metavar="案件", help="案件编号或户号")],
    number: Annotated[str, typer.Argument(metavar="文书编号", help="见 conversion document list")],
    account: AccountOption,
    out: OutOption,
    *,
    as_json: JsonOption = False,
) -> None:
    """A paper in large type, from its sealed facts."""
    with open_office() as office:
        printed = reprint.large_print(office, account, chosen_case(office, case), number)
        _kept(printed, out, as_json=as_json)


def _kept(printed: Rendering, out: Path, *, as_json: bool) -> None:
    try:
        out.write_bytes(printed.pdf)
    except OSError as error:
        raise WrongUse(f"写入 {out}", "目录不存在或不可写", "改用别的文件") from error
    made = {"path": out, "pages": printed.pages, "sha256": printed.sha256, "of": printed.number}
    show(made, f"已打印：{out}（{printed.pages} 页，{printed.number}）", as_json=as_json)
