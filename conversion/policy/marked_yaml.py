"""YAML read as plain data that remembers its lines.

A pack is data and nothing else: tags, anchors, aliases, directives, merge keys, fractions and
duplicate keys are refused, size and depth are bounded, and scalars are text, whole numbers, true,
false, null or a day. A day stays text in ISO form, so that the data are JSON values.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from yaml import (
    CBaseLoader,
    MappingNode,
    MarkedYAMLError,
    Node,
    ScalarNode,
    SequenceNode,
    YAMLError,
)
from yaml.tokens import (
    AliasToken,
    AnchorToken,
    BlockEndToken,
    BlockMappingStartToken,
    BlockSequenceStartToken,
    DirectiveToken,
    FlowMappingEndToken,
    FlowMappingStartToken,
    FlowSequenceEndToken,
    FlowSequenceStartToken,
    TagToken,
    Token,
)

from conversion.domain.standing import Json
from conversion.policy.exact_number import exact_number
from conversion.policy.pack_fault import DataPath, PackFault, key_of
from conversion.policy.slip import slip_at

LARGEST_FILE: Final = 512 * 1024
DEEPEST: Final = 16

_OPENING = (
    BlockMappingStartToken,
    BlockSequenceStartToken,
    FlowMappingStartToken,
    FlowSequenceStartToken,
)
_CLOSING = (BlockEndToken, FlowMappingEndToken, FlowSequenceEndToken)
_REFUSED: Mapping[type[Token], str] = {
    TagToken: "不接受 YAML 标签（!…），直接写值，例如 days: 7",
    AnchorToken: "不接受锚点（&…），把值再写一遍",
    AliasToken: "不接受别名（*…），把值再写一遍",
    DirectiveToken: "不接受 % 开头的指令，删除这一行",
}
_TOO_DEEP: Final = f"嵌套超过 {DEEPEST} 层，减少层次"
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,14})")
_TAG = "tag:yaml.org,2002:"
_SCALARS: Final = {
    "null": (r"^(?: ~ | null | Null | NULL | )$", ["~", "n", "N", ""]),
    "bool": (r"^(?: true | True | TRUE | false | False | FALSE )$", list("tTfF")),
    "int": (
        r"^[-+]? (?: 0b [01_]+ | 0o? [0-7_]+ | [0-9_]+ | 0x [0-9a-fA-F_]+ )$",
        list("-+0123456789"),
    ),
    "float": (
        r"""^(?: [-+]? [0-9][0-9_]* \. [0-9_]* (?: [eE] [-+]? [0-9]+ )?
            | [-+]? [0-9][0-9_]* [eE] [-+]? [0-9]+
            | [-+]? \. [0-9_]+ (?: [eE] [-+] [0-9]+ )?
            | [-+]? \. (?: inf | Inf | INF )
            | \. (?: nan | NaN | NAN ) )$""",
        list("-+0123456789."),
    ),
    "timestamp": (
        r"""^(?: [0-9]{4} - [0-9]{2} - [0-9]{2}
            | [0-9]{4} - [0-9]{1,2} - [0-9]{1,2}
            (?: [Tt] | [ \t]+ ) [0-9]{1,2} : [0-9]{2} : [0-9]{2} (?: \. [0-9]* )?
            (?: [ \t]* (?: Z | [-+] [0-9]{1,2} (?: : [0-9]{2} )? ) )? )$""",
        list("0123456789"),
    ),
    "merge": (r"^ << $", ["<"]),
    "value": (r"^ = $", ["="]),
}
"""Words without quotes that are no text: those of YAML 1.2 (core schema), days, and `<<` and `=`.

