"""What a clerk, or a script, sees of `conversion doctor`."""

import json
import shutil
from dataclasses import replace

import pytest

from conversion import cli
from conversion.cli import doctor
from conversion.policy.location import packs_folder
from conversion.services.machine import Machine
from conversion.store.database import Database
from conversion.workflows.definition import CASE_LEVELS, level

COMPLETE = {
    "python": (3, 11, 2),
    "pango": (1, 50, 12),
    "harfbuzz_subset": "6.0.0",
    "families": dict.fromkeys("龙𣒍𮧵", frozenset({"Noto Serif CJK SC", "Noto Sans CJK SC"})),
    "calendar_until": 2099,
}


@pytest.fixture
def on_a_machine(monkeypatch, tmp_path):
    url = f"sqlite:///{tmp_path}/village.db"
    monkeypatch.setenv("CONVERSION_DATABASE_URL", url)
    database = Database(url)
    database.migrate()
    database.close()

    def arrange(**lacking):
        machine = Machine(**{**COMPLETE, **lacking})
        monkeypatch.setattr(doctor, "look", lambda _characters: machine)

    return arrange


def test_a_ready_machine_is_told_so(on_a_machine, capsys):
    on_a_machine()

    assert cli.run(["doctor"]) == 0
    assert "可以办理。" in capsys.readouterr().out


def test_a_lack_is_told_with_its_cost_and_the_command_on_a_line_of_its_own(on_a_machine, capsys):
    on_a_machine(harfbuzz_subset=None)

    assert cli.run(["doctor"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert "    apt-get install libharfbuzz-subset0" in lines
    assert any("二十秒以上" in line for line in lines)
    assert lines[-1].startswith("还不能办理")


def test_a_script_reads_the_same_as_json(on_a_machine, capsys):
    on_a_machine(pango=None)

    assert cli.run(["doctor", "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert answer["ready"] is False
    assert [c["name"] for c in answer["checks"] if c["verdict"] == "failed"] == ["排版库 Pango"]


def test_an_office_without_its_database_is_told_how_to_make_it(
    on_a_machine, monkeypatch, tmp_path, capsys
):
    on_a_machine()
    monkeypatch.setenv("CONVERSION_DATABASE_URL", f"sqlite:///{tmp_path}/other.db")

    assert cli.run(["doctor"]) == 1
    assert "conversion db migrate" in capsys.readouterr().out


def test_the_procedures_are_proven_with_their_counts(capsys):
    assert cli.run(["doctor", "--workflows"]) == 0

    told = capsys.readouterr().out
    assert "户口只在区人民政府批准本户申请后报送" in told
    assert "案件和各事项都能办结" in told


def test_a_procedure_that_breaks_a_rule_fails_with_the_way_there(monkeypatch, capsys):
    unguarded = [replace(s, guards=()) for s in level("hukou").steps]
    levels = tuple(
        replace(t, steps=tuple(unguarded)) if t.name == "hukou" else t for t in CASE_LEVELS
    )
    monkeypatch.setattr(doctor, "CASE_LEVELS", levels)

    assert cli.run(["doctor", "--workflows", "--json"]) == 1

    answer = json.loads(capsys.readouterr().out)
    assert answer["sound"] is False
    assert "立案 → 户口转移·报送公安机关" in answer["exploration"]["faults"][0]


def test_a_damaged_policy_pack_is_told_with_what_is_wrong_in_it(
    on_a_machine, capsys, monkeypatch, tmp_path
):
    on_a_machine()
    packs = tmp_path / "policies"
    shutil.copytree(packs_folder(), packs)
    (packs / "cn-2025" / "shares.yaml").write_text("- 1\n", "utf-8")
    monkeypatch.setattr(doctor, "packs_folder", lambda: packs)

    assert cli.run(["doctor", "--json"]) == 1
    (told,) = [c for c in json.loads(capsys.readouterr().out)["checks"] if c["name"] == "政策包"]
    assert told["verdict"] == "failed"
    assert told["found"] == (
        "读取政策包 cn-2025：有以下错误；shares.yaml:1 文件的最外层应当是“键: 值”，例如 benefits:"
    )
    assert told["remedy"] == "conversion policy check"


def test_sound_policy_packs_are_named(on_a_machine, capsys):
    on_a_machine()

    assert cli.run(["doctor", "--json"]) == 0
    (told,) = [c for c in json.loads(capsys.readouterr().out)["checks"] if c["name"] == "政策包"]
    assert (told["verdict"], told["found"]) == ("fine", "cn-2025、huichuan-2009")
