"""Issuing papers: a number and its sealed facts first, then the page, then the page's digest.

A crash between leaves the number pending: never valid, never used twice, printed on the next run
from the same facts to the same bytes.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path
from typing import Any, TypeAlias

from conversion.documents.batch import Failure, Job, render_many
from conversion.documents.kind import (
    AnyKind,
    Facts,
    HouseholdKind,
    HouseholdOccasion,
    Occasion,
    VillageOccasion,
)
from conversion.documents.record import facts_sha256
from conversion.documents.rendering import Rendering
from conversion.domain.case import Case
from conversion.domain.collections import put
from conversion.domain.notice import Paper, PaperStatus
from conversion.domain.programme import Programme
from conversion.domain.role import Actor, Role
from conversion.domain.standing import Change, Json
from conversion.errors import ConversionError, StepRefused
from conversion.history.act import Act
from conversion.history.entry import PaperReference
from conversion.services.desk import Desk
from conversion.services.office import Office
from conversion.services.page_proof import coded, signed
from conversion.services.paper_file import Written, write_aside
from conversion.services.printing import jobs_of, paper_path
from conversion.services.recording import Issued, Noted, Unissued, record, unissued
from conversion.services.staffing import find_actor
from conversion.services.stopped_papers import stopped
from conversion.store.arguments import with_arguments
from conversion.store.database import Session
from conversion.store.papers import PaperLine, paper_lines
from conversion.store.series import next_numbers
from conversion.workflows.paper_life import Holder, predecessor, was_lost

CHUNK = 10
"""Papers recorded in one transaction."""

ISSUERS = (Role.TASK_FORCE, Role.COLLECTIVE)
NONCE_BYTES = 10
TOKEN_BYTES = 8

Told: TypeAlias = Callable[[Issued | Unissued, int, int], None]
"""Called for a paper, with how many are done and how many there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparation:
    """Numbers drawn and facts built for the papers of one step."""

    papers: tuple[PaperReference, ...]
    changes: tuple[Change, ...]
    facts: dict[str, Json]

    def added_to(self, act: Act) -> Act:
        """The act that issues the papers, with their numbers and facts."""
        changes = (*act.changes, *self.changes)
        return replace(act, changes=changes, papers=self.papers, facts=self.facts)


def of_household(
    desk: Desk, case: Case, kinds: Sequence[HouseholdKind], told: Any = None
) -> Preparation:
    """Draw a number for each kind and build its facts, inside the step's own transaction.

    Args:
        desk: who acts, under which programme, in the step's writing session.
        case: as it stands after the step.
        kinds: what the step issues.
        told: what the step tells its papers beyond the chain.

    Raises:
        DocumentRefused: a fact that a paper needs is missing.
    """
    quoted = {act for kind in kinds for act in kind.explains}
    explained = with_arguments(desk.session, case, quoted, desk.office.key)
    occasion = HouseholdOccasion(
        number="", day=desk.day, nonce="", programme=desk.programme, case=explained, told=told
    )
    return _prepared(desk, case, kinds, occasion)


def of_village(
    desk: Desk, programme: Programme, kinds: Sequence[AnyKind], told: Any
) -> Preparation:
    """As `of_household`, for what a step of the programme issues.

    Args:
        desk: see `of_household`.
        programme: as it stands after the step; kinds: what the step issues.
        kinds: see programme.
        told: what the step tells its papers beyond that.
    """
    occasion = VillageOccasion(number="", day=desk.day, nonce="", programme=programme, told=told)
    return _prepared(desk, programme, kinds, occasion)


def _prepared(
    desk: Desk, holder: Holder, kinds: Sequence[AnyKind], occasion: Occasion
) -> Preparation:
    drafts = [(kind, kind.facts(_with_nonce(desk, occasion))) for kind in kinds]
    # Numbers last: a paper that is refused must not leave a gap in its series.
    made = [(kind, _numbered(desk, holder, kind, facts)) for kind, facts in drafts]
    papers = [_paper(kind, facts) for kind, facts in made]
    return Preparation(
        papers=tuple(
            PaperReference(
                kind=p.kind, number=p.number, template=p.template, facts_sha256=p.facts_sha256
            )
            for p in papers
        ),
        changes=tuple(put("papers", p.key, p) for p in papers),
        facts={facts.number: facts.model_dump(mode="json") for _, facts in made},
    )


def _with_nonce(desk: Desk, occasion: Occasion) -> Occasion:
    return replace(occasion, nonce=desk.office.random(NONCE_BYTES).hex())


