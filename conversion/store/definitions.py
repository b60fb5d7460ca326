"""The definitions of the procedures that this office has worked by, and the chains on each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from conversion.errors import NotFound, WrongUse
from conversion.store.case_tables import CASE_TABLES
from conversion.store.chain_tables import CASES
from conversion.store.columns import octets
from conversion.store.database import Session
from conversion.store.office_tables import DefinitionRow
from conversion.store.programme_tables import PROGRAMME_TABLES


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDefinition:
    """A definition as stored: its id, its canonical bytes, and since when it is known."""

    sha256: str
    data: bytes
    since: date


def keep_definition(session: Session, sha256: str, data: bytes, day: date) -> None:
    """Store a definition, unless it is stored."""
    if session.get(DefinitionRow, sha256) is None:
        session.add(DefinitionRow(sha256=sha256, data=data, since=day))


def all_definitions(session: Session) -> list[StoredDefinition]:
    """All definitions, oldest first."""
    oldest_first = col(DefinitionRow.since), col(DefinitionRow.sha256)
    return [_stored(row) for row in session.scalars(select(DefinitionRow).order_by(*oldest_first))]


def find_definition(session: Session, sha256: str) -> StoredDefinition:
    """The definition whose id begins so.

    Raises:
        NotFound: none does.
        WrongUse: several do.
    """
    found = [d for d in all_definitions(session) if sha256 and d.sha256.startswith(sha256)]
    if not found:
        remedy = "版本号见 conversion definition list"
        raise NotFound(f"查找流程版本 {sha256}", "没有存档的这个版本", remedy)
    if len(found) > 1:
        raise WrongUse(f"查找流程版本 {sha256}", f"有 {len(found)} 个版本以此开头", "多写几位")
    return found[0]


def pinned(session: Session, programme: str) -> Mapping[str, str | None]:
    """Chain of a programme, its own included → id of the definition; None for none."""
    pins, own = CASE_TABLES["pins"], PROGRAMME_TABLES["pins"]
    of_cases = (
        select(CASES.c.number, pins.c.sha256)
        .outerjoin(pins, pins.c.chain == CASES.c.number)
        .where(CASES.c.programme == programme)
        .order_by(CASES.c.number)
    )
    of_village = select(own.c.sha256).where(own.c.chain == programme)
    found: dict[str, str | None] = dict(session.execute(of_cases).all())
    return {programme: session.scalar(of_village)} | found


def _stored(row: DefinitionRow) -> StoredDefinition:
    return StoredDefinition(sha256=row.sha256, data=octets(row.data), since=row.since)
