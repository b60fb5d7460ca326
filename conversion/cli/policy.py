"""`conversion policy`: is a pack sound, and what does it say on a day?"""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from conversion.bootstrap import local_now
from conversion.cli.output import JsonOption, show
from conversion.cli.pack_sheet import pack_facts, pack_sheet
from conversion.cli.policy_diff import diff
from conversion.cli.side_by_side import side_by_side, side_by_side_results
from conversion.errors import WrongUse
from conversion.policy.examination import Examination, examine
from conversion.policy.loading import load_pack
from conversion.policy.location import pack_folder, packs_folder
from conversion.policy.scaffold import scaffold
from conversion.policy.side_by_side import FOLDER as SIDE_BY_SIDE

app = typer.Typer(help="政策包：检查、查看、比对、新建。", no_args_is_help=True)

DAY = typer.Option("--on", formats=["%Y-%m-%d"], help="日期，例如 2009-12-01；默认起始日")
PackArgument = Annotated[str, typer.Argument(metavar="PACK", help="政策包的编号，或它的文件夹")]


@app.command(
    "check",
    help="检查政策包的错误和可疑之处，并运行其中的示例；不写编号就检查全部，连同对照示例。",
)
def check(
    pack: Annotated[
        str | None, typer.Argument(metavar="[PACK]", help="政策包的编号，或它的文件夹")
    ] = None,
    *,
    strict: Annotated[bool, typer.Option("--strict", help="有可疑之处也算不合格")] = False,
    unchanged: Annotated[
        int | None,
        typer.Option("--unchanged", metavar="年数", min=1, help="指出多年没有变过的参数"),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """All faults, warnings and failing examples; exit code 1 when there are any that count."""
    folders = [pack_folder(pack)] if pack else _every_folder()
    today = local_now().date()
    found = {f.name: examine(f, day=today, unchanged=unchanged) for f in folders}
    loadable = not any(one.faults for one in found.values())
    beside = side_by_side_results() if loadable and pack is None else []
    compared = {result.example.name: result.shortfalls for result in beside}
    sound = all(one.is_sound(strict=strict) for one in found.values())
    sound &= not any(compared.values())
    sentences = [_told(name, one, strict=strict) for name, one in found.items()]
    sentences += [_compared(name, shortfalls) for name, shortfalls in compared.items()]
    show({"sound": sound, "packs": found, "side_by_side": compared}, *sentences, as_json=as_json)
    raise typer.Exit(0 if sound else 1)


@app.command(
    "show",
    help="查看政策包在某一天的全部内容：文件、部门、窗口、参数、步骤的依据、成员身份的理由、"
    "折股方案、待遇和权益；示例逐项标明。",
)
def show_pack(
    pack: PackArgument,
    on: Annotated[datetime | None, DAY] = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """What the pack says on a day, by default its first."""
    loaded = load_pack(pack_folder(pack))
    that_day = loaded.on(on.date() if on else loaded.since)
    show(pack_facts(that_day), *pack_sheet(that_day), as_json=as_json)


@app.command("new", help="以现有政策包为底稿，为别的区县新建一个；原有的示例不带过去。")
def new(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="新文件夹，以编号为名")],
    title: Annotated[str, typer.Option("--title", metavar="名称", help="新政策包的名称")],
    office: Annotated[str, typer.Option("--office", metavar="机关", help="制定机关")],
    source: Annotated[
        str, typer.Option("--from", metavar="PACK", help="以哪个政策包为底稿")
    ] = "huichuan-2009",
    *,
    as_json: JsonOption = False,
) -> None:
    """A folder that passes the check, in which every value is still the other office's."""
    scaffold(pack_folder(source), folder, title=title, office=office)
    told = (
        f"已新建 {folder}。逐项核对 documents、departments、windows 和各文件中的数字，"
        f"在 examples 中写入本地的示例，然后 conversion policy check {folder}；"
        f"改了哪些用 conversion policy diff {source} {folder} 查看。"
    )
    show({"folder": str(folder), "from": source}, told, as_json=as_json)


app.command("side-by-side", help="对照示例：同一户按两个政策包各得什么；--markdown 写成文档。")(
    side_by_side
)
app.command("diff", help="比对两个政策包：逐项列出不同之处；加 --programme 逐户试算涉及谁。")(diff)


def _every_folder() -> list[Path]:
    folder = packs_folder()
    found = sorted(e for e in folder.glob("*") if e.is_dir() and e.name != SIDE_BY_SIDE)
    if not found:
        raise WrongUse("检查政策包", f"文件夹 {folder} 里没有政策包", "写明政策包的文件夹")
    return found


def _told(name: str, found: Examination, *, strict: bool) -> Text:
    told = Text("".join(f"{name}/{fault}\n" for fault in found.faults), style="red")
    told.append("".join(f"{name}/{mismatch}\n" for mismatch in found.mismatches), style="red")
    told.append("".join(f"{name}/{warning}\n" for warning in found.warnings), style="yellow")
    style = "green" if found.is_sound(strict=strict) else "red"
    return told.append(f"{name}：{_outcome(found)}", style=style)


def _outcome(found: Examination) -> str:
    odd = f"，{len(found.warnings)}处可疑" if found.warnings else ""
    if found.faults or found.failed:
        return f"{len(found.faults)}处错误，{len(found.failed)}个示例不符{odd}。"
    return f"没有错误，{len(found.examples)}个示例全部符合{odd}。"


def _compared(name: str, shortfalls: tuple[str, ...]) -> Text:
    lines = [f"对照示例“{name}”：{shortfall}" for shortfall in shortfalls]
    told = "\n".join(lines) or f"对照示例“{name}”：符合。"
    return Text(told, style="red" if lines else "green")
