"""A vote is carried exactly when the pack's portions are reached, counted in whole numbers."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversion.domain.programme import Vote
from conversion.policy.parameter_shape import Threshold
from conversion.policy.rules.quorum import meets_quorum

HELD = date(2009, 11, 20)


def a_vote(**change):
    facts = {
        "serial": "V01",
        "matter": "adopt_share_plan",
        "body": "members_meeting",
        "held_on": HELD,
        "noticed_on": date(2009, 11, 10),
        "eligible": 300,
        "present": 200,
        "in_favour": 200,
        "against": 0,
        "abstained": 0,
    }
    return Vote.model_validate(facts | change)


def test_exactly_two_thirds_present_and_in_favour_carries(huichuan):
    decision = meets_quorum(a_vote(), huichuan.on(HELD))

    assert decision.granted
    assert len(decision.reasons) == 4
    assert decision.parameters[0].name == "quorum.members_meeting.adopt_share_plan"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"present": 199, "in_favour": 199}, "到会须不少于3分之2，没有达到"),
        ({"in_favour": 199, "abstained": 1}, "同意须不少于3分之2（以应到300计），没有达到"),
        ({"noticed_on": date(2009, 11, 11)}, "会前9天通知"),
        ({"in_favour": 200, "against": 1}, "应当重新计票"),
        ({"present": 301, "in_favour": 301}, "应当核对签到册"),
        ({"proxies": 201}, "应当核对签到册"),
        ({"body": "village_committee"}, "village_committee不能表决这一事项"),
        ({"matter": "sell_land"}, "政策包没有规定该事项的表决办法"),
    ],
)
def test_one_short_of_anything_does_not_carry(huichuan, change, words):
    decision = meets_quorum(a_vote(**change), huichuan.on(HELD))

    assert not decision.granted
    assert any(words in reason for reason in decision.reasons)


def test_a_body_that_may_not_decide_is_told_who_may(huichuan):
    vote = a_vote(matter="resolve", body="representatives_meeting")

    decision = meets_quorum(vote, huichuan.on(HELD))

    assert decision.reasons == ("村民代表会议不能表决这一事项，应当由村民会议、户代表会议表决。",)
    assert str(decision.references[0]) == "《中华人民共和国村民委员会组织法》第八条、第十七条"


@given(st.integers(0, 2000), st.integers(1, 2000), st.integers(0, 7), st.integers(7, 9))
@settings(deadline=None)
def test_thresholds_are_exact(count, whole, above, below):
    part = Fraction(above, below) * whole

    assert Threshold(portion=(above, below)).is_met(count, whole) == (count >= part)
    more = Threshold(portion=(above, below), more_than=True)
    assert more.is_met(count, whole) == (count > part)
