"""Papers as they are verified: how each stands, how it was made, and which count no more."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Table, func, select

from conversion.domain.notice import PaperStatus
from conversion.domain.paper_loss import PaperLoss
from conversion.history.commitment import open_personal
from conversion.history.entry import Entry
from conversion.store.case_tables import CASE_TABLES
from conversion.store.chain_tables import CASES
from conversion.store.database import Session
from conversion.store.entries import entries_of
from conversion.store.programme_tables import PROGRAMME_TABLES

ISSUE: Final = "document.issue"
"""The act that records a paper as made."""

_ENDED: Final = (PaperStatus.SUPERSEDED, PaperStatus.RECALLED, PaperStatus.VOID)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRecord:
    """A numbered paper as it stands.

    Attributes:
        chain: number of the case, or the programme's code.
        ended_on: the day it ceased to count; successor: number of the paper in its place, if any.
    """

    chain: str
    number: str
    status: PaperStatus
    facts_sha256: str
    file_sha256: str
    ended_on: date | None
    successor: str


def paper_record(session: Session, programme: str, number: str) -> PaperRecord | None:
    """The paper of a programme that bears a number."""
    wanted = (
        _records(session, programme, papers, papers.c.number == number) for papers in _tables()
    )
    return next((record for found in wanted for record in found), None)


def ended_papers(session: Session, programme: str) -> list[PaperRecord]:
    """The papers of a programme that count no more."""
    return [
        record
        for papers in _tables()
        for record in _records(session, programme, papers, papers.c.status.in_(_ENDED))
    ]


def loss_of(session: Session, case: str, number: str) -> PaperLoss | None:
    """The newest declaration that a paper of a case was lost."""
    losses = CASE_TABLES["losses"]
    wanted = select(losses).where(losses.c.chain == case, losses.c.number == number)
    row = session.execute(wanted).mappings().one_or_none()
    return PaperLoss.model_validate(dict(row)) if row else None


def ended_count(session: Session) -> int:
    """How many papers of all programmes count no more."""
    counts = (
        session.scalar(select(func.count()).select_from(papers).where(papers.c.status.in_(_ENDED)))
        for papers in _tables()
    )
    return sum(count or 0 for count in counts)


def _tables() -> tuple[Table, Table]:
    return PROGRAMME_TABLES["papers"], CASE_TABLES["papers"]


def _records(
    session: Session, programme: str, papers: Table, wanted: ColumnElement[bool]
) -> Iterator[PaperRecord]:
    successors = papers.alias()
    cases = select(CASES.c.number).where(CASES.c.programme == programme)
    follows = (successors.c.chain == papers.c.chain) & (successors.c.replaces == papers.c.number)
    query = (
        select(
            papers.c.chain,
            papers.c.number,
            papers.c.status,
            papers.c.facts_sha256,
            papers.c.file_sha256,
            papers.c.ended_on,
            successors.c.number.label("successor"),
        )
        .select_from(papers.outerjoin(successors, follows))
        .where((papers.c.chain == programme) | papers.c.chain.in_(cases), wanted)
        .order_by(papers.c.number)
    )
    for row in session.execute(query).mappings():
        told: dict[str, Any] = {**row, "successor": row["successor"] or ""}
        yield PaperRecord(**(told | {"status": PaperStatus(row["status"])}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """How a paper was made, as sealed.

    Attributes:
        page_sha256: hex digest of its file before it was signed; empty when it wasn't.
        codes: the text of each page's code; none on a paper without, or once they were erased.
    """

    page_sha256: str = ""
    codes: tuple[str, ...] = ()


def making_of(session: Session, chain: str, number: str, key: bytes) -> Making:
    """How a paper of a chain was made; nothing of one that was not, or was made without keys.

    Raises:
        HistoryBroken: a payload does not match its commitment.
    """
    for stored in entries_of(session, chain):
        entry = Entry.from_bytes(stored.bytes)
        form: Any = entry.data.get("form", {})
        if entry.act == ISSUE and form.get("number") == number:
            codes = _codes(stored.ciphertext, key, entry.commitment)
            return Making(page_sha256=form.get("page_sha256", ""), codes=codes)
    return Making()


def _codes(ciphertext: bytes | None, key: bytes, commitment: str | None) -> tuple[str, ...]:
    if not ciphertext or not commitment:
        return ()
    form: Any = open_personal(ciphertext, key, commitment)["form"]
    return tuple(form["codes"])
