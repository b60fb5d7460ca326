"""A pack for another district begins as a copy that is sound, and is nobody's yet."""

import json

import pytest
from typer.testing import CliRunner

from conversion import cli
from conversion.cli.policy import app
from conversion.errors import WrongUse
from conversion.policy.comparison import differences
from conversion.policy.loading import check_pack, load_pack
from conversion.policy.scaffold import scaffold

NAMED = ("--title", "遵义市红花岗区村改社区政策包", "--office", '红花岗区"村改社区"专班：试点')


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_a_new_pack_is_sound_has_its_own_name_and_none_of_the_others_cases(tmp_path, huichuan):
    folder = tmp_path / "honghuagang-2009"

    assert run("new", folder, *NAMED).exit_code == 0

    pack = load_pack(folder)
    assert check_pack(folder) == ()
    assert (pack.id, pack.title) == ("honghuagang-2009", "遵义市红花岗区村改社区政策包")
    assert pack.office == '红花岗区"村改社区"专班：试点'
    assert pack.examples == ()
    assert differences(huichuan.on(pack.since), pack.on(pack.since)) == ()
    assert run("check", folder).exit_code == 0


def test_what_is_edited_afterwards_is_what_the_comparison_shows(tmp_path):
    folder = tmp_path / "honghuagang-2009"
    run("new", folder, *NAMED)
    rows = folder / "benefits.yaml"
    text = rows.read_text("utf-8").replace("department: 林业局", "department: 民政局", 1)
    rows.write_text(text, "utf-8")

    told = json.loads(run("diff", "huichuan-2009", folder, "--json").stdout)

    assert [(d["field"], d["after"]) for d in told["differences"]] == [("department", "民政局")]


@pytest.mark.parametrize("name", ["红花岗", "A-2009", "x", "honghuagang_2009"])
def test_a_name_that_no_pack_can_have_is_wrong_use(tmp_path, name):
    assert cli.run(["policy", "new", str(tmp_path / name), *NAMED]) == 2
    assert not (tmp_path / name).exists()


def test_a_folder_that_is_there_stays_as_it_is(tmp_path):
    folder = tmp_path / "honghuagang-2009"
    folder.mkdir()
    (folder / "note.txt").write_text("底稿", "utf-8")

    assert cli.run(["policy", "new", str(folder), *NAMED]) == 2
    assert [f.name for f in folder.iterdir()] == ["note.txt"]


def test_a_faulty_pack_is_no_beginning(copied, tmp_path):
    (copied / "shares.yaml").write_text("shares: 1\n", "utf-8")

    assert (
        cli.run(["policy", "new", str(tmp_path / "new-2009"), *NAMED, "--from", str(copied)]) == 2
    )


def refusal(*arguments, **named):
    with pytest.raises(WrongUse) as told:
        scaffold(*arguments, **{"title": "甲", "office": "乙"} | named)
    return told.value.asked, told.value.found, told.value.remedy


def test_each_refusal_says_what_to_do(copied, tmp_path):
    def asked(folder):
        return f"新建政策包 {folder}"

    bad = tmp_path / "红花岗"
    assert refusal(copied, bad) == (
        asked(bad),
        "编号应为小写字母、数字和连字符",
        "例如 honghuagang-2009，作为文件夹的名字",
    )
    (tmp_path / "there").mkdir()
    there = tmp_path / "there"
    assert refusal(copied, there) == (asked(there), "文件夹已经存在", "换一个编号或者文件夹")
    (tmp_path / "file").write_text("")
    below = tmp_path / "file" / "new-2009"
    assert refusal(copied, below) == (asked(below), "不能写入", "换一个编号或者文件夹")
    (copied / "shares.yaml").write_text("x: 1\n", "utf-8")
    new = tmp_path / "new-2009"
    assert refusal(copied, new) == (
        asked(new),
        f"原政策包 huichuan-2009 有 {len(check_pack(copied))} 处错误",
        "先改正原政策包",
    )
    assert not new.exists()


@pytest.mark.parametrize("words", ["", "  ", "甲\n乙", "甲" * 1001])
@pytest.mark.parametrize("option", ["title", "office"])
def test_a_pack_has_a_title_and_an_office_that_papers_can_print(copied, tmp_path, option, words):
    new = tmp_path / "new-2009"

    _, found, remedy = refusal(copied, new, **{option: words})

    assert found == f"--{option} 应当是一行文字，一至1000个字"
    assert remedy.startswith(f"例如 --{option} 红花岗区")
    assert not new.exists()


def test_a_title_may_be_long(copied, tmp_path):
    scaffold(copied, tmp_path / "new-2009", title="甲" * 1000, office="乙")

    assert load_pack(tmp_path / "new-2009").title == "甲" * 1000


def test_only_the_lines_of_its_own_name_are_written_anew(copied, tmp_path):
    folder = tmp_path / "new-2009"
    scaffold(copied, folder, title="新包：一", office='新"局"')

    before = (copied / "pack.yaml").read_text("utf-8").splitlines()
    after = (folder / "pack.yaml").read_text("utf-8").splitlines()
    changed = {
        old.partition(":")[0]: new for old, new in zip(before, after, strict=True) if old != new
    }
    assert changed == {
        "id": 'id: "new-2009"',
        "title": 'title: "新包：一"',
        "office": 'office: "新\\"局\\""',
    }
    for file in copied.glob("*.yaml"):
        if file.name != "pack.yaml":
            assert (folder / file.name).read_bytes() == file.read_bytes()
    assert list((folder / "examples").iterdir()) == []


@pytest.mark.parametrize("name", ["ab-1", "a" * 40, "a123"])
def test_a_name_has_four_to_forty_signs(copied, tmp_path, name):
    scaffold(copied, tmp_path / name, title="甲", office="乙")

    assert load_pack(tmp_path / name).id == name


@pytest.mark.parametrize("name", ["a-1", "a" * 41, "1abc", "abc-", "a_bc"])
def test_no_other_name_is_taken(copied, tmp_path, name):
    assert refusal(copied, tmp_path / name)[1] == "编号应为小写字母、数字和连字符"
