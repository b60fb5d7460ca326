"""A law's figure is read as it is written, and never rounded."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversion.policy.exact_number import exact_number, written


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("7", 7),
        ("+7", 7),
        ("-7", -7),
        ("007", 7),
        ("600.0", 600),
        ("600.", 600),
        (".5", Fraction(1, 2)),
        ("-0.15", Fraction(-3, 20)),
        ("12_400.50", Fraction(24801, 2)),
        ("9" * 15, 10**15 - 1),
        ("0." + "0" * 14 + "1", Fraction(1, 10**15)),
    ],
)
def test_what_is_written_in_plain_digits_is_exact(text, number):
    found = exact_number(text)

    assert found == number
    assert isinstance(found, int) == (Fraction(number).denominator == 1)


@pytest.mark.parametrize(
    "text",
    [
        "", ".", "-", "+.", "x", "1x", "x1", "1e9", "1e1000000000", "1E-3", ".inf", "-.inf", ".nan",
        "NaN", "Infinity", "0x1F", "0o17", "1/3", "1,000", "1 000", "1.2.3", "--1", "１２",
        "9" * 16, "0." + "1" * 16, "9" * 100_000,
    ],
)  # fmt: skip
def test_whatever_else_is_no_number(text):
    assert exact_number(text) is None


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (600, "600"),
        (-5, "-5"),
        (Fraction(1, 2), "0.5"),
        (Fraction(-1, 200), "-0.005"),
        (Fraction(6033, 100), "60.33"),
        (Fraction(1, 10**15), "0.000000000000001"),
        (Fraction(1, 10**16), "1/10000000000000000"),
        (Fraction(2, 3), "2/3"),
    ],
)
def test_a_number_is_written_out_to_its_last_digit(number, text):
    assert written(number) == text


@given(st.integers(0, 10**12), st.integers(0, 12))
def test_what_is_written_reads_back_the_same(digits, places):
    number = Fraction(digits, 10**places)

    assert exact_number(written(number)) == number
