"""Membership: only an established finding speaks against, never marriage, study or service."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversion.domain.household import Household, HukouKind, Member
from conversion.domain.right import MembershipStanding
from conversion.errors import WrongUse
from conversion.policy.facts import HouseholdFacts
from conversion.policy.rules.membership import propose_membership

DAY = date(2009, 12, 1)
EXCLUDING = (
    "hung_registration", "member_elsewhere", "civil_servant",
    "deceased_before_base_date", "born_after_base_date",
)  # fmt: skip


def propose(pack, member, *findings):
    facts = HouseholdFacts(
        day=DAY, household=Household(number="1"), members={"01": member}, base_date=DAY
    )
    return propose_membership(member, facts, pack.on(DAY), findings=findings)


def a_member(**change):
    facts = {"serial": "01", "name": "甲", "relation": "02", "sex": "2"}
    return Member(**(facts | {"birth_date": date(1980, 1, 1)} | change))


@given(
    st.sampled_from(["", *"1234567"]),
    st.sampled_from(["", "10", "20", "21", "22", "30", "40"]),
    st.sampled_from("12"),
    st.sampled_from(HukouKind),
)
@settings(deadline=None)
def test_no_remark_marriage_sex_or_registration_speaks_against(huichuan, flag, marital, sex, kind):
    member = a_member(flag=flag, marital_status=marital, sex=sex, hukou_kind=kind)

    assert propose(huichuan, member).granted


@pytest.mark.parametrize("finding", EXCLUDING)
def test_each_finding_is_the_only_ground_given(huichuan, finding):
    decision = propose(huichuan, a_member(), finding)

    assert not decision.granted
    assert decision.rows[0].standing is MembershipStanding.NOT_PROPOSED
    assert decision.rows[0].grounds == (finding,)
    assert decision.facts["findings"] == [finding]


def test_a_restricted_remark_leaves_no_trace(huichuan):
    plain, restricted = propose(huichuan, a_member()), propose(huichuan, a_member(flag="5"))

    assert restricted == plain


def test_an_unknown_finding_is_refused(huichuan):
    with pytest.raises(WrongUse, match="没有调查结论“married_out”"):
        propose(huichuan, a_member(), "married_out")
