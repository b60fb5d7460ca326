"""What is odd in a pack that is sound: it loads all the same, and its office should look at it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from typing_extensions import override

from conversion.policy.checks.dead_part import (
    dead_values,
    rows_for_nobody,
    unfounded_grounds,
    unused,
)
from conversion.policy.checks.old_law import lapsed_references, not_yet_law
from conversion.policy.checks.practice import all_illustrative, unusual_figures
from conversion.policy.checks.repetition import repeated_rows, unchanged_values
from conversion.policy.draft import Draft
from conversion.policy.pack_fault import PackFault


class Oddity(StrEnum):
    """What a warning is about."""

    DEAD = "dead"
    REPEATED = "repeated"
    OLD = "old"
    UNUSUAL = "unusual"
    UNTRIED = "untried"

    @property
    def label(self) -> str:
        """The oddity's Chinese name."""
        return {
            "dead": "不起作用",
            "repeated": "重复",
            "old": "过时",
            "unusual": "须核对",
            "untried": "没有示例",
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class PackWarning:
    """One oddity, told like a fault: file, line, key, and an example of what is right."""

    at: PackFault
    oddity: Oddity

    @override
    def __str__(self) -> str:
        """The place, what kind it is, and the sentence."""
        place = f"{self.at.file}:{self.at.line} {self.at.key}".strip()
        return f"{place}：【{self.oddity.label}】{self.at.sentence}"


_Look = Callable[[Draft], Iterator[PackFault]]
_LOOKS: Mapping[Oddity, tuple[_Look, ...]] = {
    Oddity.DEAD: (unused, rows_for_nobody, dead_values, unfounded_grounds),
    Oddity.REPEATED: (repeated_rows, unchanged_values),
    Oddity.OLD: (lapsed_references, not_yet_law),
    Oddity.UNUSUAL: (unusual_figures, all_illustrative),
}


def warnings_of(draft: Draft) -> tuple[PackWarning, ...]:
    """Everything odd in a sound pack, by file and line; what the examples leave out aside."""
    return tuple(
        sorted(
            PackWarning(at=found, oddity=oddity)
            for oddity, looks in _LOOKS.items()
            for look in looks
            for found in look(draft)
        )
    )
