"""A vote is carried exactly when the pack's portions are reached, counted in whole numbers."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversion.domain.meeting import Meeting
from conversion.domain.programme import Vote
from conversion.policy.parameter_shape import Threshold
from conversion.policy.rules.quorum import fails_quorum, may_be_called, meets_quorum
from tests.policy.formula import numbers, words

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


def test_each_test_of_a_vote_says_what_was_compared_with_what(huichuan):
    vote = a_vote(present=201, proxies=3, in_favour=199, against=1, abstained=1)

    count, notice, present, carried = meets_quorum(vote, huichuan.on(HELD)).lines

    assert (count.key, count.title, count.result) == ("adopt_share_plan/count", "计票", "符合")
    assert count.because == ("收回表决票201张，没有超过实到人数。",)
    assert [(f.title, f.value) for f in count.facts] == [
        ("应到", 300),
        ("实到", 201),
        ("其中委托", 3),
        ("同意", 199),
        ("反对", 1),
        ("弃权", 1),
        ("废票", 0),
    ]
    assert (notice.title, notice.result) == ("会前通知", "符合")
    assert words(notice) == "通知次日起到开会之日的天数与规定的天数相比"
    assert numbers(notice) == "10天 ≥ 10天"
    assert (notice.facts[0].title, notice.facts[0].value) == ("会前通知的天数", 10)
    assert (present.title, present.result) == ("到会人数", "符合")
    assert words(present) == "实到与应到的法定部分（不少于3分之2）相比"
    assert numbers(present) == "300人不少于3分之2，至少200；201 ≥ 200"
    assert [f.value for f in present.facts] == [300, 201, 3]
    assert (carried.title, carried.result) == ("同意票数", "不符合")
    assert words(carried) == "同意与应到的法定部分（不少于3分之2）相比"
    assert numbers(carried) == "300人不少于3分之2，至少200；199 ＜ 200"
    assert [f.value for f in carried.facts] == [199, 1, 1, 0]
    assert carried.parameters == ("quorum.members_meeting.adopt_share_plan",)
    assert carried.illustrative


def test_of_those_present_is_counted_where_the_rule_says_so(huichuan):
    vote = a_vote(
        matter="resolve", body="villagers_meeting", present=201, in_favour=100, against=101
    )

    *_, carried = meets_quorum(vote, huichuan.on(HELD)).lines

    assert words(carried) == "同意与实到的法定部分（超过2分之1）相比"
    assert numbers(carried) == "201人超过2分之1，至少101；100 ＜ 101"
    assert carried.because == (
        "同意100、反对101、弃权0、废票0，同意须超过2分之1（以实到201计），没有达到。",
    )


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"in_favour": 201}, "票数合计201超过实到200，应当重新计票。"),
        ({"present": 301}, "实到超过应到，或者委托超过实到，应当核对签到册。"),
        ({"proxies": 201}, "实到超过应到，或者委托超过实到，应当核对签到册。"),
        ({"in_favour": 190}, "收回表决票190张，没有超过实到人数，10票没有收回，不计入同意。"),
    ],
)
def test_ballots_are_held_against_those_present(huichuan, change, told):
    count = meets_quorum(a_vote(**change), huichuan.on(HELD)).lines[0]

    assert count.because == (told,)


def test_everybody_present_may_be_there_by_proxy(huichuan):
    assert meets_quorum(a_vote(present=300, proxies=300), huichuan.on(HELD)).granted


def test_a_body_that_may_not_decide_is_told_which_may(huichuan):
    nobody = meets_quorum(a_vote(matter="dissolve"), huichuan.on(HELD))
    (line,) = meets_quorum(a_vote(body="household_meeting"), huichuan.on(HELD)).lines

    assert nobody.reasons == ("成员大会不能表决这一事项，政策包没有规定该事项的表决办法。",)
    assert nobody.references == ()
    assert (line.key, line.title, line.result) == ("adopt_share_plan/body", "表决机构", "不符合")
    assert line.because == (
        "户代表会议不能表决这一事项，应当由村民会议、村民代表会议、成员大会表决。",
    )


def test_a_body_of_no_name_is_told_by_its_id(huichuan):
    told = meets_quorum(a_vote(body="elders"), huichuan.on(HELD)).reasons

    assert told == ("elders不能表决这一事项，应当由村民会议、村民代表会议、成员大会表决。",)


def test_a_vote_is_on_record_as_failed_only_if_it_failed(huichuan):
    rules = huichuan.on(HELD)

    failed = fails_quorum(a_vote(in_favour=199, against=1), rules)
    carried = fails_quorum(a_vote(), rules)
    miscounted = fails_quorum(a_vote(in_favour=201), rules)

    assert (failed.granted, len(failed.lines)) == (True, 4)
    assert (carried.granted, carried.reasons[-1]) == (
        False, "表决已达到规定的比例，应当登记为通过。",
    )  # fmt: skip
    assert len(carried.reasons) == 5
    assert not miscounted.granted
    assert miscounted.reasons == ("票数合计201超过实到200，应当重新计票。",)
    assert [line.title for line in miscounted.lines] == ["计票"]


def a_meeting(*matters, **change):
    facts = {
        "serial": "M01", "body": "villagers_meeting", "matters": matters, "eligible": 1,
        "noticed_on": date(2009, 11, 10), "planned_on": HELD, "eligible_sha256": "0" * 64,
    }  # fmt: skip
    return Meeting.model_validate(facts | change)


def test_a_meeting_is_called_in_time_for_each_of_its_matters(huichuan):
    called = may_be_called(a_meeting("resolve", "confirm_roll"), huichuan.on(HELD))
    late = may_be_called(a_meeting("resolve", planned_on=date(2009, 11, 19)), huichuan.on(HELD))

    assert called.granted
    assert called.reasons == ("会前10天通知（通知当日不计），符合提前10天通知的要求。",)
    assert [line.key for line in called.lines] == ["resolve/notice", "confirm_roll/notice"]
    assert [use.name for use in called.parameters] == [
        "quorum.villagers_meeting.resolve", "quorum.villagers_meeting.confirm_roll",
    ]  # fmt: skip
    assert called.facts == {
        "body": "villagers_meeting",
        "matters": ["resolve", "confirm_roll"],
        "noticed_on": "2009-11-10",
    }
    assert not late.granted
    assert late.reasons == ("会前9天通知（通知当日不计），不符合提前10天通知的要求。",)


def test_a_meeting_is_not_called_to_what_its_body_may_not_decide(huichuan):
    both = a_meeting("resolve", "adopt_share_plan", body="household_meeting")

    decision = may_be_called(both, huichuan.on(HELD))

    assert not decision.granted
    assert [line.result for line in decision.lines] == ["符合", "不符合"]


def test_a_body_that_may_decide_no_more_hears_since_when(cn_2025):
    day = date(2025, 6, 2)
    vote = a_vote(body="villagers_meeting", held_on=day, noticed_on=date(2025, 5, 20))

    decision = meets_quorum(vote, cn_2025.on(day))

    assert decision.reasons == (
        "自2025年5月1日起，折股量化方案由成员大会审议决定，村民会议不能代替，应当由成员大会表决。",
    )
    assert [use.name for use in decision.parameters] == [
        "barred.villagers_meeting.adopt_share_plan", "quorum.members_meeting.adopt_share_plan",
    ]  # fmt: skip
