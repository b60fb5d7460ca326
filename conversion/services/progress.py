"""Moving cases: explain a step, take it, or take it for many cases of a village at once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from conversion.documents.kind import HouseholdKind
from conversion.domain.case import Case
from conversion.domain.event import Event
from conversion.domain.standing import Json, Standing
from conversion.errors import (
    ConversionError,
    DocumentRefused,
    HistoryBroken,
    StepRefused,
    WrongUse,
)
from conversion.history.act import Act
from conversion.services.desk import Desk, open_desk
from conversion.services.filing import Filing, Outcome
from conversion.services.issuance import of_household
from conversion.services.office import Office
from conversion.store.append import Receipt
from conversion.store.chains import load_readable
from conversion.store.database import Session
from conversion.workflows.definition import level
from conversion.workflows.engine import Evaluation, advance
from conversion.workflows.requirement import Requirement
from conversion.workflows.step import CaseCircumstances, Companion


def explain(
    office: Office, act: str, account: str, filing: Filing, *, principal: str = ""
) -> Evaluation[CaseCircumstances]:
    """Every requirement of a step on one case, judged now; nothing is written.

    Raises:
        NotFound, WrongUse: the case, the person or the step does not exist.
    """
    with office.database.reading() as session:
        desk, cases, _ = _open(
            session, office, act, account, [filing], channel="explain", principal=principal
        )
        return desk.evaluate(act, cases[filing.number], filing)


def take(
    office: Office,
    act: str,
    account: str,
    filing: Filing,
    *,
    channel: str = "cli",
    principal: str = "",
) -> Receipt:
    """Take one step on one case, for a principal where the person stands in for one.

    Raises:
        RequirementsUnmet: with every requirement; nothing was written.
        CaseChanged: somebody else moved the case meanwhile.
    """
    (outcome,) = take_many(office, act, account, [filing], channel=channel, principal=principal)
    if outcome.refusal:
        raise outcome.refusal
    assert outcome.receipt
    return outcome.receipt


def take_many(
    office: Office,
    act: str,
    account: str,
    filings: Sequence[Filing],
    *,
    channel: str = "batch",
    principal: str = "",
) -> list[Outcome]:
    """Take one step on many cases of one programme, in one transaction.

    Each case stands for itself: one that is refused is reported and stops no other.

    Raises:
        WrongUse: a case is named twice, the cases are of several programmes, or the step reaches
            into other households, which is decided case by case.
    """
    with office.database.writing() as session:
        return take_within(
            session, office, act, account, filings, channel=channel, principal=principal
        )


def take_within(
    session: Session,
    office: Office,
    act: str,
    account: str,
    filings: Sequence[Filing],
    *,
    channel: str,
    principal: str = "",
    batch: Mapping[str, Json] | None = None,
) -> list[Outcome]:
    """As `take_many`, within a writing session of somebody who records more in it.

    Args:
        session: a writing session; office, act, account, filings: what is done by whom on what.
        office: see session.
        act: see session.
        account: see session.
        filings: see session.
        channel: how it came in; principal: for whom a person acts who stands in.
        principal: see channel.
        batch: the batch it is part of, as every entry names it.
    """
    if not filings:
        return []
    _demand_alone(office, act, filings)
    desk, cases, broken = _open(
        session,
        office,
        act,
        account,
        filings,
        channel=channel,
        principal=principal,
        batch=batch,
    )
    decided = [broken.get(f.number) or _decide(desk, act, cases[f.number], f) for f in filings]
    acts = [act for d in decided if isinstance(d, tuple) for act in d]
    given = {(r.chain, r.seq): r for r in desk.record(acts)}
    return [
        Outcome(number=filing.number, refusal=d)
        if not isinstance(d, tuple)
        else Outcome(number=filing.number, receipt=given[d[0].chain, d[0].version + 1])
        for filing, d in zip(filings, decided, strict=True)
    ]


def weigh(
    session: Session, office: Office, act: str, account: str, filings: Sequence[Filing]
) -> list[tuple[str, tuple[Requirement, ...] | ConversionError]]:
    """Case number → what a step on it lacks, or why it can't be judged at all."""
    _demand_alone(office, act, filings)
    desk, cases, broken = _open(session, office, act, account, filings, channel="explain")
    return [
        (f.number, broken.get(f.number) or _lacks(desk.evaluate(act, cases[f.number], f)))
        for f in filings
    ]


