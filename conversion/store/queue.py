"""The queue of durable jobs: a job is there if and only if the act that asked for it is.

It lies in the same database, in the tables of DBOS Transact; `conversion.jobs` works it off, and
no other module knows that engine. What a job is asked for is codes and whole numbers, as JSON.
"""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import Any, Final

from sqlalchemy import Engine
from sqlalchemy.orm import Session

APPLICATION: Final = "conversion"
"""The name under which the queue is kept."""


class Queue(StrEnum):
    """Jobs that wait for each other: acts are short, and are not to wait for pages."""

    ACTS = "acts"
    PAGES = "pages"


class JobState(StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"

    @property
    def label(self) -> str:
        """The state's Chinese name."""
        return {"waiting": "排队", "running": "在办", "done": "办完", "failed": "中断"}[self]


_STATES: Final = {
    "ENQUEUED": JobState.WAITING,
    "DELAYED": JobState.WAITING,
    "PENDING": JobState.RUNNING,
    "SUCCESS": JobState.DONE,
}
_GIVEN_UP: Final = "工作进程几次在办理它时中止，已不再重试"


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedJob:
    """A job as it stands.

    Attributes:
        key: as it was enqueued with; slot: who has it in hand, or had.
        reason: why it failed, as one sentence.
    """

    key: str
    state: JobState
    slot: str
    reason: str


def prepare(url: str) -> None:
    """Create the queue's tables, or bring them to this version; nothing happens when they are."""
    # The engine takes a while to import: only those who queue pay for it, not every command.
    from dbos import DBOS  # noqa: PLC0415

    logging.getLogger("dbos").setLevel(logging.CRITICAL)
    DBOS.migrate(url)


def enqueue(session: Session, job: str, *args: str | int, key: str, queue: Queue) -> None:
    """Put a job in the caller's own transaction; the same key again is the same job.

    Args:
        session: a writing session.
        job: name of the job, as `conversion.jobs` knows it.
        args: what it is asked for: codes and whole numbers.
        key: of the run, batch or paper that it is for.
        queue: in which it waits.
    """
    with _client(session) as client:
        asked = {"workflow_name": job, "queue_name": queue.value, "workflow_id": key}
        client.enqueue_in_transaction(session, asked, *args)


def parts(places: Iterable[int], size: int) -> list[tuple[int, int]]:
    """First and last place of each job, when a job has so many of these places.

    A job is asked for by its places, so that it stays the same job whatever the size is by then.

    >>> parts([1, 2, 3, 9, 12], 2)
    [(1, 2), (3, 9), (12, 12)]
    """
    waiting = iter(sorted(places))
    cut = iter(lambda: list(islice(waiting, size)), [])
    return [(part[0], part[-1]) for part in cut]


def jobs_under(session: Session, prefix: str) -> list[QueuedJob]:
    """The jobs whose keys begin so, by key."""
    with _client(session) as client:
        found = client.list_workflows(workflow_id_prefix=prefix, load_input=False)
    return sorted((_job(status) for status in found), key=lambda job: job.key)


@contextmanager
def _client(session: Session) -> Iterator[Any]:
    """The engine's client on the session's own database."""
    from dbos import DBOSClient, DBOSPortableJSONSerializer  # noqa: PLC0415

    engine = session.get_bind()
    assert isinstance(engine, Engine)
    client = DBOSClient(
        system_database_engine=engine,
        serializer=DBOSPortableJSONSerializer(),
        application_name=APPLICATION,
        lazy=True,
        retry_connection_errors=False,
    )
    try:
        yield client
    finally:
        client.destroy()


def _job(status: Any) -> QueuedJob:
    state = _STATES.get(status.status, JobState.FAILED)
    reason = (str(status.error) if status.error else _GIVEN_UP) if state is JobState.FAILED else ""
    return QueuedJob(
        key=status.workflow_id, state=state, slot=status.executor_id or "", reason=reason
    )
