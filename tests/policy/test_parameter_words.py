"""People read what a parameter says, not how a file writes it."""

import pytest

from conversion.policy.loading import load_packs
from conversion.policy.location import packs_folder
from conversion.policy.parameter_words import in_words

PACKS = load_packs(packs_folder())
VALUES = [
    (name, dated.value)
    for pack in PACKS.values()
    for name, parameter in pack.parameters.items()
    for dated in parameter.values.values()
]


@pytest.mark.parametrize(("name", "value"), VALUES)
def test_no_value_of_a_pack_is_shown_as_data(name, value):
    told = in_words(name, value)

    assert told
    assert not set(told) & set("{}[]\"'=_")


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("notice.plan", {"days": 7}, "7天"),
        ("notice.land", {"days": 5, "working_days": True}, "5个工作日"),
        ("notice.members", {"days": 7, "working_days": False, "rounds": 3}, "7天，公示3次"),
        ("notice.members", {"days": 7, "rounds": 1}, "7天"),
        ("deadline.review", {"days": 5, "working_days": True}, "5个工作日"),
        ("deadline.reminder_days", [30, 7], "期满前30、7天"),
        ("benefits.reminder_days", [60], "期满前60天"),
        (
            "quorum.villagers_meeting.resolve",
            {
                "present_min": {"portion": [1, 2], "more_than": True},
                "pass_min": {"portion": [2, 3]},
                "base": "present",
                "notice_days": 10,
            },
            "到会超过2分之1，同意不少于3分之2（按到会人数计），提前10天通知",
        ),
        (
            "quorum.members_meeting.resolve",
            {
                "present_min": {"portion": [2, 3]},
                "pass_min": {"portion": [2, 3]},
                "base": "all",
                "notice_days": 3,
            },
            "到会不少于3分之2，同意不少于3分之2（按应到人数计），提前3天通知",
        ),
        ("barred.villagers_meeting.resolve", "不再表决", "不再表决"),
        ("hukou.regime", "dual", "农业、非农业分别登记"),
        (
            "hukou.wording",
            {"agricultural": "甲", "non_agricultural": "乙", "resident": "丙", "after": "丁"},
            "甲、乙、丙；转换后丁",
        ),
        (
            "hukou.exceptions",
            {"4": "服役。", "3": "在校。"},
            "现役军人：服役。；在校大中专学生：在校。",
        ),
        ("hukou.exceptions", {}, "没有"),
        ("ledger.permitted", ["inheritance", "pledge"], "继承、质押"),
        ("ledger.permitted", [], "都不允许"),
        (
            "ledger.holder_cap",
            {"portion": [3, 100], "applies_to": ["allocation", "gift"]},
            "不超过总量的100分之3，适用于初始配股、赠与",
        ),
        ("dividend.reserve_min", [1, 10], "10分之1"),
    ],
)
def test_each_value_has_its_words(name, value, told):
    assert in_words(name, value) == told
