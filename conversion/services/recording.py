"""Recording papers: pages put in their places and told in the chains they belong to, or neither."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from conversion.domain.collections import put
from conversion.domain.notice import Paper, PaperStatus
from conversion.domain.role import Actor
from conversion.domain.standing import Json
from conversion.errors import ConversionError, DocumentRefused
from conversion.history.act import Act
from conversion.services.office import Office
from conversion.services.paper_file import Written
from conversion.store.append import append
from conversion.store.chains import load_programme, load_readable
from conversion.store.database import Session
from conversion.store.heads import lock_heads
from conversion.store.paper_records import ISSUE
from conversion.store.papers import PaperLine
from conversion.workflows.paper_life import Holder


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """A paper that lies in its folder and is recorded as issued."""

    number: str
    chain: str
    path: Path
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Unissued:
    """A paper that could not be made; its number stays pending."""

    number: str
    chain: str
    reason: str


Noted: TypeAlias = Callable[[Session, Sequence[Issued | Unissued]], None]
"""Called for some papers in the transaction that records them."""


def record(
    office: Office,
    programme: str,
    actor: Actor,
    part: Sequence[Written | Unissued],
    noted: Noted,
) -> list[Issued | Unissued]:
    """Put pages in their places and tell them in their chains, which nobody else moves meanwhile.

    Args:
        office: the office.
        programme: the programme's code; all chains are its own.
        actor: who issues.
        part: pages that lie aside, and papers that have none.
        noted: see `Noted`.

    Returns:
        What became of each, in their order.
    """
    written = [page for page in part if isinstance(page, Written)]
    try:
        with office.database.writing() as session:
            holders = _held(session, programme, {page.line.chain for page in written})
            placed = {page.line.number: _placed(holders[page.line.chain], page) for page in written}
            acts = _acts(office, actor, holders, written, placed)
            append(session, programme, acts, key=office.key, random=office.random)
            done = [
                placed[page.line.number] if isinstance(page, Written) else page for page in part
            ]
            noted(session, done)
    finally:
        for page in written:
            page.discard()
    return done


def unissued(line: PaperLine, error: ConversionError) -> Unissued:
    """A paper that an error kept from being made."""
    return Unissued(number=line.number, chain=line.chain, reason=str(error))


def _held(
    session: Session, programme: str, chains: AbstractSet[str]
) -> dict[str, Holder | ConversionError]:
    """What these chains stand for, kept so until the session ends; or why it can't be read."""
    lock_heads(session, programme, chains)
    cases, broken = load_readable(session, sorted(chains - {programme}))
    found: dict[str, Holder | ConversionError] = {**cases, **broken}
    return found | ({programme: load_programme(session, programme)} if programme in chains else {})


def _placed(holder: Holder | ConversionError, page: Written) -> Issued | Unissued:
    line = page.line
    try:
        if isinstance(holder, ConversionError):
            raise holder
        _demand_pending(holder.papers[line.number])
        page.place()
    except ConversionError as error:
        return unissued(line, error)
    return Issued(number=line.number, chain=line.chain, path=page.path, pages=page.pages)


def _demand_pending(paper: Paper) -> None:
    if paper.status is not PaperStatus.PENDING:
        found = f"印制期间另有人办理，它{paper.status.label}"
        raise DocumentRefused(f"制成 {paper.number}", found, "用 conversion document list 核对")


def _acts(
    office: Office,
    actor: Actor,
    holders: Mapping[str, Holder | ConversionError],
    written: Sequence[Written],
    placed: Mapping[str, Issued | Unissued],
) -> list[Act]:
    acts: list[Act] = []
    told: Counter[str] = Counter()
    for page in written:
        holder = holders[page.line.chain]
        if isinstance(holder, ConversionError) or isinstance(placed[page.line.number], Unissued):
            continue
        acts.append(_act(office, actor, holder, page, told[page.line.chain]))
        told[page.line.chain] += 1
    return acts


def _act(office: Office, actor: Actor, holder: Holder, page: Written, told: int) -> Act:
    """The entry of one paper, after as many others of this part in the same chain."""
    paper = holder.papers[page.line.number]
    made = paper.model_copy(update={"status": PaperStatus.ISSUED, "file_sha256": page.sha256})
    return Act(
        chain=page.line.chain,
        version=holder.version + told,
        at=office.now(),
        day=office.today(),
        actor=actor,
        channel="batch",
        name=ISSUE,
        form=_form(page),
        personal_form={"codes": list(page.codes)} if page.codes else {},
        changes=(put("papers", paper.key, made),),
    )


def _form(page: Written) -> dict[str, Json]:
    """What is sealed of the page, by which it can be printed again."""
    before = {"page_sha256": page.page_sha256} if page.page_sha256 else {}
    return {"number": page.line.number, "pages": page.pages, **before}
