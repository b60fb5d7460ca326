"""`conversion policy parameters` and `export`: parameters exchanged with OpenFisca."""

from collections.abc import Iterator
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Annotated

import typer

from conversion.cli.output import JsonOption, show, table
from conversion.domain.standing import Json
from conversion.policy.exact_number import written
from conversion.policy.interchange.parameter_export import export_parameters
from conversion.policy.interchange.parameter_folder import load_parameters
from conversion.policy.interchange.parameter_tree import Exact, TreeParameter
from conversion.policy.loading import load_pack
from conversion.policy.location import pack_folder

FolderArgument = Annotated[Path, typer.Argument(metavar="FOLDER", help="参数文件夹")]


def parameters(
    folder: FolderArgument,
    on: Annotated[
        datetime | None,
        typer.Option("--on", formats=["%Y-%m-%d"], help="日期，例如 2015-12-01；默认列出所有日期"),
    ] = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """The values of a folder of parameters, all of them or those in force on a day."""
    found = load_parameters(folder).parameters.values()
    rows = [row for parameter in found for row in _rows(parameter, on.date() if on else None)]
    cells = [tuple("" if v is None else _words(v) for v in row.values()) for row in rows]
    headings = ("参数", "说明", "单位", "起始", "值", "依据")
    told = f"共 {len(found)} 个参数。"
    data = {"day": on.date() if on else None, "parameters": rows}
    show(data, table(headings, cells), told, as_json=as_json)


def export(
    pack: Annotated[str, typer.Argument(metavar="PACK", help="政策包的编号，或它的文件夹")],
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="要写入的新文件夹")],
    *,
    as_json: JsonOption = False,
) -> None:
    """The parameters of a pack as files; other systems read them, and a pack may have them so."""
    files = export_parameters(load_pack(pack_folder(pack)), folder)
    told = f"已写出 {len(files)} 个文件：{folder}。"
    show({"folder": str(folder), "files": list(files)}, told, as_json=as_json)


def _rows(parameter: TreeParameter, day: date | None) -> Iterator[dict[str, Json]]:
    since = parameter.since(day) if day else None
    days = list(parameter.values) if day is None else [since] if since else []
    for start in days:
        value = parameter.values[start]
        references = value.references or parameter.references
        yield {
            "name": parameter.name,
            "description": str(parameter.about.get("description", "")),
            "unit": str(parameter.about.get("unit", "")),
            "since": start.isoformat(),
            "value": _plain(value.value),
            "references": [r.trace() for r in references],
        }


def _plain(value: Exact) -> Json:
    """A value as JSON has it; decimals stay text, so that nobody rounds them."""
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return written(value) if isinstance(value, Fraction) else value


def _words(value: Json) -> str:
    match value:
        case list():
            return "、".join(_words(one) for one in value)
        case {"title": title, "article": article}:
            return f"{title}{article}"
        case _:
            return str(value)
