"""Batches 成批办理: one act on many cases of a village, tried first, then taken part by part.

What is asked is written down before anything is done, with every case it is for; each part of the
cases is moved and told about in one transaction. A batch that was killed goes on where it stopped
and does no case twice.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from conversion.domain.batch import Batch, BatchCase, BatchState
from conversion.domain.standing import Json
from conversion.errors import ConversionError, StepRefused, WrongUse
from conversion.history.act import Act
from conversion.history.canonical import canonical
from conversion.services.batch_part import enqueue_parts, filing_of, take_part, waiting_parts
from conversion.services.office import Office
from conversion.services.progress import weigh
from conversion.services.staffing import capacities_of
from conversion.store.append import append
from conversion.store.batches import (
    all_batches,
    batch_cases,
    load_batch,
    next_serial,
    open_batch,
    tally,
)
from conversion.store.chains import case_lines, load_programme
from conversion.store.database import Session
from conversion.workflows.definition import act_title, level
from conversion.workflows.engine import step_at
from conversion.workflows.requirement import Requirement

OPEN: Final = "batch.open"

Told = Callable[[int, int], None]
"""Called with how many cases are through, and how many there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Which cases of a village a batch is for: those that meet all of it.

    Attributes:
        group: 村民小组; states: level → state; households: 户号, none named means all.
    """

    group: str | None = None
    states: Mapping[str, str] = field(default_factory=dict)
    households: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One act as it is asked for many cases.

    Attributes:
        form, evidence: what all of them share.
        rows: household number → what its form says beyond that.
    """

    programme: str
    act: str
    account: str
    scope: Scope
    form: Mapping[str, Any] = field(default_factory=dict)
    evidence: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """One case in a dry run, with everything that would refuse it; nothing when it would pass."""

    number: str
    household_number: str
    unmet: tuple[Requirement, ...] = ()
    fault: str = ""

    @property
    def is_permitted(self) -> bool:
        """Whether the act would be done."""
        return not self.unmet and not self.fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A batch as it stands.

    Attributes:
        counts: state → number of cases; cases: each with its outcome, in order.
    """

    batch: Batch
    counts: Mapping[BatchState, int]
    cases: tuple[BatchCase, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether no case waits."""
        return not self.counts.get(BatchState.WAITING, 0)


def preview(office: Office, order: Order) -> list[Weighed]:
    """A dry run: each case judged by the same evaluation that would do the act; nothing is written.

    Raises:
        WrongUse: the scope holds no case or names one that is not there.
        StepRefused: the law wants this step decided case by case.
    """
    _demand_for_many(office, order.act)
    with office.database.reading() as session:
        listed = _listed(session, order)
        filings = [filing_of(case, order.form, order.evidence) for case in listed]
        found = weigh(session, office, order.act, order.account, filings)
    return [_weighed(number, unmet) for number, unmet in found]


def reasons(weighed: Sequence[Weighed]) -> Counter[str]:
    """What refuses, and how many cases it refuses."""
    return Counter(
        title
        for case in weighed
        for title in ([r.title for r in case.unmet] or [case.fault])
        if title
    )


def run(office: Office, order: Order, *, told: Told = lambda *_: None) -> Report:
    """Write a batch down, then do it part by part.

    Raises:
        WrongUse: the scope holds no case or names one that is not there.
        StepRefused: the law wants this step decided case by case.
    """
    batch = start(office, order)
    return resume(office, order.programme, batch.serial, told=told)


def start(office: Office, order: Order, *, queued: bool = False) -> Batch:
    """Write a batch down with its list of cases, which is sealed in the village's chain.

    Args:
        office: the office.
        order: what is asked.
        queued: whether the workers are to do it; the same transaction gives it to them.
    """
    _demand_for_many(office, order.act)
    with office.database.writing() as session:
        cases = _listed(session, order)
        numbers: list[Json] = [case.chain for case in cases]
        batch = Batch(
            programme=order.programme,
            serial=next_serial(session, order.programme),
            act=order.act,
            account=order.account,
            opened_on=office.today(),
            form=_json(order.form),
            evidence=_json(order.evidence),
            cases_sha256=hashlib.sha256(canonical(numbers)).hexdigest(),
            attempt=int(queued),
        )
        _seal(session, office, batch, numbers)
        open_batch(session, batch, cases)
        if queued:
            enqueue_parts(session, batch)
    return batch


