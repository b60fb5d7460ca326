"""Slips of the keyboard 笔误 by which a file is no YAML, told from the line they stand on."""

import re
from collections.abc import Mapping

_KEY = r"(?:[A-Za-z_][A-Za-z0-9_.-]*|[0-9]{4}-[0-9]{2}-[0-9]{2})"
_BEFORE = r"(?:^\s*|: +|- +|[{[,] *)"
_QUOTED = r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')"""
_SLIPS: Mapping[str, re.Pattern[str]] = {
    "缩进用了制表符（Tab），改成空格": re.compile(r"^ *\t"),
    "冒号是全角的“：”，改成英文冒号加空格": re.compile(rf"(?:^|[{{,，｛-])\s*{_KEY}\s*："),
    "逗号是全角的“，”，改成英文逗号加空格": re.compile(rf"[{{｛].*，\s*{_KEY}\s*:"),
    "括号是全角的，改成英文括号": re.compile(r":\s*[｛［]"),
    "冒号后面少一个空格": re.compile(rf"^\s*(?:- )?{_KEY}:(?=[^\s/])"),
    "以 @ 或 ` 开头的文字要加引号": re.compile(r":\s+[@`]"),
    "引号外面还有文字，整段放进同一对引号": re.compile(rf"{_BEFORE}{_QUOTED}\s*[^\s,:}}\]#]"),
    "文字里有“: ”，整段加引号": re.compile(rf"^\s*(?:- )?{_KEY}: +[^\s\"'{{\[].*: "),
}
"""What is wrong → how it looks on a line."""
_WHOLE = re.compile(rf"^\s*#.*|(?<=[\s{{\[,]){_QUOTED}|^{_QUOTED}| #.*$")
_OPENED = re.compile(rf"{_BEFORE}[\"']")
_LONGEST = 500
"""So much of a line is looked at: nobody's slip stands further right, and looking stays short."""


def _is_left_open(line: str) -> bool:
    """Whether a text in quotes begins on a line and doesn't end there."""
    return _OPENED.search(_WHOLE.sub("", line)) is not None


def slip_at(text: str, line: int) -> tuple[int, str] | None:
    r"""A slip on a line where reading stopped, or on the one above it: the line, what to do.

    >>> slip_at("a: 1\ntitle：方案公示\nunit: 天", 3)
    (2, '冒号是全角的“：”，改成英文冒号加空格')

    A quote that is never closed makes YAML stop far below, so it is looked for on all lines above.

    >>> slip_at('a: 1\ntitle: "方案公示\nunit: 天\nnote: 甲', 5)
    (2, '引号只有一半，在这一行补上另一半')
    """
    lines = text.split("\n")
    opened = (n for n, written in enumerate(lines[:line], 1) if _is_left_open(written[:_LONGEST]))
    if quoted := next(opened, None):
        return quoted, "引号只有一半，在这一行补上另一半"
    for place in (line, line - 1):
        written = lines[place - 1][:_LONGEST] if 0 < place <= len(lines) else ""
        for told, looks in _SLIPS.items():
            if looks.search(written):
                return place, told
    return None
