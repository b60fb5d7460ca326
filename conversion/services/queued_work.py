"""What the workers have in hand: print runs and batches, how far each is, what failed and why."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from conversion.domain.batch import Batch, BatchCase, BatchState
from conversion.domain.notice import PaperStatus
from conversion.domain.print_run import Made, PrintRun, PrintRunPaper
from conversion.errors import NotFound, StepRefused
from conversion.services import batch_part, print_run
from conversion.services.office import Office
from conversion.standards.beijing_time import CHINA
from conversion.store.batches import all_batches, batch_cases, begin_attempt, load_batch
from conversion.store.database import Session
from conversion.store.heads import lock_heads
from conversion.store.papers import paper_lines
from conversion.store.print_runs import all_runs, load_run, run_papers
from conversion.store.queue import JobState, QueuedJob, jobs_under
from conversion.store.worker_slots import slots_seen
from conversion.workflows.definition import act_title

PRINTING = "制成文书"
RECENT = 200
"""Papers by which the pace is told: how it is now, not how it was on average."""

_MADE = {
    BatchState.WAITING: Made.WAITING,
    BatchState.DONE: Made.DONE,
    BatchState.REFUSED: Made.FAILED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """A paper or a case that could not be done, and why."""

    number: str
    chain: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A print run or a batch as it stands.

    Attributes:
        serial: `P0001` of a print run, `B0001` of a batch; title: what is done.
        account: in whose name; ordered: the day or the minute, in China Standard Time.
        counts: how many of its papers or cases are how far; folder: of a print run's papers.
        pages_per_second: of late; None where too little is known.
        parts: its jobs in the newest attempt; failed: what could not be done.
    """

    serial: str
    title: str
    account: str
    ordered: str
    counts: Mapping[Made, int]
    folder: str = ""
    pages_per_second: float | None = None
    parts: tuple[QueuedJob, ...]
    failed: tuple[Failed, ...]

    @property
    def total(self) -> int:
        """How many papers or cases."""
        return sum(self.counts.values())

    @property
    def broken(self) -> tuple[QueuedJob, ...]:
        """Parts that stopped as a whole."""
        return tuple(part for part in self.parts if part.state is JobState.FAILED)

    @property
    def is_moving(self) -> bool:
        """Whether a worker has it in hand, or will."""
        return any(part.state in {JobState.WAITING, JobState.RUNNING} for part in self.parts)


def all_work(office: Office, programme: str) -> list[Work]:
    """All that was given to the workers in a programme."""
    with office.database.reading() as session:
        status = _status(session, programme)
        runs = [_of_run(session, run, status) for run in all_runs(session, programme)]
        batches = [b for b in all_batches(session, programme) if b.attempt]
        return [*runs, *(_of_batch(session, batch) for batch in batches)]


def work(office: Office, programme: str, serial: str) -> Work:
    """One print run or batch.

    Raises:
        NotFound: there is none, or the batch was never given to the workers.
    """
    with office.database.reading() as session:
        if serial.startswith("P"):
            run = load_run(session, programme, serial)
            return _of_run(session, run, _status(session, programme))
        batch = load_batch(session, programme, serial)
        if not batch.attempt:
            found = "这个批次不是交给工作进程办的"
            raise NotFound(f"查找任务 {serial}", found, f"用 conversion batch show {serial} 查看")
        return _of_batch(session, batch)


def retry(office: Office, programme: str, serial: str) -> Work:
    """Give what could not be done to the workers once more, with what waits in broken parts.

    Raises:
        NotFound: see `work`.
        StepRefused: a part of it still waits or runs, or nothing is left to do.
    """
    before = work(office, programme, serial)
    asked = f"重办任务 {serial}"
    if before.is_moving:
        raise StepRefused(asked, "还有部分在排队或在办", "待其办完再重办")
    if before.counts[Made.DONE] == before.total:
        raise StepRefused(asked, "已全部办完", f"用 conversion job show {serial} 核对")
    if serial.startswith("P"):
        print_run.retry(office, programme, serial)
    else:
        _retry_batch(office, programme, serial)
    return work(office, programme, serial)


def workers_seen(office: Office) -> dict[str, int]:
    """Slot of each worker → seconds since its last sign of life."""
    now = int(office.now().timestamp())
    with office.database.reading() as session:
        return {slot: max(now - seen, 0) for slot, seen in sorted(slots_seen(session).items())}


def _retry_batch(office: Office, programme: str, serial: str) -> None:
    with office.database.writing() as session:
        lock_heads(session, programme, [programme])
        batch = load_batch(session, programme, serial)
        batch_part.enqueue_parts(session, begin_attempt(session, batch))


def _status(session: Session, programme: str) -> dict[str, PaperStatus]:
    return {line.number: line.status for line in paper_lines(session, programme)}


def _of_run(session: Session, run: PrintRun, status: Mapping[str, PaperStatus]) -> Work:
    papers = run_papers(session, run)
    made = {paper.number: _made(paper, status) for paper in papers}
    return Work(
        serial=run.serial,
        title=PRINTING,
        account=run.account,
        ordered=f"{datetime.fromtimestamp(run.ordered_at, CHINA):%Y-%m-%d %H:%M}",
        counts=Counter(made.values()),
        folder=run.folder,
        pages_per_second=_pace(papers),
        parts=tuple(jobs_under(session, print_run.prefix(run))),
        failed=tuple(
            Failed(number=p.number, chain=p.chain, reason=p.reason)
            for p in papers
            if made[p.number] is Made.FAILED
        ),
    )


def _made(paper: PrintRunPaper, status: Mapping[str, PaperStatus]) -> Made:
    if status.get(paper.number) is not PaperStatus.PENDING:
        return Made.DONE
    return Made.FAILED if paper.reason else Made.WAITING


def _pace(papers: Sequence[PrintRunPaper]) -> float | None:
    """Pages a second, over the papers made last; the first of them only says when it began."""
    made = sorted((p.done_at, p.pages) for p in papers if p.done_at is not None)[-RECENT:]
    seconds = made[-1][0] - made[0][0] if made else 0
    pages = sum(pages for at, pages in made if at > made[0][0])
    return round(pages / seconds, 1) if seconds else None


def _of_batch(session: Session, batch: Batch) -> Work:
    cases = batch_cases(session, batch)
    return Work(
        serial=batch.serial,
        title=act_title(batch.act),
        account=batch.account,
        ordered=str(batch.opened_on),
        counts=Counter(_MADE[case.state] for case in cases),
        parts=tuple(jobs_under(session, batch_part.prefix(batch))),
        failed=tuple(_refused(case) for case in cases if case.state is BatchState.REFUSED),
    )


def _refused(case: BatchCase) -> Failed:
    return Failed(number=case.chain, chain=case.chain, reason="；".join(case.reasons))
