"""A village's programme at the command line: registered, looked at, moved."""

from datetime import date

import pytest

from tests.office import SAMPLE

STAFF = ("--staff", SAMPLE / "staff.yaml")
PROPOSAL = ("--evidence", "plan_draft=卷1第3页", "--evidence", "stability_report=卷1第9页")


@pytest.fixture
def village_file(counter, tmp_path):
    """The sample village's file with some lines put otherwise, or left out."""

    def write(**lines):
        text = (counter.sample / "village.yaml").read_text(encoding="utf-8").splitlines()
        kept = [line for line in text if line.partition(":")[0] not in lines]
        added = [f"{name}: {value}" for name, value in lines.items() if value is not None]
        file = tmp_path / "村.yaml"
        file.write_text("\n".join([*kept, *added]), encoding="utf-8")
        return file

    return write


@pytest.fixture
def second_village(counter, village_file):
    file = village_file(village_name="高坪村", village_code='"520303105203"')
    assert counter.run("village", "register", file, *STAFF, "--as", "taskforce1").code == 0
    return "520303105203"


def test_a_registered_village_shows_its_milestones_and_the_tally_of_its_cases(counter):
    shown = counter.run("village", "show", "--json").json

    assert shown["state"] == "drafting"
    assert shown["milestones"][:2] == [
        {"state": "drafting", "day": "2009-11-30"},
        {"state": "proposed", "day": None},
    ]
    assert {"level": "shares", "state": "open", "title": "未办理", "cases": 2} in shown["tally"]
    assert [p["act"] for p in shown["possible"]] == [
        "programme.propose",
        "assets.verify_assets",
    ]


def test_people_read_the_same_in_chinese(counter):
    shown = counter.run("village", "show").out

    assert "贵州省遵义市汇川区泗渡镇坪山村 → 贵州省遵义市汇川区大连路街道坪山社区" in shown
    assert "提出实施方案" in shown
    assert "plan_draft 实施方案（草案）" in shown


def test_a_step_taken_moves_the_village_and_the_day_is_shown(counter):
    counter.on(date(2009, 12, 2))
    assert counter.run("village", "advance", "propose", "--as", "taskforce1", *PROPOSAL).code == 0

    counter.on(date(2009, 12, 3))
    posted = counter.run(
        "village", "advance", "publish_plan", "--as", "village1",
        "--form", "place=村公示栏", "--form", "posted_at=09:30", "--evidence", "posting_photo=照片1", "--json",
    )  # fmt: skip

    assert posted.json["act"] == "programme.publish_plan"
    assert posted.json["receipt"]["chain"] == counter.village
    days = {
        m["state"]: m["day"] for m in counter.run("village", "show", "--json").json["milestones"]
    }
    assert (days["proposed"], days["on_notice"]) == ("2009-12-02", "2009-12-03")


def test_a_refused_step_names_every_requirement_with_clause_and_remedy_and_writes_nothing(counter):
    answer = counter.run("village", "advance", "propose", "--as", "village1")

    assert answer.code == 1
    assert "3 项要求未满足，没有写入任何记录" in answer.err
    assert "由工作专班办理（《“村改社区”工作实施方案》（汇办发〔2009〕108号），示例）" in answer.err
    assert "stability_report=存放处" in answer.err
    assert counter.run("village", "show", "--json").json["state"] == "drafting"


def test_explaining_tells_from_which_day_a_step_can_be_taken(counter):
    counter.run("village", "advance", "propose", "--as", "taskforce1", *PROPOSAL)
    counter.run(
        "village", "advance", "publish_plan", "--as", "village1",
        "--form", "place=村公示栏", "--form", "posted_at=09:30", "--evidence", "posting_photo=照片1",
    )  # fmt: skip

    answer = counter.run("village", "explain", "programme.resolve", "--as", "village1", "--json")
    assert answer.code == 1
    window = next(r for r in answer.json["requirements"] if r["rule"] == "programme.window_over")
    assert window["earliest"] > "2009-12-01"
    assert (
        "最早 " + window["earliest"]
        in counter.run("village", "explain", "resolve", "--as", "village1").out
    )


