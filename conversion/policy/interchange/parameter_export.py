"""A pack's parameters for other systems: a folder of parameter files as OpenFisca reads them."""

import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from conversion.domain.standing import Json
from conversion.errors import WrongUse
from conversion.policy.pack import Pack
from conversion.policy.parameter import DatedValue, Parameter


def export_parameters(pack: Pack, folder: Path) -> tuple[str, ...]:
    """Write a file for each parameter of a pack, and one that names the pack; their paths.

    Raises:
        WrongUse: the folder exists, or can't be written.
    """
    asked = f"把政策包 {pack.id} 的参数写到 {folder}"
    try:
        folder.mkdir(parents=True)
        files = {
            f"{name.replace('.', '/')}.yaml": _file(p, pack) for name, p in pack.parameters.items()
        }
        files["index.yaml"] = {"description": pack.title, "metadata": {"issuer": pack.office}}
        for name, data in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(_yaml(data), encoding="utf-8")
    except OSError as error:
        found = "文件夹已经存在" if isinstance(error, FileExistsError) else "不能写入"
        raise WrongUse(asked, found, "换一个文件夹") from None
    return tuple(sorted(files))


def _file(parameter: Parameter, pack: Pack) -> dict[str, Any]:
    places = dict.fromkeys(
        place for dated in parameter.values.values() for place, _ in _parts(dated.value)
    )
    told: dict[str, Any] = {"description": parameter.title}
    if parameter.unit:
        told["metadata"] = {"unit": parameter.unit}
    for place in places:
        inner = told
        for key in place:
            inner = inner.setdefault(key, {})
        inner["values"] = {
            day: {"value": dict(_parts(dated.value)).get(place), "metadata": _about(dated, pack)}
            for day, dated in parameter.values.items()
        }
    return told


def _parts(value: Json, place: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Json]]:
    """What of a value is no mapping, with its place in the value; nothing is an empty list."""
    if not isinstance(value, dict) or not value:
        yield place, value or [] if isinstance(value, dict) else value
        return
    for key, inner in value.items():
        yield from _parts(inner, (*place, key))


def _about(dated: DatedValue, pack: Pack) -> Mapping[str, Json]:
    document = pack.documents[dated.reference.document]
    cited = {
        "title": document.title,
        "article": dated.reference.article,
        "href": document.href,
        "document": dated.reference.document,
    }
    reference: dict[str, Json] = {key: told for key, told in cited.items() if told}
    about: dict[str, Json] = {"reference": [reference]}
    return about | ({"illustrative": True} if dated.illustrative else {})


def _yaml(data: Mapping[str, Any]) -> str:
    writer, text = YAML(), io.StringIO()
    writer.default_flow_style = False
    writer.representer.ignore_aliases = lambda *_: True
    writer.width = 10_000
    writer.dump(data, text)
    return text.getvalue()
