"""Plans that can't be: parts that make no whole, ids twice, weights by sex or by marriage."""

from typing import Any, NamedTuple

import pytest
from ruamel.yaml import YAML

from conversion.policy.checks.plan_check import plan_faults
from conversion.policy.loading import check_pack
from tests.policy.plans import BASE, changed

EQUAL = "妇女与男子平等，份额不得因性别、婚嫁而不同（妇女权益保障法），"


class Marked(NamedTuple):
    """A file whose faults are only what was said of which key."""

    def fault(self, path, sentence):
        return path, sentence


@pytest.fixture
def plan(huichuan):
    return huichuan.on(BASE).share_plan()


def faults(*plans):
    marked: Any = Marked()
    return list(plan_faults(marked, plans))


def with_class(plan, **told):
    """The plan with its first class reading otherwise."""
    first, *others = plan.model_dump(mode="json", by_alias=True, exclude_defaults=True)["classes"]
    without = {key: value for key, value in first.items() if key != "each" or "each" in told}
    whole = without if {"bands", "farming"} & told.keys() else first
    return changed(plan, classes=[whole | told, *others])


def test_every_plan_of_the_packs_is_sound(huichuan):
    assert faults(*huichuan.share_plans) == []


def test_no_id_stands_for_two_plans_or_for_two_classes(plan):
    assert faults(plan, plan) == [
        (("plans", 1, "id"), "编号“standard”已经用过，换一个，例如 standard_2")
    ]
    assert faults(with_class(plan, id="farming")) == [
        (("plans", 0, "classes", 1, "id"), "编号“farming”已经用过，换一个，例如 farming_2")
    ]


@pytest.mark.parametrize(
    ("collective", "population", "found"),
    [
        ([3, 10], [4, 10], []),
        (
            [0, 1],
            [8, 10],
            ["集体股和各股种的比例合计应当是 1，现为 11/10，例如 [7, 10] 和 [3, 10]"],
        ),
        ([31, 100], [39, 100], ["集体股不超过百分之三十，现为 31/100，例如 portion: [1, 10]"]),
    ],
)
def test_the_parts_make_a_whole_of_which_little_stays_with_the_collective(
    plan, collective, population, found
):
    kept = {"portion": collective, "reference": {"document": "shishi-fangan-2009"}}
    plan = changed(with_class(plan, portion=population), collective=kept)

    assert [sentence for _, sentence in faults(plan)] == found


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"age_at_least": 60}, None),
        ({"relation": ["20", "30"]}, None),
        ({"flag": ["3", "4"]}, None),
        ({"sex": "1"}, f"{EQUAL}删除 sex，例如 age_at_least: 60"),
        ({"flag": ["4", "1"]}, f'{EQUAL}删除备注 1，例如 flag: ["4"]'),
        ({"flag": ["2"]}, f'{EQUAL}删除备注 2，例如 flag: ["4"]'),
        ({"relation": ["21"]}, f'{EQUAL}只写了关系 21，例如 relation: ["21", "31"]'),
        ({"relation": ["02", "38"]}, f'{EQUAL}只写了关系 38，例如 relation: ["28", "38"]'),
        ({"has_shares": False}, "折股方案的条件不用 has_shares，删除这一项，例如 age_at_least: 60"),
        ({"draws": True}, "折股方案的条件不用 draws，删除这一项，例如 age_at_least: 60"),
        (
            {"membership": "confirmed"},
            "折股方案的条件不用 membership，删除这一项，例如 age_at_least: 60",
        ),
    ],
)
def test_a_condition_asks_what_a_plan_can_know_and_treats_women_and_men_alike(plan, asked, found):
    plan = with_class(plan, who="某些人", when=[{"age_at_least": 1}, asked])

    where = ("plans", 0, "classes", 0, "when", 1)
    assert faults(plan) == ([(where, found)] if found else [])


def test_bands_and_breaks_are_looked_at_too(plan):
    band = {"who": "男", "when": [{"sex": "1"}], "each": 2}
    credit = {"who": "男", "when": [{"sex": "1"}], "months": 2}
    farming = {"from_age": 16, "to_age": 60, "cap_years": 3, "rounding": "up", "credits": [credit]}

    banded = with_class(plan, bands=[{"who": "其他", "each": 1}, band])
    farmed = with_class(plan, farming=farming)

    assert [path for path, _ in faults(banded)] == [
        ("plans", 0, "classes", 0, "bands", 1, "when", 0)
    ]
    assert [path for path, _ in faults(farmed)] == [
        ("plans", 0, "classes", 0, "farming", "credits", 0, "when", 0)
    ]


def test_a_fault_is_told_with_its_file_and_line(copied):
    file = copied / "shares.yaml"
    file.write_text(
        file.read_text("utf-8").replace('relation: ["21", "31"]', 'relation: ["21"]'), "utf-8"
    )

    (fault,) = check_pack(copied)

    line = file.read_text("utf-8")[: file.read_text("utf-8").index('["21"]')].count("\n") + 1
    assert (fault.file, fault.line, fault.key) == (
        "shares.yaml", line, "plans[2].classes[5].when[0]",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"who": "某些人"}, "when（条件）和 who（对象的名称）一起写，例如 who: 优抚对象"),
        (
            {"when": [{"age_below": 3}]},
            "when（条件）和 who（对象的名称）一起写，例如 who: 优抚对象",
        ),
        ({"each": None}, "写且只写一个，例如 each: 1"),
        ({"bands": [{"who": "其他", "each": 1}]}, "写且只写一个，例如 each: 1"),
    ],
)
def test_a_class_says_for_whom_it_is_and_weighs_one_way(copied, change, words):
    assert words in told(copied, lambda plans: plans[0]["classes"][0].update(change))


def test_a_dynamic_plan_is_not_reviewed_every_few_years(copied):
    words = told(copied, lambda plans: plans[2].update(review_years=3))

    assert words == "review_years（几年一调）写在静态方案里，动态方案不写，例如 mode: static"


def test_a_plan_that_says_nothing_of_the_newborn_does_not_load(copied):
    assert "缺少“newborn”" in told(copied, lambda plans: plans[0]["statements"].pop("newborn"))


def told(folder, spoil):
    """The one sentence about a spoilt `shares.yaml`."""
    file, yaml = folder / "shares.yaml", YAML(typ="safe")
    content = yaml.load(file.read_text("utf-8"))
    spoil(content["plans"])
    with file.open("w", encoding="utf-8") as target:
        YAML().dump(content, target)
    (fault,) = check_pack(folder)
    return fault.sentence
