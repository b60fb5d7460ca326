"""A household's case at the command line: found, looked at, explained, moved."""

import pytest

UNMET_ACCEPTANCE = (
    "由工作专班办理（《“村改社区”工作实施方案》（汇办发〔2009〕108号），示例）",
    "已收到《村改社区申请审批表》（《中华人民共和国行政许可法》第三十二条，示例）",
    "已收到《入户核查表》（《中华人民共和国行政许可法》第三十二条，示例）",
    "村民会议已表决通过（《中华人民共和国村民委员会组织法》第八条、第十九条）",
    "表单“签字的成员（成员序号）”填写正确（《“村改社区”工作实施方案》（汇办发〔2009〕108号），示例）",
)


def test_cases_are_found_by_state_group_and_head(counter):
    def found(*arguments):
        return [
            c["household_number"] for c in counter.run("case", "list", *arguments, "--json").json
        ]

    assert found() == ["0001", "0002"]
    assert found("--track", "shares", "--state", "open") == ["0001", "0002"]
    assert found("--track", "shares", "--state", "已配股") == []
    assert found("--group", "二组") == ["0002"]
    assert found("--search", "明礼") == ["0001"]


def test_a_case_shows_its_tracks_and_what_can_be_done_now(counter):
    shown = counter.run("case", "show", "0001", "--json").json

    assert shown["number"] == "520303105202-0001"
    assert [(t["level"], t["state_title"]) for t in shown["levels"]][:3] == [
        ("case", "草稿"),
        ("hukou", "未申报"),
        ("shares", "未办理"),
    ]
    assert "case.accept" in [p["act"] for p in shown["possible"]]


@pytest.mark.parametrize("arguments", [(), ("--json",)])
def test_a_screen_shows_no_whole_number_of_a_person(counter, arguments):
    number = counter.people[0][5]
    shown = counter.run("case", "show", "0001", *arguments).out

    assert number not in shown
    assert "520303********" + number[-4:] in shown
    assert "1962" not in shown
    assert "13885201234" not in shown
    assert "138****1234" in shown


def test_the_timeline_tells_day_person_and_act_in_chinese(counter):
    (opened,) = counter.run("case", "timeline", "0001", "--json").json

    assert (opened["day"], opened["actor_name"], opened["act"]) == (
        "2009-11-30",
        "娄文武",
        "case.open",
    )
    assert opened["title"].startswith("案件·")
    assert opened["state"] == "草稿"


def test_a_refused_step_names_every_requirement_with_its_clause_and_writes_nothing(counter):
    answer = counter.run("case", "advance", "0001", "case.accept", "--as", "village1")

    assert answer.code == 1
    assert answer.out == ""
    assert [told for told in UNMET_ACCEPTANCE if told not in answer.err] == []
    assert len(counter.run("case", "timeline", "0001", "--json").json) == 1


def test_a_script_reads_each_requirement_of_a_refusal(counter):
    answer = counter.run("case", "advance", "0001", "case.accept", "--as", "village1", "--json")

    error = answer.json["error"]
    assert (answer.code, error["kind"], error["exit_code"]) == (1, "RequirementsUnmet", 1)
    assert {"role", "evidence.application", "form.signed"} <= {r["rule"] for r in error["unmet"]}
    assert all(r["clause"] and r["remedy"] for r in error["unmet"])
    assert len(error["requirements"]) > len(error["unmet"])


def test_explaining_shows_met_and_unmet_alike_and_writes_nothing(counter):
    answer = counter.run("case", "explain", "0001", "case.accept", "--as", "taskforce1")

    assert answer.code == 1
    assert "已满足" in answer.out
    assert "未满足" in answer.out
    assert "还不能办理" in answer.out
    assert len(counter.run("case", "timeline", "0001", "--json").json) == 1


def test_explaining_a_survey_lists_what_may_be_found(counter):
    asked = ("case", "explain", "0001", "shares.propose_members", "--as", "collective1")

    answer, told = counter.run(*asked), counter.run(*asked, "--json").json

    shown = "".join(answer.out.split())
    codes = {choice["code"]: choice for choice in told["choices"]}
    assert "表单可以填写的情况代码" in shown
    assert "空挂户" in shown
    assert codes["moved_back"]["meaning"] == "先核对，再提交会议讨论"
    assert codes["member_elsewhere"]["papers"] == ["对方集体经济组织的成员名册"]
    assert codes["lost_nationality"]["clause"].endswith("，示例")


def test_a_step_whose_requirements_are_met_is_taken_and_seen_in_the_case(counter):
    typed = ("--form", "reason=本户申请暂不参加", "--evidence", "withdrawal_request=卷3第1页")
    assert (
        counter.run("case", "explain", "0002", "case.withdraw", "--as", "taskforce1", *typed).code
        == 0
    )

    done = counter.run("case", "advance", "0002", "case.withdraw", "--as", "taskforce1", *typed)
    assert done.code == 0
    assert "已办理“案件·撤回申请”：520303105202-0002 第 2 条记录。" in done.out
    (line,) = counter.run("case", "list", "--search", "0002", "--json").json
    assert line["case"] == "withdrawn"


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("show", "9999"), 1, "没有这个案件编号，也没有这个户号"),
        (("advance", "0001", "accept", "--as", "village1"), 2, "写成“事项.步骤”"),
        (("advance", "0001", "case.jump", "--as", "village1"), 2, "accept（受理申请）"),
        (("advance", "0001", "moon.land", "--as", "village1"), 2, "hukou（户口转移）"),
        (("advance", "0001", "case.accept", "--as", "nobody"), 1, "人员表中没有这个账号"),
        (("advance", "0001", "case.accept"), 2, "--as"),
        (("list", "--track", "shares"), 2, "--track 与 --state 只写了一个"),
        (("list", "--track", "moon", "--state", "open"), 2, "没有这个事项"),
        (("list", "--track", "shares", "--state", "sold"), 2, "allocated（已配股）"),
        (("list", "--programme", "1"), 1, "没有这个项目"),
    ],
)
def test_what_has_no_meaning_is_a_sentence_and_an_exit_code(counter, arguments, code, told):
    answer = counter.run("case", *arguments)

    assert answer.code == code
    assert told in answer.err
    assert answer.err.count("\n") == 1


def test_a_household_number_that_two_villages_have_must_be_written_out(counter, tmp_path):
    text = (counter.sample / "village.yaml").read_text(encoding="utf-8")
    file = tmp_path / "村.yaml"
    file.write_text(text.replace("520303105202", "520303105203"), encoding="utf-8")
    staff = ("--staff", counter.sample / "staff.yaml")
    counter.run("village", "register", file, *staff, "--as", "taskforce1")
    number = counter.a_number("19700101", "001")
    people = [("三组", "0001", "周天佑", "周天佑", "户主", number, "", "高坪村三组1号")]
    roster = counter.write_roster(tmp_path / "另一村", people)
    taken = counter.run(
        "roster", "import", roster, "--as", "taskforce1", "--commit",
        "--programme", "520303105203", "--json",
    )  # fmt: skip
    assert taken.json["committed"] == ["520303105203-0001"], taken.json["findings"]

    answer = counter.run("case", "show", "0001")
    assert answer.code == 2
    assert "520303105202-0001、520303105203-0001" in answer.err
    assert counter.run("case", "show", "520303105203-0001").code == 0
