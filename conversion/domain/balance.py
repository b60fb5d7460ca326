"""Balance 余额: what stands on each account of the share ledger, and the lots derived from it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from conversion.domain.ledger import Leg
from conversion.domain.right import ShareLot

Balances: TypeAlias = Mapping[str, Mapping[str, int]]
"""Account → share class → units; what was given out beyond what came in is negative."""


def balances(legs: Iterable[Leg]) -> dict[str, dict[str, int]]:
    """What the legs leave on each account they touch; over all accounts it sums to nothing.

    >>> moved = balances([Leg(share_class="population", units=5, source="plan", target="A/01")])
    >>> moved["plan"]["population"], moved["A/01"]["population"]
    (-5, 5)
    """
    found: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for leg in legs:
        found[leg.source][leg.share_class] -= leg.units
        found[leg.target][leg.share_class] += leg.units
    return {account: dict(by_class) for account, by_class in found.items()}


def lots_of(case: str, legs: Iterable[Leg]) -> dict[str, ShareLot]:
    """The lots that a case's postings leave to its people; an empty account holds no lot.

    Raises:
        ValidationError: an account gave more than it had.
    """
    lots = (
        ShareLot(member=account.rpartition("/")[2], share_class=share_class, units=units)
        for account, by_class in balances(legs).items()
        if account.rpartition("/")[0] == case
        for share_class, units in by_class.items()
        if units
    )
    return {lot.key: lot for lot in sorted(lots, key=lambda lot: lot.key)}


def added(first: Balances, second: Balances) -> dict[str, dict[str, int]]:
    """The sum of two balances, account by account."""
    found = {account: dict(by_class) for account, by_class in first.items()}
    for account, by_class in second.items():
        mine = found.setdefault(account, {})
        for share_class, units in by_class.items():
            mine[share_class] = mine.get(share_class, 0) + units
    return found


def total(balances_: Balances, share_class: str) -> int:
    """All units of one class over all accounts."""
    return sum(by_class.get(share_class, 0) for by_class in balances_.values())
