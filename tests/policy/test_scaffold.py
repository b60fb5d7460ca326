"""A pack for another district begins as a copy that is sound, and is nobody's yet."""

import json

import pytest
from typer.testing import CliRunner

from conversion import cli
from conversion.cli.policy import app
from conversion.policy.comparison import differences
from conversion.policy.loading import check_pack, load_pack

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
