"""A step's form and evidence as typed on a command line, read against the step's form model."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from conversion.errors import WrongUse
from conversion.services.filing import Filing
from conversion.workflows.step import Form

FormOption = Annotated[
    list[str] | None,
    typer.Option(
        "--form",
        metavar="项目=内容",
        help="表单的一项，可写多次；多个值用逗号隔开，成组的值写 JSON",
    ),
]
FormFileOption = Annotated[
    Path | None,
    typer.Option("--form-file", metavar="文件", help="整张表单的 JSON 文件；--form 的各项优先"),
]
EvidenceOption = Annotated[
    list[str] | None,
    typer.Option(
        "--evidence",
        metavar="材料=存放处",
        help="已收到的一份材料，可写多次；写 @文件 的，记下文件名和 SHA-256",
    ),
]

_EXAMPLES = {"array": '["01", "02"]', "object": '{"01": "内容"}'}


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed for a step.

    Attributes:
        form: `name=value`, over what the file says.
        file: a JSON object with the whole form.
        evidence: `id=where`, or `id=@file` for a photo or a scan that is told by its digest.
    """

    form: Sequence[str] | None
    file: Path | None
    evidence: Sequence[str] | None

    def filing(self, number: str, model: type[Form]) -> Filing:
        """What is brought for a step on a chain, read as the form model wants it.

        Raises:
            WrongUse: an option that isn't `name=value`, or a value or file that can't be read.
        """
        shapes: Mapping[str, Any] = model.model_json_schema().get("properties", {})
        given = _pairs("--form", self.form)
        filled = _read_file(self.file) | {
            name: _value(name, value, shapes.get(name, {})) for name, value in given.items()
        }
        _demand_writable(filled)
        proofs = {name: _proof(told) for name, told in _pairs("--evidence", self.evidence).items()}
        return Filing(number=number, filled=filled, evidence=proofs)


def _pairs(option: str, typed: Sequence[str] | None) -> dict[str, str]:
    found: dict[str, str] = {}
    for pair in typed or ():
        name, equals, value = pair.partition("=")
        name = name.strip()
        asked = f"读取 {option} {_visible(pair)}"
        if not equals or not name:
            raise WrongUse(asked, "没有等号或项目名", f"写成 {option} 项目=内容")
        if name in found:
            raise WrongUse(asked, f"{name} 写了两次", "只写一次；多个值用逗号隔开")
        _demand_writable(value)
        found[name] = value
    return found


def _proof(told: str) -> str:
    """Where a proof lies; a file by its name and digest, so that another can't take its place."""
    if not told.startswith("@"):
        return told
    file = Path(told.removeprefix("@"))
    try:
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError as error:
        asked = f"读取材料文件 {_visible(str(file))}"
        raise WrongUse(asked, "文件不存在或不能读取", "核对文件名") from error
    return f"{file.name}（SHA-256 {digest}）"


def _value(name: str, text: str, shape: Mapping[str, Any]) -> Any:
    """The text as the field's kind of value; what the form refuses is left for the form to say."""
    kind = shape.get("type")
    if kind == "string":
        return text
    value = _json(text)
    if kind == "array" and isinstance(value, str | int):
        return [part.strip() for part in text.replace("，", ",").replace("、", ",").split(",")]
    if kind in _EXAMPLES and not isinstance(value, dict | list):
        example = f"--form '{name}={_EXAMPLES[kind]}'"
        raise WrongUse(f"读取 --form {name}={_visible(text)}", "应当是 JSON", f"写成 {example}")
    return value


def _json(text: str) -> Any:
    """Text as the object, list, truth or whole number it is in JSON, else as it stands."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return value if isinstance(value, dict | list | bool | int) else text


def _read_file(file: Path | None) -> dict[str, Any]:
    if file is None:
        return {}
    asked = f"读取表单 {file}"
    try:
        value = json.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise WrongUse(asked, "文件不存在或不能读取", "核对文件名") from error
    except (ValueError, RecursionError) as error:
        raise WrongUse(asked, "不是 UTF-8 编码的 JSON", "改正文件内容") from error
    if not isinstance(value, dict):
        raise WrongUse(asked, "最外层不是 JSON 对象", '写成 {"项目": "内容"}')
    return value


def _demand_writable(value: object) -> None:
    """Refuse characters that neither UTF-8 nor the database can hold."""
    written = json.dumps(value, ensure_ascii=False)
    if "\\u0000" in written or any("\ud800" <= c <= "\udfff" for c in written):
        raise WrongUse(
            "读取表单", f"含有不能保存的字符：{_visible(written)}", "改用 UTF-8 重新输入"
        )


def _visible(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()
