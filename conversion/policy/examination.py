"""A pack looked at from all sides: faults, warnings, and what its worked examples give."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from conversion.policy.checks.example_cover import untried
from conversion.policy.checks.old_law import long_unchanged
from conversion.policy.checks.pack_warning import Oddity, PackWarning, warnings_of
from conversion.policy.draft import Draft
from conversion.policy.examples import ExampleResult, run_examples
from conversion.policy.loading import pack_of, read_draft
from conversion.policy.pack_fault import PackFault


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """What there is to say of a pack; of one that has faults, nothing but them.

    Attributes:
        mismatches: where an example came out otherwise than written, with what came.
    """

    faults: tuple[PackFault, ...] = ()
    warnings: tuple[PackWarning, ...] = ()
    examples: tuple[ExampleResult, ...] = ()
    mismatches: tuple[PackFault, ...] = ()

    @property
    def failed(self) -> tuple[ExampleResult, ...]:
        """The examples that came out otherwise than written."""
        return tuple(result for result in self.examples if not result.passed)

    def is_sound(self, *, strict: bool = False) -> bool:
        """Whether the pack may be used; strictly, whether there is nothing odd in it either."""
        return not (self.faults or self.failed or (strict and self.warnings))


def examine(folder: Path, *, day: dt.date, unchanged: int | None = None) -> Examination:
    """The pack in a folder, looked at from all sides.

    Args:
        folder: of the pack.
        day: today, or a day on which the pack decided.
        unchanged: years after which a value that never changed is told.

    Raises:
        NotFound: no such folder.
    """
    draft, faults = read_draft(folder)
    if draft is None or faults:
        return Examination(faults=faults)
    pack = pack_of(draft)
    found = [*warnings_of(draft)]
    found += [PackWarning(at=at, oddity=Oddity.UNTRIED) for at in untried(draft, pack)]
    if unchanged is not None:
        last = min(day, pack.until or day)
        old = long_unchanged(draft, last, unchanged)
        found += [PackWarning(at=at, oddity=Oddity.OLD) for at in old]
    results = run_examples(pack)
    return Examination(
        warnings=tuple(sorted(found)),
        examples=results,
        mismatches=tuple(_mismatches(draft, results)),
    )


def _mismatches(draft: Draft, results: tuple[ExampleResult, ...]) -> Iterator[PackFault]:
    for (marked, path, _), result in zip(draft.worked_examples(), results, strict=True):
        for found in result.shortfalls:
            sentence = f"示例“{result.name}”：{found.sentence}"
            yield marked.fault((*path, *found.path), sentence)
