"""Issuing papers: a number and its sealed facts first, then the page, then the page's digest.

A crash between leaves the number pending: never valid, never used twice, printed on the next run
from the same facts to the same bytes.
"""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

from conversion.documents.batch import Failure, Job, render_many
from conversion.documents.kind import (
    AnyKind,
    Facts,
    HouseholdKind,
    HouseholdOccasion,
    Occasion,
    VillageOccasion,
)
from conversion.documents.kinds import kind_of
from conversion.documents.record import facts_sha256
from conversion.documents.rendering import Rendering
from conversion.domain.case import Case
from conversion.domain.collections import put
from conversion.domain.notice import Paper, PaperStatus
from conversion.domain.programme import Programme
from conversion.domain.role import Actor, Role
from conversion.domain.standing import Change, Json
from conversion.errors import DocumentRefused, NotFound, StepRefused
from conversion.history.act import Act
from conversion.history.entry import PaperReference
from conversion.services.desk import Desk
from conversion.services.office import Office
from conversion.services.printing import jobs_of, paper_path, read_facts
from conversion.services.staffing import find_actor
from conversion.services.stopped_papers import stopped
from conversion.store.append import append
from conversion.store.chains import load_case, load_cases, load_programme, programmes
from conversion.store.database import Session
from conversion.store.papers import PaperLine, paper_lines, sealed_facts
from conversion.store.series import next_numbers
from conversion.workflows.paper_life import Holder, predecessor

CHUNK = 50
"""Papers recorded in one transaction."""

ISSUE = "document.issue"
ISSUERS = (Role.TASK_FORCE, Role.COLLECTIVE)
NONCE_BYTES = 10


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """A paper that lies in its folder; it is recorded as issued with its chunk."""

    number: str
    chain: str
    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Unissued:
    """A paper that could not be made; its number stays pending."""

    number: str
    chain: str
    reason: str


def of_household(desk: Desk, case: Case, kinds: Sequence[HouseholdKind]) -> Preparation:
    """Draw a number for each kind and build its facts, inside the step's own transaction.

    Args:
        desk: who acts, under which programme, in the step's writing session.
        case: as it stands after the step.
        kinds: what the step issues.

    Raises:
        DocumentRefused: a fact that a paper needs is missing.
    """
    occasion = HouseholdOccasion(
        number="", day=desk.day, nonce="", programme=desk.programme, case=case
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
    drawn = {"number": _number(desk, kind), "replaces": predecessor(holder, kind.id)}
    return facts.model_copy(update=drawn)


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
    told: Callable[[Issued | Unissued, int, int], None] = lambda *_: None,
) -> list[Issued | Unissued]:
    """Make every paper whose number is taken, whose page is not yet made, and that no hold stops.

    Args:
        office: the office.
        programme: the programme's code.
        account: who issues.
        folder: papers lie in `<folder>/<户号>/`, those of the village in `<folder>/村/`.
        workers: processes that render.
        told: called for each paper once it lies there, with how many are done and in all.

    Raises:
        StepRefused: the person may not issue papers.
    """
    with office.database.reading() as session:
        actor = _issuer(session, office, programme, account)
        lines = paper_lines(session, programme, status=PaperStatus.PENDING)
        waiting = stopped(session, office, programme, lines)
        held = {failure.number for failure in waiting}
        jobs = jobs_of(session, office, (line for line in lines if line.number not in held))
    by_number = {line.number: line for line in lines}
    done: list[Issued | Unissued] = []
    made: list[tuple[PaperLine, Rendering]] = []
    printable = [job for job in jobs if isinstance(job, Job)]
    unprintable = [*waiting, *(job for job in jobs if isinstance(job, Failure))]
    for result in chain(unprintable, render_many(printable, workers)):
        line = by_number[result.number]
        done.append(_kept(folder, line, result))
        if isinstance(result, Rendering) and isinstance(done[-1], Issued):
            made.append((line, result))
        if len(made) >= CHUNK:
            _record(office, programme, actor, made)
            made.clear()
        told(done[-1], len(done), len(lines))
    _record(office, programme, actor, made)
    return done


