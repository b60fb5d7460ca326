"""What lies in the files of households: every paper that was made, every proof that was brought."""

from collections.abc import Iterator
from typing import Final

from conversion.documents.file_index import FILE_INDEX, FiledItem
from conversion.documents.handover_list import FileLine
from conversion.documents.kinds import kind_of
from conversion.domain.case import Case
from conversion.domain.event import Event
from conversion.store.chains import case_numbers, load_cases
from conversion.store.database import Session
from conversion.store.paper_records import ISSUE
from conversion.workflows.case import CASE
from conversion.workflows.definition import Definition, case_levels

ENDED: Final = ("archived", "refused", "revoked", "withdrawn", "merged", "extinct")
"""States of a case whose file is ready to be handed over."""


def contents_of(case: Case, definition: Definition) -> tuple[FiledItem, ...]:
    """The items of a household's file, in the order in which they came.

    What happened to a household before it split off lies in the file of its source.
    """
    titles = _evidence_titles(definition)
    own = case.past[len(case.past) - case.version :]
    return tuple(item for event in own for item in _items(event, case, titles))


def files_of(session: Session, programme: str, definition: Definition) -> tuple[FileLine, ...]:
    """A line for each file of a village whose case has ended, by household number."""
    numbers = [
        number
        for state in ENDED
        for number in case_numbers(session, programme, states={"case": state})
    ]
    cases = sorted(load_cases(session, numbers), key=lambda case: case.household.number)
    return tuple(_file(case, definition) for case in cases)


def _file(case: Case, definition: Definition) -> FileLine:
    items = contents_of(case, definition)
    printed = [item for item in items if item.pages is not None]
    live = (p.number for p in case.papers.values() if p.kind == FILE_INDEX.id and p.is_live)
    return FileLine(
        case_number=case.number,
        household_number=case.household.number,
        group=case.household.group,
        head=case.head.name,
        state=CASE.title_of(case.positions["case"]),
        index=next(live, ""),
        papers=len(printed),
        materials=len(items) - len(printed),
        pages=sum(item.pages or 0 for item in printed),
    )


def _items(event: Event, case: Case, titles: dict[str, str]) -> Iterator[FiledItem]:
    brought = event.form.get("evidence")
    for id_, place in (brought if isinstance(brought, dict) else {}).items():
        yield FiledItem(
            title=titles.get(f"{event.act}.{id_}", id_),
            reference=str(place),
            handler=event.actor_name,
            day=event.day,
            pages=None,
            remark="",
        )
    if event.act == ISSUE:
        yield _paper(event, case)


def _paper(event: Event, case: Case) -> FiledItem:
    paper = case.papers[str(event.form["number"])]
    pages = event.form.get("pages")
    return FiledItem(
        title=kind_of(paper.kind).title,
        reference=paper.number,
        handler=event.actor_name,
        day=paper.prepared_on,
        pages=pages if isinstance(pages, int) else 0,
        remark="" if paper.is_live else paper.status.label,
    )


def _evidence_titles(definition: Definition) -> dict[str, str]:
    """`level.event.evidence` → the evidence's name, and which of the tracks it belongs to."""
    return {
        f"{track.name}.{step.event}.{evidence.id}": evidence.title
        + ("" if track.name == CASE.name else f"（{track.title}）")
        for track in case_levels(definition)
        for step in track.steps
        for evidence in step.evidence
    }
