"""Bookkeeping 记账: the postings of a transaction in a household's chain, and the lots they leave.

The one place where shares move: lots are never set, only derived from all postings of the case.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from conversion.domain.balance import lots_of
from conversion.domain.case import Case
from conversion.domain.collections import put, remove
from conversion.domain.ledger import PLAN, Leg, Posting, PostingKind, account_of
from conversion.domain.right import ShareLot
from conversion.domain.standing import Change

ALLOCATION = "T00"
"""Serial of the transaction by which the plan's units first come to a household."""


def transaction_id(case: str, serial: str) -> str:
    """A transaction's name in every chain in which it is booked."""
    return f"{case}/{serial}"


def book(
    case: Case,
    legs: Iterable[Leg],
    *,
    transaction: str,
    kind: PostingKind,
    day: date,
    paper: str,
) -> tuple[Change, ...]:
    """Those of the legs that touch the case, posted, and its lots as they then stand.

    Args:
        case: in whose chain it is booked.
        legs: of the whole transaction.
        transaction: its id; `kind`, `day` and `paper` as every posting of it says them.
        kind: see transaction.
        day: see transaction.
        paper: see transaction.
    """
    before = postings_of(case)
    opening = before if not case.postings else ()
    new = [
        Posting(
            serial=f"L{number:03d}",
            transaction=transaction,
            kind=kind,
            day=day,
            paper=paper,
            **leg.model_dump(),
        )
        for number, leg in enumerate(_touching(case.number, legs), len(before) + 1)
    ]
    posted = tuple(put("postings", p.key, p) for p in (*opening, *new))
    return (*posted, *_lot_changes(case.shares, lots_of(case.number, (*before, *new))))


def postings_of(case: Case) -> tuple[Posting, ...]:
    """A case's postings; for one that was allotted before there was a ledger, its allocation."""
    if case.postings or not case.shares:
        return tuple(case.postings.values())
    day = case.done_on("shares.allocate")
    assert day, "only an allocation brings shares"
    lots = [lot for lot in case.shares.values() if lot.units]
    return tuple(
        Posting(
            serial=f"L{number:03d}",
            transaction=transaction_id(case.number, ALLOCATION),
            kind=PostingKind.ALLOCATION,
            day=day,
            share_class=lot.share_class,
            units=lot.units,
            source=PLAN,
            target=account_of(case.number, lot.member),
        )
        for number, lot in enumerate(lots, 1)
    )


def _touching(case: str, legs: Iterable[Leg]) -> list[Leg]:
    return [leg for leg in legs if case in {_case_of(leg.source), _case_of(leg.target)}]


def _case_of(account: str) -> str:
    return account.rpartition("/")[0]


def _lot_changes(
    before: Mapping[str, ShareLot], after: Mapping[str, ShareLot]
) -> tuple[Change, ...]:
    gone = (remove("shares", key) for key in before if key not in after)
    moved = (put("shares", key, lot) for key, lot in after.items() if before.get(key) != lot)
    return (*gone, *moved)
