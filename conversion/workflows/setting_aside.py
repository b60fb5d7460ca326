"""Setting aside 预留: what the plan keeps back for a person in dispute, until it is given out.

The rows come with the plan's adoption, into the chain of the household. Whoever turns out to be a
member gets these units and no others; of whoever doesn't, they stay in the reserve for the
collective to decide on.
"""

from conversion.domain.case import Case
from conversion.domain.collections import remove
from conversion.domain.ledger import RESERVE, Leg, PostingKind, account_of
from conversion.domain.right import MembershipStanding, ReservedLot
from conversion.domain.standing import Change
from conversion.workflows.bookkeeping import book, transaction_id
from conversion.workflows.step import CaseCircumstances


def set_aside(case: Case, member: str) -> tuple[ReservedLot, ...]:
    """What the plan keeps back for one person."""
    return tuple(lot for lot in case.reserved.values() if lot.member == member)


def awaited(case: Case) -> tuple[str, ...]:
    """Serials of confirmed members whose units are still set aside."""
    confirmed = {
        m.member for m in case.memberships.values() if m.standing is MembershipStanding.CONFIRMED
    }
    return tuple(sorted({lot.member for lot in case.reserved.values()} & confirmed))


def legs(case: Case, member: str) -> tuple[Leg, ...]:
    """What a person's units come to in the books, out of the reserve."""
    return tuple(
        Leg(
            share_class=lot.share_class,
            units=lot.units,
            source=RESERVE,
            target=account_of(case.number, member),
        )
        for lot in set_aside(case, member)
        if lot.units
    )


def released(c: CaseCircumstances, case: Case, member: str) -> tuple[Change, ...]:
    """A person's units given out of the reserve; the paper is the one that decided."""
    booked = book(
        case,
        legs(case, member),
        transaction=transaction_id(case.number, f"R{member}"),
        kind=PostingKind.RELEASE,
        day=c.day,
        paper=case.memberships[member].reason[:200],
    )
    return (*booked, *no_longer(case, member))


def no_longer(case: Case, member: str) -> tuple[Change, ...]:
    """Nothing is set aside for a person any more."""
    return tuple(remove("reserved", lot.key) for lot in set_aside(case, member))
