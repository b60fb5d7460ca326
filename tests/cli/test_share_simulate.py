"""`conversion share simulate`: what a plan comes to, on the screen, as data and as files."""

import pytest

from conversion.cli.simulation_sheet import remarks
from conversion.policy.simulation import Simulation
from conversion.policy.village_shares import VillageShares
from tests.policy.plans import BASE, a_household, a_member, packs


def test_a_plan_is_tried_before_anybody_is_surveyed_and_says_so(counter):
    told = counter.run("share", "simulate", "--plan", "full", "--against", "standard")

    assert told.code == 0
    assert "多股种方案（示例）：总数100000.00股" in told.out
    assert "人口农龄方案（示例）：分布" in told.out
    assert "未调查、按政策包的理由推定4人" in told.out
    assert "从人口农龄方案（示例）改为多股种方案（示例），占比变动的户：减少最多的" in told.out
    assert "占比增加的0户，减少的2户，其余各户不变。" in told.out
    assert "陈明礼" not in told.out


def test_a_program_reads_every_figure(counter):
    told = counter.run(
        "share",
        "simulate",
        "--plan",
        "full",
        "--against",
        "basic",
        "--names",
        "--as",
        "village1",
        "--json",
    ).json

    assert (told["plan"]["id"], told["against"]["id"]) == ("full", "basic")
    assert told["plan"]["total_units"] == 10_000_000
    assert {s["head"] for s in told["shifts"]} == {"陈明礼", "何国强"}
    assert told["shifts"][-1]["difference"] == "-7.5000%"
    told = counter.run("share", "simulate", "--json").json
    assert sum(c["units"] for c in told["plan"]["classes"]) == 100_000
    assert told["plan"]["faults"] == []
    by_sex = {t["label"]: t["people"] for t in told["plan"]["tallies"] if t["kind"] == "性别"}
    assert by_sex == {"女": 2, "男": 2}
    gini = next(f for f in told["plan"]["distribution"] if f["name"] == "gini")
    assert gini["households"].startswith("0.")


def test_heads_are_named_in_full_only_to_a_post_that_has_to_know_them(counter):
    tried = ("share", "simulate", "--plan", "full", "--against", "basic")

    masked = counter.run(*tried, "--json").json
    assert {s["head"] for s in masked["shifts"]} == {"陈**", "何**"}
    assert "陈明礼" not in counter.run(*tried).out
    nobody = counter.run(*tried, "--names")
    assert (nobody.code, "没有写是谁要看" in nobody.err) == (2, True)
    surveyor = counter.run(*tried, "--names", "--as", "surveyor1")
    assert surveyor.code == 1
    assert "没有需要知道的岗位" in surveyor.err
    assert "陈明礼" not in surveyor.out + surveyor.err
    assert "陈明礼" in counter.run(*tried, "--names", "--as", "village1").out


def test_a_plan_that_gives_women_less_and_one_above_its_limit_are_said_to(huichuan_village):
    less, none = (remarks(huichuan_village(plan)) for plan in ("standard", "basic"))

    assert list(less) == [
        "人口农龄方案（示例）：女性人均是男性的81.8182%，请核对方案有没有使妇女少得。"
    ]
    assert list(none) == []
    assert list(remarks(huichuan_village("full", women=False))) == [
        "多股种方案（示例）不能通过：成员村-0001/01超过个人持股上限2分之1。"
    ]


@pytest.fixture
def huichuan_village():
    pack = packs()["huichuan-2009"].on(BASE)

    def make(plan, *, women=True):
        man = a_member("01", farming_months=240)
        woman = a_member("02", relation="12", sex="2", farming_months=120)
        tried = Simulation(shares=VillageShares(pack=pack, plan=pack.share_plan(plan)))
        tried.add("村-0001", a_household(man, woman) if women else a_household(man))
        return tried.outcome()

    return make


def test_the_chart_and_the_workbook_are_written_where_asked(counter):
    chart, book = counter.folder / "分布.svg", counter.folder / "试算.xlsx"

    told = counter.run(
        "share", "simulate", "--chart", chart, "--workbook", book, "--on", "2009-12-01"
    )

    assert told.code == 0
    assert f"已写出：{chart}" in told.out.replace("\n", "")
    assert chart.read_bytes().startswith(b"<?xml")
    assert book.stat().st_size > 0


def test_a_plan_that_is_not_there_is_refused_with_those_that_are(counter):
    told = counter.run("share", "simulate", "--plan", "gold")

    assert told.code == 1
    assert "standard（人口农龄方案（示例））" in told.err
