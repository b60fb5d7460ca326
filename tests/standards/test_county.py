"""County codes as they were in force when somebody was registered."""

import pytest

from conversion.standards import county
from conversion.standards.county import Standing


@pytest.mark.parametrize(
    ("code", "year", "name"),
    [
        ("520303", 2009, "贵州省遵义市汇川区"),
        ("110103", 1980, "北京市崇文区"),
        ("110103", 2015, "北京市崇文区"),
        ("440524", 1880, "广东省汕头市潮阳县"),
        ("120110", 1985, "天津市东郊区"),
        ("120110", 2009, "天津市东丽区"),
        ("810000", 1990, "香港"),
        ("830000", 1990, "台湾"),
        ("520399", 1990, ""),
    ],
)
def test_a_county_is_called_as_it_was_that_year(code, year, name):
    assert county.title_of(code, year) == name


@pytest.mark.parametrize(
    ("code", "year", "standing"),
    [
        ("520303", 1950, Standing.LISTED),  # set up in 2003; births are registered late
        ("110103", 1980, Standing.LISTED),
        ("110103", 2011, Standing.ABOLISHED),
        ("820000", 2000, Standing.LISTED),
        ("520399", 1990, Standing.UNKNOWN),
        ("000000", 1990, Standing.UNKNOWN),
    ],
)
def test_only_a_code_abolished_before_the_birth_is_out_of_place(code, year, standing):
    assert county.standing(code, year) is standing


def test_the_province_is_known_by_two_digits():
    assert county.province_of("529999") == "贵州省"
    assert county.province_of("99") == ""