def test_a_step_that_may_be_taken_is_explained_with_code_0(counter):
    answer = counter.run("village", "explain", "propose", "--as", "taskforce1", *PROPOSAL)

    assert answer.code == 0
    assert answer.out.splitlines()[-1] == "可以办理。"


def test_explaining_a_posting_tells_what_would_come_of_it(counter):
    counter.run("village", "advance", "propose", "--as", "taskforce1", *PROPOSAL)

    asked = ("village", "explain", "publish_plan", "--as", "village1")
    posted = ("--form", "place=村公示栏", "--form", "posted_at=09:30")
    answer = counter.run(*asked, *posted, "--evidence", "posting_photo=照片1")

    shown = "".join(answer.out.split())
    assert "现在办理会得出的结果" in shown
    assert "方案公示" in shown
    assert "最后一日遇休息日的，顺延到其后第一个工作日。" in shown


def test_a_form_file_is_read_and_a_typed_field_goes_before_it(counter, tmp_path):
    counter.run("village", "advance", "propose", "--as", "taskforce1", *PROPOSAL)
    file = tmp_path / "表单.json"
    file.write_text('{"place": "村口", "remark": "多余"}', encoding="utf-8")

    answer = counter.run(
        "village", "explain", "publish_plan", "--as", "village1",
        "--form-file", file, "--form", "place=甲", "--json",
    )  # fmt: skip
    faults = {r["rule"]: r["found"] for r in answer.json["requirements"] if not r["satisfied"]}
    assert faults["form.place"] == "内容太短"
    assert faults["form.remark"] == "没有这一项"


def test_with_two_villages_the_one_that_is_meant_must_be_named(counter, second_village):
    asked = counter.run("village", "show")
    assert asked.code == 2
    assert "用 --programme 写明项目代码" in asked.err

    assert counter.run("village", "show", second_village).code == 0
    assert [v["village"] for v in counter.run("village", "list", "--json").json] == [
        "坪山村",
        "高坪村",
    ]


def test_an_unknown_programme_is_told_with_those_there_are(counter):
    answer = counter.run("village", "show", "520303999999")

    assert answer.code == 1
    assert "从中选择：520303105202" in answer.err


@pytest.mark.parametrize(
    ("lines", "code", "told"),
    [
        ({"village_code": '"5203031052"'}, 2, "改正代码后重试"),
        ({"collective_code": "N2520303MF000Y0910"}, 2, "改正代码后重试"),
        ({"village_code": 520303105203}, 1, "第 22 行 village_code：应当是文字；编号、代码加引号"),
        ({"town_name": None}, 1, "town_name：缺少这一项"),
        ({"town_name": '""'}, 1, "town_name：不能为空"),
        ({"mayor": "石明"}, 1, "mayor：没有这一项，删去或改正键名"),
        ({"pack": "huichuan-1909"}, 1, "没有这个政策包"),
        ({}, 2, "该村已有项目"),
    ],
)
def test_a_wrong_village_is_refused_with_a_sentence(counter, village_file, lines, code, told):
    others = {"village_code": '"520303105203"'} if lines else {}
    answer = counter.run(
        "village", "register", village_file(**(others | lines)), *STAFF, "--as", "taskforce1"
    )

    assert answer.code == code
    assert told in answer.err


def test_before_any_village_is_registered_commands_say_how(empty_counter):
    empty_counter.run("db", "migrate")

    answer = empty_counter.run("village", "show")
    assert answer.code == 1
    assert "conversion village register" in answer.err


def test_an_unknown_step_is_wrong_use_and_lists_the_steps(counter):
    answer = counter.run("village", "advance", "jump", "--as", "taskforce1")

    assert answer.code == 2
    assert "propose（提出实施方案）" in answer.err
