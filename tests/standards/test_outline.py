"""Outlines of parcels: exact areas, and rings that are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversion.standards.outline import Outline, read_outline, square_metres_of_mu


@pytest.mark.parametrize(
    ("corners", "fault"),
    [
        (("0,0", "10,0"), "少于3个界址点"),
        (("0,0", "40,50", "40,0", "0,50"), "界线自相交叉"),
        (("0,0", "10,0", "20,0"), "界线自相交叉"),
        (("0,0", "10,0", "10,10"), ""),
    ],
)
def test_a_ring_that_encloses_nothing_or_crosses_itself_is_no_outline(corners, fault):
    assert read_outline(corners).fault == fault


def test_area_and_sides_are_exact_far_from_the_origin():
    outline = read_outline(
        ("35421000.00,3067000.00", "35421012.34,3067000.00", "35421012.34,3067010.50")
    )

    assert outline.area == 6479
    assert outline.lengths[:2] == (1234, 1050)


@given(
    st.tuples(st.integers(1, 99_999), st.integers(1, 99_999)),
    st.tuples(st.integers(-(10**11), 10**11), st.integers(-(10**11), 10**11)),
    st.booleans(),
)
def test_a_rectangle_has_its_area_wherever_it_lies_and_whichever_way_round(size, origin, around):
    (wide, high), (x, y) = size, origin
    corners = ((x, y), (x + wide, y), (x + wide, y + high), (x, y + high))

    outline = Outline(corners[::-1] if around else corners)

    assert abs(outline.area * 100 - wide * high) <= 50
    assert outline.fault == ""


def test_a_mu_is_two_thousand_thirds_of_a_square_metre():
    assert square_metres_of_mu(10_000) == 66_667
