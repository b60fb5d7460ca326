"""A condition holds exactly for whom it says."""

from datetime import date

import pytest

from conversion.domain.household import DrawnBenefit, Household, HukouKind, Member, Trait
from conversion.domain.parcel import Parcel, ParcelKind
from conversion.domain.right import Membership, MembershipStanding, ShareLot
from conversion.policy.condition import Condition, drawn_by
from conversion.policy.facts import HouseholdFacts

DAY = date(2009, 12, 1)
HEAD = Member(
    serial="01", name="甲", relation="02", sex="2", birth_date=date(1949, 12, 1),
    flag="1", traits=(Trait.MINIMUM_LIVING,),
)  # fmt: skip
SON = Member(serial="02", name="乙", relation="20", sex="1", birth_date=date(1993, 12, 2))


def household(shares=None):
    return HouseholdFacts(
        day=DAY,
        household=Household(number="1"),
        members={"01": HEAD, "02": SON},
        drawn={
            "01": DrawnBenefit(serial="01", item="农村低保金"),
            "02": DrawnBenefit(serial="02", member="02", item="助学金"),
        },
        parcels={"P01": Parcel(serial="P01", kind=ParcelKind.HOMESTEAD)},
        memberships={"01": Membership(member="01", standing=MembershipStanding.PROPOSED)},
        shares=shares or {},
    )


@pytest.mark.parametrize(
    ("asked", "head", "son"),
    [
        ({}, True, True),
        ({"age_at_least": 60}, True, False),
        ({"age_at_least": 61}, False, False),
        ({"age_below": 60}, False, True),
        ({"age_below": 61}, True, True),
        ({"age_at_least": 16}, True, False),
        ({"age_at_least": 15, "age_below": 16}, False, True),
        ({"sex": "2"}, True, False),
        ({"relation": ("20", "30")}, False, True),
        ({"flag": ("1", "2")}, True, False),
        ({"traits_any": (Trait.MINIMUM_LIVING, Trait.DISABLED)}, True, False),
        ({"hukou_kind": (HukouKind.AGRICULTURAL,)}, True, True),
        ({"hukou_kind": (HukouKind.RESIDENT,)}, False, False),
        ({"has_land": (ParcelKind.CONTRACTED, ParcelKind.HOMESTEAD)}, True, True),
        ({"has_land": (ParcelKind.CONTRACTED,)}, False, False),
        ({"membership": MembershipStanding.PROPOSED}, True, False),
        ({"has_shares": True}, False, False),
        ({"has_shares": False}, True, True),
        ({"draws": True}, True, False),
        ({"draws": False}, False, True),
        ({"sex": "2", "age_below": 60}, False, False),
    ],
)
def test_for_whom_a_condition_holds(asked, head, son):
    condition = Condition(**asked)

    assert condition.holds(HEAD, household(), ("低保",)) is head
    assert condition.holds(SON, household(), ("低保",)) is son


def test_shares_are_the_households():
    facts = household({"02/p": ShareLot(member="02", share_class="p", units=1)})

    assert Condition(has_shares=True).holds(HEAD, facts, ())


def test_what_the_household_draws_stands_with_its_head():
    facts = household()

    assert list(drawn_by(HEAD, facts, ("低保", "助学"))) == ["01"]
    assert list(drawn_by(SON, facts, ("低保", "助学"))) == ["02"]
