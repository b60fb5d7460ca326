"""Areas in 亩 and square metres."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversion.errors import NumberInvalid
from conversion.standards import area


@pytest.mark.parametrize(
    ("text", "mu"),
    [("3.25", 32500), ("3.25亩", 32500), ("0.0001", 1), ("12 亩", 120000), ("３．２", 32000)],
)
def test_mu_are_read(text, mu):
    assert area.mu_from_text(text) == mu


@pytest.mark.parametrize(
    ("text", "square_metres"),
    [("120.5", 12050), ("120.5㎡", 12050), ("120.5 m²", 12050), ("120平方米", 12000)],
)
def test_square_metres_are_read(text, square_metres):
    assert area.square_metres_from_text(text) == square_metres


@pytest.mark.parametrize("text", ["", "亩", "3.25001", "-1", "3亩2分", "3.25㎡"])
def test_what_is_no_area_in_mu_is_refused(text):
    with pytest.raises(NumberInvalid):
        area.mu_from_text(text)


@pytest.mark.parametrize("text", ["", "120.505", "120.5亩"])
def test_what_is_no_area_in_square_metres_is_refused(text):
    with pytest.raises(NumberInvalid):
        area.square_metres_from_text(text)


@pytest.mark.parametrize(
    ("mu", "printed"),
    [(32500, "3.25"), (32549, "3.25"), (32550, "3.26"), (49, "0.00"), (0, "0.00")],
)
def test_mu_are_printed_with_two_decimals_rounded_half_up(mu, printed):
    assert area.format_mu(mu) == printed


def test_square_metres_are_printed_with_two_decimals():
    assert area.format_square_metres(216667) == "2166.67"


def test_fifteen_mu_are_a_hectare():
    assert area.square_metres_of_mu(15 * 10_000) == 10_000 * 100
    assert area.mu_of_square_metres(10_000 * 100) == 15 * 10_000


@settings(deadline=None)
@given(st.integers(0, 10**12))
def test_a_conversion_is_off_by_at_most_half_a_unit(mu):
    exact = Fraction(mu, 10_000) * Fraction(2000, 3) * 100

    assert abs(area.square_metres_of_mu(mu) - exact) <= Fraction(1, 2)


@settings(deadline=None)
@given(st.integers(0, 10**12))
def test_mu_survive_the_way_to_square_metres_and_back(mu):
    assert area.mu_of_square_metres(area.square_metres_of_mu(mu)) == mu
