"""The bench of printing: the same statements plainly, one by one, and in a batch.

The households are those of a roster, as often over as it takes; what they are entitled to is
worked out by the office's own rules. Each way is measured in a process of its own, so that none
finds another's memory or anything already read.
"""

import multiprocessing
import resource
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from statistics import median
from typing import Final

from conversion.documents.batch import Failure, Job, render_many
from conversion.documents.entitlement_statement import ENTITLEMENT_STATEMENT
from conversion.documents.kind import Facts, HouseholdOccasion
from conversion.domain.case import Case
from conversion.domain.collections import put
from conversion.domain.programme import Programme, Village
from conversion.domain.right import Benefit, Entitlement
from conversion.domain.standing import Standing
from conversion.policy.pack import PackOnDay
from conversion.policy.rules.entitlement import map_entitlements
from conversion.policy.rules.transitional_benefit import assess_benefits
from conversion.roster.roster import RosterHousehold
from conversion.services.intake import case_number
from conversion.workflows.facts import facts_of

MEBIBYTE: Final = 1 << 20
_KIBIBYTE: Final = 1 << 10
_WARM: Final = 1
"""Papers a process prints before the watch starts: reading the engine in is no part of a paper."""
_OWN_AND_WORKERS: Final = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)

Stopwatch = Callable[[], int]
"""Nanoseconds since whenever."""

Source = Callable[[], Iterable[Facts]]
"""The facts of the papers; it goes to another process, so it is a function of a module."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """One way of printing, measured.

    Attributes:
        way: `plain`, `single`, `batch`, or `long` for a batch that shows what memory does.
        processes: that printed.
        milliseconds: that the papers took, once the processes were warm.
        peak: mebibytes of memory that all processes together held at most.
    """

    way: str
    processes: int
    papers: int
    pages: int
    milliseconds: int
    peak: int

    @property
    def pages_per_second(self) -> float:
        """Pages a second."""
        return self.pages * 1000 / max(self.milliseconds, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One way over all rounds.

    Attributes:
        printed: of all rounds together, with the highest peak.
        times: how many times as quick as the plain way, the median of the rounds.
    """

    printed: Printed
    times: float


def compare(rounds: Sequence[Sequence[Printed]]) -> tuple[Compared, ...]:
    """Each way against the plain one, which each round begins with.

    A machine is now quick and now slow, so a way is only held against the plain one of its own
    round.
    """
    return tuple(
        Compared(printed=_together(way), times=median(_times(way, [r[0] for r in rounds])))
        for way in zip(*rounds, strict=True)
    )


def _together(rounds: Sequence[Printed]) -> Printed:
    return replace(
        rounds[0],
        papers=sum(r.papers for r in rounds),
        pages=sum(r.pages for r in rounds),
        milliseconds=sum(r.milliseconds for r in rounds),
        peak=max(r.peak for r in rounds),
    )


def _times(way: Sequence[Printed], plain: Sequence[Printed]) -> Iterator[float]:
    pairs = zip(way, plain, strict=True)
    return (one.pages_per_second / other.pages_per_second for one, other in pairs)


# --- what is printed ---------------------------------------------------------------------------


def statements(
    village: Village, households: Sequence[RosterHousehold], pack: PackOnDay
) -> Iterator[Facts]:
    """The facts of a statement of each household, over and over.

    Args:
        village: whose households they are.
        households: of a roster.
        pack: the policy pack on the day on which everything was approved.
    """
    programme = Programme.of(village.village_code, 1, _village_standing(village), ())
    number = 0
    while True:
        for household in households:
            number += 1
            yield _statement(programme, household, pack, number)


def _statement(
    programme: Programme, household: RosterHousehold, pack: PackOnDay, number: int
) -> Facts:
    kind, village = ENTITLEMENT_STATEMENT, programme.village
    occasion = HouseholdOccasion(
        number=kind.number(village.series_prefix, pack.day.year, number),
        day=pack.day,
        nonce=f"{number:020x}",
        programme=programme,
        case=_entitled(_case(programme, household), village, pack),
    )
    return kind.facts(occasion)


def _case(programme: Programme, told: RosterHousehold) -> Case:
    standing = Standing()
    standing.apply(put("household", "household", told.household))
    for collection, rows in (("members", told.members), ("parcels", told.parcels)):
        for row in rows:
            standing.apply(put(collection, row.serial, row))
    return Case.of(case_number(programme.code, told.number), programme.code, 1, standing, ())


