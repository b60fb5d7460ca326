"""Holds and overrides of a whole village, as lists: what stands still, and what waits for leave."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Table, select
from sqlmodel import SQLModel

from conversion.domain.hold import Hold
from conversion.domain.override import Override
from conversion.store.case_tables import CASE_TABLES
from conversion.store.chain_tables import CASES
from conversion.store.database import Session
from conversion.store.programme_tables import PROGRAMME_TABLES

RowT = TypeVar("RowT", bound=SQLModel)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(Generic[RowT]):
    """A row with the chain it stands in; the household's number is empty for the village's own."""

    chain: str
    household_number: str
    row: RowT


def hold_lines(session: Session, programme: str) -> list[Line[Hold]]:
    """The holds on a programme, then those on its cases, by case and serial."""
    table = PROGRAMME_TABLES["holds"]
    query = select(table).where(table.c.chain == programme).order_by(table.c.row_key)
    own = [
        Line(chain=programme, household_number="", row=_row(Hold, found))
        for found in session.execute(query).mappings()
    ]
    return [*own, *_of_cases(session, programme, CASE_TABLES["holds"], Hold)]


def override_lines(session: Session, programme: str) -> list[Line[Override]]:
    """The overrides on a programme's cases, by case and serial."""
    return _of_cases(session, programme, CASE_TABLES["overrides"], Override)


def _of_cases(
    session: Session, programme: str, table: Table, model: type[RowT]
) -> list[Line[RowT]]:
    query = (
        select(CASES.c.household_number, table)
        .join(table, table.c.chain == CASES.c.number)
        .where(CASES.c.programme == programme)
        .order_by(CASES.c.number, table.c.row_key)
    )
    return [
        Line(
            chain=found["chain"],
            household_number=found["household_number"],
            row=_row(model, found),
        )
        for found in session.execute(query).mappings()
    ]


def _row(model: type[RowT], found: Any) -> RowT:
    return model.model_validate({name: found[name] for name in model.model_fields})
