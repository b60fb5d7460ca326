"""The list of a batch: households, and what the form of each says, from a workbook, CSV or JSON."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from conversion.errors import WorkbookUnreadable, WrongUse
from conversion.roster.grid import Cell, CellRow, Kind
from conversion.roster.workbook import read_grids
from conversion.workflows.step import Form

HOUSEHOLD: Final = "户号"
DIGITS: Final = 4
"""A household number that a spreadsheet took for a number has lost its leading zeros."""

Fields = dict[str, Any]


def read_batch_rows(path: Path, form: type[Form]) -> dict[str, Fields]:
    """Household number → the fields its row fills in; a row may be the number alone.

    A heading is 户号, or a field by its name or title. JSON is `{户号: {field: value}}`.

    Raises:
        WorkbookUnreadable: the file can't be read at all.
        WrongUse: a heading or household that can't be told.
    """
    if path.suffix.lower() == ".json":
        return _from_json(path)
    rows = list(_rows(path))
    if not rows:
        raise WrongUse(f"读取名单 {path}", "没有内容", f"第一行写标题，其中一列是{HOUSEHOLD}")
    (heading, *body) = rows
    names = [_field(path, _shown(cell), form) for cell in heading]
    if HOUSEHOLD not in names:
        raise WrongUse(f"读取名单 {path}", f"没有“{HOUSEHOLD}”一列", "补上这一列")
    found: dict[str, Fields] = {}
    for row in body:
        told = {n: _shown(c) for n, c in zip(names, row, strict=False) if n and c}
        number = told.pop(HOUSEHOLD, "")
        if not number or number in found:
            remedy = "每户一行，写明户号"
            raise WrongUse(f"读取名单 {path}", f"户号 {number or '（空）'} 缺失或重复", remedy)
        found[number] = {name: _value(form, name, text) for name, text in told.items()}
    return found


def _rows(path: Path) -> Iterator[CellRow]:
    for grid in read_grids(path):
        yield from (row for _, row in sorted(grid.rows.items()))
        return


def _from_json(path: Path) -> dict[str, Fields]:
    try:
        value = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        found = "不存在，或不是 UTF-8 编码的 JSON"
        raise WorkbookUnreadable(f"读取名单 {path}", found, "核对文件") from error
    if isinstance(value, list) and all(isinstance(number, str) for number in value):
        return {number: {} for number in value}
    if isinstance(value, dict) and all(isinstance(fields, dict) for fields in value.values()):
        return value
    raise WrongUse(f"读取名单 {path}", "不是名单", '写成 ["户号"] 或 {"户号": {"项目": "内容"}}')


def _field(path: Path, heading: str, form: type[Form]) -> str:
    titles = {field.title: name for name, field in form.model_fields.items()}
    name = titles.get(heading, heading)
    if heading and name != HOUSEHOLD and name not in form.model_fields:
        known = "、".join((HOUSEHOLD, *(f"{n}（{t}）" for t, n in titles.items())))
        raise WrongUse(f"读取名单 {path}", f"不认识标题“{heading}”", f"从中选择：{known}")
    return name


def _shown(cell: Cell | None) -> str:
    if cell is None:
        return ""
    if cell.kind is Kind.NUMBER and isinstance(cell.value, int | float):
        return f"{int(cell.value):0{DIGITS}d}"
    return cell.shown.strip()


def _value(form: type[Form], name: str, text: str) -> Any:
    """The text as the field's kind of value; what the form refuses is left for the form to say."""
    shapes: Mapping[str, Any] = form.model_json_schema().get("properties", {})
    kind = shapes.get(name, {}).get("type")
    if kind == "array":
        return [part.strip() for part in text.replace("、", ",").replace("，", ",").split(",")]
    if kind == "string":
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text
