"""Figures between text and integer, without a float in between."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversion.errors import NumberInvalid
from conversion.standards import fixed_point


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("12", 1200),
        ("12.", 1200),
        ("12.3", 1230),
        ("12.34", 1234),
        ("12.3400", 1234),
        ("1,234,567.89", 123456789),
        ("１２．３４", 1234),
        (" 7 ", 700),
        ("007", 700),
    ],
)
def test_a_figure_is_read_exactly(text, value):
    assert fixed_point.from_text(text, places=2, what="金额") == value


@pytest.mark.parametrize(
    "text", ["", ".", ".5", "-1", "+1", "1e3", "1,23", "1,2345", "1 234", "1.2.3", "一", "nan"]
)
def test_what_is_no_figure_is_refused_and_quoted(text):
    with pytest.raises(NumberInvalid) as refusal:
        fixed_point.from_text(text, places=2, what="金额")

    assert refusal.value.asked == "读取金额"
    assert f"“{text}”" in refusal.value.found


def test_a_figure_finer_than_the_unit_is_refused_and_never_rounded():
    with pytest.raises(NumberInvalid, match="多于2位"):
        fixed_point.from_text("1.005", places=2, what="金额")


@settings(deadline=None)
@given(st.integers(0, 10**15), st.integers(0, 6), st.booleans())
def test_what_is_written_reads_back(value, places, thousands):
    text = fixed_point.to_text(value, places=places, thousands=thousands)

    assert fixed_point.from_text(text, places=places, what="数") == value


@settings(deadline=None)
@given(st.integers(-(10**12), 10**12), st.integers(0, 4))
def test_fewer_places_are_rounded_half_up(value, shown):
    expected = Decimal(value).scaleb(-4).quantize(Decimal(1).scaleb(-shown), ROUND_HALF_UP)

    text = fixed_point.to_text(value, places=4, shown=shown)

    assert Decimal(text) == expected
    assert text != "-0"


@settings(deadline=None)
@given(st.integers(0, 10**12), st.integers(1, 10**6))
def test_a_half_is_rounded_up(dividend, divisor):
    expected = (Decimal(dividend) / Decimal(divisor)).quantize(Decimal(1), ROUND_HALF_UP)

    assert fixed_point.divide_half_up(dividend, divisor) == expected
