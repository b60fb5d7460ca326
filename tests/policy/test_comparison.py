"""Two packs side by side, as a lawyer reads them before a village goes over."""

import json
from datetime import date

import pytest
from typer.testing import CliRunner

from conversion.cli.policy import app
from conversion.policy.comparison import PackChapter, differences
from conversion.policy.loading import load_pack, pack_of
from tests.policy.drafting import with_ground, with_row, with_value

DAY = date(2009, 12, 1)


@pytest.fixture
def edited(copied):
    """The pack of a district that gives the land list a month and keeps one benefit fewer."""

    def make(file, old, new):
        path = copied / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
        return load_pack(copied).on(DAY)

    return make


def test_a_pack_differs_from_itself_in_nothing(huichuan):
    assert differences(huichuan.on(DAY), huichuan.on(DAY)) == ()


def test_a_longer_window_is_one_difference_with_both_values(huichuan, edited):
    (found,) = differences(
        huichuan.on(DAY),
        edited(
            "parameters.yaml",
            "title: 土地权属公示期\n    unit: 天\n    values:\n      2009-01-01:\n        value: {days: 15}",
            "title: 土地权属公示期\n    unit: 天\n    values:\n      2009-01-01:\n        value: {days: 30}",
        ),
    )

    assert (found.chapter, found.key, found.field) == (
        PackChapter.PARAMETER,
        "notice.land",
        "value",
    )
    assert (found.before, found.after) == ({"days": 15}, {"days": 30})
    assert found.title == "土地权属公示期"


def test_a_row_that_changed_department_says_which_field(huichuan, edited):
    found = differences(
        huichuan.on(DAY), edited("benefits.yaml", "department: 林业局", "department: 民政局")
    )

    assert [(d.chapter, d.field, d.before, d.after) for d in found] == [
        (PackChapter.BENEFIT, "department", "林业局", "民政局")
    ]


def test_what_only_one_of_two_days_has_is_told_as_a_whole(huichuan):
    found = differences(huichuan.on(DAY), huichuan.on(date(2011, 12, 1)))

    rows = {d.key: (d.before, d.after) for d in found if d.chapter is PackChapter.BENEFIT}
    assert rows["old_veteran_subsidy"] == (None, "有")
    clauses = {d.key: d for d in found if d.chapter is PackChapter.CLAUSE}
    assert str(clauses["milestone.approved"].before).endswith("第八条")
    assert str(clauses["milestone.approved"].after).endswith("第三条")


def test_a_lawyer_compares_two_days_of_one_pack_at_the_window():
    def run(*more):
        days = ("--on", "2009-12-01", "--then", "2011-12-01")
        return CliRunner().invoke(app, ["diff", "huichuan-2009", "huichuan-2009", *days, *more])

    told = json.loads(run("--json").stdout)

    assert told["days"] == ["2009-12-01", "2011-12-01"]
    assert {d["chapter"] for d in told["differences"]} >= {"clause", "benefit"}
    assert f"共 {len(told['differences'])} 处不同" in run().stdout


def test_everything_that_two_packs_state_differently_in_order_of_the_chapters(draft, huichuan):
    days = {date(2009, 1, 1): {"days": 9}}
    odd = with_value(draft, "notice.plan", days)
    odd = with_row(odd, "forest_subsidy", id="woods", effective=None)
    odd = with_row(odd, "home_care", title="居家")
    first = odd.membership.grounds[0]
    other = pack_of(with_ground(odd, first.code, title="新理由")).on(DAY)

    found = [
        (d.chapter, d.key, d.title, d.field, d.before, d.after)
        for d in differences(huichuan.on(DAY), other)
    ]

    assert found == [
        (PackChapter.PARAMETER, "notice.plan", "方案公示期", "value", {"days": 7}, {"days": 9}),
        (PackChapter.GROUND, first.code, "新理由", "title", first.title, "新理由"),
        (PackChapter.BENEFIT, "forest_subsidy", "退耕还林补助", "", "有", None),
        (PackChapter.BENEFIT, "woods", "退耕还林补助", "", None, "有"),
        (PackChapter.ENTITLEMENT, "home_care", "居家", "title", "居家养老服务", "居家"),
    ]


def test_a_value_that_only_one_has_is_shown_with_it(draft, huichuan):
    later = with_value(draft, "notice.plan", {date(2010, 1, 1): {"days": 7}})

    (found,) = differences(huichuan.on(DAY), pack_of(later).on(DAY))

    assert (found.key, found.title, found.field) == ("notice.plan", "方案公示期", "")
    assert (found.before, found.after) == ({"days": 7}, None)


def test_each_chapter_has_its_name():
    assert [chapter.label for chapter in PackChapter] == [
        "参数", "步骤的依据", "成员身份", "股份", "过渡期待遇", "权益",
    ]  # fmt: skip
