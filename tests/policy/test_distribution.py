"""How amounts lie: exact, whoever they belong to."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from conversion.policy.distribution import distribution

AMOUNTS = st.lists(st.integers(0, 10**9), min_size=1, max_size=60)


def test_eleven_households_one_of_them_without():
    found = distribution([100, 0, 10, 90, 20, 80, 30, 70, 40, 60, 50])

    assert (found.count, found.without, found.total) == (11, 1, 550)
    assert (found.least, found.most) == (0, 100)
    assert (found.median, found.mean) == (Fraction(50), Fraction(50))
    assert found.deciles == (10, 20, 30, 40, 50, 60, 70, 80, 90)
    assert found.tenths == tuple(Fraction(n, 550) for n in (0, 10, 20, 30, 40, 50, 60, 70, 80, 190))
    assert found.gini == Fraction(4, 11)


def test_of_two_in_the_middle_the_mean_is_the_median():
    assert distribution([1, 2, 4, 9]).median == 3
    assert distribution([1, 2]).median == Fraction(3, 2)


def test_of_nobody_and_of_people_without_anything_there_is_nothing_to_tell():
    nobody, nothing = distribution([]), distribution([0, 0])

    assert (nobody.count, nobody.total, nobody.least, nobody.most) == (0, 0, 0, 0)
    assert nobody.median == nobody.mean == nobody.gini == 0
    assert (nobody.deciles, nobody.tenths) == ((), ())
    assert (nothing.without, nothing.tenths) == (2, ())
    assert nothing.gini == 0
    assert nothing.deciles == (0,) * 9


def test_one_who_has_all_and_all_who_have_the_same():
    assert distribution([0, 0, 0, 8]).gini == Fraction(3, 4)
    assert distribution([2, 2, 2, 2]).gini == 0


@given(AMOUNTS)
def test_the_gini_is_half_the_mean_difference_of_all_pairs(amounts):
    found = distribution(amounts)

    pairs = sum(abs(one - other) for one in amounts for other in amounts)
    whole = 2 * len(amounts) * sum(amounts)
    assert found.gini == (Fraction(pairs, whole) if whole else 0)
    assert 0 <= found.gini < 1


@given(AMOUNTS)
def test_the_tenths_make_the_whole_and_grow(amounts):
    found = distribution(amounts)

    assert sum(found.tenths) == (1 if sum(amounts) else 0)
    assert list(found.deciles) == sorted(found.deciles)
    assert found.least <= found.median <= found.most
