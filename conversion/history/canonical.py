"""RFC 8785 (JSON Canonicalization Scheme): the one way to write a value as bytes.

Narrower than the RFC: no fractions at all, and text in Unicode NFC, so that two machines never
write one fact in two ways. Normalising text is the caller's; here it is only demanded.
"""

import json
import re
import unicodedata

import rfc8785

from conversion.domain.standing import Json
from conversion.errors import HistoryBroken

LARGEST = 2**53 - 1
"""The largest whole number that every JSON reader holds exactly (RFC 7493 §2.2)."""

_BEYOND = re.compile("[^\u0000-\ud7ff\ue000-\uffff]")

# A C encoder, several times as fast as rfc8785 and byte-equal to it as long as no key leaves the
# basic plane: up to U+FFFF the order by code point is the UTF-16 order of RFC 8785 §3.2.3.
_ENCODER = json.JSONEncoder(
    sort_keys=True, ensure_ascii=False, separators=(",", ":"), check_circular=False
)


def canonical(value: Json) -> bytes:
    """The RFC 8785 bytes of a value.

    >>> canonical({"b": 1, "a": "村"}).decode()
    '{"a":"村","b":1}'

    Raises:
        HistoryBroken: the value holds a fraction, a number beyond ±(2^53-1), text that is not
            NFC or not Unicode, a key that is not text, or anything that JSON has no word for.
    """
    names: set[str] = set()
    try:
        if _is_plain(value):
            text = _ENCODER.encode(value)
            # Each text is NFC if the whole is: what stands between two of them never composes.
            if text.isascii() or (_is_basic(text) and unicodedata.is_normalized("NFC", text)):
                return text.encode()
        _examine(value, "", names)
        if _is_basic("".join(names)):
            return _ENCODER.encode(value).encode()
        return rfc8785.dumps(value)
    except RecursionError:
        raise _refusal("内容", "层数过多") from None


def parse(data: bytes) -> Json:
    """The value that canonical bytes stand for.

    Raises:
        HistoryBroken: the bytes are not exactly what `canonical` writes: another key order,
            spaces, a key twice, a fraction, `1e3`, `-0`, needless escapes, not UTF-8, not JSON.
    """
    try:
        value: Json = json.loads(data.decode())
    except (ValueError, RecursionError):
        raise _unreadable("不是 JSON 文本") from None
    if canonical(value) != data:
        raise _unreadable("字节与规范写法（RFC 8785）不一致")
    return value


def _is_plain(value: object) -> bool:
    """Whether the shape is right at a glance; what is not is examined, to be told where."""
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str) or part is None:
            continue
        if isinstance(part, dict):
            if not all(isinstance(name, str) for name in part):
                return False
            waiting += part.values()
        elif isinstance(part, list):
            waiting += part
        elif not isinstance(part, int) or abs(part) > LARGEST:
            return False
    return True


def _is_basic(text: str) -> bool:
    """Whether no character lies beyond U+FFFF, and none is a half of a pair."""
    return not _BEYOND.search(text)


def _examine(value: object, where: str, names: set[str]) -> None:
    """Refuse what may not be written, and gather the names of all members."""
    match value:
        case None | bool():
            pass
        case str():
            _examine_text(value, where)
        case int() if abs(value) <= LARGEST:
            pass
        case dict():
            _examine_members(value, where, names)
        case list():
            for place, part in enumerate(value):
                _examine(part, f"{where}[{place}]", names)
        case _:
            raise _refusal(where, "不是文字、是否、空值、列表、字典或 ±(2^53-1) 以内的整数")


def _examine_members(record: dict[object, object], where: str, names: set[str]) -> None:
    for name, part in record.items():
        if not isinstance(name, str):
            raise _refusal(where, "有一个键不是文字")
        _examine_text(name, f"{where} 的键")
        names.add(name)
        _examine(part, f"{where}.{name}", names)


def _examine_text(text: str, where: str) -> None:
    if text.isascii():
        return
    try:
        text.encode()
    except UnicodeEncodeError:
        raise _refusal(where, "含有不成字的代码（孤立代理项）") from None
    if not unicodedata.is_normalized("NFC", text):
        raise _refusal(where, "文字未按 NFC 规范化")


def _refusal(where: str, found: str) -> HistoryBroken:
    # The place only, never the value: it may be somebody's name or number.
    return HistoryBroken(
        "把内容写成规范字节", f"{where.removeprefix('.') or '内容'}{found}", "改正该项后再记入历史"
    )


def _unreadable(found: str) -> HistoryBroken:
    return HistoryBroken("读取规范字节", found, "停止办理，用备份和已签存的根摘要核对历史")
