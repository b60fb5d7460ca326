"""Printings of papers, as they are looked up over a whole programme."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Table, or_, select

from conversion.domain.printing import Printing
from conversion.store.case_tables import CASE_TABLES
from conversion.store.chain_tables import CASES
from conversion.store.database import Session
from conversion.store.programme_tables import PROGRAMME_TABLES


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintingLine:
    """A printing, and the chain and kind of the paper that was printed."""

    chain: str
    kind: str
    printing: Printing


def printing_lines(
    session: Session, programme: str, *, number: str = "", on_booklets: bool = False
) -> list[PrintingLine]:
    """The printings of a programme, by paper and in their order.

    Args:
        session: any session.
        programme: the programme's code.
        number: of one paper only.
        on_booklets: only those on pre-printed booklets.
    """
    return [
        line
        for tables in (PROGRAMME_TABLES, CASE_TABLES)
        for line in _lines(
            session,
            tables["printings"],
            tables["papers"],
            programme,
            number=number,
            on_booklets=on_booklets,
        )
    ]


def _lines(
    session: Session,
    printings: Table,
    papers: Table,
    programme: str,
    *,
    number: str,
    on_booklets: bool,
) -> Iterator[PrintingLine]:
    cases = select(CASES.c.number).where(CASES.c.programme == programme)
    same = (papers.c.chain == printings.c.chain) & (papers.c.number == printings.c.number)
    query = (
        select(papers.c.kind, printings)
        .join(papers, same)
        .where(or_(printings.c.chain == programme, printings.c.chain.in_(cases)))
        .order_by(printings.c.number, printings.c.serial)
    )
    if number:
        query = query.where(printings.c.number == number)
    if on_booklets:
        query = query.where(printings.c.booklet != "")
    for row in session.execute(query).mappings():
        told = {name: row[name] for name in Printing.model_fields}
        yield PrintingLine(
            chain=row["chain"], kind=row["kind"], printing=Printing.model_validate(told)
        )