def resume(office: Office, programme: str, serial: str, *, told: Told = lambda *_: None) -> Report:
    """Do what still waits in a batch; nothing when it is complete.

    Raises:
        NotFound: there is no such batch.
        StoreUnavailable: the database can't be reached; what was done before stands.
    """
    with office.database.reading() as session:
        batch = load_batch(session, programme, serial)
        total = len(batch_cases(session, batch, state=BatchState.WAITING))
        parts = waiting_parts(session, batch)
    done = 0
    for first, last in parts:
        done += take_part(office, programme, serial, first, last)
        told(done, total)
    return show(office, programme, serial)


def show(office: Office, programme: str, serial: str) -> Report:
    """One batch with the outcome of each case.

    Raises:
        NotFound: there is no such batch.
    """
    with office.database.reading() as session:
        batch = load_batch(session, programme, serial)
        cases = batch_cases(session, batch)
    counts = Counter(case.state for case in cases)
    return Report(batch=batch, counts=counts, cases=tuple(cases))


def reports(office: Office, programme: str) -> list[Report]:
    """All batches of a village, each with its counts."""
    with office.database.reading() as session:
        counts = tally(session, programme)
        found = all_batches(session, programme)
    return [Report(batch=batch, counts=counts.get(batch.serial, {})) for batch in found]


# --- the list ---------------------------------------------------------------------------------


def _demand_for_many(office: Office, act: str) -> None:
    name, _, event = act.partition(".")
    track = level(name, office.definition)
    step_at(track, event, track.initial)
    if not all(step.for_many for step in track.steps_named(event)):
        found = "依规定这一步须逐案办理，不能一次决定多户"
        raise StepRefused(
            f"成批办理“{act_title(act)}”", found, "逐案办理（conversion case advance）"
        )


def _listed(session: Session, order: Order) -> list[BatchCase]:
    load_programme(session, order.programme)
    scope = order.scope
    lines = case_lines(session, order.programme, states=scope.states, group=scope.group)
    by_household = {line.household_number: line.number for line in lines}
    asked = f"成批办理“{act_title(order.act)}”"
    wanted = list(dict.fromkeys(scope.households)) or list(by_household)
    missing = [h for h in [*wanted, *order.rows] if h not in by_household]
    if missing or not wanted:
        found = (
            f"范围内没有户号 {'、'.join(dict.fromkeys(missing))}" if missing else "范围内没有案件"
        )
        raise WrongUse(asked, found, "核对组别、状态和户号")
    return [
        BatchCase(chain=by_household[h], place=place, form=_json(order.rows.get(h, {})))
        for place, h in enumerate(wanted, 1)
    ]


def _seal(session: Session, office: Office, batch: Batch, numbers: list[Json]) -> None:
    """The list in the village's own chain, so that nobody can lengthen it afterwards."""
    programme = load_programme(session, batch.programme)
    pack = office.pack(programme.village.pack, office.today())
    act = Act(
        chain=programme.code,
        version=programme.version,
        at=office.now(),
        day=office.today(),
        actor=capacities_of(programme, batch.account, pack)[0],
        channel="batch",
        name=OPEN,
        form={"batch": batch.serial, "act": batch.act, "cases": numbers},
    )
    append(session, programme.code, [act], key=office.key, random=office.random)


def _weighed(number: str, found: Sequence[Requirement] | ConversionError) -> Weighed:
    household = number.rpartition("-")[2]
    line = Weighed(number=number, household_number=household)
    if isinstance(found, ConversionError):
        return replace(line, fault=str(found))
    return replace(line, unmet=tuple(found))


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
