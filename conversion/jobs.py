"""Durable jobs: a worker takes them from the queue, and whatever becomes of it, they are done.

The one module beside `store.queue` that knows DBOS Transact. A job may be begun several times: by
a worker that was killed and started again, or by another that took it over. So a job only reads
what still waits, and does and tells it in one transaction; what it prints is put in its place by
the transaction that records it.

A worker holds a slot by name. It gives a sign of life; a slot that gives none for a while has its
jobs taken over. No clock is compared with another machine's: whoever watches counts the seconds in
which a slot's sign has not changed.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, timedelta
from functools import partial
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Final, TypeAlias

from dbos import DBOS, DBOSConfig, DBOSPortableJSONSerializer, StepOptions
from dbos import error as engine_error

from conversion.errors import ConversionError, StepRefused, StoreUnavailable
from conversion.services.batch_part import TAKE_PART, take_part
from conversion.services.office import Office
from conversion.services.print_run import ISSUE_PART, issue_part
from conversion.store.queue import APPLICATION, Queue
from conversion.store.worker_slots import (
    forget_slots,
    keep_slot,
    leave_slot,
    slots_seen,
    take_slot,
)

VERSION: Final = "1"
"""Of the order of steps in the jobs; raised only when that changes, once the queue is empty."""

STALE: Final = 60
"""Seconds without a sign of life after which a slot's jobs are taken over; longer than the
machine takes to start a worker again."""

SIGNS: Final = 6
"""Signs of life within that time."""

KEPT: Final = timedelta(days=30)
"""How long the queue remembers a job that has ended; runs and batches stay as they are."""

_TOKEN_BYTES: Final = 16
_ATTEMPTS: Final = 3  # a job that kills its worker as often is given up
_GRACE: Final = 80  # seconds for the part under way, when a worker is told to stop
_AT_ONCE: Final = 500  # ended jobs forgotten in one go
_UNDER_WAY: Final = ["ENQUEUED", "PENDING", "DELAYED"]
_ENDED: Final = ["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]
_JOBS: Final = [ISSUE_PART, TAKE_PART]
_LOGGER: Final = logging.getLogger(__name__)

Confessed: TypeAlias = Callable[[Exception], Path]
"""Keeps the traceback of a fault of the program in a file."""


@dataclass(slots=True, kw_only=True)
class Worker:
    """A process that works the queue off, one act and one part of a print run at a time.

    Attributes:
        slot: a name that stays when the process is started again, and that no other process has.
        processes: that render.
        confessed: see `Confessed`.
        stale: see `STALE`.
    """

    office: Office
    slot: str
    processes: int
    confessed: Confessed
    stale: float = STALE
    _token: str = field(init=False, default="")
    _signs: dict[str, tuple[int, float]] = field(init=False, default_factory=dict)
    _next_sign: float = field(init=False, default=0)

    def run(self, stopping: Event, *, until_idle: bool = False) -> None:
        """Work until told to stop; what is under way then is finished, or left for the next start.

        Args:
            stopping: set by whoever wants it to stop.
            until_idle: whether to stop once nothing waits or runs, at any worker.

        Raises:
            StepRefused: another process has taken the slot.
            StoreUnavailable: the database can't be reached at the start.
        """
        self._token = self.office.random(_TOKEN_BYTES).hex()
        with self.office.database.writing() as session:
            take_slot(session, self.slot, self._token, self._now())
        try:
            self._launch()
            while not stopping.wait(min(0.5, self.stale / SIGNS)):
                self._watch()
                if until_idle and not _under_way():
                    break
        finally:
            DBOS.destroy(destroy_registry=True, workflow_completion_timeout_sec=_GRACE)
            with self.office.database.writing() as session:
                leave_slot(session, self.slot, self._token)

    def _launch(self) -> None:
        # The engine logs tracebacks, which may name persons: `confessed` keeps them instead.
        logging.getLogger("dbos").handlers[:] = [logging.NullHandler()]
        DBOS(
            config=DBOSConfig(
                name=APPLICATION,
                system_database_url=self.office.database.url,
                serializer=DBOSPortableJSONSerializer(),
                executor_id=self.slot,
                application_version=VERSION,
                log_level="CRITICAL",
            )
        )
        self._register(TAKE_PART, partial(take_part, self.office))
        self._register(ISSUE_PART, partial(issue_part, self.office, workers=self.processes))
        DBOS.launch()
        for queue in Queue:
            DBOS.register_queue(queue.value, worker_concurrency=1, polling_interval_sec=0.2)

    def _register(self, name: str, work: Callable[[str, str, int, int], object]) -> None:
        """Let a part of a run or batch be done under the name by which the queue knows it."""

        def job(programme: str, serial: str, first: int, last: int) -> None:
            try:
                DBOS.run_step(_PATIENTLY, lambda: work(programme, serial, first, last) and None)
            except Exception as error:
                raise self._sentence(f"办理 {serial} 的第 {first} 至 {last} 件", error) from error

        job.__qualname__ = name
        DBOS.workflow(name=name, max_recovery_attempts=_ATTEMPTS)(job)

    def _sentence(self, asked: str, error: Exception) -> ConversionError:
        """A failure as a sentence, with nothing of the case in it."""
        if isinstance(error, engine_error.DBOSMaxStepRetriesExceeded):
            error = error.errors[-1]
        if isinstance(error, ConversionError):
            return error
        found = f"程序出错（{type(error).__name__}）"
        return StepRefused(asked, found, f"把故障记录交给系统管理员：{self.confessed(error)}")

    def _watch(self) -> None:
        """Give a sign of life and look after the others, every so often."""
        if monotonic() < self._next_sign:
            return
        self._next_sign = monotonic() + self.stale / SIGNS
        try:
            self._sign()
            self._take_over()
            self._forget()
        except StoreUnavailable as error:
            _LOGGER.warning("%s", error)

    def _sign(self) -> None:
        with self.office.database.writing() as session:
            kept = keep_slot(session, self.slot, self._token, self._now())
        if not kept:
            asked = f"在席位 {self.slot} 工作"
            raise StepRefused(asked, "另一个进程占用了这个席位", "给每个进程起不同的席位名")

    def _take_over(self) -> None:
        """Put what dead slots had in hand into the queue again."""
        with self.office.database.reading() as session:
            seen = slots_seen(session)
        now = monotonic()
        for slot, sign in seen.items():
            if self._signs.get(slot, (None,))[0] != sign:
                self._signs[slot] = (sign, now)
        alive = {slot for slot in seen if now - self._signs[slot][1] < self.stale} | {self.slot}
        for job in DBOS.list_workflows(name=_JOBS, status="PENDING", load_input=False):
            if job.executor_id not in alive:
                _LOGGER.warning("席位 %s 没有音讯，接手 %s", job.executor_id, job.workflow_id)
                DBOS.resume_workflow(job.workflow_id, queue_name=job.queue_name)

    def _forget(self) -> None:
        before = self.office.now() - KEPT
        ended = DBOS.list_workflows(
            name=_JOBS,
            status=_ENDED,
            completed_before=before.astimezone(UTC).isoformat(),
            limit=_AT_ONCE,
            load_input=False,
            load_output=False,
        )
        if ended:
            DBOS.delete_workflows([job.workflow_id for job in ended])
        with self.office.database.writing() as session:
            forget_slots(session, int(before.timestamp()))

    def _now(self) -> int:
        return int(self.office.now().timestamp())


def _is_passing(error: BaseException) -> bool:
    return isinstance(error, StoreUnavailable)


_PATIENTLY: Final = StepOptions(
    name="part",
    retries_allowed=True,
    should_retry=_is_passing,
    max_attempts=5,
    interval_seconds=2,
)


def _under_way() -> bool:
    return bool(
        DBOS.list_workflows(
            name=_JOBS, status=_UNDER_WAY, limit=1, load_input=False, load_output=False
        )
    )
