"""Number series 编号登记: every number that was drawn, what became of it, and every gap explained.

A number is drawn in the transaction of its act, so a drawn number without a paper, or a paper
beyond what was drawn, means that somebody had a hand in the tables.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from conversion.documents.kind import year_and_serial
from conversion.documents.kinds import KINDS, kind_of
from conversion.domain.notice import PaperStatus
from conversion.store.database import Session
from conversion.store.papers import PaperLine, paper_lines
from conversion.store.series import Series, series_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A number of a series under which no page was ever issued.

    Attributes:
        number: as printed; of one that is missing only its serial and year are known.
        reason: why there is none; empty when nothing explains it, which is a finding.
    """

    number: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesCount:
    """One series: a kind of paper in a year.

    Attributes:
        drawn: the last number drawn, which is how many were.
        statuses: how many of the papers stand how.
        gaps: see `Gap`.
        beyond: numbers of papers that the series never drew, or that tell no serial.
    """

    kind: str
    year: int
    drawn: int
    statuses: Mapping[PaperStatus, int]
    gaps: tuple[Gap, ...]
    beyond: tuple[str, ...]

    @property
    def findings(self) -> tuple[str, ...]:
        """What can't be explained, in sentences."""
        title = kind_of(self.kind).title
        return (
            *(f"{title} {gap.number} 已取号，没有这份文书" for gap in self.gaps if not gap.reason),
            *(f"{title} {number} 不是从编号登记取的号" for number in self.beyond),
        )


def series_counts(session: Session, programme: str) -> list[SeriesCount]:
    """Every series of a programme, in the order of the file, then by year."""
    found: defaultdict[tuple[str, int], list[PaperLine]] = defaultdict(list)
    for paper in paper_lines(session, programme):
        year, _ = year_and_serial(paper.number) or (0, 0)
        found[paper.kind, year].append(paper)
    drawn = {(s.kind, s.year): s for s in series_of(session, programme)}
    order = {kind.id: n for n, kind in enumerate(KINDS)}
    places = sorted({*found, *drawn}, key=lambda at: (order.get(at[0], len(order)), at[1]))
    return [_counted(drawn.get(at) or Series(*at, 0), found[at]) for at in places]


def _counted(series: Series, papers: Sequence[PaperLine]) -> SeriesCount:
    by_serial = {(year_and_serial(p.number) or (0, 0))[1]: p for p in papers}
    beyond = (p.number for serial, p in by_serial.items() if not 0 < serial <= series.last)
    return SeriesCount(
        kind=series.kind,
        year=series.year,
        drawn=series.last,
        statuses=Counter(paper.status for paper in papers),
        gaps=tuple(_gaps(series, by_serial)),
        beyond=tuple(sorted(beyond)),
    )


def _gaps(series: Series, by_serial: Mapping[int, PaperLine]) -> Iterator[Gap]:
    for serial in range(1, series.last + 1):
        paper = by_serial.get(serial)
        if paper is None:
            yield Gap(number=f"〔{series.year}〕{serial}号", reason="")
        elif not paper.file_sha256 and paper.ended_on:
            reason = f"{paper.ended_on} {paper.status.label}，没有制成：{paper.end_reason}"
            yield Gap(number=paper.number, reason=reason)


def unexplained_numbers(session: Session, programme: str) -> Iterator[tuple[str, str]]:
    """The programme with each finding on its series; nothing when every gap is explained."""
    for series in series_counts(session, programme):
        yield from ((programme, sentence) for sentence in series.findings)
