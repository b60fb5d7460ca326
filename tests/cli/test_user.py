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


def test_people_of_a_file_can_act_at_once(counter, staff_file):
    assert counter.run("user", "load", staff_file(STAFF)).code == 0

    listed = {u["account"]: u for u in counter.run("user", "list", "--json").json}
    assert listed["minzheng9"] == {
        "account": "minzheng9",
        "name": "尹光",
        "roles": ["department"],
        "department": "民政局",
        "kin": ["0002"],
    }


def test_people_read_posts_in_chinese(counter):
    assert "区级部门" in counter.run("user", "list").out


def test_all_faults_of_a_file_are_told_at_once_with_their_lines(counter, staff_file):
    answer = counter.run(
        "user",
        "load",
        staff_file(
            "- account: village9\n  name: 石明\n  roles: [mayor]\n- account: 7\n  nick: 老石\n"
            "  roles: []\n"
        ),
    )

    assert answer.code == 1
    assert "第 3 行 roles：没有岗位 mayor，从中选择：" in answer.err
    assert "第 4 行 account：应当是文字；编号、代码加引号" in answer.err
    assert "第 4 行 name：缺少这一项" in answer.err
    assert "第 5 行 nick：没有这一项" in answer.err
    assert "第 6 行 roles：至少写一项" in answer.err
    assert not {"village9"} & {u["account"] for u in counter.run("user", "list", "--json").json}


def test_an_account_listed_twice_and_a_department_without_name_are_faults(counter, staff_file):
    answer = counter.run(
        "user", "load", staff_file(STAFF.replace("minzheng9", "village9").replace("民政局", '""'))
    )

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
def test_a_file_that_is_no_list_of_people_is_a_sentence(counter, staff_file, text, told):
    answer = counter.run("user", "load", staff_file(text))

    assert answer.code == 1
    assert told in answer.err


def test_a_missing_file_is_a_sentence_and_json_lists_the_faults(counter, tmp_path):
    answer = counter.run("user", "load", tmp_path / "没有.yaml", "--json")

    assert answer.code == 1
    assert answer.json["error"]["kind"] == "VillageFileInvalid"
    assert answer.json["error"]["faults"] == ["文件不存在或不能读取"]
