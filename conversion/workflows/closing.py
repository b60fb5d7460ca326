"""Closing 办结: what must have ended before a case closes, and before it goes to the archive."""

from typing import Final

from conversion.domain.case import TRACK_TITLES
from conversion.domain.notice import PaperStatus
from conversion.workflows.need import Need
from conversion.workflows.step import CaseCircumstances, Check, Guard

MAY_CLOSE: Final = {
    "hukou": ("handed_over", "refused", "not_required"),
    "shares": ("certified", "not_required"),
    "land": ("issued", "not_applicable"),
    "benefits": ("in_force", "settled", "not_required"),
    "entitlements": ("signed", "not_required"),
}
"""Track → states in which a case may close; checked against the tracks when they are loaded."""


def _tracks_settled(c: CaseCircumstances) -> Check:
    open_tracks = [
        name for name, states in MAY_CLOSE.items() if c.case.positions[name] not in states
    ]
    return Check(
        satisfied=not open_tracks,
        found=f"未办结：{'、'.join(TRACK_TITLES[t] for t in open_tracks)}"
        if open_tracks
        else "各事项均已办结",
        remedy="逐项办结，或按程序确认无需办理",
    )


def _papers_issued(c: CaseCircumstances) -> Check:
    pending = [p.number for p in c.case.papers.values() if p.status is PaperStatus.PENDING]
    return Check(
        satisfied=not pending,
        found=f"尚未制成：{'、'.join(pending)}" if pending else "文书均已制成",
        remedy="先制成文书（conversion document issue）",
    )


TRACKS_SETTLED: Final[Guard[CaseCircumstances]] = Guard(
    rule="tracks_settled",
    title="各事项均已办结",
    test=_tracks_settled,
    needs=(tuple(Need(level=name, states=states) for name, states in MAY_CLOSE.items()),),
)

PAPERS_ISSUED: Final[Guard[CaseCircumstances]] = Guard(
    rule="papers_issued", title="文书均已制成", test=_papers_issued
)
