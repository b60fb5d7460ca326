"""A plan tried on a village of the store, before and after the roll; in files for the meeting."""

from datetime import date
from fractions import Fraction
from xml.etree import ElementTree as ET

import openpyxl
import pytest

from conversion.errors import NotFound, PackInvalid, StepRefused, WrongUse
from conversion.policy.location import packs_folder
from conversion.services.simulation import Wanted, simulate
from conversion.services.simulation_chart import draw, write_chart
from conversion.services.simulation_workbook import write_workbook
from conversion.standards.masking import mask_name
from tests.office import BASE_DATE, BOARD
from tests.village_roster import VILLAGE

UNDECIDED = (
    "成员名册还没有全部确认：已确认0人，拟确认0人，未调查、按政策包的理由推定9人；"
    "确认以后的结果可能不同。"
)
LAWSUIT = {"course": "lawsuit", "authority": "汇川区人民法院", "paper": "（2009）汇民初字第31号"}


def wanted(town, **told):
    return Wanted(day=town.calendar.day, **told)


def tried(town, **told):
    return simulate(town.office, VILLAGE, wanted(town, **told))


def test_before_anybody_was_surveyed_the_grounds_say_who_would_be_a_member(town_at):
    report = tried(town_at("taken_in"))

    assert report.base_date == date(2009, 12, 1)
    assert report.notes == (
        "基准日还没有确定，年龄和农龄按2009年12月1日计算。",
        UNDECIDED,
        "试算不写入任何记录；配股以表决通过的方案和确认的名册为准。",
    )
    assert sum(report.outcome.units.values()) == 100_000
    assert report.against is None
    assert report.shifts == ()


def test_once_the_plan_is_adopted_a_trial_of_it_is_what_households_have(town_at):
    town = town_at("booked")

    report = tried(town, against="basic")

    assert not any("名册还没有" in note for note in report.notes)
    for household in ("0001", "0002", "0003"):
        case = town.case(household)
        assert report.outcome.units[case.number] == case.units
    assert report.against
    assert report.against.plan.id == "basic"
    assert sum(shift.difference for shift in report.shifts) == 0
    assert report.shifts[0].difference > 0 > report.shifts[-1].difference


def test_nothing_is_written_by_a_trial(town_at):
    town = town_at("members_confirmed")
    before = town.case("0001"), town.programme()

    tried(town, plan="full", against="basic")

    assert (town.case("0001"), town.programme()) == before


def test_a_plan_of_a_file_is_tried_like_one_of_the_pack(town_at, tmp_path):
    town, file = town_at("members_confirmed"), tmp_path / "plan.yaml"
    text = (packs_folder() / "huichuan-2009" / "shares.yaml").read_text("utf-8")
    file.write_text(
        text.replace("total_units: 100000\n", "total_units: 30000\n").replace(
            "id: standard", "id: ours"
        ),
        "utf-8",
    )

    report = tried(town, plan_file=file, against="standard")

    assert (report.outcome.plan.id, report.outcome.plan.total_units) == ("ours", 30_000)
    assert sum(report.outcome.units.values()) == 30_000


def test_a_faulty_file_is_told_with_every_line_and_a_missing_one_too(town_at, tmp_path):
    town, file = town_at("members_confirmed"), tmp_path / "plan.yaml"
    text = (packs_folder() / "huichuan-2009" / "shares.yaml").read_text("utf-8")
    spoilt = text.replace("portion: [7, 10]", "portion: [8, 10]", 1)
    file.write_text(
        spoilt.replace("{document: jicheng-fa, article: 第三条}", "{document: nowhere}"), "utf-8"
    )

    with pytest.raises(PackInvalid) as refusal:
        tried(town, plan_file=file)
    assert "plan.yaml:" in refusal.value.found
    assert "合计应当是 1，现为 11/10" in refusal.value.found
    assert "没有文件“nowhere”" in refusal.value.found

    file.write_text("plans: [", "utf-8")
    with pytest.raises(PackInvalid, match="YAML 写法有误"):
        tried(town, plan_file=file)
    file.write_text("plans: []", "utf-8")
    with pytest.raises(PackInvalid, match=r"plan\.yaml:1 plans"):
        tried(town, plan_file=file)
    with pytest.raises(NotFound, match="没有这个文件"):
        tried(town, plan_file=tmp_path / "nowhere.yaml")


