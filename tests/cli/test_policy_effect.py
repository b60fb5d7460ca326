"""A pack is changed in one figure, and a lawyer sees for whom, before any village decides by it."""

import shutil
from datetime import date

import pytest
from openpyxl import load_workbook

from conversion.policy.location import packs_folder
from tests.cli.conftest import PACKS
from tests.village_roster import VILLAGE


@pytest.fixture
def booked(counter_at):
    return counter_at("booked")


@pytest.fixture
def edited(tmp_path):
    """A pack in the making: huichuan-2009 but for one place."""

    def make(file, old, new):
        folder = tmp_path / "huichuan-2009"
        shutil.copytree(packs_folder() / "huichuan-2009", folder)
        path = folder / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
        return folder

    return make


@pytest.fixture
def longer_welfare(edited):
    text = (packs_folder() / "huichuan-2009" / "benefits.yaml").read_text("utf-8")
    row = text[text.index("  - id: village_welfare\n") :].split("\n  - id: ")[0]
    return edited("benefits.yaml", row, row.replace("until: {years: 3}", "until: {years: 5}"))


def diff(counter, pack, *more):
    return counter.run("policy", "diff", "huichuan-2009", pack, "--programme", VILLAGE, *more)


def test_one_longer_term_is_seen_with_every_household_that_has_it(booked, longer_welfare):
    told = diff(booked, longer_welfare, "--json").json

    (thing,) = told["things"]
    assert (thing["key"], thing["title"], thing["households"]) == ("village_welfare", "村级福利", 3)
    assert (thing["changed"], thing["better"], thing["worse"]) == (3, 3, 0)
    assert [h["number"] for h in told["households"]] == ["0001", "0002", "0003"]
    assert {h["tendency"] for h in told["households"]} == {"better"}
    assert told["tendencies"] == {"better": 3, "worse": 0, "mixed": 0, "none": 0}
    assert told["decides"] is False


def test_people_see_the_first_households_and_how_many_more_there_are(booked, longer_welfare):
    out = diff(booked, longer_welfare, "--first", "2").out

    assert "从　遵义市汇川区村改社区政策包（2009年），人口农龄方案（示例），2010年3月3日" in out
    assert "│ 0002 │ 有利" in out
    assert "│ 0003 │" not in out
    assert "还有 1 户没有列出：--first 多列，--json 或者 --workbook 全部列出。" in out
    assert "共 3 户：只有利的 3 户，只不利的 0 户，有得有失或者说不清的 0 户，不变的 0 户。" in out
    assert out.rstrip().endswith("试算，不是决定：已经办结的步骤不因政策包改变。")


def test_only_those_whom_a_rows_condition_reaches_are_affected(booked, edited):
    row = "  - id: aged_allowance\n    title: 高龄津贴\n    category: 居家养老\n    scope: person\n"
    pack = edited(
        "benefits.yaml",
        row + "    when: [{age_at_least: 80}",
        row + "    when: [{age_at_least: 70}",
    )
    told = diff(booked, pack, "--json").json

    assert [t["key"] for t in told["things"]] == ["aged_allowance"]
    (household,) = told["households"]
    assert (household["number"], household["tendency"]) == ("0001", "better")
    assert told["tendencies"]["none"] == 2


def test_units_move_between_households_and_none_is_lost(booked, edited):
    pack = edited(
        "shares.yaml",
        "farming: {from_age: 16, to_age: 60, cap_years: 30,",
        "farming: {from_age: 16, to_age: 60, cap_years: 10,",
    )
    told = diff(booked, pack, "--json").json

    (thing,) = told["things"]
    assert thing["key"] == "farming"
    assert thing["better"]
    assert thing["worse"]
    assert thing["before"] == thing["after"] == [{"amount": 30_000, "per": "", "said": "30,000股"}]
    assert thing["difference"] == [{"amount": 0, "per": "", "said": "0股"}]
    moved = [part["amount"] for h in told["households"] for part in h["difference"]]
    assert sum(moved) == 0


def pages(file):
    book = load_workbook(file)
    return {page.title: list(page.iter_rows(values_only=True)) for page in book}


