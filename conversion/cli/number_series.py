"""`conversion document series`: how many numbers were drawn, what became of them, every gap."""

from dataclasses import dataclass

import typer
from rich.text import Text

from conversion.cli.listing import Column, Listing, pictures
from conversion.cli.opening import ProgrammeOption, chosen_programme, open_office
from conversion.cli.output import JsonOption, show
from conversion.documents.kinds import kind_of
from conversion.domain.notice import PaperStatus
from conversion.services.number_series import Gap, SeriesCount, series_counts

SERIES: tuple[Column[SeriesCount], ...] = (
    Column("kind", "文书", lambda s: s.kind, lambda kind: kind_of(kind).title),
    Column("year", "年份", lambda s: s.year),
    Column("drawn", "已取号", lambda s: s.drawn),
    *(
        Column(status, status.label, lambda s, at=status: s.statuses.get(at, 0))  # type: ignore[misc]
        for status in PaperStatus
    ),
    Column("gaps", "空号", lambda s: len(s.gaps)),
)


@dataclass(frozen=True, slots=True)
class _GapLine:
    kind: str
    gap: Gap


GAPS: tuple[Column[_GapLine], ...] = (
    Column("kind", "文书", lambda line: line.kind, lambda kind: kind_of(kind).title),
    Column("number", "编号", lambda line: line.gap.number),
    Column("reason", "原因", lambda line: line.gap.reason, lambda reason: reason or "没有说明"),
)


def series(programme: ProgrammeOption = None, *, as_json: JsonOption = False) -> None:
    """Every series; exit code 1 when a gap is unexplained or a number was never drawn."""
    with open_office() as office:
        code = chosen_programme(office, programme)
        with office.database.reading() as session:
            counted = series_counts(session, code)
    listed = Listing("编号", SERIES, counted)
    gaps = Listing("空号", GAPS, [_GapLine(s.kind, gap) for s in counted for gap in s.gaps])
    findings = [sentence for s in counted for sentence in s.findings]
    show(
        {"series": listed.records, "gaps": gaps.records, "findings": findings},
        *pictures([listed, gaps]),
        *(Text(f"{sentence}：请向审计报告，查明经过。", "red") for sentence in findings),
        f"共 {len(counted)} 个系列，{'每个空号都有说明' if not findings else '有说不清的编号'}。",
        as_json=as_json,
    )
    raise typer.Exit(1 if findings else 0)
