"""A village's shares on trial: the same units as the plan itself would allot."""

from dataclasses import replace
from datetime import date

import pytest

from conversion.domain.right import Membership, MembershipStanding, ReservedLot, ShareLot
from conversion.policy.village_shares import VillageShares
from tests.policy.family import DAY, a_family

BASE = date(2009, 11, 30)


@pytest.fixture
def village(huichuan):
    pack = huichuan.on(DAY)
    return VillageShares(pack=pack, plan=pack.share_plan())


def household(roll, day=BASE):
    return replace(a_family(), day=day, memberships=roll)


def rows(**standings):
    return {
        serial.removeprefix("m"): Membership(
            member=serial.removeprefix("m"), standing=MembershipStanding(standing)
        )
        for serial, standing in standings.items()
    }


def test_members_get_units_and_people_in_dispute_have_theirs_reserved(village):
    roll = rows(m01="confirmed", m02="disputed", m03="not_confirmed")
    village.add("村-0001", household(roll))
    village.add("村-0002", household(rows(m01="confirmed", m04="ended")))

    lots = village.lots()

    assert lots == {
        "村-0001": [
            ShareLot(member="01", share_class="population", units=33_334),
            ShareLot(member="01", share_class="farming", units=0),
            ReservedLot(member="02", share_class="population", units=33_333),
            ReservedLot(member="02", share_class="farming", units=0),
        ],
        "村-0002": [
            ShareLot(member="01", share_class="population", units=33_333),
            ShareLot(member="01", share_class="farming", units=0),
        ],
    }
    assert isinstance(lots["村-0001"][2], ReservedLot)


def test_a_village_in_which_nobody_weighs_anything_allots_nothing(village):
    assert village.lots() == {}

    village.add("村-0001", household(rows(m01="not_confirmed")))
    assert village.lots() == {}


def test_whoever_was_born_after_the_base_date_weighs_nothing(village):
    village.add("村-0001", household(rows(m01="confirmed"), day=date(1930, 1, 1)))

    assert village.lots() == {}
