"""What outsiders may see of a person's data."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversion.standards import masking


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("520303199001011234", "520303********1234"),
        ("11010519491231002X", "110105********002X"),
        ("520303 19900101 1234", "520303********1234"),
        ("110105491231002", "110105*****1002"),
        ("1234567", "*******"),
        ("", ""),
    ],
)
def test_a_resident_number_hides_the_birth_date(number, masked):
    assert masking.mask_resident_number(number) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("13812345678", "138****5678"),
        ("+86 138 1234 5678", "138****5678"),
        ("0086-13812345678", "138****5678"),
        ("8613812345678", "138****5678"),
        ("0851-28221234", "085*****1234"),
        ("110", "***"),
    ],
)
def test_a_phone_number_hides_its_middle(number, masked):
    assert masking.mask_phone(number) == masked


def test_a_bank_account_shows_its_last_four_digits():
    assert masking.mask_bank("6222 0202 0001 2345 678") == "***************5678"
    assert masking.mask_bank("123") == "***"


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张*"),
        ("欧阳娜娜", "欧***"),
        ("𣒍小明", "𣒍**"),
        ("阿卜杜拉·买买提", "阿***·***"),
        ("", ""),
    ],
)
def test_a_name_keeps_its_first_character(name, masked):
    assert masking.mask_name(name) == masked


@settings(deadline=None)
@given(st.from_regex(r"[0-9]{17}[0-9X]", fullmatch=True))
def test_the_hidden_digits_of_a_number_are_gone(number):
    masked = masking.mask_resident_number(number)

    assert len(masked) == len(number)
    assert masked[6:14] == "*" * 8
