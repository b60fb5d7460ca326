"""A part of a batch: some of its cases moved and told about in one transaction.

A household that nobody foresaw stops no other: when a part fails as a whole, its cases are taken
one by one, and the one that fails is refused with its reason.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from traceback import extract_tb
from typing import Any, Final

from conversion.domain.batch import Batch, BatchCase, BatchState
from conversion.errors import ConversionError, StepRefused, StoreUnavailable
from conversion.services.filing import Filing, Outcome
from conversion.services.office import Office
from conversion.services.progress import take_within
from conversion.store.batches import batch_cases, load_batch, save_outcomes
from conversion.store.database import Session
from conversion.store.queue import Queue, enqueue, parts
from conversion.workflows.requirement import RequirementsUnmet

CHUNK: Final = 200
"""Cases moved in one transaction."""

TAKE_PART: Final = "take_part"
"""The job of the queue."""


def prefix(batch: Batch) -> str:
    """How the keys of a batch's jobs begin, in its newest attempt."""
    return f"batch/{batch.programme}/{batch.serial}/{batch.attempt}/"


def waiting_parts(session: Session, batch: Batch) -> list[tuple[int, int]]:
    """First and last place of each part in which something waits."""
    waiting = batch_cases(session, batch, state=BatchState.WAITING)
    return parts([case.place for case in waiting], CHUNK)


def enqueue_parts(session: Session, batch: Batch) -> None:
    """Give what waits in a batch to the workers."""
    for first, last in waiting_parts(session, batch):
        key, asked = f"{prefix(batch)}{first:06d}", (batch.programme, batch.serial, first, last)
        enqueue(session, TAKE_PART, *asked, key=key, queue=Queue.ACTS)


def take_part(office: Office, programme: str, serial: str, first: int, last: int) -> int:
    """Do what still waits at some places of a batch; what was done before is not done again.

    Returns:
        How many cases were taken.

    Raises:
        NotFound: there is no such batch.
        StoreUnavailable: the database can't be reached; nothing of the part was done.
    """
    try:
        return _take(office, programme, serial, first, last)
    except StoreUnavailable:
        raise
    except Exception:  # noqa: BLE001 (whose fault it is shows when each is taken by itself)
        return sum(_take_one(office, programme, serial, place) for place in range(first, last + 1))


def filing_of(case: BatchCase, form: Mapping[str, Any], evidence: Mapping[str, str]) -> Filing:
    """What is filed for one case: what all share, and what its own form says beyond that."""
    return Filing(number=case.chain, filled={**form, **json.loads(case.form)}, evidence=evidence)


def _take_one(office: Office, programme: str, serial: str, place: int) -> int:
    try:
        return _take(office, programme, serial, place, place)
    except StoreUnavailable:
        raise
    except Exception as error:  # noqa: BLE001 (told as its reason, and the next is taken)
        with office.database.writing() as session:
            batch = load_batch(session, programme, serial)
            refused = {"state": BatchState.REFUSED, "reasons": (_told(error),)}
            part = batch_cases(session, batch, state=BatchState.WAITING, places=(place, place))
            save_outcomes(session, batch, [case.model_copy(update=refused) for case in part])
        return len(part)


def _take(office: Office, programme: str, serial: str, first: int, last: int) -> int:
    with office.database.writing() as session:
        batch = load_batch(session, programme, serial)
        part = batch_cases(session, batch, state=BatchState.WAITING, places=(first, last))
        save_outcomes(session, batch, _taken(session, office, batch, part))
    return len(part)


def _taken(
    session: Session, office: Office, batch: Batch, part: Sequence[BatchCase]
) -> list[BatchCase]:
    form, evidence = json.loads(batch.form), json.loads(batch.evidence)
    filings = [filing_of(case, form, evidence) for case in part]
    named = {"serial": batch.serial, "cases_sha256": batch.cases_sha256}
    outcomes = take_within(
        session, office, batch.act, batch.account, filings, channel="batch", batch=named
    )
    return [_outcome(case, outcome) for case, outcome in zip(part, outcomes, strict=True)]


def _outcome(case: BatchCase, outcome: Outcome) -> BatchCase:
    if outcome.receipt:
        update = {"state": BatchState.DONE, "seq": outcome.receipt.seq}
        return case.model_copy(update=update)
    assert outcome.refusal
    said = tuple(_sentences(outcome.refusal))
    return case.model_copy(update={"state": BatchState.REFUSED, "reasons": said})


def _sentences(refusal: ConversionError) -> Iterator[str]:
    if isinstance(refusal, RequirementsUnmet):
        yield from (str(requirement) for requirement in refusal.unmet)
    else:
        yield str(refusal)


def _told(error: Exception) -> str:
    """Why a case failed that nobody foresaw: where in the program, and nothing of the case."""
    if isinstance(error, ConversionError):
        return str(error)
    frame = extract_tb(error.__traceback__)[-1]
    where = f"{type(error).__name__}，{Path(frame.filename).name} 第 {frame.lineno} 行"
    return str(StepRefused("办理这一案", f"程序出错（{where}）", "把这句话交给系统管理员"))
