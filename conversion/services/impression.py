"""Printing as an event 打印: the file for the printer is given out, and who had it is sealed.

The first printing gives the originals; every later one is marked as a copy, unless all before it
were on booklets that were spoiled and destroyed. The signed file stays as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from conversion.documents.batch import Failure, render_many
from conversion.documents.impression import AS_ISSUED, Impression, copy_mark
from conversion.documents.kinds import kind_of
from conversion.documents.rendering import Rendering
from conversion.domain.booklet import SpoiledBooklet
from conversion.domain.case import Case
from conversion.domain.collections import put
from conversion.domain.notice import PaperStatus
from conversion.domain.printing import Printing
from conversion.domain.programme import Programme
from conversion.domain.role import Actor
from conversion.errors import DocumentRefused, NotFound
from conversion.history.act import Act
from conversion.services.office import Office
from conversion.services.paper_access import PRINTERS, demand_access
from conversion.services.paper_file import Written, write_aside
from conversion.services.reprint import Reprint, holder_of, page_again
from conversion.services.stopped_papers import stopped
from conversion.store.append import append
from conversion.store.chains import load_programme, programme_of
from conversion.store.database import Session
from conversion.store.heads import lock_heads
from conversion.store.papers import PaperLine, numbered_line
from conversion.store.printers import Printer, printers
from conversion.store.printings import printing_lines
from conversion.workflows.paper_life import Holder
from conversion.workflows.stocking import delivery_of

PRINT = "document.print"
TOKEN_BYTES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be printed.

    Attributes:
        printer: as the office calls it; copies: of the whole paper; reason: what for.
        booklet: serial of the pre-printed booklet that is laid in; empty for plain paper.
    """

    number: str
    printer: str
    copies: int
    reason: str
    booklet: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A file for the printer, and the record of it."""

    chain: str
    printing: Printing
    path: Path
    pages: int


def print_paper(office: Office, account: str, order: Order, out: Path) -> Printed:
    """Give out the file of a paper for printing, and seal that it was.

    Args:
        office: the office.
        account: who prints.
        order: what, where, how often and why.
        out: where the file for the printer is to lie.

    Raises:
        NotFound: no village has such a paper, or the office has no such printer.
        StepRefused: the person may not print papers, or not those of this household.
        DocumentRefused: the paper does not count, is stopped, wouldn't come out as it was made, is
            asked for in more originals than there are, or the booklet can't take it.
    """
    programme, line = find_line(office, order.number)
    with office.database.reading() as session:
        actor = demand_access(
            session,
            office,
            account,
            holder_of(session, line.chain),
            asked=f"打印 {order.number}",
            roles=PRINTERS,
        )
        _demand_free(session, office, programme, line)
        planned = _planned(session, office, programme, line, order)
    original = page_again(office, line.chain, order.number)
    rendering = _rendered(original, planned.impression)
    page = write_aside(out, line, rendering, office.random(TOKEN_BYTES).hex())
    try:
        return _sealed(office, programme, actor, page, order=order, planned=planned)
    finally:
        page.discard()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """How many printings there were, and what the next is like."""

    serial: int
    is_original: bool
    impression: Impression


def find_line(office: Office, number: str) -> tuple[str, PaperLine]:
    """A paper by its number alone, and the programme that it is of.

    Raises:
        NotFound: no village has such a paper.
    """
    with office.database.reading() as session:
        line = numbered_line(session, number)
        if line:
            return programme_of(session, line.chain), line
    remedy = "编号见 conversion document list"
    raise NotFound(f"查找文书 {number}", "没有这个编号的文书", remedy)


def _demand_free(session: Session, office: Office, programme: str, line: PaperLine) -> None:
    for failure in stopped(session, office, programme, [line]):
        raise failure.error


def _planned(
    session: Session, office: Office, programme: str, line: PaperLine, order: Order
) -> _Plan:
    """What the next printing is like, or why there is none.

    Raises:
        DocumentRefused, NotFound: see `print_paper`.
    """
    asked = f"打印 {order.number}"
    if line.status is not PaperStatus.ISSUED:
        found = f"它{line.status.label}"
        raise DocumentRefused(asked, found, "失效的只能重印查档（conversion document reprint）")
    village = load_programme(session, programme)
    before = [found.printing for found in printing_lines(session, programme, number=order.number)]
    is_original = all(printing.booklet in village.spoiled for printing in before)
    most = len(kind_of(line.kind).copies)
    if is_original and order.copies > most:
        remedy = f"原件最多 {most} 份，其余另行打印副本"
        raise DocumentRefused(asked, f"第一次要打印 {order.copies} 份", remedy)
    shifted = _onto_booklet(session, village, line, order) if order.booklet else AS_ISSUED
    serial = len(before) + 1
    mark = "" if is_original else copy_mark(order.number, serial, office.today())
    return _Plan(serial=serial, is_original=is_original, impression=replace(shifted, mark=mark))


def _onto_booklet(
    session: Session, village: Programme, line: PaperLine, order: Order
) -> Impression:
    asked = f"在证书本 {order.booklet} 上打印 {order.number}"
    delivery = delivery_of(village.booklets.values(), order.booklet)
    if delivery is None or delivery.kind != line.kind:
        found = "没有收到过这一本" if delivery is None else f"它用于{kind_of(delivery.kind).title}"
        raise DocumentRefused(asked, found, "核对印在证书本上的编号（conversion stock show）")
    if fault := _taken(session, village.code, village.spoiled, order.booklet):
        raise DocumentRefused(asked, fault, "换一本空白的证书本")
    if order.copies != 1:
        raise DocumentRefused(asked, f"要打印 {order.copies} 份", "一本证书本只印一份")
    printer = _known(printers(session), order.printer)
    return Impression(right=printer.right, down=printer.down)


def _taken(
    session: Session, programme: str, spoiled: Mapping[str, SpoiledBooklet], booklet: str
) -> str:
    if booklet in spoiled:
        return f"它已于 {spoiled[booklet].spoiled_on} 销毁"
    used = printing_lines(session, programme, on_booklets=True)
    return next((f"已印 {u.printing.number}" for u in used if u.printing.booklet == booklet), "")


def _known(known: Mapping[str, Printer], name: str) -> Printer:
    if name not in known:
        listed = "、".join(known) or "无"
        remedy = f"先印校准页、量好偏移（conversion printer set）；已有：{listed}"
        raise NotFound(f"用打印机 {name} 套打", "没有这台打印机的偏移", remedy)
    return known[name]


def _rendered(original: Reprint, impression: Impression) -> Rendering:
    if impression == AS_ISSUED:
        return original.rendering
    (printed,) = render_many([replace(original.job, impression=impression)], 1)
    if isinstance(printed, Failure):
        raise printed.error
    return printed


def _sealed(
    office: Office, programme: str, actor: Actor, page: Written, *, order: Order, planned: _Plan
) -> Printed:
    """The printing on record and the file in its place, or neither.

    Raises:
        DocumentRefused: somebody printed the paper, or took the booklet, meanwhile.
    """
    line = page.line
    with office.database.writing() as session:
        lock_heads(session, programme, {programme, line.chain})
        holder = holder_of(session, line.chain)
        now = replace(line, status=holder.papers[line.number].status)
        if _planned(session, office, programme, now, order) != planned:
            remedy = "重新打印，按新的次数加注"
            raise DocumentRefused(f"打印 {order.number}", "另一人刚刚打印过", remedy)
        printing = _printing(office, order, planned, page)
        act = _act(office, actor, holder, printing, planned.impression)
        append(session, programme, [act], key=office.key, random=office.random)
        page.place()
    return Printed(chain=line.chain, printing=printing, path=page.path, pages=page.pages)


def _printing(office: Office, order: Order, planned: _Plan, page: Written) -> Printing:
    return Printing(
        number=order.number,
        serial=planned.serial,
        printed_on=office.today(),
        printer=order.printer,
        copies=order.copies,
        reason=order.reason,
        booklet=order.booklet,
        is_original=planned.is_original,
        file_sha256=page.sha256,
    )


def _act(
    office: Office, actor: Actor, holder: Holder, printing: Printing, impression: Impression
) -> Act:
    """The entry of a printing; with the shift, so that the file can be made again."""
    moved = {"right": impression.right, "down": impression.down}
    return Act(
        chain=holder.number if isinstance(holder, Case) else holder.code,
        version=holder.version,
        at=office.now(),
        day=office.today(),
        actor=actor,
        name=PRINT,
        form={
            "number": printing.number,
            "serial": printing.serial,
            **{name: tenths for name, tenths in moved.items() if tenths},
        },
        changes=(put("printings", printing.key, printing),),
    )
