"""A sketch map fits its frame at a usual scale, whatever the size and place of the parcel."""

from hypothesis import given
from hypothesis import strategies as st

from conversion.documents.sketch_map import HEIGHT, WIDTH, sketch_map


@given(
    st.integers(100, 90_000),
    st.integers(100, 90_000),
    st.integers(0, 10**9),
    st.integers(-(10**9), 10**9),
)
def test_every_corner_lies_inside_the_frame(wide, high, east, north):
    def at(x, y):
        return f"{(east + x) / 100:.2f},{(north + y) / 100:.2f}"

    drawn = sketch_map((at(0, 0), at(wide, 0), at(wide, high), at(0, high)))

    assert all(0 < x < WIDTH and 0 < y < HEIGHT for x, y in drawn.dots)
    assert all(0 < mark.x < WIDTH and 0 < mark.y < HEIGHT for mark in drawn.corners)
    assert [mark.words for mark in drawn.corners] == ["J1", "J2", "J3", "J4"]
    assert 0 <= drawn.bar_metres * 100_000 - drawn.bar * drawn.scale < drawn.scale


def test_north_is_up_and_corners_stand_outside_the_outline():
    drawn = sketch_map(("0,0", "20,0", "20,10", "0,10"))

    (south_west, south_east, north_east, _) = drawn.dots
    assert south_west[1] > north_east[1], "y runs down on paper"
    assert south_east[0] > south_west[0]
    assert (drawn.corners[0].x, drawn.corners[2].x) < (south_west[0], WIDTH)
    assert [mark.words for mark in drawn.sides] == ["20.00", "10.00", "20.00", "10.00"]
