"""Many papers at once, in worker processes, where one bad paper never stops the others."""

import multiprocessing
import os
import resource
import signal
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from threading import Thread
from types import FrameType
from typing import TypeAlias

from conversion.documents.impression import AS_ISSUED, Impression
from conversion.documents.kind import AnyKind, Facts
from conversion.documents.page_code import PageCodes
from conversion.documents.rendering import Rendering
from conversion.errors import ConversionError, DocumentRefused, SetupIncomplete

SECONDS = 60
"""CPU time one paper may take; a usual one takes a fifth of a second."""

MEMORY = 4 << 30
"""Bytes of address space one worker may take."""

_FOUND: dict[type[BaseException], str] = {
    BrokenProcessPool: "印制进程中止，多半是内存用尽",
    MemoryError: "内存用尽",
    TimeoutError: "在限定的时间内没有排完",
}
_REMEDY = "核对内容是否过长，过长的分开印制"
_UNSTARTED = '腾出内存后重印；自己写的程序须把调用放在 if __name__ == "__main__" 之下'
_AHEAD = 3  # papers under way per worker: enough to keep it busy, few to repeat after a crash


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One paper to print, with what makes the codes of its pages if it gets any, and how."""

    kind: AnyKind
    facts: Facts
    templates: Path | None = None
    codes: PageCodes | None = None
    impression: Impression = AS_ISSUED


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A paper that was not printed, and why."""

    number: str
    error: ConversionError


_Printing: TypeAlias = Callable[[Job], Rendering]


def render_many(
    jobs: Iterable[Job], workers: int, seconds: int = SECONDS
) -> Iterator[Rendering | Failure]:
    """Print papers side by side and yield each as it is done, in no fixed order.

    When a worker dies, what was under way is tried again paper by paper, so that only the one
    that kills it fails.

    Args:
        jobs: read only as fast as they are printed.
        workers: processes.
        seconds: CPU time that one paper may take.

    Raises:
        SetupIncomplete: no worker can start, whatever the paper.
    """
    waiting = iter(jobs)
    printing = partial(_one, seconds)
    while suspects := (yield from _side_by_side(waiting, workers, printing)):
        for job in suspects:
            yield _alone(printing, job)


def _side_by_side(
    waiting: Iterator[Job], workers: int, printing: _Printing
) -> Generator[Rendering | Failure, None, tuple[Job, ...]]:
    """Print until nothing waits, or until a worker dies; returns what was under way then."""
    under_way: dict[Future[Rendering], Job] = {}
    with _pool(workers) as pool:
        while True:
            for job in islice(waiting, workers * _AHEAD - len(under_way)):
                under_way[_submitted(pool, printing, job)] = job
            done, _ = wait(under_way, return_when=FIRST_COMPLETED)
            if not done or any(isinstance(f.exception(), BrokenProcessPool) for f in done):
                return tuple(under_way.values())
            for future in done:
                yield _outcome(future, under_way.pop(future))


def _alone(printing: _Printing, job: Job) -> Rendering | Failure:
    """Print one paper in a worker of its own, once that has shown that it can start at all."""
    with _pool(1) as pool:
        try:
            pool.submit(os.getpid).result()
        except BrokenProcessPool:
            raise SetupIncomplete("成批印制文书", "印制进程一启动就中止", _UNSTARTED) from None
        return _outcome(_submitted(pool, printing, job), job)


def _submitted(pool: ProcessPoolExecutor, printing: _Printing, job: Job) -> Future[Rendering]:
    try:
        return pool.submit(printing, job)
    except BrokenProcessPool as broken:
        never: Future[Rendering] = Future()
        never.set_exception(broken)
        return never


def _outcome(future: Future[Rendering], job: Job) -> Rendering | Failure:
    error = future.exception()
    if error is None:
        return future.result()
    if not isinstance(error, ConversionError):
        found = _FOUND.get(type(error), f"排版程序出错（{type(error).__name__}）")
        error = DocumentRefused(f"印制文书{job.facts.number}", found, _REMEDY)
    return Failure(number=job.facts.number, error=error)


def _pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(
        workers, mp_context=multiprocessing.get_context("spawn"), initializer=_bound
    )


def _bound() -> None:
    """Bound this worker's memory and life, and turn the CPU limit into an exception."""
    Thread(target=_leave_with_parent, daemon=True).start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears it too, and decides
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGXCPU, _too_long)


def _leave_with_parent() -> None:
    """Whoever is killed can't stop its workers, and they would wait for it for ever."""
    parent = multiprocessing.parent_process()
    assert parent
    parent.join()
    os._exit(1)


def _one(seconds: int, job: Job) -> Rendering:
    # The engine takes a second to import: only those who print pay it, not every command.
    from conversion.documents.render import render  # noqa: PLC0415

    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime) + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))
    return render(job.kind, job.facts, job.templates, job.codes, job.impression)


def _too_long(_signal: int, _frame: FrameType | None) -> None:
    raise TimeoutError