def _issuer(session: Session, office: Office, programme: str, account: str) -> Actor:
    actor = find_actor(session, office, programme, account, roles=ISSUERS)
    if not actor.holds(*ISSUERS):
        raise StepRefused("制发文书", f"{actor.name}没有制发文书的岗位", "由工作专班人员办理")
    return actor


def _record(
    office: Office, programme: str, actor: Actor, made: Sequence[tuple[PaperLine, Rendering]]
) -> None:
    if not made:
        return
    with office.database.writing() as session:
        acts = _acts(session, office, programme, actor, made)
        append(session, programme, acts, key=office.key, random=office.random)


def _kept(folder: Path, line: PaperLine, result: Rendering | Failure) -> Issued | Unissued:
    """Written aside and renamed, so that a half-written page is never taken for a paper."""
    if isinstance(result, Failure):
        return Unissued(number=line.number, chain=line.chain, reason=str(result.error))
    path = paper_path(folder, line)
    aside = path.with_suffix(".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with aside.open("wb") as file:
            file.write(result.pdf)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    except OSError as error:
        found = f"不能写入（{error.strerror}）"
        refused = DocumentRefused(f"存放 {path}", found, "核对目录、权限和磁盘空间后重试")
        return Unissued(number=line.number, chain=line.chain, reason=str(refused))
    return Issued(number=line.number, chain=line.chain, path=path)


def _acts(
    session: Session,
    office: Office,
    programme: str,
    actor: Actor,
    made: Sequence[tuple[PaperLine, Rendering]],
) -> list[Act]:
    holders = _holders(session, programme, [line.chain for line, _ in made])
    versions = {chain: holder.version for chain, holder in holders.items()}
    acts = []
    for line, rendering in made:
        paper = holders[line.chain].papers[line.number]
        if paper.status is not PaperStatus.PENDING:
            continue  # somebody else issued or voided it while it was being printed
        update = {"status": PaperStatus.ISSUED, "file_sha256": rendering.sha256}
        change = put("papers", paper.key, paper.model_copy(update=update))
        acts.append(
            Act(
                chain=line.chain,
                version=versions[line.chain],
                at=office.now(),
                day=office.today(),
                actor=actor,
                channel="batch",
                name=ISSUE,
                form={"number": line.number, "pages": rendering.pages},
                changes=(change,),
            )
        )
        versions[line.chain] += 1
    return acts


def _holders(session: Session, programme: str, chains: Sequence[str]) -> dict[str, Holder]:
    """The cases of these chains, and the programme if it is one of them."""
    numbers = [chain for chain in dict.fromkeys(chains) if chain != programme]
    found: dict[str, Holder] = {case.number: case for case in load_cases(session, numbers)}
    return found | ({programme: load_programme(session, programme)} if programme in chains else {})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reprint:
    """The page of a paper again, and how the paper stands today: it may count no more."""

    paper: Paper
    rendering: Rendering


def reprint(office: Office, chain: str, number: str) -> Reprint:
    """The page of a paper again, from its sealed facts, to the same bytes.

    A superseded or recalled paper is printed too, for the file and the court.

    Raises:
        NotFound: the case or village has no such paper, or its facts were erased.
        DocumentRefused: it was never made, or no longer comes out as it was made.
    """
    asked = f"重印 {number}"
    with office.database.reading() as session:
        paper = _holder(session, chain).papers.get(number)
        facts = sealed_facts(session, chain, office.key).get(number)
    if paper is None or facts is None:
        raise NotFound(asked, "案卷中没有这份文书，或其内容已依法删除", "核对文书编号")
    if not paper.file_sha256:
        raise DocumentRefused(asked, "这个编号没有制成有效的文书", "先制成文书")
    job = Job(kind=kind_of(paper.kind), facts=read_facts(number, paper.kind, facts))
    (printed,) = render_many([job], 1)
    if isinstance(printed, Failure):
        raise printed.error
    if printed.sha256 != paper.file_sha256:
        found = "版式、字体或程序已变，印出的与原件不一致"
        raise DocumentRefused(asked, found, "从案卷中复印原件，或用制发时的程序版本重印")
    return Reprint(paper=paper, rendering=printed)


def _holder(session: Session, chain: str) -> Holder:
    own = chain in programmes(session)
    return load_programme(session, chain) if own else load_case(session, chain)
