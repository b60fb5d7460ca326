"""Codes of contracted land, parcels and real estate."""

import pytest

from conversion.errors import NumberInvalid
from conversion.standards import land_code

VILLAGE = "520303105202"
CADASTRAL = "520303001002JC00018"


def codes(faults):
    return [fault.code for fault in faults]


@pytest.mark.parametrize(
    ("check", "code"),
    [
        (land_code.check_issuer, VILLAGE + "00"),
        (land_code.check_issuer, VILLAGE + "03"),
        (land_code.check_contractor, VILLAGE + "010001"),
        (land_code.check_parcel, VILLAGE + "0100012"),
        (land_code.check_contract, VILLAGE + "010001J"),
        (land_code.check_contract, VILLAGE + "010001Q"),
        (land_code.check_cadastral, CADASTRAL),
        (land_code.check_cadastral, "520303001002GB00018"),
        (land_code.check_cadastral, "520303001002JA00001"),
        (land_code.check_real_estate_unit, CADASTRAL + "F00010001"),
        (land_code.check_real_estate_unit, CADASTRAL + "W00000000"),
    ],
)
def test_codes_built_by_the_standard_have_no_fault(check, code):
    assert check(code) == ()


@pytest.mark.parametrize(
    ("check", "code"),
    [
        (land_code.check_issuer, VILLAGE),
        (land_code.check_contractor, VILLAGE + "01000"),
        (land_code.check_contractor, VILLAGE + "010001J"),
        (land_code.check_parcel, VILLAGE + "010001"),
        (land_code.check_parcel, VILLAGE + "010001J"),
        (land_code.check_contract, VILLAGE + "0100012"),
        (land_code.check_contract, VILLAGE + "010001j"),
        (land_code.check_contract, ""),
    ],
)
def test_a_contract_land_code_of_the_wrong_shape_says_what_it_should_be(check, code):
    (fault,) = check(code)

    assert fault.code == "land_code.structure"
    assert fault.is_error
    assert f"“{code}”" in fault.sentence
    assert "位" in fault.sentence


def test_the_village_inside_a_land_code_is_checked_too():
    assert codes(land_code.check_parcel("9903037002020100012")) == [
        "division.province",
        "division.town",
    ]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("", ["land_code.cadastral"]),
        ("520303001002JC0001", ["land_code.cadastral"]),
        ("520303001002QC00018", ["land_code.cadastral"]),
        ("520303001002JZ00018", ["land_code.cadastral"]),
        ("990303001002JC00018", ["land_code.province"]),
        ("520399001002JC00018", ["land_code.county"]),
        ("520303001002GC00018", ["land_code.ownership"]),
        ("520303001002GA00018", ["land_code.ownership"]),
    ],
)
def test_faults_of_a_cadastral_parcel(code, expected):
    assert codes(land_code.check_cadastral(code)) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (CADASTRAL, ["land_code.real_estate_unit"]),
        (CADASTRAL + "W00000001", ["land_code.real_estate_unit"]),
        (CADASTRAL + "B00010001", ["land_code.real_estate_unit"]),
        ("520303001002GC00018" + "F00010001", ["land_code.ownership"]),
        ("X", ["land_code.cadastral", "land_code.real_estate_unit"]),
    ],
)
def test_faults_of_a_real_estate_unit(code, expected):
    assert codes(land_code.check_real_estate_unit(code)) == expected


def test_a_cadastral_code_is_read_in_words():
    parts = land_code.cadastral_parts(CADASTRAL)

    assert (parts.county, parts.district, parts.subdistrict) == ("520303", "001", "002")
    assert (parts.ownership_title, parts.right_title) == ("集体土地所有权", "宅基地使用权")
    assert parts.serial == "00018"
    assert land_code.cadastral_parts(CADASTRAL + "F00010001") == parts


def test_the_village_of_a_land_code_is_found():
    assert land_code.division_of(VILLAGE + "010001J") == VILLAGE


@pytest.mark.parametrize("read", [land_code.cadastral_parts, land_code.division_of])
def test_what_is_no_land_code_is_not_read(read):
    with pytest.raises(NumberInvalid):
        read("坪山村三组")
