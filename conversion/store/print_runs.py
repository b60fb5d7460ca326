"""Print runs: which papers were given to the workers, and what became of each."""

from collections.abc import Collection, Sequence

from sqlalchemy import func, insert, select, update

from conversion.domain.print_run import PrintRun, PrintRunPaper
from conversion.errors import NotFound
from conversion.store.database import Session
from conversion.store.office_tables import PRINT_RUN_PAPERS, PRINT_RUNS

_RUNS, _PAPERS = PRINT_RUNS.c, PRINT_RUN_PAPERS.c


def open_run(session: Session, run: PrintRun, papers: Sequence[PrintRunPaper]) -> None:
    """Write down a run with every paper it is to make."""
    session.execute(insert(PRINT_RUNS), [run.model_dump()])
    rows = [{"programme": run.programme, "run": run.serial, **p.model_dump()} for p in papers]
    session.execute(insert(PRINT_RUN_PAPERS), rows)


def next_run(session: Session, programme: str) -> str:
    """The serial of a programme's next run: `P0001`."""
    own = select(func.count()).select_from(PRINT_RUNS).where(_RUNS.programme == programme)
    return f"P{(session.scalar(own) or 0) + 1:04d}"


def load_run(session: Session, programme: str, serial: str) -> PrintRun:
    """One run.

    Raises:
        NotFound: the programme has no such run.
    """
    one = (_RUNS.programme == programme) & (_RUNS.serial == serial)
    row = session.execute(select(PRINT_RUNS).where(one)).mappings().first()
    if row is None:
        raise NotFound(f"查找印制任务 {serial}", "没有这个任务", "用 conversion job list 查看")
    return PrintRun.model_validate(dict(row))


def all_runs(session: Session, programme: str) -> list[PrintRun]:
    """The runs of a programme, by serial."""
    query = select(PRINT_RUNS).where(_RUNS.programme == programme).order_by(_RUNS.serial)
    return [PrintRun.model_validate(dict(row)) for row in session.execute(query).mappings()]


def run_papers(session: Session, run: PrintRun) -> list[PrintRunPaper]:
    """The papers of a run in its order."""
    own = (_PAPERS.programme == run.programme) & (_PAPERS.run == run.serial)
    query = select(PRINT_RUN_PAPERS).where(own).order_by(_PAPERS.place)
    return [PrintRunPaper.model_validate(dict(row)) for row in session.execute(query).mappings()]


def untried(session: Session, programme: str) -> dict[str, str]:
    """Number of each paper that a run has not tried yet → the run's serial."""
    own = (_PAPERS.programme == programme) & (_PAPERS.reason == "") & _PAPERS.done_at.is_(None)
    query = select(_PAPERS.number, _PAPERS.run).where(own)
    return {row.number: row.run for row in session.execute(query)}


def save_papers(session: Session, run: PrintRun, papers: Collection[PrintRunPaper]) -> None:
    """Write down what became of papers of a run."""
    for paper in papers:
        session.execute(
            update(PRINT_RUN_PAPERS)
            .where(
                _PAPERS.programme == run.programme,
                _PAPERS.run == run.serial,
                _PAPERS.number == paper.number,
            )
            .values(reason=paper.reason, pages=paper.pages, done_at=paper.done_at)
        )


def begin_attempt(session: Session, run: PrintRun, papers: Collection[PrintRunPaper]) -> PrintRun:
    """Give a run to the workers once more, with these of its papers as not tried yet."""
    one = (_RUNS.programme == run.programme) & (_RUNS.serial == run.serial)
    again = run.model_copy(update={"attempt": run.attempt + 1})
    session.execute(update(PRINT_RUNS).where(one).values(attempt=again.attempt))
    save_papers(session, run, [paper.model_copy(update={"reason": ""}) for paper in papers])
    return again