def _numbered(desk: Desk, holder: Holder, kind: AnyKind, facts: Facts) -> Facts:
    replaces = predecessor(holder, kind.id)
    reissued = was_lost(holder, replaces)
    drawn = {"number": _number(desk, kind), "replaces": replaces, "reissued": reissued}
    # Every field is said, defaults too: the attachment is to be read without the program.
    return kind.facts_model.model_validate(facts.model_dump() | drawn)


def _number(desk: Desk, kind: AnyKind) -> str:
    programme, year = desk.programme, desk.day.year
    (serial,) = next_numbers(desk.session, programme.code, kind.id, year)
    return kind.number(programme.village.series_prefix, year, serial)


def _paper(kind: AnyKind, facts: Facts) -> Paper:
    return Paper(
        number=facts.number,
        kind=kind.id,
        template=kind.version,
        prepared_on=facts.day,
        facts_sha256=facts_sha256(facts),
        replaces=facts.replaces,
    )


def issue_pending(
    office: Office,
    programme: str,
    account: str,
    folder: Path,
    *,
    workers: int = 1,
    told: Told = lambda *_: None,
) -> list[Issued | Unissued]:
    """Make every paper whose number is taken, whose page is not yet made, and that no hold stops.

    Args:
        office: the office.
        programme: the programme's code.
        account: who issues.
        folder: papers lie in `<folder>/<户号>/`, those of the village in `<folder>/村/`.
        workers: processes that render.
        told: called for each paper once it is recorded, with how many are done and in all.

    Raises:
        StepRefused: the person may not issue papers.
    """
    with office.database.reading() as session:
        actor = issuer(session, office, programme, account)
        lines = paper_lines(session, programme, status=PaperStatus.PENDING)
    return issue(office, programme, actor, lines, folder, workers=workers, told=told)


def issue(
    office: Office,
    programme: str,
    actor: Actor,
    lines: Sequence[PaperLine],
    folder: Path,
    *,
    workers: int = 1,
    told: Told = lambda *_: None,
    noted: Noted = lambda *_: None,
) -> list[Issued | Unissued]:
    """Make these papers; one that fails stops no other.

    Args:
        office: see `issue_pending`, as all that is not named here.
        programme: see office.
        actor: who issues.
        lines: pending papers.
        folder: see office.
        workers: see office.
        told: see office.
        noted: called in each transaction that records some of them.
    """
    done: list[Issued | Unissued] = []
    for part in _chunks(_printed(office, programme, lines, folder, workers)):
        for outcome in record(office, programme, actor, part, noted):
            done.append(outcome)
            told(outcome, len(done), len(lines))
    return done


def issuer(session: Session, office: Office, programme: str, account: str) -> Actor:
    """Who issues papers.

    Raises:
        StepRefused: the person may not.
    """
    actor = find_actor(session, office, programme, account, roles=ISSUERS)
    if not actor.holds(*ISSUERS):
        raise StepRefused("制发文书", f"{actor.name}没有制发文书的岗位", "由工作专班人员办理")
    return actor


def _printed(
    office: Office, programme: str, lines: Sequence[PaperLine], folder: Path, workers: int
) -> Iterator[Written | Unissued]:
    """Each paper's page beside its place, in the order in which they are done."""
    with office.database.reading() as session:
        waiting = stopped(session, office, programme, lines)
        held = {failure.number for failure in waiting}
        printed = jobs_of(session, office, (line for line in lines if line.number not in held))
        jobs = coded(session, office, programme, printed)
    by_number = {line.number: line for line in lines}
    printable = [job for job in jobs if isinstance(job, Job)]
    unprintable = [*waiting, *(job for job in jobs if isinstance(job, Failure))]
    for result in chain(unprintable, render_many(printable, workers)):
        yield _finished(office, folder, by_number[result.number], result)


def _finished(
    office: Office, folder: Path, line: PaperLine, result: Rendering | Failure
) -> Written | Unissued:
    """A page as it is kept; the one place between printing and recording."""
    try:
        if isinstance(result, Failure):
            raise result.error
        token = office.random(TOKEN_BYTES).hex()
        return write_aside(paper_path(folder, line), line, signed(office, result), token)
    except ConversionError as error:
        return unissued(line, error)


def _chunks(printed: Iterator[Written | Unissued]) -> Iterator[list[Written | Unissued]]:
    while part := list(islice(printed, CHUNK)):
        yield part