def test_all_figures_go_into_a_workbook(booked, longer_welfare, tmp_path):
    file = tmp_path / "影响.xlsx"

    told = diff(booked, longer_welfare, "--first", "0", "--workbook", file)

    assert told.code == 0
    assert f"已写出：{file}" in told.out.replace("\n", "")
    found = pages(file)
    assert list(found) == ["说明", "逐项", "金额", "逐户"]
    notes = dict(found["说明"])
    assert (notes["户数"], notes["有利的户数"], notes["不变的户数"]) == (3, 3, 0)
    assert notes["从"].startswith("遵义市汇川区村改社区政策包（2009年）")
    assert "试算，不是决定：已经办结的步骤不因政策包改变。" in {row[1] for row in found["说明"]}
    assert found["逐项"] == [
        ("部分", "编号", "名称", "涉及户数", "多出", "不再有", "改变", "有利", "不利"),
        ("过渡期待遇", "village_welfare", "村级福利", 3, 0, 0, 3, 3, 0),
    ]
    assert [row[0:5] for row in found["逐户"]] == [
        ("户号", "对本户", "有利", "不利", "有变"),
        *((f"000{number}", "有利", 1, 0, 0) for number in (1, 2, 3)),
    ]


def test_amounts_in_the_workbook_are_numbers_in_the_unit_they_name(booked, edited, tmp_path):
    pack = edited("benefits.yaml", "{per_head: 1000, per: month", "{per_head: 1550, per: month")
    file = tmp_path / "影响.xlsx"

    told = diff(booked, pack, "--workbook", file, "--json").json

    found = pages(file)
    (thing,) = told["things"]
    (heading, row) = found["金额"]
    assert heading[3:] == ("单位", "之前合计", "之后合计", "差额")
    assert row[:4] == ("过渡期待遇", "village_welfare", "村级福利", "元/月")
    sums = (thing[name][0]["amount"] for name in ("before", "after", "difference"))
    assert row[4:] == tuple(amount / 100 for amount in sums)
    assert found["逐户"][0][-1] == "差额（元/月）"
    assert sum(household[-1] for household in found["逐户"][1:]) == row[-1]


def test_plans_of_another_size_are_not_subtracted(booked, edited, tmp_path):
    pack = edited("shares.yaml", "total_units: 100000\n", "total_units: 200000\n")
    file = tmp_path / "影响.xlsx"

    diff(booked, pack, "--workbook", file)

    assert {row[-1] for row in pages(file)["金额"][1:] if row[0] == "股份"} == {
        "两个方案的总数不同，不能相减"
    }


def test_a_workbook_is_of_a_village(booked, tmp_path):
    told = booked.run(
        "policy", "diff", "huichuan-2009", "cn-2025", "--workbook", tmp_path / "影响.xlsx"
    )

    assert told.code == 2
    assert "加上 --programme 项目代码" in told.err


def test_a_pack_compared_with_itself_touches_nobody(booked):
    told = diff(booked, "huichuan-2009", "--json").json

    assert (told["counted"], told["things"], told["households"]) == (3, [], [])
    assert told["tendencies"]["none"] == 3


def test_a_law_to_come_is_compared_on_one_day_and_says_whose_day_was_taken(booked):
    told = diff(booked, "cn-2025", "--afresh", "--json").json

    assert [side["day"] for side in told["sides"]] == ["2010-03-03", "2010-03-03"]
    assert [side["pack_day"] for side in told["sides"]] == ["2010-03-03", "2025-05-01"]
    assert [side["afresh"] for side in told["sides"]] == [True, True]
    assert "在2010年3月3日不适用，试算用的是它在2025年5月1日的规定。" in told["notes"][0]
    assert told["notes"][1] == "一律按试算当日批准、登记计算。"


def test_two_packs_whose_times_do_not_meet_can_be_read_side_by_side(booked):
    told = booked.run("policy", "diff", "huichuan-2009", "cn-2025", "--json").json

    until = PACKS(packs_folder())["huichuan-2009"].until or date(2025, 5, 1)
    assert told["days"] == [until.isoformat(), "2025-05-01"]
    assert told["differences"]