def _lacks(evaluation: Evaluation[Any]) -> tuple[Requirement, ...]:
    return tuple(r for r in evaluation.requirements if not r.satisfied)


def _demand_alone(office: Office, act: str, filings: Sequence[Filing]) -> None:
    name, _, event = act.partition(".")
    steps = level(name, office.definition).steps_named(event)
    if len(filings) > 1 and any(step.reaches or step.recalls for step in steps):
        raise WrongUse(f"成批办理 {act}", "这一步涉及其他户", "逐案办理")


def _open(
    session: Session,
    office: Office,
    act: str,
    account: str,
    filings: Sequence[Filing],
    *,
    channel: str,
    principal: str = "",
    batch: Mapping[str, Json] | None = None,
) -> tuple[Desk, dict[str, Case], dict[str, HistoryBroken]]:
    """The desk for some cases, those cases, and those that can't be read."""
    numbers = [filing.number for filing in filings]
    cases, broken = load_readable(session, numbers)
    if not cases:
        raise next(iter(broken.values()))
    villages = {case.programme for case in cases.values()}
    if len(villages) > 1 or len(set(numbers)) < len(numbers):
        raise WrongUse(
            f"成批办理 {act}", "有案件重复，或分属不同的村", "每批只列一个村、每案只列一次"
        )
    desk = open_desk(
        session,
        office,
        account,
        villages.pop(),
        act=act,
        numbers=numbers,
        channel=channel,
        principal=principal,
        batch=batch,
    )
    return desk, cases, broken


def _decide(
    desk: Desk, act: str, case: Case, filing: Filing
) -> tuple[Act, ...] | StepRefused | DocumentRefused:
    """The acts of a step on one case: its own first, then those on other chains."""
    try:
        return _acts(desk, act, case, filing)
    except (StepRefused, DocumentRefused) as refusal:
        return refusal


def _acts(desk: Desk, act: str, case: Case, filing: Filing) -> tuple[Act, ...]:
    evaluation = desk.evaluate(act, case, filing)
    move = advance(evaluation)
    decided = desk.act(evaluation, move, chain=case.number, version=case.version)
    after = case.after(desk.event(case, evaluation, move), move.changes, move.moves)
    others = evaluation.circumstances.others
    return (
        _with_papers(desk, decided, after, move.papers, move.told),
        *(
            _with_papers(
                desk,
                desk.companion(decided, there, others),
                _opened(after, there) if there.opens else _after(others, there, after.past[-1]),
                there.papers,
            )
            for there in move.companions
        ),
    )


def _after(others: Mapping[str, Case], there: Companion, event: Event) -> Case:
    """Another household as the act leaves it."""
    before = others[there.chain.rpartition("-")[2]]
    seen = replace(event, seq=before.version + 1, source=None, target=None)
    return before.after(seen, there.changes, there.moves)


def _opened(source: Case, there: Companion) -> Case:
    """A household that splits off, as it will stand; what happened before, happened to it too."""
    standing = Standing(positions=dict(there.moves))
    for change in there.changes:
        standing.apply(change)
    return Case.of(there.chain, source.programme, 1, standing, source.past)


def _with_papers(
    desk: Desk, act: Act, after: Case, kinds: tuple[HouseholdKind, ...], told: Any = None
) -> Act:
    """The act with what it issues: numbers drawn, facts built from the case as it will stand."""
    return of_household(desk, after, kinds, told).added_to(act) if kinds else act
