"""A worked example that could never fail is told as a fault, with the line to mend."""

import pytest

from conversion.policy.checks.example_check import check_examples
from conversion.policy.checks.pack_check import CHECKS
from conversion.policy.loading import check_pack
from conversion.policy.parameter_shape import NoticeKind
from tests.policy.drafting import told, with_example

BENEFITS = "种地的一家五口"
NOTICE = "方案公示七天"
VOTE = "村民会议过半数到会"


def faults(draft, example, **fields):
    found = told(check_examples(with_example(draft, example, **fields)))
    return [(key.removeprefix("examples[0]."), sentence) for _, key, sentence in found]


def test_the_examples_of_the_pack_can_fail(draft):
    assert check_examples in CHECKS
    assert list(check_examples(draft)) == []


@pytest.mark.parametrize(
    "expected", [{}, {"rows": ()}, {"absent": (), "reasons": ()}, {"granted": None}]
)
def test_an_example_that_expects_nothing_is_refused(draft, expected):
    sentence = "没有写出会不符的要求，什么也证明不了，例如 rows: [{…}] 或 reasons: […]"

    assert faults(draft, BENEFITS, expected=expected) == [("expected", sentence)]


def test_that_a_notice_may_hang_proves_nothing_without_its_last_day(draft):
    assert faults(draft, NOTICE, expected={"granted": True})[0][0] == "expected"
    assert faults(draft, NOTICE, expected={"granted": True, "reasons": ("天",)}) == []
    assert faults(draft, VOTE, expected={"granted": True}) == []
    assert faults(draft, VOTE, expected={"granted": False}) == []


@pytest.mark.parametrize(
    ("row", "key", "sentence"),
    [
        (
            {"item": "grain_subsidy", "untill": None},
            "expected.rows[0].untill",
            "结果里没有“untill”这一项，是否应为 until: …",
        ),
        ({"xyz": 1}, "expected.rows[0].xyz", "结果里没有“xyz”这一项，可以写 item、title、member"),
        ({}, "expected.rows[0]", "一项也没有写，任何一行都符合，例如 {item: …}"),
    ],
)
def test_a_row_asks_for_what_rows_have(draft, row, key, sentence):
    ((place, said),) = faults(draft, BENEFITS, expected={"rows": (row,)})

    assert place == key
    assert said.startswith(sentence)


def test_a_rule_without_rows_is_not_asked_for_any(draft):
    found = faults(draft, VOTE, expected={"granted": True, "rows": ({"item": "x"},)})

    assert found == [
        (
            "expected.rows",
            "meets_quorum 的答复没有逐行的结果，例如写 granted: true 或 reasons: […]",
        )
    ]


@pytest.mark.parametrize(
    ("example", "absent", "sentence"),
    [
        (
            BENEFITS,
            "grain_subsidi",
            "assess_benefits 从来不会给出“grain_subsidi”，写不写都一样，例如 absent: [grain_subsidy]",
        ),
        (
            BENEFITS,
            "registered_here",
            "assess_benefits 从来不会给出“registered_here”，写不写都一样，例如 absent: [",
        ),
        (
            VOTE,
            "grain_subsidy",
            "meets_quorum 从来不会给出“grain_subsidy”，写不写都一样，例如 granted: false",
        ),
    ],
)
def test_what_must_not_come_is_something_that_could(draft, example, absent, sentence):
    ((key, said),) = faults(draft, example, expected={"granted": True, "absent": (absent,)})

    assert key == "expected.absent[0]"
    assert said.startswith(sentence)


def test_a_benefit_that_no_row_takes_up_may_be_said_not_to_come(draft):
    drawn = {"drawn": ({"item": "节日慰问"},)}

    assert faults(draft, BENEFITS, **drawn, expected={"absent": ("unlisted-01",)}) == []
    assert faults(draft, BENEFITS, **drawn, expected={"absent": ("unlisted-02",)})


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ({"member": "01"}, "propose_membership"),
        ({"findings": ("member_elsewhere",)}, "propose_membership"),
        ({"plan": "standard"}, "allot"),
        ({"disputed": ("01",)}, "allot"),
        ({"notice": {"kind": NoticeKind.PLAN}}, "notice_window"),
    ],
)
def test_what_the_rule_does_not_look_at_is_not_written(draft, written, rule):
    (key,) = written

    assert faults(draft, BENEFITS, **written) == [
        (key, f"assess_benefits 不看 {key}，删除这一项，或者改写 rule: {rule}")
    ]


def test_the_fault_stands_on_its_line(copied):
    file = copied / "examples" / "benefits.yaml"
    text = file.read_text("utf-8")
    line = text[: text.index("{item: rural_medical,")].count("\n") + 1
    file.write_text(text.replace("{item: rural_medical, member", "{item: rural_medical, memebr", 1))

    (fault,) = check_pack(copied)

    assert (fault.file, fault.line) == ("examples/benefits.yaml", line)
    assert "是否应为 member: …" in fault.sentence
