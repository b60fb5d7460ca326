"""What is wrong in a pack, and on which line."""

from dataclasses import dataclass
from typing import TypeAlias

from typing_extensions import override

DataPath: TypeAlias = tuple[str | int, ...]
"""Where a value stands in a file: keys and places in lists, outermost first."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class PackFault:
    """One thing that keeps a pack from loading.

    Attributes:
        file: the file's path within the pack's folder.
        line: from 1.
        key: where the value stands, e.g. `benefits[3].until.years`.
        sentence: Chinese: what is wrong, and an example of what is right.
    """

    file: str
    line: int
    key: str
    sentence: str

    @override
    def __str__(self) -> str:
        """File, line, key and sentence, as compilers print them."""
        place = f"{self.file}:{self.line}"
        return f"{place} {self.key}：{self.sentence}" if self.key else f"{place} {self.sentence}"


def key_of(path: DataPath) -> str:
    """The path as people write it.

    >>> key_of(("benefits", 3, "until", "years"))
    'benefits[3].until.years'
    """
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return "".join(parts).removeprefix(".")
