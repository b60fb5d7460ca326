"""Money in figures and in words: an amount in words can be read in one way only."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversion.errors import NumberInvalid
from conversion.standards import amount

DIGITS = "零壹贰叁肆伍陆柒捌玖"
UNITS = {"拾": 10, "佰": 100, "仟": 1000}


def read_section(words):
    """The number below 10 000 that the words say, by the units alone."""
    return sum(
        DIGITS.index(digit) * UNITS.get(unit, 1)
        for digit, unit in re.findall("([壹贰叁肆伍陆柒捌玖])([拾佰仟]?)", words)
    )


def read_integer(words):
    """An independent reading: sections before 亿 and 万."""
    upper, _, lower = words.rpartition("亿")
    return read_eight(upper) * 10**8 + read_eight(lower)


def read_eight(words):
    upper, _, lower = words.rpartition("万")
    return read_section(upper) * 10**4 + read_section(lower)


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("1234.5", 123450),
        ("1,234.50", 123450),
        ("¥1,234.50", 123450),
        ("￥１２３４．５元", 123450),
        ("人民币100元整", 10000),
        ("0", 0),
    ],
)
def test_yuan_are_read_as_fen(text, fen):
    assert amount.yuan_from_text(text) == fen


@pytest.mark.parametrize("text", ["", "元", "-5", "1.005", "12元5角", "12,34.00", "$5"])
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(NumberInvalid):
        amount.yuan_from_text(text)


@pytest.mark.parametrize(
    ("fen", "printed"),
    [(0, "0.00"), (5, "0.05"), (123450, "1,234.50"), (123456789, "1,234,567.89"), (-250, "-2.50")],
)
def test_an_amount_is_printed_with_thousands_and_fen(fen, printed):
    assert amount.format_yuan(fen) == printed


@pytest.mark.parametrize(
    ("yuan", "words"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("0.55", "伍角伍分"),
        ("10", "壹拾元整"),
        ("11", "壹拾壹元整"),
        ("20.20", "贰拾元贰角整"),
        ("100", "壹佰元整"),
        ("101", "壹佰零壹元整"),
        ("1001", "壹仟零壹元整"),
        ("1010", "壹仟零壹拾元整"),
        ("1100", "壹仟壹佰元整"),
        ("1234.50", "壹仟贰佰叁拾肆元伍角整"),
        ("10000", "壹万元整"),
        ("10001", "壹万零壹元整"),
        ("100000", "壹拾万元整"),
        ("1000010.01", "壹佰万零壹拾元零壹分"),
        ("10000000", "壹仟万元整"),
        ("100000000", "壹亿元整"),
        ("100001000", "壹亿零壹仟元整"),
        ("100010000", "壹亿零壹万元整"),
        ("110000000", "壹亿壹仟万元整"),
        ("1000000001", "壹拾亿零壹元整"),
        ("1000000000000", "壹万亿元整"),
        # 支付结算办法 annex 1
        ("1409.50", "壹仟肆佰零玖元伍角整"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("107000.53", "壹拾万柒仟元伍角叁分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
    ],
)
def test_an_amount_in_words(yuan, words):
    assert amount.in_words(amount.yuan_from_text(yuan)) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "零"), (3334, "叁仟叁佰叁拾肆"), (10000, "壹万"), (39589, "叁万玖仟伍佰捌拾玖")],
)
def test_a_number_of_shares_in_words(number, words):
    assert amount.integer_in_words(number) == words


@pytest.mark.parametrize("refused", [-1, -100, 10**18])
def test_a_debt_or_an_impossible_sum_has_no_words(refused):
    with pytest.raises(NumberInvalid):
        amount.in_words(refused)
    with pytest.raises(NumberInvalid):
        amount.integer_in_words(refused)


@settings(deadline=None)
@given(st.integers(0, 10**16 - 1))
def test_words_read_back_as_the_number(number):
    assert read_integer(amount.integer_in_words(number)) == number


@settings(deadline=None)
@given(st.lists(st.sampled_from("000001234567890"), min_size=1, max_size=16).map("".join))
def test_words_never_stutter_or_trail_a_zero(figure):
    words = amount.integer_in_words(int(figure))

    assert "零零" not in words
    assert words == "零" or not words.endswith("零")
    assert not re.search("零[拾佰仟万亿]", words)
    assert read_integer(words) == int(figure)


@settings(deadline=None)
@given(st.integers(0, 9999), st.integers(1, 999))
def test_an_empty_section_of_ten_thousands_is_always_spoken(upper, lower):
    words = amount.integer_in_words((upper + 1) * 10**8 + lower)

    assert "亿零" in words
