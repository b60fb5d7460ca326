"""Fractions are compared in whole numbers, and every name a rule uses has its shape."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversion.domain.household import HukouKind
from conversion.policy.deadline import Deadline
from conversion.policy.decision import ParameterUse, Reference
from conversion.policy.parameter_shape import (
    Body,
    HolderCap,
    HukouWording,
    NoticeKind,
    Period,
    QuorumRule,
    Threshold,
    shape_of,
    shaped,
)

PORTIONS = st.tuples(st.integers(0, 40), st.integers(1, 40)).filter(lambda p: p[0] <= p[1])


@pytest.mark.parametrize(
    ("portion", "more_than", "whole", "least", "words"),
    [
        ((2, 3), False, 100, 67, "不少于3分之2"),
        ((2, 3), False, 99, 66, "不少于3分之2"),
        ((2, 3), True, 99, 67, "超过3分之2"),
        ((1, 2), True, 8, 5, "超过2分之1"),
        ((1, 2), True, 7, 4, "超过2分之1"),
        ((1, 2), False, 7, 4, "不少于2分之1"),
        ((0, 1), False, 5, 0, "不少于1分之0"),
        ((1, 1), False, 5, 5, "不少于1分之1"),
    ],
)
def test_the_least_that_reaches_a_part(portion, more_than, whole, least, words):
    threshold = Threshold(portion=portion, more_than=more_than)

    assert threshold.least(whole) == least
    assert threshold.is_met(least, whole)
    assert not threshold.is_met(least - 1, whole)
    assert str(threshold) == words


@given(PORTIONS, st.booleans(), st.integers(0, 1000), st.integers(0, 1000))
def test_a_part_is_reached_as_fractions_say(portion, more_than, count, whole):
    threshold = Threshold(portion=portion, more_than=more_than)
    part = Fraction(*portion) * whole

    assert threshold.is_met(count, whole) == (count > part if more_than else count >= part)
    assert threshold.is_met(count, whole) == (count >= threshold.least(whole))


@given(PORTIONS, st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_holder_may_have_the_part_and_no_unit_more(portion, held, whole):
    cap = HolderCap(portion=portion, applies_to=("transfer",))

    assert cap.allows(held, whole) == (held <= Fraction(*portion) * whole)


def test_a_cap_in_words():
    assert str(HolderCap(portion=(3, 100), applies_to=("gift",))) == "100分之3"


def test_the_register_names_each_kind_as_the_pack_says():
    words = HukouWording(agricultural="甲", non_agricultural="乙", resident="丙", after="丁")

    assert [words.of(kind) for kind in HukouKind] == ["甲", "乙", "丙"]


def test_each_notice_body_and_deadline_has_its_name():
    assert [kind.label for kind in NoticeKind] == [
        "方案公示", "入户核实结果公示", "成员名单公示", "股权公示", "土地权属公示", "证书遗失公告",
    ]  # fmt: skip
    assert [body.label for body in Body] == ["村民会议", "户代表会议", "村民代表会议", "成员大会"]
    assert [deadline.label for deadline in Deadline] == [
        "村级初审", "补正后重新提交", "张榜公示", "公示期满取证", "镇（街道）审核", "部门会签",
        "区级审批", "答复异议", "派出所初审", "公安机关审批", "登记户口", "换发簿证", "确认土地权属",
        "不动产登记", "发放证书", "部门受理权益事项", "部门落实权益事项", "办结后移交归档",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "name",
    [
        *(f"notice.{kind}" for kind in NoticeKind),
        *(f"deadline.{deadline}" for deadline in Deadline),
        *(f"quorum.{body}.resolve" for body in Body),
        *(f"barred.{body}.confirm_roll" for body in Body),
        "remedies", "hukou.regime", "hukou.wording", "hukou.exceptions", "ledger.permitted",
        "ledger.holder_cap", "dividend.reserve_min", "deadline.reminder_days",
        "benefits.reminder_days",
    ],
)  # fmt: skip
def test_every_name_that_a_rule_uses_has_its_shape(name):
    assert shape_of(name) is not None


@pytest.mark.parametrize(
    "name",
    ["", "notice", "notice.plans", "xnotice.plan", "quorum.elders.resolve", "quorum.villagers_meeting.resolved", "deadline.never",
     "remedies.more", "noticeXplan"],
)  # fmt: skip
def test_no_other_name_has_one(name):
    assert shape_of(name) is None


def test_the_roll_alone_hangs_in_rounds():
    roll, plan = shape_of("notice.members"), shape_of("notice.plan")
    assert roll is not None
    assert plan is not None

    assert roll.validate_json('{"days": 7, "rounds": 9}')
    for text in ('{"days": 7, "rounds": 10}', '{"days": 7, "rounds": 0}'):
        with pytest.raises(ValueError, match="rounds"):
            roll.validate_json(text)
    with pytest.raises(ValueError, match="rounds"):
        plan.validate_json('{"days": 7, "rounds": 1}')


@pytest.mark.parametrize(("days", "fits"), [(0, False), (1, True), (3660, True), (3661, False)])
def test_a_period_has_between_one_day_and_ten_years(days, fits):
    shape = shape_of("deadline.review")
    assert shape is not None

    if fits:
        assert shape.validate_json(f'{{"days": {days}}}') == Period(days=days)
    else:
        with pytest.raises(ValueError, match="days"):
            shape.validate_json(f'{{"days": {days}}}')


@pytest.mark.parametrize(
    ("portion", "fits"),
    [
        ([0, 1], True),
        ([1, 1], True),
        ([2, 1], False),
        ([-1, 2], False),
        ([0, 0], False),
        ([1, -2], False),
    ],
)
def test_a_portion_lies_between_nothing_and_the_whole(portion, fits):
    shape = shape_of("dividend.reserve_min")
    assert shape is not None

    if fits:
        assert shape.validate_json(str(portion)) == tuple(portion)
    else:
        with pytest.raises(ValueError, match="比例写成"):
            shape.validate_json(str(portion))


def test_a_value_that_was_sealed_reads_as_its_shape():
    value: Any = {"present_min": {"portion": [2, 3]}, "pass_min": {"portion": [1, 2], "more_than": True},
             "base": "present", "notice_days": 10}  # fmt: skip
    use = ParameterUse(
        name="quorum.villagers_meeting.resolve", title="甲", value=value, since=date(2009, 1, 1),
        reference=Reference(title="乙"),
    )  # fmt: skip

    assert shaped(use, QuorumRule) == QuorumRule(
        present_min=Threshold(portion=(2, 3)),
        pass_min=Threshold(portion=(1, 2), more_than=True),
        base="present",
        notice_days=10,
    )
