"""Two packs side by side, as a lawyer reads them before a village goes over."""

import json
from datetime import date

import pytest
from typer.testing import CliRunner

from conversion.cli.policy import app
from conversion.policy.comparison import PackChapter, differences
from conversion.policy.loading import load_pack

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
