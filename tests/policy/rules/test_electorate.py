"""Who is on a meeting's roll, by the body that meets and the day of its notice."""

from datetime import date

import pytest

from conversion.domain.right import Membership, MembershipStanding
from conversion.policy.rules.electorate import electorate, is_capable, proxy_holders
from tests.builders import a_case, a_member

DAY = date(2009, 12, 1)
GROWN, EIGHTEEN, CHILD = date(1970, 1, 1), date(1991, 12, 1), date(1991, 12, 2)
HERE = "520303105202-0012"


def a_village_case(*born, head="01", number=HERE, memberships=None):
    people = [
        a_member(f"{n:02}", relation="02" if f"{n:02}" == head else "20", birth_date=day)
        for n, day in enumerate(born, 1)
    ]
    return a_case(members=people, number=number, memberships=memberships or {})


def roll(body, *cases, representatives=()):
    found = electorate("M01", body, cases, DAY, representatives)
    assert all(voter.meeting == "M01" for voter in found)
    return [voter.person for voter in found]


def test_eighteen_on_the_day_is_of_age():
    case = a_village_case(GROWN, EIGHTEEN, CHILD)

    assert is_capable(case.members["02"], DAY)
    assert not is_capable(case.members["03"], DAY)
    assert roll("villagers_meeting", case) == ["0012/01", "0012/02"]


def test_members_meet_only_as_far_as_their_membership_is_proposed_or_confirmed():
    standings = dict(
        zip(("01", "02", "03", "04", "05", "06", "07"), MembershipStanding, strict=True)
    )
    rows = {s: Membership(member=s, standing=standing) for s, standing in standings.items()}
    case = a_village_case(*[GROWN] * 8, memberships=rows)

    assert roll("members_meeting", case) == ["0012/01", "0012/04"]
    assert [standings[s].value for s in ("01", "04")] == ["proposed", "confirmed"]


def test_a_member_under_age_has_no_vote():
    row = Membership(member="02", standing=MembershipStanding.CONFIRMED)

    assert roll("members_meeting", a_village_case(GROWN, CHILD, memberships={"02": row})) == []


def test_a_household_meets_by_its_head_or_by_whoever_is_of_age():
    by_head = a_village_case(GROWN, GROWN, head="02")
    head_is_a_child = a_village_case(CHILD, GROWN, EIGHTEEN)

    assert roll("household_meeting", by_head) == ["0012/02"]
    assert roll("household_meeting", head_is_a_child) == ["0012/02"]
    assert roll("household_meeting", a_village_case(CHILD)) == []


def test_representatives_are_those_who_are_named_and_of_age():
    case = a_village_case(GROWN, GROWN, CHILD)
    named = ("0012/02", "0012/03", "0009/01")

    assert roll("representatives_meeting", case, representatives=named) == ["0012/02"]


def test_a_person_is_on_a_roll_once():
    twice = a_village_case(GROWN), a_village_case(GROWN, number="520303105202-0099")

    assert roll("villagers_meeting", *twice) == ["0012/01"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("villagers_meeting", {"0012/01"}),
        ("members_meeting", {"0012/01"}),
        ("household_meeting", {"0012/01", "0012/02"}),
        ("representatives_meeting", {"0012/01", "0012/02"}),
    ],
)
def test_proxies_come_from_the_roll_or_from_all_of_age_in_a_household(body, expected):
    case = a_village_case(GROWN, EIGHTEEN, CHILD)
    (first, *_) = electorate("M01", "villagers_meeting", [case], DAY)

    assert proxy_holders(body, [first], [case], DAY) == expected
