"""Carrying out: households as they will stand, turned into what each chain records."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from conversion.documents.kind import HouseholdKind
from conversion.domain.case import Case
from conversion.domain.ledger import Leg, PostingKind
from conversion.domain.standing import Change
from conversion.workflows.bookkeeping import book, transaction_id
from conversion.workflows.changes import comparing
from conversion.workflows.changes.following_shares import legs
from conversion.workflows.changes.kind import households
from conversion.workflows.changes.outdated_papers import ended
from conversion.workflows.step import CaseCircumstances, Companion


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedOut:
    """What a change or its undoing records: on the own chain, and on those of the others."""

    changes: tuple[Change, ...]
    moves: Mapping[str, str]
    companions: tuple[Companion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """What is done: as people call it, and the id of the transaction under which shares move."""

    title: str
    transaction: str


def cause(c: CaseCircumstances, change: str, title: str) -> Cause:
    """The cause of a change, by its serial, or of its undoing."""
    return Cause(title=title, transaction=transaction_id(c.case.number, change))


def carried_out(
    c: CaseCircumstances,
    after: Mapping[str, Case],
    why: Cause,
    *,
    issued: Mapping[str, tuple[HouseholdKind, ...]] | None = None,
) -> CarriedOut:
    """Rows, moves, postings and superseded papers of every household.

    Args:
        c: the day, and the households as they stand.
        after: case number → as it will stand.
        why: what is done.
        issued: case number of an opened household → its first papers.
    """
    before, own = households(c), c.case.number
    moved = legs(before, after)
    done = {
        number: Companion(
            chain=number,
            changes=(
                *_rows(c, before.get(number), case, why),
                *_postings(c, before.get(number), case, moved, why),
            ),
            moves=comparing.moves(before.get(number), case),
            opens=number not in before,
            papers=(issued or {}).get(number, ()),
        )
        for number, case in after.items()
    }
    here = done.pop(own, Companion(chain=own))
    return CarriedOut(changes=here.changes, moves=here.moves, companions=tuple(done.values()))


def _rows(c: CaseCircumstances, before: Case | None, after: Case, why: Cause) -> tuple[Change, ...]:
    papers = ended(c, before, after, by=why.title) if before else ()
    rows = comparing.changes(before, after)
    return (*(row for row in rows if row.collection != "shares"), *papers)


def _postings(
    c: CaseCircumstances, before: Case | None, after: Case, moved: tuple[Leg, ...], why: Cause
) -> tuple[Change, ...]:
    """The shares that come or go; they are derived from the postings, never set."""
    stands = before or replace(after, shares={}, postings={})
    if not any(after.number in {_case(leg.source), _case(leg.target)} for leg in moved):
        return ()
    return book(
        stands,
        moved,
        transaction=why.transaction,
        kind=PostingKind.SPLIT,
        day=c.day,
        paper=why.title,
    )


def _case(account: str) -> str:
    return account.rpartition("/")[0]
