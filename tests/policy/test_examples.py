"""Every pack's worked examples, as pytest cases; and that an example can fail."""

from collections import Counter

import pytest

from conversion.domain.right import Benefit
from conversion.policy.examples import facts_of, run_example, run_examples
from conversion.policy.ground import Effect
from conversion.policy.loading import load_packs
from conversion.policy.location import packs_folder
from conversion.policy.rules.transitional_benefit import assess_benefits
from conversion.policy.worked_example import Expected, RuleName

PACKS = load_packs(packs_folder())
CASES = [(pack, example) for pack in PACKS.values() for example in pack.examples]


@pytest.mark.parametrize(
    ("pack", "example"), CASES, ids=[f"{pack.id}: {example.name}" for pack, example in CASES]
)
def test_the_pack_answers_as_its_example_says(pack, example):
    assert run_example(example, pack).shortfalls == ()


@pytest.mark.parametrize("pack", PACKS.values(), ids=list(PACKS))
def test_each_benefit_of_a_pack_is_granted_in_some_example(pack):
    granted = set()
    for example in pack.examples:
        if example.rule is RuleName.ASSESS_BENEFITS:
            rows = assess_benefits(facts_of(example), pack.on(example.day)).rows
            granted |= {row.item for row in rows if isinstance(row, Benefit)}

    assert {row.id for row in pack.benefits} - granted == set()


@pytest.mark.parametrize("pack", PACKS.values(), ids=list(PACKS))
def test_each_ground_of_a_pack_counts_in_one_example_and_not_in_another(pack):
    asked = [e for e in pack.examples if e.rule is RuleName.PROPOSE_MEMBERSHIP]
    counted = {code for e in asked for row in e.expected.rows for code in row["grounds"]}
    absent = {code for e in asked for code in e.expected.absent}
    codes = {ground.code for ground in pack.grounds}

    assert (codes - counted, codes - absent) == (set(), set())


@pytest.mark.parametrize("pack", PACKS.values(), ids=list(PACKS))
def test_each_answer_a_ground_can_give_is_in_some_example(pack):
    decides = {
        Effect.CONFIRM: "proposed", Effect.EXCLUDE: "not_proposed", Effect.CLEAR_UP: "unsettled",
    }  # fmt: skip
    asked = [e for e in pack.examples if e.rule is RuleName.PROPOSE_MEMBERSHIP]
    rows = [row for e in asked for row in e.expected.rows]
    given = {(code, row["standing"]) for row in rows for code in row["grounds"]}
    due = {(g.code, decides[g.effect]) for g in pack.grounds if g.effect in decides}

    assert due - given == set()
    assert {e.expected.granted for e in asked} == {True, False}


@pytest.mark.parametrize("pack", PACKS.values(), ids=list(PACKS))
def test_each_rule_is_asked_twice_and_answers_both_ways_where_it_can(pack):
    asked = Counter(e.rule for e in pack.examples)
    answers = {(e.rule, e.expected.granted) for e in pack.examples}
    both = {
        RuleName.PROPOSE_MEMBERSHIP, RuleName.PROPOSE_REGISTRATIONS, RuleName.MEETS_QUORUM,
    }  # fmt: skip

    assert {rule for rule in RuleName if asked[rule] < 2} == set()
    assert {(rule, way) for rule in both for way in (True, False)} - answers == set()


def test_huichuan_has_at_least_25_examples_for_every_rule(huichuan):
    assert len(huichuan.examples) >= 25
    assert {example.rule for example in huichuan.examples} == set(RuleName)


def test_an_example_that_expects_something_else_fails_and_says_what(huichuan):
    wrong = Expected(
        granted=False,
        rows=({"item": "contracted_land", "disposition": "ended"},),
        absent=("contracted_land",),
        reasons=("收回承包地",),
    )
    example = huichuan.examples[0].model_copy(update={"expected": wrong})

    shortfalls = run_example(example, huichuan).shortfalls

    assert [found.path[1:] for found in shortfalls] == [
        ("granted",), ("rows", 0), ("absent", 0), ("reasons", 0),
    ]  # fmt: skip
    assert str(shortfalls[0]) == "应当不同意，实际同意"


def test_an_example_with_wrong_figures_fails(huichuan):
    examples = [e for e in huichuan.examples if e.expected.units or e.expected.last_day]
    shifted = [
        e.model_copy(update={"expected": Expected(reserved_units=1, last_day=e.day)})
        for e in examples
    ]

    assert len(shifted) == 14
    assert all(run_example(e, huichuan).shortfalls for e in shifted)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("村民会议过半数到会", {"vote": None}),
        ("方案公示七天", {"notice": None}),
        ("空挂户不建议确认", {"member": "09"}),
        ("空挂户不建议确认", {"findings": ("married",)}),
    ],
)
def test_an_example_that_asks_nonsense_fails_with_the_reason(huichuan, name, change):
    example = next(e for e in huichuan.examples if e.name.startswith(name))

    result = run_example(example.model_copy(update=change), huichuan)

    assert not result.passed
    assert "请" in str(result.shortfalls[0])


def test_running_all_reports_each_example_once(huichuan):
    results = run_examples(huichuan)

    assert [r.name for r in results] == [e.name for e in huichuan.examples]
    assert all(r.passed for r in results)
