"""What the law demands at least, no pack can give up."""

from datetime import date

import pytest

from conversion.domain.right import Disposition
from conversion.policy.checks.lawful_check import (
    LAWFUL_CHECKS,
    check_ends,
    check_marriage,
    check_medical,
    check_quorums,
    check_reserved_matters,
)
from conversion.policy.condition import Condition
from conversion.policy.loading import load_packs
from conversion.policy.location import packs_folder
from conversion.policy.span import Until
from tests.policy.drafting import told, with_head, with_row, with_value

BEFORE, SINCE = date(2010, 10, 27), date(2010, 10, 28)
HALF, MORE = {"portion": [1, 2]}, {"portion": [1, 2], "more_than": True}
TWO_THIRDS = {"portion": [2, 3]}
VILLAGERS = "村民委员会组织法第二十一条、第二十二条："
MEMBERS = "农村集体经济组织法第二十七条："


def quorum(**fields):
    return {
        "present_min": MORE,
        "pass_min": MORE,
        "base": "present",
        "notice_days": 10,
    } | fields


def strict(**fields):
    return quorum(present_min=TWO_THIRDS, pass_min=TWO_THIRDS, base="all") | fields


def open_ended(draft):
    return with_head(draft, until=None, successor=None)


@pytest.mark.whole
def test_the_packs_that_come_with_the_program_are_lawful(draft):
    assert load_packs(packs_folder())
    assert [fault for check in LAWFUL_CHECKS for fault in check(draft)] == []


CASES = [
    ("villagers_meeting", quorum(), ""),
    ("villagers_meeting", quorum(notice_days=11), ""),
    ("villagers_meeting", quorum(notice_days=9), VILLAGERS + "应当提前10天通知，例如 notice_days: 10"),
    (
        "villagers_meeting",
        quorum(present_min=HALF),
        VILLAGERS + "到会的超过2分之1，例如 present_min: {portion: [1, 2], more_than: true}",
    ),
    ("villagers_meeting", quorum(present_min={"portion": [3, 5]}), ""),
    (
        "villagers_meeting",
        quorum(pass_min={"portion": [49, 100], "more_than": True}),
        VILLAGERS + "同意的超过2分之1，例如 pass_min: {portion: [1, 2], more_than: true}",
    ),
    ("villagers_meeting", quorum(base="all"), ""),
    ("household_meeting", quorum(present_min=TWO_THIRDS), ""),
    (
        "household_meeting",
        quorum(present_min={"portion": [665, 1000]}),
        VILLAGERS + "到会的不少于3分之2，例如 present_min: {portion: [2, 3]}",
    ),
    ("representatives_meeting", quorum(present_min=HALF, notice_days=1), ""),
]  # fmt: skip


@pytest.mark.parametrize(("body", "rule", "sentence"), CASES)
def test_a_villagers_vote_is_no_easier_than_the_law_of_2010_has_it(draft, body, rule, sentence):
    name = f"quorum.{body}.resolve"

    faults = told(check_quorums(with_value(draft, name, {SINCE: rule})))

    key = f"parameters.{name}.values.2010-10-28"
    assert faults == ([("parameters.yaml", key, sentence)] if sentence else [])


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (strict(), ""),
        (strict(notice_days=9), "应当提前10天通知，例如 notice_days: 10"),
        (strict(present_min=MORE), "到会的不少于3分之2，例如 present_min: {portion: [2, 3]}"),
        (
            strict(pass_min={"portion": [3, 5]}),
            "同意的不少于3分之2，例如 pass_min: {portion: [2, 3]}",
        ),
        (strict(base="present"), "以全体应到人员计算，例如 base: all"),
        (strict(pass_min={"portion": [4, 5]}), ""),
    ],
)
def test_since_may_2025_two_thirds_of_all_members_decide(draft, rule, sentence):
    name = "quorum.members_meeting.confirm_roll"
    first, last = date(2025, 4, 30), date(2025, 5, 1)
    found = with_value(open_ended(draft), name, {first: quorum(base="present"), last: rule})

    faults = told(check_quorums(found))

    key = f"parameters.{name}.values.2025-05-01"
    assert faults == ([("parameters.yaml", key, MEMBERS + sentence)] if sentence else [])


def test_a_rule_for_days_before_the_law_is_nobodys_fault(draft):
    easy = quorum(present_min=HALF)
    name = "quorum.villagers_meeting.resolve"

    assert told(check_quorums(with_value(draft, name, {BEFORE: easy, SINCE: quorum()}))) == []
    late = with_value(draft, name, {BEFORE: easy, date(2010, 10, 29): quorum()})
    assert [key for _, key, _ in told(check_quorums(late))] == [
        f"parameters.{name}.values.2010-10-27"
    ]


def test_a_pack_that_ended_before_the_law_may_be_easier(draft):
    name, easy = "quorum.members_meeting.confirm_roll", {date(2009, 1, 1): quorum()}

    ended = with_head(draft, until=date(2025, 4, 30))
    assert told(check_quorums(with_value(ended, name, easy))) == []
    going_on = with_head(draft, until=date(2025, 5, 1))
    assert len(told(check_quorums(with_value(going_on, name, easy)))) == 1
    later = {date(2009, 1, 1): strict(), date(2025, 5, 2): quorum()}
    assert told(check_quorums(with_value(going_on, name, later))) == []


