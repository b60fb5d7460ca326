"""`conversion policy check` and `show`, as a lawyer types them."""

import json

import pytest
from typer.testing import CliRunner

from conversion.cli.policy import app
from conversion.errors import NotFound


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.mark.whole
def test_checking_all_packs_finds_no_fault():
    answer = run("check")

    assert answer.exit_code == 0
    assert "huichuan-2009：没有错误" in answer.stdout


@pytest.mark.whole
def test_what_is_odd_is_told_and_counts_only_strictly(copied):
    rows = copied / "benefits.yaml"
    text = rows.read_text("utf-8").replace("title: 退耕还林补助", "title: 高龄津贴")
    rows.write_text(text, "utf-8")

    answer = run("check", copied)
    assert answer.exit_code == 0
    line = text[: text.rindex("title: 高龄津贴")].count("\n") + 1
    told = "".join(answer.stdout.split())
    assert f"huichuan-2009/benefits.yaml:{line}benefits[17].title：【重复】名称与“forest" in told
    assert "处可疑。" in told

    strict = run("check", copied, "--strict", "--json")
    assert strict.exit_code == 1
    found = json.loads(strict.stdout)
    assert found["sound"] is False
    warnings = found["packs"]["huichuan-2009"]["warnings"]
    assert [w["at"]["line"] for w in warnings if w["oddity"] == "repeated"] == [line]


@pytest.mark.whole
def test_values_long_unchanged_are_told_when_asked():
    plain = json.loads(run("check", "huichuan-2009", "--json").stdout)["packs"]["huichuan-2009"]
    asked = json.loads(run("check", "huichuan-2009", "--unchanged", 5, "--json").stdout)

    more = asked["packs"]["huichuan-2009"]["warnings"]
    assert len(more) > len(plain["warnings"])


def test_a_faulty_pack_is_told_and_exits_with_one(copied):
    text = (copied / "benefits.yaml").read_text("utf-8")
    (copied / "benefits.yaml").write_text(text.replace("department: 林业局", "department: 水利局"))

    answer = run("check", copied)

    assert answer.exit_code == 1
    assert "没有部门“水利局”" in answer.stdout
    assert "huichuan-2009：1处错误" in answer.stdout


@pytest.mark.whole
def test_a_failing_example_is_told_and_exits_with_one(copied):
    path = copied / "examples" / "registration.yaml"
    path.write_text(path.read_text("utf-8").replace("granted: false", "granted: true"), "utf-8")

    answer = run("check", copied, "--json")

    assert answer.exit_code == 1
    told = json.loads(answer.stdout)
    assert told["sound"] is False
    failed = [e for e in told["packs"]["huichuan-2009"]["examples"] if e["shortfalls"]]
    assert [len(e["shortfalls"]) for e in failed] == [1]
    (mismatch,) = told["packs"]["huichuan-2009"]["mismatches"]
    line = path.read_text("utf-8").split("\n")[mismatch["line"] - 1]
    assert mismatch["file"] == "examples/registration.yaml"
    assert "granted: true" in line
    assert mismatch["sentence"].endswith("”：应当同意，实际不同意")


@pytest.mark.whole
def test_a_failing_example_is_told_on_its_line_row_by_row(copied):
    path = copied / "examples" / "benefits.yaml"
    text = path.read_text("utf-8").replace(
        '{item: rural_medical, member: "03", until: 2009-12-31}',
        '{item: rural_medical, member: "03", until: 2009-12-30}',
    )
    path.write_text(text, "utf-8")
    line = text[: text.index("until: 2009-12-30}")].count("\n") + 1

    answer = run("check", copied)

    told = answer.stdout.splitlines()
    where = next(n for n, words in enumerate(told) if "rural_medical" in words) - 1
    assert told[where].startswith(
        f"huichuan-2009/examples/benefits.yaml:{line} examples[0].expected."
    )
    assert told[where].endswith("没有这一行")
    assert [words.strip() for words in told[where + 1 : where + 3]] == [
        "应有　item: rural_medical　member: 03　until: 2009-12-30",
        "实有　item: rural_medical　member: 03　until: 2009-12-31",
    ]


