"""Parts of a pack that rest on a law before it is in force, or after; values long unchanged."""

import datetime as dt
from collections.abc import Iterator

from conversion.policy.draft import Draft
from conversion.policy.marked_yaml import MarkedData
from conversion.policy.pack_fault import DataPath, PackFault
from conversion.policy.pack_part import Sourced
from conversion.standards.day_count import years_after


def lapsed_references(draft: Draft) -> Iterator[PackFault]:
    """What still counts when the law that it rests on is in force no more."""
    until = draft.pack.until
    for marked, path, part, _ in _undated(draft):
        document = draft.pack.documents.get(part.reference.document)
        if document and document.until and (until is None or document.until < until):
            sentence = (
                f"《{document.title}》{document.until}失效，此后没有依据，"
                "例如改引现行的文本，或者给政策包写 until"
            )
            yield marked.fault((*path, "reference", "document"), sentence)


def not_yet_law(draft: Draft) -> Iterator[PackFault]:
    """What counts before the law that it rests on is in force."""
    for marked, path, part, since in _undated(draft):
        document = draft.pack.documents.get(part.reference.document)
        if document and document.since and document.since > since:
            sentence = (
                f"《{document.title}》{document.since}起施行，此前没有依据，"
                f"例如 effective: {document.since}"
            )
            yield marked.fault((*path, "reference", "document"), sentence)


def _undated(draft: Draft) -> Iterator[tuple[MarkedData, DataPath, Sourced, dt.date]]:
    """What rests on a document for as long as the pack decides, or from its own day on."""
    since = draft.pack.since
    for place, department in enumerate(draft.pack.departments):
        yield draft.marked["pack.yaml"], ("departments", place), department, since
    for place, ground in enumerate(draft.membership.grounds):
        yield draft.marked["membership.yaml"], ("grounds", place), ground, since
    for number, plan in enumerate(draft.shares.plans):
        for place, rule in enumerate(plan.classes):
            yield draft.marked["shares.yaml"], ("plans", number, "classes", place), rule, since
    for file, top, place, row in draft.rows():
        yield draft.marked[file], (top, place), row, row.effective or since


def long_unchanged(draft: Draft, day: dt.date, years: int) -> Iterator[PackFault]:
    """Parameters whose value on a day has been the same for more than so many years."""
    for marked, name, parameter in draft.dated_parameters():
        since = parameter.since(day)
        if since and years_after(since, years).last < day:
            sentence = f"{since}以来没有变，超过{years}年，核对是否仍然有效，例如补写新的一天"
            yield marked.fault(("parameters", name, "values", since.isoformat()), sentence)
