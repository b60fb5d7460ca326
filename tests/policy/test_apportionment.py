"""Largest remainder: nothing lost, nobody with more weight gets less, order doesn't matter."""

from hypothesis import given, settings
from hypothesis import strategies as st

from conversion.policy.apportionment import apportion

WEIGHTS = st.dictionaries(
    st.text("0123456789/", min_size=1, max_size=6), st.integers(0, 60), min_size=1, max_size=40
)
UNITS = st.integers(0, 10**9)


def test_ten_thousand_over_three():
    assert apportion(10_000, {"01": 1, "02": 1, "03": 1}) == {"01": 3334, "02": 3333, "03": 3333}


@given(UNITS, WEIGHTS)
@settings(deadline=None)
def test_every_unit_is_handed_out(units, weights):
    handed = apportion(units, weights)

    assert sum(handed.values()) == (units if any(weights.values()) else 0)
    assert handed.keys() == weights.keys()


@given(UNITS, WEIGHTS)
@settings(deadline=None)
def test_each_is_within_one_unit_of_the_exact_part(units, weights):
    whole = sum(weights.values())

    for key, got in apportion(units, weights).items():
        if whole:
            assert 0 <= got - units * weights[key] // whole <= 1


@given(UNITS, WEIGHTS)
@settings(deadline=None)
def test_more_weight_never_gets_less(units, weights):
    handed = apportion(units, weights)

    for one, other in zip(sorted(weights), sorted(weights)[1:], strict=False):
        if weights[one] > weights[other]:
            assert handed[one] >= handed[other]
        if weights[one] < weights[other]:
            assert handed[one] <= handed[other]


@given(UNITS, WEIGHTS, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_of_the_members_does_not_matter(units, weights, random):
    shuffled = list(weights.items())
    random.shuffle(shuffled)

    assert apportion(units, dict(shuffled)) == apportion(units, weights)
