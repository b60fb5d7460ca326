"""A distribution 分布: how amounts lie among those who have them, in exact figures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

TENTHS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """How whole amounts lie among households or people.

    Attributes:
        count: how many there are; without: how many of them have nothing.
        total, least, most: of all amounts.
        median: the middle one, or the mean of the two in the middle.
        deciles: the nine amounts that a tenth, two tenths … nine tenths do not exceed.
        tenths: what part of the whole each tenth of them has, those with least first.
        gini: 0 where all have the same, towards 1 where one has all; exact.
    """

    count: int
    without: int
    total: int
    least: int
    most: int
    median: Fraction
    deciles: tuple[int, ...]
    tenths: tuple[Fraction, ...]
    gini: Fraction

    @property
    def mean(self) -> Fraction:
        """What each would have if all had the same."""
        return Fraction(self.total, self.count) if self.count else Fraction(0)


def distribution(amounts: Sequence[int]) -> Distribution:
    """How some amounts lie; of nobody, everything is nothing.

    >>> found = distribution([0, 30, 10, 20])
    >>> found.without, found.median, found.deciles[4], found.gini
    (1, Fraction(15, 1), 10, Fraction(5, 12))
    """
    ranked = sorted(amounts)
    return Distribution(
        count=len(ranked),
        without=ranked.count(0),
        total=sum(ranked),
        least=min(ranked, default=0),
        most=max(ranked, default=0),
        median=_median(ranked),
        deciles=tuple(_deciles(ranked)),
        tenths=tuple(_tenths(ranked)),
        gini=_gini(ranked),
    )


def _median(ranked: Sequence[int]) -> Fraction:
    middle = ranked[(len(ranked) - 1) // 2 : len(ranked) // 2 + 1]
    return Fraction(sum(middle), len(middle)) if middle else Fraction(0)


def _deciles(ranked: Sequence[int]) -> Iterator[int]:
    """The amount at the rank that a tenth of them fills, rounded up to a whole one."""
    for tenth in range(1, TENTHS if ranked else 1):
        yield ranked[-(-len(ranked) * tenth // TENTHS) - 1]


def _tenths(ranked: Sequence[int]) -> Iterator[Fraction]:
    total, count = sum(ranked), len(ranked)
    ends = [count * tenth // TENTHS for tenth in range(TENTHS + 1)]
    for start, end in pairwise(ends if total else ()):
        yield Fraction(sum(ranked[start:end]), total)


def _gini(ranked: Sequence[int]) -> Fraction:
    """Half the mean difference of all pairs, as a part of the mean."""
    total, count = sum(ranked), len(ranked)
    if not total:
        return Fraction(0)
    weighted = sum(place * amount for place, amount in enumerate(ranked, 1))
    return Fraction(2 * weighted, count * total) - Fraction(count + 1, count)