def test_showing_a_pack_on_a_day():
    shown = json.loads(run("show", "huichuan-2009", "--on", "2009-12-01", "--json").stdout)

    assert shown["day"] == "2009-12-01"
    names = {use["name"] for use in shown["parameters"]}
    assert {"notice.members", "hukou.regime"} <= names
    assert "old_veteran_subsidy" not in {row["id"] for row in shown["benefits"]}
    assert shown["clauses"]["milestone.approved"].endswith("村民委员会组织法》第八条")

    later = json.loads(run("show", "huichuan-2009", "--on", "2011-12-01", "--json").stdout)
    assert "old_veteran_subsidy" in {row["id"] for row in later["benefits"]}
    assert later["clauses"]["milestone.approved"].endswith("村民委员会组织法》第三条")


def test_people_see_which_figures_are_examples():
    answer = run("show", "huichuan-2009")

    assert answer.exit_code == 0
    assert "示例" in answer.stdout


def test_everything_that_a_pack_states_is_shown_on_the_terminal():
    told = "".join(run("show", "huichuan-2009", "--on", "2009-12-01").stdout.split())

    for title in ("文件", "部门", "窗口", "成员身份", "折股量化方案", "股种", "过渡期待遇", "权益"):
        assert f"{title}─" in told or f"─{title}" in told, title
    for stated in (
        "自2009-01-01至2025-04-30，此后cn-2025适用",
        "文号：汇办发〔2009〕108号",
        "born_to_member",
        "作用：不予确认",
        "standard人口农龄方案（示例）",
        "总量：100000股",
        "standard农龄股",
        "比例：3/10",
        "0851-00000002（示例）",
        "会签：是",
        "值：到会超过2分之1，同意超过2分之1（按到会人数计），提前10天通知",
        "权重：满80周岁权重2，满60周岁、不满80周岁权重1",
        "金额：每亩每年60.00元（示例）",
        "去向：待转换",
        "止：满5年",
    ):
        assert stated in told, stated


@pytest.mark.whole
def test_on_a_day_after_a_pack_has_ended_the_one_in_its_place_is_shown_by_its_name():
    shown = json.loads(run("show", "huichuan-2009", "--on", "2026-01-01", "--json").stdout)
    other = json.loads(run("show", "cn-2025", "--on", "2026-01-01", "--json").stdout)

    assert shown == other | {"instead_of": "huichuan-2009"}
    assert (shown["id"], shown["since"]) == ("cn-2025", "2025-05-01")

    told = "".join(run("show", "huichuan-2009", "--on", "2026-01-01").stdout.split())
    assert told.startswith("自2025年5月1日起，本村按政策包“")


def test_an_unknown_pack_is_refused():
    with pytest.raises(NotFound):
        raise run("show", "nowhere").exception


@pytest.mark.whole
def test_parameters_go_out_and_are_shown_from_any_folder(tmp_path):
    written = json.loads(run("export", "huichuan-2009", tmp_path / "out", "--json").stdout)
    assert "notice/members.yaml" in written["files"]
    told = run("export", "huichuan-2009", tmp_path / "again").stdout.replace("\n", "")
    assert told == f"已写出 {len(written['files'])} 个文件：{tmp_path / 'again'}。"

    shown = json.loads(run("parameters", tmp_path / "out", "--on", "2010-10-27", "--json").stdout)
    rows = {row["name"]: row for row in shown["parameters"]}
    assert rows["notice.members.rounds"] == {
        "name": "notice.members.rounds",
        "description": "",
        "unit": "",
        "since": "2009-01-01",
        "value": 3,
        "references": [{"title": "“村改社区”工作实施方案", "article": "", "href": ""}],
    }
    assert rows["quorum.villagers_meeting.resolve.pass_min.portion"]["value"] == [1, 2]


def test_each_value_of_a_folder_is_shown_with_its_day_and_decimals_to_the_last_digit(tmp_path):
    (tmp_path / "tax.yaml").write_text(
        "description: 税率\nunit: /1\nreference: 某法\n"
        "values: {2012-01-01: 0.16, 2015-01-01: [0.150, 甲]}\n",
        "utf-8",
    )

    every = json.loads(run("parameters", tmp_path, "--json").stdout)
    assert every["day"] is None
    assert [(r["since"], r["value"]) for r in every["parameters"]] == [
        ("2012-01-01", "0.16"),
        ("2015-01-01", ["0.15", "甲"]),
    ]

    told = run("parameters", tmp_path, "--on", "2015-01-01").stdout
    assert all(word in told for word in ("税率", "/1", "2015-01-01", "0.15、甲", "某法", "共 1 个"))
    assert json.loads(run("parameters", tmp_path, "--on", "2011-12-31", "--json").stdout) == {
        "day": "2011-12-31",
        "parameters": [],
    }
