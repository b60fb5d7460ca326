"""Print runs 印制任务: the papers that wait, given to the workers part by part.

What is asked is written down with every paper before anything is printed, and the parts are put in
the queue by the same transaction. Whether a paper is made, its own row says: a part that is done
twice makes nothing twice.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from conversion.domain.notice import PaperStatus
from conversion.domain.print_run import PrintRun, PrintRunPaper
from conversion.errors import DocumentRefused
from conversion.services.issuance import issue, issuer
from conversion.services.office import Office
from conversion.services.recording import Issued, Unissued
from conversion.store.database import Session
from conversion.store.heads import lock_heads
from conversion.store.papers import PaperLine, paper_lines
from conversion.store.print_runs import (
    begin_attempt,
    load_run,
    next_run,
    open_run,
    run_papers,
    save_papers,
    untried,
)
from conversion.store.queue import Queue, enqueue, parts

PART: Final = 100
"""Papers in one job: of about as many households, half a minute of one machine."""

ISSUE_PART: Final = "issue_part"
"""The job of the queue."""


def order(office: Office, programme: str, account: str, folder: Path) -> PrintRun:
    """Give all pending papers that no run has in hand to the workers.

    Args:
        office: the office.
        programme: the programme's code.
        account: who issues.
        folder: see `issue_pending`; an absolute path that every worker can write.

    Raises:
        StepRefused: the person may not issue papers.
        DocumentRefused: there is none.
    """
    with office.database.writing() as session:
        lock_heads(session, programme, [programme])  # two who order at once don't take the same
        issuer(session, office, programme, account)
        lines = _unordered(session, programme)
        run = PrintRun(
            programme=programme,
            serial=next_run(session, programme),
            account=account,
            folder=str(folder.absolute()),
            ordered_at=int(office.now().timestamp()),
        )
        papers = [
            PrintRunPaper(number=line.number, chain=line.chain, place=place)
            for place, line in enumerate(lines, 1)
        ]
        open_run(session, run, papers)
        _enqueue(session, run, papers)
    return run


def issue_part(
    office: Office, programme: str, serial: str, first: int, last: int, *, workers: int = 1
) -> None:
    """Make what still waits at some places of a run; a paper that fails stops no other.

    Args:
        office: the office.
        programme: the programme's code.
        serial: the run's.
        first: place, from 1.
        last: place.
        workers: processes that render.

    Raises:
        StepRefused: whoever ordered the run may not issue papers any more.
    """
    with office.database.reading() as session:
        run = load_run(session, programme, serial)
        actor = issuer(session, office, programme, run.account)
        papers = [p for p in run_papers(session, run) if first <= p.place <= last and not p.reason]
        lines = _pending(session, programme, papers)
    noted = partial(_note, office, run, {paper.number: paper for paper in papers})
    issue(office, programme, actor, lines, Path(run.folder), workers=workers, noted=noted)


def retry(office: Office, programme: str, serial: str) -> PrintRun:
    """Give what a run could not make to the workers once more; see `queued_work.retry`."""
    with office.database.writing() as session:
        lock_heads(session, programme, [programme])
        run = load_run(session, programme, serial)
        papers = run_papers(session, run)
        pending = {line.number for line in _pending(session, programme, papers)}
        left = [paper for paper in papers if paper.number in pending]
        if not left:
            found = "其中没有待制的文书"
            raise DocumentRefused(f"重办印制任务 {serial}", found, "查看文书清单")
        again = begin_attempt(session, run, left)
        _enqueue(session, again, left)
    return again


def prefix(run: PrintRun) -> str:
    """How the keys of a run's jobs begin, in its newest attempt."""
    return f"print/{run.programme}/{run.serial}/{run.attempt}/"


def _unordered(session: Session, programme: str) -> list[PaperLine]:
    asked = "把文书交给工作进程"
    pending = paper_lines(session, programme, status=PaperStatus.PENDING)
    taken = untried(session, programme)
    lines = [line for line in pending if line.number not in taken]
    if not lines:
        runs = "、".join(sorted({taken[line.number] for line in pending}))
        found = f"待制的 {len(pending)} 份都已在任务 {runs} 中" if runs else "没有待制的文书"
        remedy = "用 conversion job show 查看" if runs else "先办理制发文书的步骤"
        raise DocumentRefused(asked, found, remedy)
    return lines


def _enqueue(session: Session, run: PrintRun, papers: Sequence[PrintRunPaper]) -> None:
    for first, last in parts([paper.place for paper in papers], PART):
        key, asked = f"{prefix(run)}{first:06d}", (run.programme, run.serial, first, last)
        enqueue(session, ISSUE_PART, *asked, key=key, queue=Queue.PAGES)


def _pending(session: Session, programme: str, papers: Sequence[PrintRunPaper]) -> list[PaperLine]:
    wanted = {paper.number for paper in papers}
    lines = paper_lines(session, programme, status=PaperStatus.PENDING)
    return [line for line in lines if line.number in wanted]


def _note(
    office: Office,
    run: PrintRun,
    papers: dict[str, PrintRunPaper],
    session: Session,
    outcomes: Sequence[Issued | Unissued],
) -> None:
    save_papers(session, run, [*_told(office, papers, outcomes)])


def _told(
    office: Office, papers: dict[str, PrintRunPaper], outcomes: Sequence[Issued | Unissued]
) -> Iterator[PrintRunPaper]:
    at = int(office.now().timestamp())
    for outcome in outcomes:
        told = (
            {"pages": outcome.pages, "done_at": at}
            if isinstance(outcome, Issued)
            else {"reason": outcome.reason}
        )
        yield papers[outcome.number].model_copy(update=told)
