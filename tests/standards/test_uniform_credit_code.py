"""Uniform social credit codes, above all those of collectives."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.cn import uscc

from conversion.errors import NumberInvalid
from conversion.standards import uniform_credit_code

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def completed(first8, organisation8):
    organisation = organisation8 + uniform_credit_code.organisation_check_digit(organisation8)
    first17 = first8 + organisation
    return first17 + uniform_credit_code.check_digit(first17)


VILLAGE_COLLECTIVE = completed("N2520303", "MF012345")


def codes(code):
    return [fault.code for fault in uniform_credit_code.check(code)]


@pytest.mark.parametrize("code", ["91350100M000100Y43", "91110000600037341L", VILLAGE_COLLECTIVE])
def test_codes_of_real_bodies_have_no_fault(code):
    assert codes(code) == []
    assert uniform_credit_code.is_valid(code)


def test_a_collective_that_python_stdnum_refuses_is_accepted():
    assert not uscc.is_valid(VILLAGE_COLLECTIVE)
    assert uniform_credit_code.is_valid(VILLAGE_COLLECTIVE)


@pytest.mark.parametrize(
    ("prefix", "level"),
    [
        ("N1", "组级集体经济组织"),
        ("N2", "村级集体经济组织"),
        ("N3", "乡镇级集体经济组织"),
        ("N9", "其他农业登记组织"),
    ],
)
def test_the_prefix_says_whose_collective_it_is(prefix, level):
    code = completed(f"{prefix}520303", "MF012345")

    assert codes(code) == []
    assert uniform_credit_code.collective_level(code) == level


def test_a_company_is_no_collective():
    assert uniform_credit_code.collective_level("91350100M000100Y43") is None


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("", ["uniform_credit_code.length"]),
        ("91350100M000100Y4", ["uniform_credit_code.length"]),
        ("91350100M000100I43", ["uniform_credit_code.characters"]),
        ("9135O100M000100Y43", ["uniform_credit_code.characters"]),
        ("9135A100M000100Y43", ["uniform_credit_code.structure"]),
        ("91350100M000100Y44", ["uniform_credit_code.check_digit"]),
        (completed("N5520303", "MF012345"), ["uniform_credit_code.collective"]),
        (completed("N2990303", "MF012345"), ["uniform_credit_code.division"]),
        (completed("91100000", "MF012345"), []),
        (completed("B1520303", "MF012345"), ["uniform_credit_code.authority"]),
    ],
)
def test_every_fault_of_a_code_is_reported(code, expected):
    assert codes(code) == expected


def test_a_wrong_inner_check_digit_alone_stops_nobody():
    first17 = "91350100M000100Y5"
    code = first17 + uniform_credit_code.check_digit(first17)

    assert codes(code) == ["uniform_credit_code.organisation"]
    assert uniform_credit_code.is_valid(code)


def test_a_code_is_read_as_people_type_it():
    assert uniform_credit_code.normalise("９1350100-m000100y43 ") == "91350100M000100Y43"


@settings(deadline=None)
@given(st.text(ALPHABET, min_size=17, max_size=17))
def test_the_check_digit_is_the_weighted_sum_of_the_standard(first17):
    total = sum(
        ALPHABET.index(character) * pow(3, place, 31) for place, character in enumerate(first17)
    )

    assert uniform_credit_code.check_digit(first17) == ALPHABET[(31 - total % 31) % 31]


@pytest.mark.parametrize(
    ("first8", "digit"), [("D2143569", "X"), ("M000100Y", "4"), ("60003734", "1")]
)
def test_the_organisation_code_has_its_own_check_digit(first8, digit):
    assert uniform_credit_code.organisation_check_digit(first8) == digit


@pytest.mark.parametrize("first17", ["", "91350100M000100Y", "91350100M000100IY"])
def test_a_check_digit_needs_seventeen_characters(first17):
    with pytest.raises(NumberInvalid):
        uniform_credit_code.check_digit(first17)


def test_an_organisation_check_digit_needs_eight_characters():
    with pytest.raises(NumberInvalid):
        uniform_credit_code.organisation_check_digit("M000100")
