"""Carrying out: households as they will stand, turned into what each chain records."""

from collections.abc import Mapping
from dataclasses import dataclass

from conversion.documents.kind import DocumentKind
from conversion.domain.case import Case
from conversion.domain.standing import Change
from conversion.workflows.changes import comparing
from conversion.workflows.changes.kind import households
from conversion.workflows.changes.outdated_papers import ended
from conversion.workflows.step import CaseCircumstances, Companion


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedOut:
    """What a change or its undoing records: on the own chain, and on those of the others."""

    changes: tuple[Change, ...]
    moves: Mapping[str, str]
    companions: tuple[Companion, ...]


def carried_out(
    c: CaseCircumstances,
    after: Mapping[str, Case],
    *,
    by: str,
    issued: Mapping[str, tuple[DocumentKind, ...]] | None = None,
) -> CarriedOut:
    """Rows, moves and superseded papers of every household.

    Args:
        c: the day, and the households as they stand.
        after: case number → as it will stand.
        by: what is done, as people call it.
        issued: case number of an opened household → its first papers.
    """
    before, own = households(c), c.case.number
    done = {
        number: Companion(
            chain=number,
            changes=_changes(c, before.get(number), case, by),
            moves=comparing.moves(before.get(number), case),
            opens=number not in before,
            papers=(issued or {}).get(number, ()),
        )
        for number, case in after.items()
    }
    here = done.pop(own, Companion(chain=own))
    return CarriedOut(changes=here.changes, moves=here.moves, companions=tuple(done.values()))


def _changes(c: CaseCircumstances, before: Case | None, after: Case, by: str) -> tuple[Change, ...]:
    papers = ended(c, before, after, by=by) if before else ()
    return (*comparing.changes(before, after), *papers)
