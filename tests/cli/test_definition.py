"""What a clerk of the district sees of `conversion definition`, before and after an upgrade."""

from dataclasses import replace

import pytest

from conversion import bootstrap
from conversion.cli import opening
from conversion.workflows.definition import definition_sha256
from tests.altered import NEXT
from tests.cli.conftest import FIRST_DAY, at_ten

OLD = definition_sha256()
FILLED = {
    "reason: ''": "reason: 指界签字后由小组盖章。",
    "decision: ''": "decision: 汇府办〔2010〕7号",
    "decided_by: ''": "decided_by: 汇川区人民政府",
}


@pytest.fixture
def upgraded(counter, monkeypatch):
    """The same village once the next version of the program has come in."""

    def open_next(settings, **others):
        office = bootstrap.open_office(settings, clock=at_ten(FIRST_DAY), **others)
        return replace(office, definition=NEXT)

    monkeypatch.setattr(opening, "open_office_at", open_next)
    return counter


def filled(counter):
    """The outline of a plan, filled in as the district decided."""
    file = counter.folder / "plan.yaml"
    counter.run("definition", "plan", OLD[:8], "--out", file)
    text = file.read_text(encoding="utf-8")
    for empty, told in FILLED.items():
        text = text.replace(empty, told)
    file.write_text(text, encoding="utf-8")
    return file


def test_the_versions_are_listed_with_who_works_by_them(counter):
    answer = counter.run("definition", "list", "--json")

    assert answer.json == [
        {"sha256": OLD, "since": answer.json[0]["since"], "chains": 3, "is_own": True}
    ]
    assert OLD[:12] in counter.run("definition", "list").out


def test_a_version_is_shown_as_it_is_written_down(counter):
    answer = counter.run("definition", "show")

    assert answer.code == 0
    assert f"流程版本 {OLD}" in answer.out
    assert "土地确权（land）：未调查（open）" in answer.out
    assert "指界签字表" in answer.out
    assert counter.run("definition", "show", OLD[:6], "--json").json["sha256"] == OLD


def test_nothing_differs_from_itself_and_nobody_is_touched(counter):
    assert "两个版本没有差别" in counter.run("definition", "diff", OLD[:8]).out
    assert "没有项目或案件受影响" in counter.run("definition", "impact", OLD[:8]).out


def test_an_upgrade_is_read_weighed_planned_tried_migrated_and_taken_back(upgraded):
    told = upgraded.run("definition", "diff", OLD[:8]).out
    assert "新增步骤“村民小组盖章”（seal）" in told
    impact = upgraded.run("definition", "impact", OLD[:8])
    assert "在办的共 2 件" in impact.out
    assert "520303105202-0001、520303105202-0002" in impact.out

    file = filled(upgraded)
    tried = upgraded.run("definition", "migrate", file, "--as", "district1")
    assert (tried.code, "3 件可以迁移，0 件不能" in tried.out) == (0, True)
    assert upgraded.run("definition", "list", "--json").json[0]["chains"] == 3

    done = upgraded.run("definition", "migrate", file, "--as", "district1", "--commit")
    assert (done.code, "已迁移 3 件，未办 0 件" in done.out) == (0, True)
    assert "核验：重演的结果与状态表一致" in done.out
    assert "迁移到新的流程版本" in upgraded.run("case", "timeline", "0001").out

    back = upgraded.run("definition", "revert", file, "--as", "district1")
    assert (back.code, "已撤回 3 件" in back.out) == (0, True)
    assert upgraded.run("history", "verify").code == 0


def test_a_plan_that_is_not_filled_in_is_refused_item_by_item(upgraded):
    file = upgraded.folder / "plan.yaml"
    upgraded.run("definition", "plan", OLD[:8], "--out", file)

    answer = upgraded.run("definition", "migrate", file, "--as", "district1")

    assert answer.code == 2
    assert "reason 没有填写" in answer.err
    assert "decision 没有填写" in answer.err


@pytest.mark.parametrize(
    ("content", "fault"),
    [("a: [", "不是合格的 YAML"), ("colour: red\n", "colour 不是方案的项目"), ("", "方案")],
)
def test_a_file_that_is_no_plan_is_refused(content, fault, upgraded):
    file = upgraded.folder / "plan.yaml"
    file.write_text(content, encoding="utf-8")

    answer = upgraded.run("definition", "migrate", file, "--as", "district1")

    assert answer.code == 2
    assert fault in answer.err


def test_an_outline_does_not_overwrite_a_plan(upgraded):
    file = filled(upgraded)

    assert "文件已经存在" in upgraded.run("definition", "plan", OLD[:8], "--out", file).err
    assert "汇府办" in file.read_text(encoding="utf-8")
