"""Typed reading of parsed JSON: each reader gives one member of a record, or says what is wrong."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import TypeAlias

from conversion.domain.standing import Json
from conversion.errors import HistoryBroken

Record: TypeAlias = Mapping[str, Json]


def text(record: Record, name: str) -> str:
    """A member that is text."""
    value = record.get(name)
    if not isinstance(value, str):
        raise misshapen(name, "文字")
    return value


def optional_text(record: Record, name: str) -> str | None:
    """A member that is text or null."""
    return None if record.get(name) is None else text(record, name)


def whole(record: Record, name: str) -> int:
    """A member that is a whole number; `true` is not one."""
    value = record.get(name)
    if isinstance(value, bool) or not isinstance(value, int):
        raise misshapen(name, "整数")
    return value


def items(record: Record, name: str) -> list[Json]:
    """A member that is a list."""
    value = record.get(name)
    if not isinstance(value, list):
        raise misshapen(name, "列表")
    return value


def texts(record: Record, name: str) -> tuple[str, ...]:
    """A member that is a list of texts."""
    return tuple(text({name: item}, name) for item in items(record, name))


def members(value: Json, name: str) -> dict[str, Json]:
    """A value that is a record itself; `name` is only for the message."""
    if not isinstance(value, dict):
        raise misshapen(name, "字典")
    return value


def demand_names(record: Record, names: AbstractSet[str], name: str) -> None:
    """Refuse a record that has other members than these: what is not read would be lost."""
    if record.keys() != names:
        raise misshapen(name, f"恰有 {'、'.join(sorted(names))} 各项的字典")


def misshapen(name: str, wanted: str) -> HistoryBroken:
    """The error for a member that is not what it must be."""
    return HistoryBroken(
        "读取历史记录", f"{name} 项不是{wanted}", "停止办理，用备份和已签存的根摘要核对历史"
    )
