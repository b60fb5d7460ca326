"""What a public notice says: a table with a line for everything that may be objected to.

It names household, group, person, relation and result, and nothing else: no resident number,
telephone, bank account or ground is ever in a list (个人信息保护法 28). The text that is hashed is
the table that is printed.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic

from conversion.domain.standing import Json
from conversion.history.canonical import canonical
from conversion.workflows.step import C

CODE_LENGTH = 8
"""Characters of the digest that stand on the list, for whoever compares the board with the file."""

_ORDER = "零一二三四五六七八九"

Line = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PostedList(Generic[C]):
    """One kind of list.

    Attributes:
        level: the level it belongs to; kind: the pack's kind of window.
        title: as posted, without its round; columns: titles of the table's columns.
        before: states from which it is posted; posted: the state in which it hangs on the board.
        objected: the state in which it hangs while an objection waits, if there may be any.
        lines: the table's lines for one case, or for the programme; empty cells are `—`.
        objections: to whom, as the list says it.
    """

    level: str
    kind: str
    title: str
    columns: Line
    before: tuple[str, ...]
    posted: str
    lines: Callable[[C], tuple[Line, ...]]
    objections: str
    objected: str = ""

    def title_of(self, round: int, rounds: int) -> str:  # noqa: A002  # it is the field's name
        """The title of one of several lists, or of the only one."""
        return self.title if rounds == 1 else f"{self.title}（第{_ORDER[round]}榜）"

    def hangs_at(self, state: str) -> bool:
        """Whether it hangs on the board while its level is in a state."""
        return state in {self.posted, self.objected}

    def text(self, c: C) -> Json:
        """The text as it is hashed: title, columns and lines."""
        lines: list[Json] = [[*line] for line in self.lines(c)]
        return {"title": self.title, "columns": [*self.columns], "lines": lines}

    def digest(self, c: C) -> str:
        """SHA-256 of the canonical text."""
        return hashlib.sha256(canonical(self.text(c))).hexdigest()


def code_of(content_sha256: str) -> str:
    """The code 校验码 of a text, as it stands on the board.

    >>> code_of("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
    '9F86D081'
    """
    return content_sha256[:CODE_LENGTH].upper()
