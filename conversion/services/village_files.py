"""A village and its staff, as a task force writes them down in YAML before anything else."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from conversion.domain.programme import Village
from conversion.domain.role import Role
from conversion.errors import ConversionError
from conversion.workflows.staff_list import Appointee

Place = tuple[int | str, ...]
"""Where a value stands: keys, and places in lists from 0, outermost first."""


class VillageFileInvalid(ConversionError):
    """A village's or staff file with faults: every one, with its line."""

    def __init__(self, path: Path, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__(f"读取 {path}", "；".join(self.faults), "改正后重试")


class VillageFile(Village):
    """`village.yaml`: every field of a village, none empty, and nothing else."""

    model_config = ConfigDict(  # type: ignore[assignment]  # SQLModel's own type adds nothing
        extra="forbid", str_min_length=1, str_strip_whitespace=True
    )


_STAFF: Final = TypeAdapter(tuple[Appointee, ...])


def read_village(path: Path) -> Village:
    """The village that a file describes.

    Raises:
        VillageFileInvalid: the file can't be read, or has faults.
    """
    data = _load(path)
    try:
        found = VillageFile.model_validate(data)
    except ValidationError as error:
        raise VillageFileInvalid(path, _faults(data, error)) from error
    return Village.model_validate(found.model_dump())


def read_staff(path: Path) -> tuple[Appointee, ...]:
    """The people that a file lists; whoever acts for a department names it.

    Raises:
        VillageFileInvalid: the file can't be read, or has faults.
    """
    data = _load(path)
    try:
        lines = _STAFF.validate_python(data)
    except ValidationError as error:
        raise VillageFileInvalid(path, _faults(data, error)) from error
    if faults := [*_inconsistent(data, lines)]:
        raise VillageFileInvalid(path, faults)
    return lines


def _load(path: Path) -> Any:
    # The round-trip loader builds no objects of foreign classes, and it alone remembers lines.
    try:
        return YAML(typ="rt").load(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise VillageFileInvalid(path, ["文件不存在或不能读取"]) from error
    except UnicodeDecodeError as error:
        raise VillageFileInvalid(path, ["不是 UTF-8 文本"]) from error
    except (YAMLError, RecursionError, ValueError) as error:  # a day that doesn't exist
        raise VillageFileInvalid(path, [_unreadable(error)]) from error


def _unreadable(error: Exception) -> str:
    mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
    line = f"第 {mark.line + 1} 行：" if mark else ""
    return f"{line}YAML 写法有误，核对缩进、重复的键、冒号后的空格和引号"


def _faults(data: Any, error: ValidationError) -> Iterator[str]:
    for detail in error.errors(include_url=False):
        yield _at(data, detail["loc"], _sentence(detail))


def _inconsistent(data: Any, lines: tuple[Appointee, ...]) -> Iterator[str]:
    times = Counter(line.account for line in lines)
    for n, line in enumerate(lines):
        if times[line.account] > 1:
            yield _at(data, (n, "account"), f"账号 {line.account} 列了 {times[line.account]} 次")
        if Role.DEPARTMENT in line.roles and not line.department:
            yield _at(data, (n, "roles"), f"{line.name} 是区级部门人员，须写明 department")


def _at(data: Any, place: Place, sentence: str) -> str:
    key = ".".join(str(part) for part in place if isinstance(part, str))
    return f"第 {_line(data, place)} 行{f' {key}' if key else ''}：{sentence}"


def _line(data: Any, place: Place) -> int:
    """The line of a value, or of the nearest place above it that the file has."""
    line = 1
    for part in place:
        if isinstance(data, CommentedMap) and part in data:
            line = data.lc.key(part)[0] + 1
        elif isinstance(data, CommentedSeq) and isinstance(part, int):
            line = data.lc.item(part)[0] + 1
        else:
            break
        data = data[part]
    return line


def _sentence(detail: ErrorDetails) -> str:
    context = detail.get("ctx", {})
    match detail["type"]:
        case "enum":
            known = "、".join(f"{role}（{role.label}）" for role in Role)
            return f"没有岗位 {detail['input']}，从中选择：{known}"
        case "string_too_long":
            return f"文字过长，不超过 {context['max_length']} 个字"
        case kind:
            return _SENTENCES.get(kind, "写法不对，对照示例改写")


_SENTENCES: Final[Mapping[str, str]] = {
    "missing": "缺少这一项",
    "extra_forbidden": "没有这一项，删去或改正键名",
    "string_too_short": "不能为空",
    "string_type": "应当是文字；编号、代码加引号",
    "too_short": "至少写一项",
    "tuple_type": "应当是列表",
    "model_type": "应当是“键: 值”",
    "model_attributes_type": "应当是“键: 值”",
    "dict_type": "应当是“键: 值”",
}