Kind → how it looks, and the signs it begins with.
"""
_KEYS = frozenset({"str", "timestamp"})
_QUOTES = frozenset("'\"")


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedData:
    """A file's data, with the line of every key and list entry.

    Attributes:
        decimals: where the text of a decimal stands, in a file that may have any.
    """

    file: str
    value: Json
    lines: Mapping[DataPath, int]
    decimals: frozenset[DataPath] = frozenset()

    def fault(self, path: DataPath, sentence: str) -> PackFault:
        """A fault at a place, or at the nearest place above it that the file has."""
        return PackFault(file=self.file, line=self.line(path), key=key_of(path), sentence=sentence)

    def line(self, path: DataPath) -> int:
        """Where a place stands in the file, or the nearest place above it."""
        places = (path[:length] for length in range(len(path), -1, -1))
        return next((self.lines[place] for place in places if place in self.lines), 1)


def read_marked(
    content: bytes, file: str, *, foreign: bool = False
) -> tuple[MarkedData | None, tuple[PackFault, ...]]:
    """The file's data, or every reason why it can't be read.

    Args:
        content: of the file.
        file: its path, for messages.
        foreign: whether it is written as other systems write: with decimals, which stay text,
            and with numbers as keys.
    """
    if len(content) > LARGEST_FILE:
        sentence = f"文件超过 {LARGEST_FILE // 1024} KB，拆成更小的文件"
        return None, (PackFault(file=file, line=1, key="", sentence=sentence),)
    try:
        return _read(content.decode("utf-8-sig"), _Reading(file=file, foreign=foreign))
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        sentence = "不是 UTF-8 文本，用 UTF-8 编码另存"
        return None, (PackFault(file=file, line=line, key="", sentence=sentence),)
    except YAMLError as error:
        return None, (_unreadable(error, file, content.decode("utf-8-sig")),)


def _read(text: str, reading: "_Reading") -> tuple[MarkedData | None, tuple[PackFault, ...]]:
    file = reading.file
    if faults := tuple(_refused_tokens(text, file)):
        return None, faults
    node = _Parser(text).get_single_node()
    if not isinstance(node, MappingNode):
        sentence = "文件的最外层应当是“键: 值”，例如 benefits:"
        return None, (PackFault(file=file, line=1, key="", sentence=sentence),)
    value = reading.value_of(node, ())
    if reading.faults:
        return None, tuple(reading.faults)
    decimals = frozenset(reading.decimals)
    return MarkedData(file=file, value=value, lines=reading.lines, decimals=decimals), ()


class _Parser(CBaseLoader):
    """libyaml, a tenth of the time of a parser in Python, with the words of `_SCALARS`."""


for _kind, (_looks, _begins) in _SCALARS.items():
    _Parser.add_implicit_resolver(_TAG + _kind, re.compile(_looks, re.VERBOSE), _begins)


def _deeper(token: Token) -> int:
    return isinstance(token, _OPENING) - isinstance(token, _CLOSING)


def _refused_tokens(text: str, file: str) -> Iterator[PackFault]:
    """Whatever is more than data, found before anything is made of it."""
    depth, parser = 0, _Parser(text)
    while token := parser.get_token():
        line = token.start_mark.line + 1
        if sentence := _REFUSED.get(type(token)):
            yield PackFault(file=file, line=line, key="", sentence=sentence)
        depth += _deeper(token)
        if depth > DEEPEST:
            yield PackFault(file=file, line=line, key="", sentence=_TOO_DEEP)
            return


def _unreadable(error: YAMLError, file: str, text: str) -> PackFault:
    mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
    last = text.count("\n") + 1
    stopped = min(mark.line + 1, last) if mark else 1
    if "nesting depth" in str(error):  # libyaml's own limit, far above ours
        return PackFault(file=file, line=stopped, key="", sentence=_TOO_DEEP)
    line, slip = slip_at(text, stopped) or (stopped, "核对缩进、冒号后的空格和引号")
    sentence = f"YAML 写法有误，{slip}，例如 title: 方案公示"
    return PackFault(file=file, line=line, key="", sentence=sentence)


@dataclass(slots=True)
class _Reading:
    """One file on its way from nodes to data."""

    file: str
    foreign: bool = False
    lines: dict[DataPath, int] = field(default_factory=dict)
    decimals: set[DataPath] = field(default_factory=set)
    faults: list[PackFault] = field(default_factory=list)

    def value_of(self, node: Node, path: DataPath) -> Json:
        self.lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, MappingNode):
            return self._mapping(node, path)
        if isinstance(node, SequenceNode):
            return [self.value_of(item, (*path, n)) for n, item in enumerate(node.value)]
        return self._scalar(node, path)

    def _mapping(self, node: MappingNode, path: DataPath) -> dict[str, Json]:
        found: dict[str, Json] = {}
        for key_node, value_node in node.value:
            key = self._key(key_node, path)
            here = (*path, key)
            if key in found:
                first = self.lines[here]
                self._refuse(key_node, here, f"键“{key}”在第 {first} 行已经写过，删除其中一个")
                continue
            self.lines[here] = key_node.start_mark.line + 1
            found[key] = self.value_of(value_node, here)
        return found

    def _key(self, node: Node, path: DataPath) -> str:
        known = _KEYS | {"int"} if self.foreign else _KEYS
        if isinstance(node, ScalarNode) and str(node.tag).removeprefix(_TAG) in known:
            return unicodedata.normalize("NFC", str(node.value))
        self._refuse(node, path, '键应当是文字或日期，数字加引号，例如 "01": 或 2009-10-01:')
        return ""

    def _scalar(self, node: Node, path: DataPath) -> Json:
        text = unicodedata.normalize("NFC", str(node.value))
        value: Json = None
        match str(node.tag).removeprefix(_TAG):
            case "str":
                value = self._text(node, text, path)
            case "int" if _WHOLE.fullmatch(text):
                value = int(text)
            case "int" | "float" if self.foreign and exact_number(text) is not None:
                value = text
                self.decimals.add(path)
            case "timestamp" if _is_day(text):
                value = text
            case "bool":
                value = text.lower() == "true"
            case "null":
                pass
            case _:
                self._refuse(node, path, _odd_scalar(text, foreign=self.foreign))
        return value

    def _text(self, node: Node, text: str, path: DataPath) -> str:
        # A quote left open ends at the next one, and the keys between are silently gone.
        if not self.foreign and _is_quoted_over_lines(node):
            self._refuse(node, path, "引号里的文字换了行，多半是引号只有一半，写在一行里")
        if any(unicodedata.category(c) in {"Cc", "Cf", "Co"} for c in text.replace("\n", "")):
            self._refuse(node, path, "文字里有看不见的控制字符，删除后重写")
        return text.strip()

    def _refuse(self, node: Node, path: DataPath, sentence: str) -> None:
        line = node.start_mark.line + 1
        fault = PackFault(file=self.file, line=line, key=key_of(path), sentence=sentence)
        self.faults.append(fault)


def _is_quoted_over_lines(node: Node) -> bool:
    quoted = isinstance(node, ScalarNode) and node.style in _QUOTES
    return quoted and bool(node.end_mark.line > node.start_mark.line)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _odd_scalar(text: str, *, foreign: bool) -> str:
    if foreign:
        return f"“{text}”不是可以接受的值：数写成 600 或 0.15，不用指数；日期写成 2015-12-01"
    return (
        f"“{text}”不是可以接受的值：小数不用（金额写成分的整数，比例写成 [2, 3]），"
        '日期写成 2009-10-01，编号加引号，例如 "01"'
    )
