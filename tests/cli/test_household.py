"""Changes of a household at the command line: looked at first, proposed, approved, taken back."""

import json

import pytest

from tests.cli.conftest import Counter
from tests.office import KEY


@pytest.fixture
def certified(town_at, tmp_path, monkeypatch, capsys):
    """The window of a village whose shares are certified, on its own day."""
    town = town_at("certified")
    counter = Counter(tmp_path, monkeypatch, capsys)
    (tmp_path / "village.key").write_text(KEY.hex(), encoding="ascii")
    monkeypatch.setenv("CONVERSION_DATABASE_URL", f"sqlite:///{town.folder / 'town.db'}")
    counter.on(town.calendar.day)
    return counter


def newborn(**others):
    told = {"name": "张安然", "relation": "41", "sex": "1", "birth_date": "2010-01-20"} | others
    return [word for name, value in told.items() for word in ("--form", f"{name}={value}")]


PAPERS = (
    *("--evidence", "birth_certificate=一组卷1页30"),
    *("--evidence", "birth_registration=一组卷1页31"),
)
BIRTH = ("0001", "register_birth", "--as", "taskforce1")


def test_a_change_is_previewed_line_by_line_and_writes_nothing(certified):
    answer = certified.run("household", "preview", *BIRTH, *newborn(), *PAPERS)

    assert answer.code == 0
    assert "成员 06：增加，张安然，孙子" in answer.out
    assert "文书失效，须换发：" in answer.out
    assert "可以办理。" in answer.out
    assert certified.run("household", "list", "--json").json == []


def test_a_preview_in_json_has_the_difference_and_what_is_lacking(certified):
    answer = certified.run("household", "preview", *BIRTH, *newborn(), "--json")

    assert answer.code == 1
    assert not answer.json["permits"]
    assert {r["rule"] for r in answer.json["unmet"]} == {
        "evidence.birth_certificate",
        "evidence.birth_registration",
    }
    assert any("张安然" in line for line in answer.json["difference"])


def test_a_form_that_can_not_be_read_has_no_difference_yet(certified):
    answer = certified.run("household", "preview", *BIRTH, *newborn(sex="男"), *PAPERS)

    assert answer.code == 1
    assert "各项要求齐备后才能对照。" in answer.out


def test_a_change_is_proposed_approved_listed_and_undone(certified):
    assert certified.run("household", "propose", *BIRTH, *newborn(), *PAPERS).code == 0
    (waiting,) = certified.run("household", "list", "--state", "待批准", "--json").json
    assert (waiting["serial"], waiting["kind"]) == ("C01", "register_birth")

    approved = certified.run(
        "household", "approve", "0001", "--as", "street2", "--form", "opinion=材料齐全，同意。"
    )
    assert approved.code == 0
    assert "已办理“户内变更·批准变更”" in approved.out

    told = ("--form", "change=C01", "--form", "reason=登记有误，重新办理。")
    assert certified.run("household", "undo", "0001", "--as", "street2", *told).code == 0
    (line,) = certified.run("household", "list", "--state", "undone", "--json").json
    assert line["title"] == "出生"
    assert certified.run("history", "verify").code == 0


def test_a_change_is_dropped_with_its_reason(certified):
    certified.run("household", "propose", *BIRTH, *newborn(), *PAPERS)
    told = ("--form", "reason=出生证明不清，退回补齐。")
    assert certified.run("household", "drop", "0001", "--as", "street2", *told).code == 0
    (line,) = certified.run("household", "list", "--json").json
    assert line["state"] == "dropped"


def test_a_split_comes_in_a_file(certified, tmp_path):
    form = {
        "signed": ["01", "02", "03", "05"],
        "moved_on": "2010-02-01",
        "portions": [
            {"number": "0001", "head": "01", "members": ["01", "02", "05"], "parcels": ["P01"]},
            {"number": "0129", "head": "03", "members": ["03", "04"], "parcels": ["P02", "P03"]},
        ],
    }
    file = tmp_path / "分户.json"
    file.write_text(json.dumps(form, ensure_ascii=False), encoding="utf-8")
    papers = ("--evidence", "split_agreement=卷1页1", "--evidence", "split_registration=卷1页2")
    proposed = certified.run(
        "household", "propose", "0001", "split", "--as", "taskforce1", "--form-file", file, *papers
    )
    assert proposed.code == 0, proposed.err
    approve = ("household", "approve", "0001", "--as", "street2", "--form", "opinion=同意分户。")
    assert certified.run(*approve).code == 0

    shown = certified.run("case", "show", "0129", "--json").json
    assert [m["serial"] for m in shown["members"]] == ["03", "04"]
    timeline = certified.run("case", "timeline", "0129", "--json").json
    assert "case.accept" in [event["act"] for event in timeline]
    source = certified.run("case", "show", "0001", "--json").json
    assert [p["went_to"] for p in source["departed"]] == [
        "520303105202-0129/03",
        "520303105202-0129/04",
    ]
    assert [c["state"] for c in source["changes"]] == ["applied"]


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("propose", "0001", "vanish", "--as", "taskforce1"), 2, "没有这种变更"),
        (("preview", "0001", "vanish", "--as", "taskforce1"), 2, "register_birth（出生）"),
        (("list", "--state", "gone"), 2, "pending（待批准）"),
        (("approve", "0001", "--as", "street2", "--form", "opinion=同意。"), 1, "户内变更处于"),
    ],
)
def test_what_can_not_be_done_is_told(certified, arguments, code, told):
    answer = certified.run("household", *arguments)

    assert answer.code == code
    assert told in answer.err
