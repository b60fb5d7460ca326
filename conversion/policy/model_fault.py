"""What pydantic finds wrong, said in Chinese with an example of what is right."""

import json
import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from conversion.policy.code_meaning import explained
from conversion.policy.forbidden_ground import ASKED_OF_NOBODY, named
from conversion.policy.marked_yaml import MarkedData
from conversion.policy.pack_fault import DataPath, PackFault
from conversion.policy.pack_part import PackPart

T = TypeVar("T")

_EXAMPLES: Mapping[str, str] = {
    "reference": "reference: {document: tudi-chengbao-fa, article: 第二十六条}",
    "document": "document: tudi-chengbao-fa",
    "title": "title: 方案公示天数",
    "values": "values: {2009-10-01: {value: 7, reference: {document: …}}}",
    "value": "value: 7",
    "id": "id: land_subsidy",
    "scope": "scope: person",
    "disposition": "disposition: kept",
    "department": "department: 民政局",
    "window": "window: one_stop",
    "reason": "reason: 您家的承包地还是您家的。",
    "since": "since: 2009-10-01",
    "office": "office: 区村改社区工作领导小组办公室",
    "expected": "expected: {granted: true}",
}
_KINDS: Mapping[str, tuple[str, str]] = {
    "int": ("应当是整数", "7（金额以分为单位）"),
    "string": ("应当是文字", "民政局"),
    "bool": ("应当是 true 或 false", "illustrative: true"),
    "date": ("应当是日期", "2009-10-01"),
    "tuple": ("应当是列表", "[2, 3]"),
    "list": ("应当是列表", "[2, 3]"),
    "dict": ("应当是“键: 值”", "title: 方案公示"),
    "model": ("应当是“键: 值”", "title: 方案公示"),
    "too": ("个数或长度不符合要求", "[2, 3] 是两个数"),
}
_FITTING: Mapping[tuple[str, str], str] = {
    ("model", "value"): "value: {days: 7}",
    ("model", "until"): "until: {years: 5}",
    ("model", "amount"): "amount: {fixed: 5000, per: month}",
    ("model", "reference"): _EXAMPLES["reference"],
    ("tuple", "when"): "when: [{age_at_least: 60}]",
    ("string", "phone"): 'phone: "28880002"',
    ("string", "number"): "number: 汇办发〔2009〕108号",
    ("string", "article"): "article: 第八条",
    ("string", "id"): _EXAMPLES["id"],
}
"""Kind and key → what would fit there, where the general example would mislead."""
_BOUNDS = (("ge", "不小于", 0), ("le", "不大于", 0), ("gt", "大于", 1), ("lt", "小于", -1))
_LAND_CONDITIONS = frozenset(
    {"lacks_land", "without_land", "gives_up", "surrenders", "returns_land", "no_land"}
)
_LAND = (
    "不得以交回承包地、退出宅基地作为条件（农村土地承包法），删除这一条件，"
    "例如写成 has_land: [contracted]"
)

_PERSONAL_CONDITIONS = frozenset(
    {
        "relation",
        "age_at_least",
        "age_below",
        "traits_any",
        "traits_none",
        "membership",
        "marital_status",
        "draws",
    }
)
_PERSONAL = (
    "成员身份的理由不看“{}”（农村集体经济组织法、妇女权益保障法），删除这一项，"
    "例如写成 finding: member_elsewhere"
)


_ASKED = (
    "不得写“{}”：{}不得作为享受或者停止待遇、权益、股份的条件（{}），删除这一项，"
    "按年龄、特征写，例如 when: [{{age_at_least: 60}}]"
)


def validated(
    shape: type[T] | TypeAdapter[T], marked: MarkedData, path: DataPath = (), value: Any = None
) -> tuple[T | None, tuple[PackFault, ...]]:
    """The data at a path as its shape, or every reason why they don't fit it."""
    adapter = shape if isinstance(shape, TypeAdapter) else TypeAdapter(shape)
    content = json.dumps(marked.value if value is None else value)
    try:
        return adapter.validate_json(content), ()
    except ValidationError as error:
        return None, tuple(_fault(detail, marked, path) for detail in error.errors())


def _fault(detail: ErrorDetails, marked: MarkedData, path: DataPath) -> PackFault:
    place = tuple(part for part in (*path, *detail["loc"]) if part != "[key]")
    return marked.fault(place, _sentence(detail, place))


def _sentence(detail: ErrorDetails, place: DataPath) -> str:
    context, key = detail.get("ctx", {}), str(place[-1]) if place else ""
    match detail["type"]:
        case "missing":
            sentence = f"缺少“{key}”，例如 {_EXAMPLES.get(key, key + ': …')}"
        case "extra_forbidden":
            sentence = _forbidden_condition(place) or _unknown_key(key)
        case "value_error":
            sentence = str(context["error"])
        case "enum" | "literal_error":
            sentence = _unknown_code(detail["input"], str(context["expected"]))
        case "string_pattern_mismatch" if key in {"document", "window"}:
            sentence = f"“{detail['input']}”写法不对，写 pack.yaml 里的编号，例如 {_EXAMPLES[key]}"
        case "string_pattern_mismatch":
            sentence = f"“{detail['input']}”写法不对，编号例如 land_subsidy，月日例如 01-01"
        case kind:
            sentence = _by_kind(kind, key, context)
    return sentence


def _unknown_code(written: object, expected: str) -> str:
    """What is said of a value that isn't one of a closed set, listed as Python writes it."""
    codes = re.findall(r"'([^']*)'", expected) or [expected.lower()]
    quoted = isinstance(written, int) and str(written) in codes
    wrong = "要加引号" if quoted else "不是可以写的值"
    some = " 之一" if len(codes) > 1 else ""
    return f"“{_plain(written)}”{wrong}，写 {explained(codes)}{some}"


def _plain(written: object) -> str:
    return str(written).lower() if isinstance(written, bool) else str(written)


def _by_kind(kind: str, key: str, context: Mapping[str, Any]) -> str:
    for bound, words, off in _BOUNDS:
        if bound in context:
            return f"应当{words} {context[bound]}，例如 {context[bound] + off}"
    if kind == "string_too_short":
        return "不能为空，例如 民政局"
    if kind == "string_too_long":
        return f"文字过长，不超过 {context['max_length']} 个字，例如 民政局"
    name = kind.split("_", maxsplit=1)[0]
    if name not in _KINDS:
        return "写法不对，对照其他政策包的同名项改写"
    words, example = _KINDS[name]
    return f"{words}，例如 {_FITTING.get((name, key), example)}"


def _forbidden_condition(path: DataPath) -> str | None:
    """What is said of a condition that no pack may have, if it is one: why, and what instead."""
    key = str(path[-1])
    if path[0] == "grounds":
        known = key in _PERSONAL_CONDITIONS or named(key)
        return _PERSONAL.format(key) if known else None
    found = next((one for one in ASKED_OF_NOBODY if one.is_in(key)), None)
    return _ASKED.format(key, found.title, ASKED_OF_NOBODY[found]) if found else None


def _unknown_key(key: str) -> str:
    if key in _LAND_CONDITIONS:
        return _LAND
    known = set(_known_keys(PackPart))
    if key in known:
        return f"这里没有“{key}”这一项，删除这一项"
    near = get_close_matches(key, sorted(known), n=1)
    return f"不认识的键“{key}”，" + (f"是否应为 {near[0]}: …" if near else "删除这一项")


def _known_keys(model: type[BaseModel]) -> Iterator[str]:
    for name, field in model.model_fields.items():
        yield field.alias or name
    for part in model.__subclasses__():
        yield from _known_keys(part)
