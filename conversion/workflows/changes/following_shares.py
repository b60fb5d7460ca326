"""Shares that follow their holder into another household: postings, as all that moves shares."""

from collections.abc import Iterator, Mapping

from conversion.domain.case import Case
from conversion.domain.ledger import Leg, account_of


def legs(before: Mapping[str, Case], after: Mapping[str, Case]) -> tuple[Leg, ...]:
    """What leaves one account for another when people change households, or come back.

    Who left says where to; who comes back had said where from. One of the two chains may say it,
    or both: it is one leg.
    """
    found = [
        leg
        for number, case in after.items()
        if number in before
        for leg in (*_left(before[number], case), *_returned(before[number], case))
    ]
    unique = {(leg.share_class, leg.source, leg.target): leg for leg in found}
    return tuple(unique[place] for place in sorted(unique))


def _left(before: Case, after: Case) -> Iterator[Leg]:
    for serial, person in after.departed.items():
        if person.went_to and serial in before.members:
            yield from _all_of(before, serial, account_of(before.number, serial), person.went_to)


def _returned(before: Case, after: Case) -> Iterator[Leg]:
    for serial, person in before.departed.items():
        if person.went_to and serial in after.members:
            yield from _all_of(after, serial, person.went_to, account_of(after.number, serial))


def _all_of(case: Case, serial: str, source: str, target: str) -> Iterator[Leg]:
    for lot in case.shares.values():
        if lot.member == serial and lot.units:
            yield Leg(share_class=lot.share_class, units=lot.units, source=source, target=target)
