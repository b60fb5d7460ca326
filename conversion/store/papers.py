"""Numbered papers: which wait to be made, and the sealed facts they are made from."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from conversion.domain.notice import PaperStatus
from conversion.domain.standing import Json
from conversion.history.commitment import open_personal
from conversion.history.entry import Entry
from conversion.store.case_tables import CASE_TABLES
from conversion.store.chain_tables import CASES
from conversion.store.database import Session
from conversion.store.entries import entries_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLine:
    """A numbered paper as a line of a list.

    Attributes:
        ended_on: the day it ceased to count, for the reason in `end_reason`; returned_on: the day
            its page was brought back; replaces: number of the paper it stands in place of.
    """

    case: str
    household_number: str
    number: str
    kind: str
    status: PaperStatus
    ended_on: date | None = None
    end_reason: str = ""
    returned_on: date | None = None
    replaces: str = ""


def paper_lines(
    session: Session, programme: str, *, status: PaperStatus | None = None
) -> list[PaperLine]:
    """The papers of a programme's cases, by case and number."""
    papers = CASE_TABLES["papers"]
    query = (
        select(
            CASES.c.number.label("case"),
            CASES.c.household_number,
            papers.c.number,
            papers.c.kind,
            papers.c.status,
            papers.c.ended_on,
            papers.c.end_reason,
            papers.c.returned_on,
            papers.c.replaces,
        )
        .join(papers, papers.c.chain == CASES.c.number)
        .where(CASES.c.programme == programme)
        .order_by(CASES.c.number, papers.c.number)
    )
    if status:
        query = query.where(papers.c.status == status)
    rows = session.execute(query).mappings()
    return [PaperLine(**{**row, "status": PaperStatus(row["status"])}) for row in rows]


def sealed_facts(session: Session, case: str, key: bytes) -> dict[str, Json]:
    """Paper number → the facts sealed for it, for every paper of one case not erased since.

    Raises:
        HistoryBroken: a payload does not match its commitment.
    """
    found: dict[str, Json] = {}
    for stored in entries_of(session, case):
        entry = Entry.from_bytes(stored.bytes)
        if entry.papers and entry.commitment and stored.ciphertext:
            payload = open_personal(stored.ciphertext, key, entry.commitment)
            facts = payload.get("facts")
            found |= facts if isinstance(facts, dict) else {}
    return found
