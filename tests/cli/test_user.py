"""The staff of an office, entered from a file."""

import pytest

STAFF = """\
- account: village9
  name: 石明
  roles: [village]
- account: minzheng9
  name: 尹光
  roles: [department]
  department: 民政局
  kin: ["0002"]
"""


@pytest.fixture
def staff_file(tmp_path):
    def write(text):
        file = tmp_path / "人员.yaml"
        file.write_text(text, encoding="utf-8")
        return file

    return write


@pytest.fixture
def appoint(counter, staff_file):
    def run(text, *options, by="district1"):
        paper = ("--evidence", "appointment_paper=卷1第3页")
        return counter.run("user", "appoint", staff_file(text), "--as", by, *paper, *options)

    return run


def listed(counter):
    return {u["account"]: u for u in counter.run("user", "list", "--json").json["people"]}


def test_people_of_a_file_can_act_at_once(counter, appoint):
    assert appoint(STAFF).code == 0

    assert listed(counter)["minzheng9"] == {
        "account": "minzheng9",
        "name": "尹光",
        "roles": ["department"],
        "department": "民政局",
        "places": [],
        "kin": ["0002"],
    }


def test_people_read_posts_in_chinese(counter):
    assert "区级部门" in counter.run("user", "list").out


def test_whoever_leaves_holds_no_post_and_who_stands_in_is_listed(counter):
    paper = ("--evidence", "leave_paper=卷1第9页")
    stood_in = counter.run(
        "user", "substitute", "village2", "--for", "village1", "--as", "taskforce1",
        "--since", "2009-12-01", "--until", "2009-12-05", "--ground", "年休假", *paper,
    )  # fmt: skip
    assert stood_in.code == 0, stood_in.err
    gone = counter.run(
        "user", "retire", "street1", "--as", "district1", "--last-day", "2009-11-29",
        "--evidence", "retirement_paper=卷1第8页",
    )  # fmt: skip
    assert gone.code == 0, gone.err

    assert listed(counter)["street1"]["roles"] == []
    (stand_in,) = counter.run("user", "list", "--json").json["substitutions"]
    assert (stand_in["serial"], stand_in["principal"]) == ("S01", "village1")
    assert counter.run("user", "end-substitution", "S01", "--as", "taskforce2").code == 0
    assert "2009-11-30" in counter.run("user", "list").out


def test_an_appointment_without_its_paper_or_by_oneself_is_refused(counter, staff_file, appoint):
    unproven = counter.run("user", "appoint", staff_file(STAFF), "--as", "district1")
    assert (unproven.code, "任用文件" in unproven.err) == (1, True)
    own = appoint("- {account: district1, name: 郝荣华, roles: [village]}")
    assert (own.code, "任免" in own.err) == (1, True)
    outsider = appoint(STAFF, by="village1")
    assert (outsider.code, "岗位是村级经办人" in outsider.err) == (1, True)


def test_the_staff_is_checked_and_a_post_left_empty_is_told_at_once(counter):
    enough = counter.run("user", "check")
    assert (enough.code, "人员够用：2 户" in enough.out) == (0, True)
    hands = counter.run("user", "check", "--household", "0001", "--json").json["witness"]
    assert hands["案件·批准"] == "district1"
    assert counter.run("user", "check", "--household", "9999").code == 1

    gone = counter.run(
        "user", "retire", "linye1", "--as", "district1", "--last-day", "2009-11-29",
        "--evidence", "retirement_paper=卷1第8页",
    )  # fmt: skip
    assert "提醒　" in gone.out
    assert "任用一名林业局区级部门" in gone.out
    lacking = counter.run("user", "check")
    assert (lacking.code, "人员不足：1 处" in lacking.out) == (1, True)


def test_all_faults_of_a_file_are_told_at_once_with_their_lines(counter, appoint):
    answer = appoint(
        "- account: village9\n  name: 石明\n  roles: [mayor]\n- account: 7\n  nick: 老石\n"
        "  roles: []\n"
    )

    assert answer.code == 1
    assert "第 3 行 roles：没有岗位 mayor，从中选择：" in answer.err
    assert "第 4 行 account：应当是文字；编号、代码加引号" in answer.err
    assert "第 4 行 name：缺少这一项" in answer.err
    assert "第 5 行 nick：没有这一项" in answer.err
    assert "第 6 行 roles：至少写一项" in answer.err
    assert "village9" not in listed(counter)


def test_an_account_listed_twice_and_a_department_without_name_are_faults(appoint):
    answer = appoint(STAFF.replace("minzheng9", "village9").replace("民政局", '""'))

    assert answer.code == 1
    assert "第 1 行 account：账号 village9 列了 2 次" in answer.err
    assert "尹光 是区级部门人员，须写明 department" in answer.err


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- {account: a, account: b}", "第 1 行：YAML 写法有误"),
        ("- [", "YAML 写法有误"),
        ("[" * 500, "YAML 写法有误"),
        ("", "应当是列表"),
        ("account: a", "应当是列表"),
        ("- !!python/object:os.system {}", "缺少这一项"),
    ],
)
def test_a_file_that_is_no_list_of_people_is_a_sentence(appoint, text, told):
    answer = appoint(text)

    assert answer.code == 1
    assert told in answer.err


def test_a_missing_file_is_a_sentence_and_json_lists_the_faults(counter, tmp_path):
    missing = tmp_path / "没有.yaml"
    answer = counter.run("user", "appoint", missing, "--as", "district1", "--json")

    assert answer.code == 1
    assert answer.json["error"]["kind"] == "VillageFileInvalid"
    assert answer.json["error"]["faults"] == ["文件不存在或不能读取"]
