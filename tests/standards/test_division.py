"""Division codes: what they say, and how an old one is found after a conversion."""

from datetime import date

import pytest

from conversion.errors import NumberInvalid, WrongUse
from conversion.standards import division
from conversion.standards.division import DivisionAlias, DivisionKind

VILLAGE, COMMUNITY, MERGED = "520303105202", "520303105002", "520303003011"
CONVERTED = DivisionAlias(old=VILLAGE, new=COMMUNITY, since=date(2009, 12, 1))
MOVED = DivisionAlias(old=COMMUNITY, new=MERGED, since=date(2015, 7, 1))
NEIGHBOUR = DivisionAlias(old="520303105203", new=COMMUNITY, since=date(2009, 12, 1))


def codes(code):
    return [fault.code for fault in division.check(code)]


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("520000000000", DivisionKind.PROVINCE),
        ("520300000000", DivisionKind.PREFECTURE),
        ("520303000000", DivisionKind.COUNTY),
        ("520303003000", DivisionKind.SUBDISTRICT),
        ("520303105000", DivisionKind.TOWN),
        ("520303200000", DivisionKind.TOWNSHIP),
        ("520303400000", DivisionKind.TOWN_LIKE),
        ("520303003010", DivisionKind.COMMUNITY),
        ("520303105202", DivisionKind.VILLAGE),
        ("520303105498", DivisionKind.COMMUNITY_LIKE),
        ("520303105598", DivisionKind.VILLAGE_LIKE),
    ],
)
def test_a_code_says_what_it_stands_for(code, kind):
    assert codes(code) == []
    assert division.kind(code) is kind
    assert division.KIND_TITLES[kind]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("", ["division.length"]),
        ("520303", ["division.length"]),
        ("5203031052020", ["division.length"]),
        ("52030310520Ｘ", ["division.length"]),
        ("990303105202", ["division.province"]),
        ("520399105202", ["division.county"]),
        ("520303000202", ["division.level"]),
        ("520303700202", ["division.town"]),
        ("520303105700", ["division.committee"]),
        ("990303700700", ["division.province", "division.town", "division.committee"]),
    ],
)
def test_every_fault_of_a_code_is_reported(code, expected):
    assert codes(code) == expected


def test_a_county_missing_from_the_list_stops_nobody():
    (fault,) = division.check("520399105202")

    assert not fault.is_error


@pytest.mark.parametrize("code", ["520303", "520303105700", "520303700000"])
def test_a_code_of_no_level_has_no_kind(code):
    with pytest.raises(NumberInvalid):
        division.kind(code)


def test_a_code_names_the_places_it_lies_in():
    parts = division.parts(VILLAGE)

    assert (parts.province, parts.prefecture, parts.county) == ("52", "5203", "520303")
    assert (parts.town, parts.committee) == ("520303105", "202")


@pytest.mark.parametrize(
    ("code", "day", "current"),
    [
        (VILLAGE, date(2009, 11, 30), VILLAGE),
        (VILLAGE, date(2009, 12, 1), COMMUNITY),
        (VILLAGE, date(2015, 6, 30), COMMUNITY),
        (VILLAGE, date(2015, 7, 1), MERGED),
        (COMMUNITY, date(2015, 7, 1), MERGED),
        (MERGED, date(2020, 1, 1), MERGED),
        ("520303105299", date(2020, 1, 1), "520303105299"),
    ],
)
def test_an_old_code_leads_to_the_one_in_use_on_a_day(code, day, current):
    assert division.current_code(code, [MOVED, CONVERTED], day) == current


def test_the_changes_of_a_code_are_told_in_order():
    assert division.alias_chain(VILLAGE, [MOVED, NEIGHBOUR, CONVERTED]) == (CONVERTED, MOVED)
    assert division.alias_chain(MERGED, [MOVED, CONVERTED]) == ()


def test_a_village_and_the_community_it_became_are_one_place():
    aliases = [CONVERTED, MOVED, NEIGHBOUR]

    assert division.same_place(VILLAGE, VILLAGE, [])
    assert division.same_place(VILLAGE, MERGED, aliases)
    assert division.same_place(MERGED, VILLAGE, aliases)
    assert not division.same_place(VILLAGE, COMMUNITY, [])


def test_two_villages_of_one_community_are_not_each_other():
    aliases = [CONVERTED, NEIGHBOUR]

    assert division.same_place(NEIGHBOUR.old, COMMUNITY, aliases)
    assert not division.same_place(VILLAGE, NEIGHBOUR.old, aliases)


def test_a_code_taken_back_does_not_go_round_for_ever():
    back = DivisionAlias(old=COMMUNITY, new=VILLAGE, since=date(2012, 1, 1))

    assert division.alias_chain(VILLAGE, [CONVERTED, back]) == (CONVERTED, back)
    assert division.current_code(VILLAGE, [CONVERTED, back], date(2013, 1, 1)) == VILLAGE


def test_a_village_split_in_two_needs_a_person_to_say_which():
    other = DivisionAlias(old=VILLAGE, new=MERGED, since=CONVERTED.since)

    with pytest.raises(WrongUse, match="两个接续代码"):
        division.current_code(VILLAGE, [CONVERTED, other], date(2010, 1, 1))


def test_the_same_change_recorded_twice_is_no_split():
    assert division.alias_chain(VILLAGE, [CONVERTED, CONVERTED]) == (CONVERTED,)
