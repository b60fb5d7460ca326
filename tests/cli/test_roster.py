"""The commands on rosters, as a clerk runs them."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from conversion.cli.roster import app
from conversion.errors import WrongUse

SAMPLE = Path(__file__).parents[2] / "examples" / "pingshan" / "花名册.xlsx"
RUNNER = CliRunner()


def _spoilt(tmp_path):
    book = load_workbook(SAMPLE)
    book["成员"]["D3"] = "=A1"
    book.save(tmp_path / "花名册.xlsx")
    return tmp_path / "花名册.xlsx"


def test_the_sample_village_passes():
    result = RUNNER.invoke(app, ["check", str(SAMPLE)])

    assert result.exit_code == 0
    assert "128 户" in result.stdout


def test_a_faulty_roster_exits_with_1_and_says_where(tmp_path):
    result = RUNNER.invoke(app, ["check", str(_spoilt(tmp_path)), "--json"])

    errors = [f for f in json.loads(result.stdout)["findings"] if f["severity"] == "error"]
    assert result.exit_code == 1
    assert {("D", 3, "cell.formula")} <= {(f["column"], f["row"], f["code"]) for f in errors}


def test_the_marked_workbook_is_written(tmp_path):
    marked = tmp_path / "核对.xlsx"

    RUNNER.invoke(app, ["check", str(_spoilt(tmp_path)), "--marked", str(marked)])

    assert load_workbook(marked)["成员"]["S2"].value == "核对意见"


def test_a_place_that_cannot_be_written_is_wrong_use(tmp_path):
    with pytest.raises(WrongUse, match="换一个可写的位置"):
        RUNNER.invoke(app, ["template", str(tmp_path / "无" / "a.xlsx")], catch_exceptions=False)


def test_a_template_is_written_and_passes(tmp_path):
    path = tmp_path / "模板.xlsx"

    assert RUNNER.invoke(app, ["template", str(path)]).exit_code == 0
    assert RUNNER.invoke(app, ["check", str(path)]).exit_code == 0


def test_the_marked_copy_is_never_written_over_the_workbook(counter, tmp_path):
    path = tmp_path / "花名册.xlsx"
    counter.run("roster", "template", path)
    before = path.read_bytes()

    answer = counter.run("roster", "check", path, "--marked", path)

    assert answer.code == 2
    assert "原件不会被覆盖" in answer.err
    assert path.read_bytes() == before
