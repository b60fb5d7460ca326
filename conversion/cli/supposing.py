"""What is supposed of a household, as typed on a command line or written in a file."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from conversion.domain.standing import Json
from conversion.errors import WrongUse
from conversion.policy.marked_yaml import MarkedData, read_marked
from conversion.policy.model_fault import validated
from conversion.policy.pack_part import PackPart
from conversion.policy.supposition import Newcomer, SupposedFacts, SupposedHousehold

PartT = TypeVar("PartT", bound=PackPart)


def newcomers(typed: Sequence[str]) -> tuple[Newcomer, ...]:
    """People who join, each as `born=2010-01-05,relation=20` or in a YAML file of those fields.

    Raises:
        WrongUse: something that can't be read, or isn't in the vocabulary.
    """
    return tuple(map(_newcomer, typed))


def members_told(typed: Sequence[str]) -> dict[str, SupposedFacts]:
    """Serial → what is supposed of the member, from `02.hukou=resident`.

    Raises:
        WrongUse: see `newcomers`.
    """
    found: dict[str, dict[str, str]] = {}
    for name, value in _pairs(typed):
        serial, dot, field = name.partition(".")
        if dot:
            found.setdefault(serial, {})[field] = value
    return {
        serial: _part(SupposedFacts, fields, f"--set {serial}.") for serial, fields in found.items()
    }


def household_told(typed: Sequence[str]) -> SupposedHousehold:
    """What is supposed of the household, from `land=contracted、homestead`.

    Raises:
        WrongUse: see `newcomers`.
    """
    return _part(SupposedHousehold, {n: v for n, v in _pairs(typed) if "." not in n}, "--set ")


def _newcomer(told: str) -> Newcomer:
    if "=" in told:
        return _part(Newcomer, dict(_pairs(told.replace("，", ",").split(","))), "--with ")
    try:
        content = Path(told).read_bytes()
    except OSError as error:
        remedy = "核对文件名，或者直接写 --with born=2010-01-05,relation=20"
        raise WrongUse(f"读取 --with {told}", "文件不存在或不能读取", remedy) from error
    data, faults = read_marked(content, told)
    part, wrong = validated(Newcomer, data) if data else (None, ())
    return _demand(part, Newcomer, map(str, (*faults, *wrong)))


def _pairs(typed: Iterable[str]) -> Iterator[tuple[str, str]]:
    for pair in typed:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip():
            found = "没有等号或项目名"
            raise WrongUse(f"读取假设 {pair}", found, "写成 项目=内容，例如 02.hukou=resident")
        yield name.strip(), value.strip()


def _part(shape: type[PartT], fields: Mapping[str, str], option: str) -> PartT:
    schema: Mapping[str, Any] = shape.model_json_schema()["properties"]
    value: dict[str, Json] = {
        name: _value(text, schema.get(name, {})) for name, text in fields.items()
    }
    part, wrong = validated(shape, MarkedData(file=option, value=value, lines={}))
    return _demand(part, shape, (f"{option}{fault.key}：{fault.sentence}" for fault in wrong))


def _value(text: str, schema: Mapping[str, Any]) -> Json:
    """Text as the list or whole number that its field wants, else as it stands."""
    kinds = {choice.get("type") for choice in (schema, *schema.get("anyOf", ()))}
    if "array" in kinds:
        return [part.strip() for part in text.split("、") if part.strip()]
    return int(text) if "integer" in kinds and text.isdecimal() else text


def _demand(part: PartT | None, shape: type[PartT], faults: Iterable[str]) -> PartT:
    if part is None:
        names = "、".join(shape.model_fields)
        raise WrongUse("读取假设", "；".join(faults), f"只写这些项目：{names}")
    return part