def test_a_plan_that_the_pack_does_not_have_is_refused_with_those_it_has(town_at):
    with pytest.raises(NotFound, match="standard（人口农龄方案（示例））、basic"):
        tried(town_at("members_confirmed"), plan="gold")


def test_who_is_in_dispute_is_kept_back_and_said_to_be(town_at):
    town = town_at("accepted")
    town.all_take("shares.propose_members", shares="open")
    town.all_take("shares.post_members", lambda _: BOARD, shares="members_proposed")
    town.take("shares.dispute_membership", "0001", member="02", **LAWSUIT)

    report = tried(town)

    assert "身份有争议的1人照算份额，列为预留，不计入各户。" in report.notes
    assert report.outcome.allotment.reserved_units > 0


def test_the_workbook_has_figures_as_numbers_and_names_as_text(town_at, tmp_path):
    town = town_at("taken_in")
    report = tried(town, plan="full", against="basic")
    file = tmp_path / "trial.xlsx"

    write_workbook(report, file)

    book = openpyxl.load_workbook(file)
    assert book.sheetnames[0] == "说明"
    page = book["各户"]
    assert page.freeze_panes == "A2"
    heading, *rows = page.iter_rows(values_only=True)
    assert heading[:5] == ("户号", "组别", "户主", "多股种方案（示例）", "占比")
    assert len(rows) == len(report.outcome.households)
    case = next(c for c, h in report.outcome.households.items() if h.number == rows[0][0])
    assert Fraction(str(rows[0][3])) == Fraction(report.outcome.units[case], 100)
    assert all(isinstance(value, int | float) for row in rows for value in row[3:])


def test_the_picture_is_the_same_every_time_and_runs_nothing(town_at, tmp_path):
    report = tried(town_at("members_confirmed"), against="basic")

    drawn = draw(report)

    assert draw(report) == drawn
    assert b"<script" not in drawn
    assert b"http://" not in drawn.replace(b"http://www.w3.org/", b"")
    assert b"url(" not in drawn
    tree = ET.fromstring(drawn)
    texts = "".join(tree.itertext())
    assert "人口农龄方案（示例）" in texts
    assert "各户份额的分布" in texts
    write_chart(report, tmp_path / "trial.svg")
    assert (tmp_path / "trial.svg").read_bytes() == drawn


def test_files_that_can_not_be_written_are_told(town_at, tmp_path):
    report = tried(town_at("members_confirmed"))

    with pytest.raises(WrongUse, match="不能写入"):
        write_chart(report, tmp_path)
    with pytest.raises(WrongUse, match="不能写入"):
        write_workbook(report, tmp_path / "nowhere" / "trial.xlsx")


def test_the_base_date_counts_once_it_is_fixed(town_at):
    report = simulate(town_at("accepted").office, VILLAGE, Wanted(day=date(2010, 3, 1)))

    assert report.base_date == BASE_DATE


def test_who_serves_a_group_reads_the_names_of_that_group_alone(town_at):
    town = town_at("taken_in")
    heads = {town.case(h).head.name for h in town.households()}

    own, others = (tried(town, named_to=who).outcome for who in ("group1", "group2"))

    assert {name.group for name in own.households.values()} == {"一组"}
    assert {name.head for name in own.households.values()} == heads
    assert {name.head for name in others.households.values()} == set(map(mask_name, heads))
    with pytest.raises(StepRefused, match="没有需要知道的岗位"):
        tried(town, named_to="surveyor1")