def _entitled(case: Case, village: Village, pack: PackOnDay) -> Case:
    """The case with what its household has and gains once everything is approved."""
    day = pack.day
    facts = replace(
        facts_of(case, day, day, village.community_name), approved_on=day, registered_on=day
    )
    benefits = assess_benefits(facts, pack).rows_of(Benefit)
    rights = map_entitlements(facts, benefits, pack).rows_of(Entitlement)
    had = (put("benefits", row.key, row) for row in benefits)
    return case.changed((*had, *(put("entitlements", row.key, row) for row in rights)))


def _village_standing(village: Village) -> Standing:
    standing = Standing()
    standing.apply(put("village", "village", village))
    return standing


# --- how it is printed -------------------------------------------------------------------------


def plainly(source: Source, stopwatch: Stopwatch) -> Printed:
    """Print with WeasyPrint as it comes, one after the other."""
    return _apart(_plainly, source, stopwatch)


def singly(source: Source, stopwatch: Stopwatch) -> Printed:
    """Print as the window does, one after the other."""
    return _apart(_singly, source, stopwatch)


def in_batch(source: Source, workers: int, stopwatch: Stopwatch) -> Printed:
    """Print as a batch does, in worker processes.

    Raises:
        ConversionError: a paper can't be printed.
    """
    return _apart(partial(_in_batch, workers), source, stopwatch)


def at_length(source: Source, workers: int, stopwatch: Stopwatch) -> Printed:
    """Print as a batch does, with facts that are worked out meanwhile: what memory does then.

    Raises:
        ConversionError: a paper can't be printed.
    """
    return _apart(partial(_at_length, workers), source, stopwatch)


def _apart(
    way: Callable[[Source, Stopwatch], Printed], source: Source, stopwatch: Stopwatch
) -> Printed:
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as alone:
        return alone.submit(way, source, stopwatch).result()


def _plainly(source: Source, stopwatch: Stopwatch) -> Printed:
    from conversion.documents.plain import print_plainly  # noqa: PLC0415  # the engine is slow to import

    pages = (print_plainly(ENTITLEMENT_STATEMENT, one)[1] for one in _ready(source))
    return _measured("plain", pages, 1, stopwatch)


def _singly(source: Source, stopwatch: Stopwatch) -> Printed:
    from conversion.documents.render import render  # noqa: PLC0415  # the engine is slow to import

    pages = (render(ENTITLEMENT_STATEMENT, one).pages for one in _ready(source))
    return _measured("single", pages, 1, stopwatch)


def _in_batch(workers: int, source: Source, stopwatch: Stopwatch) -> Printed:
    return _measured("batch", _pages_of(_ready(source), workers), workers, stopwatch)


def _at_length(workers: int, source: Source, stopwatch: Stopwatch) -> Printed:
    return _measured("long", _pages_of(source(), workers), workers, stopwatch)


def _ready(source: Source) -> Sequence[Facts]:
    """The facts worked out before the watch starts."""
    return tuple(source())


def _pages_of(facts: Iterable[Facts], workers: int) -> Iterator[int]:
    jobs = (Job(kind=ENTITLEMENT_STATEMENT, facts=one) for one in facts)
    for result in render_many(jobs, workers):
        if isinstance(result, Failure):
            raise result.error
        yield result.pages


def _measured(way: str, pages: Iterator[int], processes: int, stopwatch: Stopwatch) -> Printed:
    for _ in islice(pages, processes * _WARM):
        pass
    papers, total, begun = 0, 0, stopwatch()
    for count in pages:
        papers, total = papers + 1, total + count
    took = stopwatch() - begun
    own, each = (resource.getrusage(who).ru_maxrss for who in _OWN_AND_WORKERS)
    return Printed(
        way=way,
        processes=processes,
        papers=papers,
        pages=total,
        milliseconds=_milliseconds(took),
        peak=_mebibytes(own + each * processes),
    )


def _milliseconds(nanoseconds: int) -> int:
    return nanoseconds // 10**6


def _mebibytes(kibibytes: int) -> int:
    return kibibytes * _KIBIBYTE // MEBIBYTE
