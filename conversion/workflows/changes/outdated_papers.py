"""Papers that a change outdates: superseded, never edited."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from conversion.documents.benefit_assessment import BENEFIT_ASSESSMENT
from conversion.documents.entitlement_statement import ENTITLEMENT_STATEMENT
from conversion.documents.hukou_certificate import HUKOU_CERTIFICATE
from conversion.documents.kind import HouseholdKind
from conversion.documents.land_confirmation import LAND_CONFIRMATION
from conversion.documents.share_calculation import SHARE_CALCULATION
from conversion.documents.share_certificate import SHARE_CERTIFICATE
from conversion.domain.case import Case
from conversion.domain.household import Member
from conversion.domain.ledger import PostingKind
from conversion.domain.notice import Paper
from conversion.domain.standing import Change
from conversion.workflows.paper_life import recall, supersede
from conversion.workflows.step import CaseCircumstances

_ISSUED: Final[Mapping[str, tuple[HouseholdKind, tuple[str, ...]]]] = {
    "hukou": (HUKOU_CERTIFICATE, ("handed_over",)),
    "shares": (SHARE_CERTIFICATE, ("certified",)),
    "land": (LAND_CONFIRMATION, ("issued",)),
    "benefits": (BENEFIT_ASSESSMENT, ("assessed", "explained", "in_force", "settled")),
    "entitlements": (ENTITLEMENT_STATEMENT, ("signed",)),
}
"""Track → its paper, and where it stands once that is issued."""


def _allotted(case: Case) -> list[tuple[str, str]]:
    """Whom the plan allotted something, wherever it is now."""
    first = (p for p in case.postings.values() if p.kind is PostingKind.ALLOCATION)
    serials = (p.target.removeprefix(f"{case.number}/") for p in first)
    return [(serial, case.people[serial].name) for serial in serials if serial in case.people]


_SHOWS: Final[Mapping[str, Callable[[Case], Any]]] = {
    HUKOU_CERTIFICATE.id: lambda c: [
        (row, _identity(c.people[row.member])) for row in c.registrations.values()
    ],
    SHARE_CALCULATION.id: _allotted,
    SHARE_CERTIFICATE.id: lambda c: (c.shares, _everybody(c)),
    LAND_CONFIRMATION.id: lambda c: (c.parcels, c.land, _everybody(c)),
    BENEFIT_ASSESSMENT.id: lambda c: (c.benefits, _everybody(c)),
    ENTITLEMENT_STATEMENT.id: lambda c: (c.benefits, c.entitlements, _everybody(c)),
}
"""What a paper says that a change may touch; an approval form tells what was decided, and stays."""


def _identity(member: Member) -> tuple[str, str, str]:
    return member.name, member.resident_number, member.birth_date.isoformat()


def _everybody(case: Case) -> tuple[str, list[tuple[str, str, str]]]:
    return case.head.serial, [_identity(m) for m in case.members.values()]


def outdated(before: Case, after: Case) -> tuple[Paper, ...]:
    """The papers of a household that no longer say what is so."""
    kinds = {kind for kind, shows in _SHOWS.items() if shows(before) != shows(after)}
    return tuple(p for p in before.papers.values() if p.is_live and p.kind in kinds)


def ended(c: CaseCircumstances, before: Case, after: Case, *, by: str) -> tuple[Change, ...]:
    """The outdated papers superseded; each is due again on its own track, if anybody is left.

    Args:
        c: the day.
        before: as it stands; `after` as it will stand.
        after: see before.
        by: the change, as people call it.
    """
    numbers = [paper.number for paper in outdated(before, after)]
    end = supersede if after.members else recall
    return end(before, numbers=numbers, day=c.day, reason=f"户内变更：{by}")


def first_papers(source: Case, opened: Case) -> tuple[HouseholdKind, ...]:
    """What a household that splits off is issued: the papers that its source has, in its name."""
    had = {paper.kind for paper in source.papers.values() if paper.is_live}
    return tuple(
        kind
        for track, (kind, states) in _ISSUED.items()
        if kind.id in had and opened.positions[track] in states and _has_content(kind, opened)
    )


def _has_content(kind: HouseholdKind, case: Case) -> bool:
    content = {SHARE_CERTIFICATE.id: bool(case.units), LAND_CONFIRMATION.id: bool(case.land)}
    return content.get(kind.id, True)
