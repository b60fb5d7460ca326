"""Batches of one act on many cases: what was asked, and what became of each case."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, insert, select, update

from conversion.domain.batch import Batch, BatchCase, BatchState
from conversion.errors import NotFound
from conversion.store.database import Session
from conversion.store.office_tables import BATCH_CASES, BATCHES


def open_batch(session: Session, batch: Batch, cases: Sequence[BatchCase]) -> None:
    """Write down a batch with every case it is to take, all of them waiting."""
    session.execute(insert(BATCHES), [batch.model_dump()])
    rows = [{"programme": batch.programme, "batch": batch.serial, **c.model_dump()} for c in cases]
    session.execute(insert(BATCH_CASES), rows)


def next_serial(session: Session, programme: str) -> str:
    """The serial of a programme's next batch: `B0001`."""
    count = session.scalar(
        select(func.count()).select_from(BATCHES).where(BATCHES.c.programme == programme)
    )
    return f"B{(count or 0) + 1:04d}"


def load_batch(session: Session, programme: str, serial: str) -> Batch:
    """One batch.

    Raises:
        NotFound: the programme has no such batch.
    """
    one = (BATCHES.c.programme == programme) & (BATCHES.c.serial == serial)
    row = session.execute(select(BATCHES).where(one)).mappings().first()
    if row is None:
        raise NotFound(f"查找批次 {serial}", "没有这个批次", "用 conversion batch list 查看")
    return Batch.model_validate(dict(row))


def all_batches(session: Session, programme: str) -> list[Batch]:
    """The batches of a programme, by serial."""
    query = select(BATCHES).where(BATCHES.c.programme == programme).order_by(BATCHES.c.serial)
    return [Batch.model_validate(dict(row)) for row in session.execute(query).mappings()]


def batch_cases(
    session: Session,
    batch: Batch,
    *,
    state: BatchState | None = None,
    places: tuple[int, int] | None = None,
) -> list[BatchCase]:
    """The cases of a batch in its order, or those in a state, from one place to another."""
    of_batch = (BATCH_CASES.c.programme == batch.programme) & (BATCH_CASES.c.batch == batch.serial)
    query = select(BATCH_CASES).where(of_batch).order_by(BATCH_CASES.c.place)
    if state is not None:
        query = query.where(BATCH_CASES.c.state == state)
    if places is not None:
        query = query.where(BATCH_CASES.c.place.between(*places))
    return [BatchCase.model_validate(dict(row)) for row in session.execute(query).mappings()]


def begin_attempt(session: Session, batch: Batch) -> Batch:
    """Give a batch to the workers once more; cases that were refused wait again."""
    again = batch.model_copy(update={"attempt": batch.attempt + 1})
    one = (BATCHES.c.programme == batch.programme) & (BATCHES.c.serial == batch.serial)
    session.execute(update(BATCHES).where(one).values(attempt=again.attempt))
    refused = [
        case.model_copy(update={"state": BatchState.WAITING, "reasons": ()})
        for case in batch_cases(session, batch, state=BatchState.REFUSED)
    ]
    save_outcomes(session, batch, refused)
    return again


def save_outcomes(session: Session, batch: Batch, cases: Sequence[BatchCase]) -> None:
    """Write down what became of cases of a batch."""
    for case in cases:
        session.execute(
            update(BATCH_CASES)
            .where(
                BATCH_CASES.c.programme == batch.programme,
                BATCH_CASES.c.batch == batch.serial,
                BATCH_CASES.c.chain == case.chain,
            )
            .values(state=case.state, seq=case.seq, reasons=list(case.reasons))
        )


def tally(session: Session, programme: str) -> Mapping[str, Mapping[BatchState, int]]:
    """Batch serial → state → number of cases."""
    columns = (BATCH_CASES.c.batch, BATCH_CASES.c.state)
    query = select(*columns, func.count()).where(BATCH_CASES.c.programme == programme)
    found: dict[str, dict[BatchState, int]] = {}
    for serial, state, count in session.execute(query.group_by(*columns)):
        found.setdefault(serial, {})[BatchState(state)] = count
    return found
