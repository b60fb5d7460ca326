"""Stock of pre-printed booklets: what was received, which paper each bears, what is left, gaps."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from conversion.documents.kinds import kind_of
from conversion.domain.booklet import BookletDelivery, SpoiledBooklet
from conversion.domain.programme import Programme
from conversion.store.chains import load_programme
from conversion.store.database import Session
from conversion.store.printings import PrintingLine, printing_lines
from conversion.workflows.stocking import delivery_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """One delivery as it stands.

    Attributes:
        used: printed serial → the printing it bears, spoiled ones left out.
        spoiled: printed serial → how it was destroyed.
        left: how many are blank.
        skipped: blank ones before the last that was used or spoiled: to be found in the box, or
            destroyed on record.
    """

    delivery: BookletDelivery
    used: Mapping[str, PrintingLine]
    spoiled: Mapping[str, SpoiledBooklet]
    left: int
    skipped: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StockReport:
    """All deliveries, and what contradicts them, in sentences."""

    stocks: tuple[Stock, ...]
    findings: tuple[str, ...]


def stock_report(session: Session, programme: str) -> StockReport:
    """The booklets of a programme, counted from its history's rows.

    Raises:
        NotFound: there is no such programme.
    """
    village = load_programme(session, programme)
    used = printing_lines(session, programme, on_booklets=True)
    stocks = (_stock(d, used, village.spoiled) for d in village.booklets.values())
    return StockReport(stocks=tuple(stocks), findings=tuple(_findings(village, used)))


def _stock(
    delivery: BookletDelivery,
    used: Sequence[PrintingLine],
    spoiled: Mapping[str, SpoiledBooklet],
) -> Stock:
    gone = {b: row for b, row in spoiled.items() if delivery.figure_of(b) is not None}
    whole = (line for line in used if line.printing.booklet not in gone)
    borne = {
        line.printing.booklet: line
        for line in whole
        if delivery.figure_of(line.printing.booklet) is not None
    }
    figures = {delivery.figure_of(booklet) or 0 for booklet in (*gone, *borne)}
    before = range(delivery.first, max(figures, default=delivery.first))
    return Stock(
        delivery=delivery,
        used=borne,
        spoiled=gone,
        left=delivery.count - len(figures),
        skipped=tuple(delivery.printed(n) for n in before if n not in figures),
    )


def _findings(village: Programme, used: Sequence[PrintingLine]) -> Iterator[str]:
    by_booklet: defaultdict[str, list[PrintingLine]] = defaultdict(list)
    for line in used:
        by_booklet[line.printing.booklet].append(line)
    for booklet, lines in sorted(by_booklet.items()):
        yield from _contradictions(village, booklet, lines)
    for booklet in sorted(village.spoiled):
        if delivery_of(village.booklets.values(), booklet) is None:
            yield f"销毁的证书本 {booklet} 没有收到过"


def _contradictions(
    village: Programme, booklet: str, lines: Sequence[PrintingLine]
) -> Iterator[str]:
    delivery = delivery_of(village.booklets.values(), booklet)
    numbers = "、".join(line.printing.number for line in lines)
    if delivery is None:
        yield f"{numbers} 印在没有收到过的证书本 {booklet} 上"
    elif any(line.kind != delivery.kind for line in lines):
        yield f"{numbers} 印在{kind_of(delivery.kind).title}的证书本 {booklet} 上"
    if len(lines) > 1:
        yield f"证书本 {booklet} 上印了两次：{numbers}"
