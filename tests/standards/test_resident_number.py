"""Resident numbers: what is wrong is always found, and no real person is refused."""

from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from stdnum.cn import ric

from conversion.errors import NumberInvalid
from conversion.standards import resident_number
from conversion.standards.fault import Severity

TODAY = date(2009, 11, 30)
DAY_BEFORE = date(2009, 11, 29)


def codes(number, today=TODAY):
    return [fault.code for fault in resident_number.check(number, today=today)]


def completed(first17):
    return first17 + resident_number.check_digit(first17)


def numbers(first=date(1900, 1, 1)):
    return st.builds(
        lambda birth, serial: completed(f"520303{birth:%Y%m%d}{serial:03}"),
        st.dates(first, TODAY),
        st.integers(1, 999),
    )


@pytest.mark.parametrize(
    "number",
    [
        "11010519491231002X",  # GB 11643-1999
        "440524188001010014",  # GB 11643-1999
        "360426199101010071",
        completed("81000019900101001"),
        completed("82000019900101001"),
        completed("83000019900101001"),
        completed("52030319500101001"),  # older than the county itself
        completed("52210119620229001"[:6] + "19640229" + "001"),
    ],
)
def test_numbers_of_real_people_have_no_fault(number):
    assert codes(number) == []


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("", ["resident_number.empty"]),
        ("1.10101E+17", ["resident_number.float"]),
        ("110101199001011000.0", ["resident_number.float"]),
        ("110105491231002", ["resident_number.fifteen"]),
        ("1101051949123100", ["resident_number.length"]),
        ("1101051949123100200", ["resident_number.length"]),
        ("见备注", ["resident_number.length", "resident_number.characters"]),
        ("1101051949I231002X", ["resident_number.characters"]),
        ("X1010519490231002X", ["resident_number.characters", "resident_number.date"]),
        ("11010519490231002X", ["resident_number.date", "resident_number.check_digit"]),
        (completed("11010500000101002"), ["resident_number.date"]),
        (completed("11010519491331002"), ["resident_number.date"]),
        (completed("11010520091201002"), ["resident_number.future"]),
        ("110105194912310021", ["resident_number.check_digit"]),
        (completed("99999919491231002"), ["resident_number.region"]),
        (
            "999999209902300010",
            ["resident_number.date", "resident_number.check_digit", "resident_number.region"],
        ),
    ],
)
def test_every_fault_is_reported_at_once(number, expected):
    assert codes(number) == expected


def test_a_region_is_a_warning_and_all_else_an_error():
    faults = resident_number.check("999999209902300010", today=TODAY)

    assert [fault.severity for fault in faults] == [
        Severity.ERROR,
        Severity.ERROR,
        Severity.WARNING,
    ]


def test_a_child_born_today_is_accepted_and_one_born_tomorrow_is_not():
    number = completed("52030320091130001")

    assert codes(number, today=TODAY) == []
    assert codes(number, today=DAY_BEFORE) == ["resident_number.future"]


def test_a_region_abolished_before_the_birth_is_worth_a_look():
    assert codes(completed("11010320150101001"), date(2020, 1, 1)) == ["resident_number.region"]
    assert codes(completed("11010319800101001"), date(2020, 1, 1)) == []


def test_the_sentence_says_what_would_be_right():
    (fault,) = resident_number.check("110105194912310021", today=TODAY)

    assert "末位应为X，现为1" in fault.sentence


def test_a_number_cut_by_a_spreadsheet_is_recognised_by_its_zeros():
    (fault,) = resident_number.check("110101199001011000", today=TODAY)

    assert "表格软件" in fault.sentence


def test_sentences_never_repeat_the_number():
    wrong = "110105194912310021"

    assert all(wrong not in fault.sentence for fault in resident_number.check(wrong, today=TODAY))


@settings(deadline=None)
@given(numbers())
def test_a_well_made_number_passes_and_gives_back_its_parts(number):
    assert codes(number) == []
    assert f"{resident_number.birth_date(number):%Y%m%d}" == number[6:14]
    assert resident_number.sex(number) == ("1" if int(number[16]) % 2 else "2")


@settings(deadline=None)
@given(numbers(), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(number, place, step):
    digit = (int(number[place]) + step) % 10
    wrong = f"{number[:place]}{digit}{number[place + 1 :]}"

    assert "resident_number.check_digit" in codes(wrong)


@settings(deadline=None)
@given(numbers(), st.integers(0, 15))
def test_two_digits_in_the_wrong_order_are_always_found(number, place):
    assume(number[place] != number[place + 1])
    wrong = number[:place] + number[place + 1] + number[place] + number[place + 2 :]

    assert "resident_number.check_digit" in codes(wrong)


@settings(deadline=None)
@given(st.from_regex(r"[0-9]{17}", fullmatch=True))
def test_the_check_digit_is_the_weighted_sum_of_the_standard(first17):
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(first17, weights, strict=True))

    assert resident_number.check_digit(first17) == "10X98765432"[total % 11]


@settings(deadline=None)
@given(st.text(max_size=24))
def test_nothing_typed_by_anybody_raises(text):
    assert isinstance(codes(resident_number.normalise(text)), list)


@settings(deadline=None)
@given(numbers(first=date(2003, 1, 1)))
def test_python_stdnum_accepts_the_same_number_where_the_county_is_older(number):
    assert ric.is_valid(number)
    assert codes(number) == []


def test_old_numbers_gain_a_century_and_a_check_digit():
    assert resident_number.upgrade("110105491231002") == "11010519491231002X"


@pytest.mark.parametrize("fifteen", ["", "11010549123100", "11010549123100X", "110105490231002"])
def test_what_is_no_old_number_is_not_upgraded(fifteen):
    with pytest.raises(NumberInvalid):
        resident_number.upgrade(fifteen)


@pytest.mark.parametrize("number", ["", "110105491231002", "11010519490231002X"])
def test_a_birth_date_is_not_read_from_a_number_that_has_none(number):
    with pytest.raises(NumberInvalid):
        resident_number.birth_date(number)


def test_a_sex_is_not_read_from_a_number_of_the_wrong_length():
    with pytest.raises(NumberInvalid):
        resident_number.sex("1101054912310021")


@pytest.mark.parametrize("first17", ["", "1101051949123100", "1101051949123100X", "１" * 17])
def test_a_check_digit_needs_seventeen_digits(first17):
    with pytest.raises(NumberInvalid):
        resident_number.check_digit(first17)


@pytest.mark.parametrize(
    ("text", "is_float"),
    [
        ("1.10101E+17", True),
        ("1.10101e+17", True),
        ("1E17", True),
        ("110101199001011000.0", True),
        ("１.１０１０１Ｅ＋１７", True),
        ("110101199001011000", False),
        ("11010519491231002X", False),
        ("", False),
    ],
)
def test_a_number_turned_into_a_float_is_recognised(text, is_float):
    assert resident_number.looks_like_float(text) is is_float


def test_the_region_is_where_the_person_was_first_registered():
    assert resident_number.region("440524188001010014") == "广东省汕头市潮阳县"
    assert resident_number.region(completed("99999919900101001")) == ""
