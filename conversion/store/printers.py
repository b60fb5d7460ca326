"""The office's printers: how far each has to shift a page. A setting, no part of the history."""

from typing import NamedTuple

from sqlalchemy import delete, insert, select

from conversion.store.database import Session
from conversion.store.office_tables import PRINTERS


class Printer(NamedTuple):
    """A printer; `right` and `down` are tenths of a millimetre."""

    name: str
    right: int
    down: int


def put_printer(session: Session, printer: Printer) -> None:
    """Set a printer, over what was set before."""
    session.execute(delete(PRINTERS).where(PRINTERS.c.name == printer.name))
    session.execute(insert(PRINTERS).values(printer._asdict()))


def remove_printer(session: Session, name: str) -> bool:
    """Take a printer away; whether there was one."""
    gone = delete(PRINTERS).where(PRINTERS.c.name == name).returning(PRINTERS.c.name)
    return session.scalar(gone) is not None


def printers(session: Session) -> dict[str, Printer]:
    """The printers by name."""
    rows = session.execute(select(PRINTERS).order_by(PRINTERS.c.name))
    return {row.name: Printer(row.name, row.right, row.down) for row in rows}
