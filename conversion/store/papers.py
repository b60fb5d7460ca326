"""Numbered papers: which wait to be made, and the sealed facts they are made from."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, literal, select

from conversion.domain.notice import PaperStatus
from conversion.domain.standing import Json
from conversion.history.commitment import open_personal
from conversion.history.entry import Entry
from conversion.store.case_tables import CASE_TABLES
from conversion.store.chain_tables import CASES
from conversion.store.database import Session
from conversion.store.entries import entries_of
from conversion.store.programme_tables import PROGRAMME_TABLES

_OWN, _OF_CASES = PROGRAMME_TABLES["papers"], CASE_TABLES["papers"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLine:
    """A numbered paper as a line of a list.

    Attributes:
        chain: number of the case, or the programme's code; household_number: empty for the village.
        ended_on: the day it ceased to count, for the reason in `end_reason`; returned_on: the day
            its page was brought back; replaces: number of the paper it stands in place of.
        delivered_on: the day it came to whom it is for; file_sha256: empty while it has no page.
    """

    chain: str
    household_number: str
    number: str
    kind: str
    status: PaperStatus
    ended_on: date | None = None
    end_reason: str = ""
    returned_on: date | None = None
    replaces: str = ""
    delivered_on: date | None = None
    file_sha256: str = ""


def paper_lines(
    session: Session, programme: str, *, status: PaperStatus | None = None
) -> list[PaperLine]:
    """The papers of a programme: the village's own by number, then its cases' by case."""
    queries = (
        (_OWN, _of_village().where(_OWN.c.chain == programme)),
        (_OF_CASES, _of_households().where(CASES.c.programme == programme)),
    )
    return [line for table, query in queries for line in _lines(session, table, query, status)]


def numbered_line(session: Session, number: str) -> PaperLine | None:
    """The paper of this number, of whichever village; None if there is none."""
    queries = ((_OWN, _of_village()), (_OF_CASES, _of_households()))
    found = (
        line
        for table, query in queries
        for line in _lines(session, table, query.where(table.c.number == number), None)
    )
    return next(found, None)


def _of_village() -> Select[Any]:
    return select(literal("").label("household_number"), *_shown(_OWN))


def _of_households() -> Select[Any]:
    joined = _OF_CASES.c.chain == CASES.c.number
    return select(CASES.c.household_number, *_shown(_OF_CASES)).join(CASES, joined)


def _shown(papers: Table) -> list[ColumnElement[Any]]:
    names = (field.name for field in fields(PaperLine) if field.name != "household_number")
    return [papers.c[name] for name in names]


def _lines(
    session: Session, papers: Table, query: Select[Any], status: PaperStatus | None
) -> Iterator[PaperLine]:
    wanted = query.where(papers.c.status == status) if status else query
    for row in session.execute(wanted.order_by(papers.c.chain, papers.c.number)).mappings():
        yield PaperLine(**{**row, "status": PaperStatus(row["status"])})


def sealed_facts(session: Session, chain: str, key: bytes) -> dict[str, Json]:
    """Paper number → the facts sealed for it, for every paper of one chain not erased since.

    Raises:
        HistoryBroken: a payload does not match its commitment.
    """
    found: dict[str, Json] = {}
    for stored in entries_of(session, chain):
        entry = Entry.from_bytes(stored.bytes)
        if entry.papers and entry.commitment and stored.ciphertext:
            payload = open_personal(stored.ciphertext, key, entry.commitment)
            facts = payload.get("facts")
            found |= facts if isinstance(facts, dict) else {}
    return found
