"""A lawyer reads what a household gets under both packs, and the page of the documentation does."""

import json

import pytest
from typer.testing import CliRunner

from conversion.cli import side_by_side
from conversion.cli.policy import app
from conversion.errors import NotFound, PackInvalid
from conversion.policy.loading import load_packs
from conversion.policy.location import packs_folder
from tests.docs.recipe import ROOT


def run(*arguments):
    return CliRunner().invoke(app, [*arguments], env={"COLUMNS": "200"})


def test_every_example_comes_out_as_expected_with_the_packs():
    answer = run("check")

    assert answer.exit_code == 0
    assert (
        "对照示例“五口之家，有承包地和宅基地，儿子当兵，女儿上学，八十多岁的奶奶吃低保”：符合。"
        in (answer.stdout)
    )
    assert [*json.loads(run("check", "--json").stdout)["side_by_side"].values()] == [[]]


def test_members_for_whom_a_thing_reads_the_same_share_a_row():
    out = run("side-by-side", "五口之家").stdout

    assert "│ 01、02、03、04、05 │ 是成员" in out
    assert "huichuan-2009" in out
    assert "cn-2025" in out


def test_only_what_differs():
    told = json.loads(run("side-by-side", "--differing", "--json").stdout)

    assert {line["turn"] for line in told[0]["lines"]} <= {"gained", "lost", "changed"}


def test_an_example_that_is_not_there():
    with pytest.raises(NotFound):
        raise run("side-by-side", "六口之家").exception


@pytest.fixture
def spoilt(tmp_path, monkeypatch):
    """The example lies in a folder where a test may spoil it; the packs stay where they are."""
    source = packs_folder() / "side-by-side" / "family-of-five.yaml"

    def spoil(old, new):
        text = source.read_text("utf-8")
        assert old in text
        (tmp_path / "side-by-side").mkdir()
        (tmp_path / "side-by-side" / source.name).write_text(text.replace(old, new), "utf-8")
        monkeypatch.setattr(side_by_side, "packs_folder", lambda: tmp_path)
        monkeypatch.setattr(side_by_side, "load_packs", lambda _: load_packs(packs_folder()))

    return spoil


def test_an_expectation_that_is_not_met_is_told_and_exits_with_one(spoilt):
    spoilt("result: 保留}", "result: 终止}")

    checked, shown = run("check"), run("side-by-side")

    assert (checked.exit_code, shown.exit_code) == (1, 1)
    assert "cn-2025：没有一行符合" in checked.stdout
    assert "cn-2025：没有一行符合" in shown.stdout
    assert json.loads(run("check", "--json").stdout)["sound"] is False


def test_a_faulty_example_is_refused_with_its_line(spoilt):
    spoilt("day: 2025-05-01", "day: 明天")

    with pytest.raises(PackInvalid, match=r"family-of-five\.yaml:5"):
        raise run("side-by-side").exception


def test_the_page_of_the_documentation_is_what_the_packs_give():
    written = (ROOT / "docs" / "side-by-side.md").read_text(encoding="utf-8")

    assert written == side_by_side.page(side_by_side.side_by_side_results()), (
        "run `conversion policy side-by-side --markdown > docs/side-by-side.md`"
    )