@pytest.mark.parametrize("matter", ["confirm_roll", "adopt_share_plan"])
@pytest.mark.parametrize("body", ["villagers_meeting", "representatives_meeting"])
def test_what_the_members_decide_no_other_meeting_decides_since_may_2025(draft, body, matter):
    name, bar = f"quorum.{body}.{matter}", f"barred.{body}.{matter}"
    going_on = open_ended(with_value(draft, name, {date(2009, 1, 1): strict()}))

    late = with_value(going_on, bar, {date(2025, 5, 2): "不再表决"})
    barred = with_value(going_on, bar, {date(2025, 5, 1): "不再表决"})

    sentence = (
        "2025年5月1日起应当由成员大会决定，其他会议不能代替，"
        f"例如写 {bar}: {{values: {{2025-05-01: …}}}}"
    )
    key = f"parameters.{name}"
    assert ("parameters.yaml", key, sentence) in told(check_reserved_matters(late))
    assert f"parameters.{name}" not in [key for _, key, _ in told(check_reserved_matters(barred))]


def test_before_may_2025_others_may_decide_and_what_is_not_reserved_they_may_always(draft):
    ended = with_head(draft, until=date(2025, 4, 30))
    assert told(check_reserved_matters(ended)) == []
    kept = {"resolve", "members_meeting"}
    keys = [key for _, key, _ in told(check_reserved_matters(open_ended(draft)))]
    assert not [key for key in keys if kept & set(key.split("."))]


@pytest.mark.parametrize("code", ["10", "11", "12", "28", "38"])
def test_no_relation_that_a_marriage_makes_is_a_condition(draft, code):
    asked = (Condition(age_at_least=60), Condition(relation=("20", code)))

    sentence = (
        "婚姻不得作为享受或者停止待遇的条件（妇女权益保障法），"
        "例如删除 relation，或者按户写 scope: household"
    )
    assert told(check_marriage(with_row(draft, "aged_allowance", when=asked))) == [
        ("benefits.yaml", "benefits[17].when[1].relation", sentence)
    ]


def test_being_a_child_or_the_head_may_be_a_condition(draft):
    asked = (Condition(relation=("02", "20", "30")),)

    assert told(check_marriage(with_row(draft, "home_care", when=asked))) == []


@pytest.mark.parametrize("event", ["本人结婚", "离婚", "丧偶一年", "女儿出嫁", "再婚", "已婚的"])
def test_no_right_ends_by_a_marriage_or_its_end(draft, event):
    found = with_row(draft, "aged_allowance", until=Until(event=event))

    assert told(check_marriage(found)) == [
        (
            "benefits.yaml",
            "benefits[17].until.event",
            "婚姻不得作为享受或者停止待遇的条件（妇女权益保障法），例如写 until: {life: true}",
        )
    ]


def test_medical_insurances_stand_in_one_group(draft):
    sentence = "基本医疗保险只能参加一种，各项写进同一组，例如 exclusive: basic_medical"

    apart = with_row(draft, "urban_medical", exclusive=None)
    other = with_row(draft, "urban_medical", exclusive="other")
    none = with_row(apart, "rural_medical", exclusive=None)

    assert told(check_medical(apart)) == [("benefits.yaml", "benefits[4]", sentence)]
    assert told(check_medical(other)) == [("benefits.yaml", "benefits[4]", sentence)]
    assert [key for _, key, _ in told(check_medical(none))] == ["benefits[3]", "benefits[4]"]


def test_a_single_insurance_and_help_with_its_cost_need_no_group(draft):
    helped = with_row(draft, "urban_medical", title="资助参加基本医疗保险的补助", exclusive=None)
    alone = with_row(helped, "rural_medical", exclusive=None)

    assert told(check_medical(alone)) == []


@pytest.mark.parametrize(
    ("row", "changed", "is_silent"),
    [
        ("birth_policy", {"then": ""}, True),
        ("new_homestead", {"then": ""}, True),
        ("village_welfare", {"then": ""}, True),
        ("rural_medical", {"then": ""}, False),
        ("aged_allowance", {"then": ""}, False),
        ("contracted_land", {"then": ""}, False),
        ("aged_allowance", {"until": None}, False),
        ("aged_allowance", {"until": Until(years=1)}, True),
        ("aged_allowance", {"disposition": Disposition.TO_SWITCH}, True),
        ("aged_allowance", {"disposition": Disposition.ENDED, "then": "另定。"}, False),
    ],
)
def test_nothing_ends_in_silence(draft, row, changed, is_silent):
    place = [one.id for one in draft.benefits.benefits].index(row)
    sentence = "到期或者终止以后怎样没有写，例如 then: 由社区居民会议决定是否继续。"

    found = told(check_ends(with_row(draft, row, **changed)))

    assert found == ([("benefits.yaml", f"benefits[{place}]", sentence)] if is_silent else [])
