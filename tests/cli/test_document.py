"""Papers at the command line: listed while they wait, made, and printed again."""

import hashlib

import pytest

from conversion.history.act import Act
from conversion.services.staffing import find_actor
from conversion.store.append import append
from conversion.store.chains import load_case

CASE = "520303105202-0001"


@pytest.fixture
def approved(counter):
    """Household 0001, countersigned by every department and approved at the counter today."""
    office = counter.office()
    with office.database.writing() as session:
        act = Act(
            chain=CASE,
            version=load_case(session, CASE).version,
            at=office.now(),
            day=office.today(),
            actor=find_actor(session, office, counter.village, "minzheng1"),
            name="case.countersign",
            source="draft",
            target="countersigned",
        )
        append(session, counter.village, [act], key=office.key, random=office.random)
    office.database.close()
    done = counter.run(
        "case", "advance", "0001", "case.approve", "--as", "district1",
        "--form", "opinion=同意", "--form", "decision_number=汇府批〔2009〕36号",
    )  # fmt: skip
    assert done.code == 0, done.err
    return counter


def listed(counter, *arguments):
    return counter.run("document", "list", *arguments, "--json").json


def test_an_approved_case_has_a_paper_that_waits_to_be_made(approved):
    (paper,) = listed(approved)

    assert (paper["kind"], paper["chain"], paper["status"]) == ("approval_form", CASE, "pending")
    assert listed(approved, "--case", "0001", "--status", "pending") == [paper]
    assert listed(approved, "--status", "issued") == []
    assert listed(approved, "--case", "0002") == []
    assert "待制成" in approved.run("document", "list").out


def test_a_paper_is_made_once_and_printed_again_to_the_same_bytes(approved):
    folder, again = approved.folder / "文书", approved.folder / "重印.pdf"
    (number,) = [paper["number"] for paper in listed(approved)]

    made = approved.run(
        "document", "issue", "--as", "taskforce1", "--out", folder, "--workers", "1", "--json"
    )
    assert (made.code, made.json["failed"], made.json["signed"]) == (0, [], False)
    (paper,) = made.json["issued"]
    assert (paper["number"], paper["chain"]) == (number, CASE)
    (file,) = folder.glob("0001/*.pdf")
    assert file.read_bytes().startswith(b"%PDF")
    assert listed(approved, "--status", "issued")[0]["number"] == number

    reprinted = approved.run(
        "document", "reprint", "0001", number, "--as", "auditor1", "--out", again, "--json"
    )
    assert reprinted.code == 0
    assert again.read_bytes() == file.read_bytes()
    assert reprinted.json["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()

    nothing = approved.run("document", "issue", "--as", "taskforce1", "--out", folder)
    assert nothing.code == 0
    assert "已制成 0 份" in nothing.out
    assert approved.run("history", "verify").code == 0


def test_a_superseded_paper_is_printed_for_the_file_alone_and_says_so(approved):
    number = listed(approved)[0]["number"]
    folder, out = approved.folder / "文书", approved.folder / "重印.pdf"
    issue = ("document", "issue", "--as", "taskforce1", "--out", folder, "--workers", "1")
    assert approved.run(*issue).code == 0
    advance = ("case", "advance", "0001")
    opened = approved.run(
        *advance, "case.reopen", "--as", "taskforce2", "--form", "reason=批准文号有误",
        "--evidence", "correction_file=卷5页1",
    )  # fmt: skip
    assert opened.code == 0, opened.err
    corrected = approved.run(
        *advance, "case.correct", "--as", "district2", "--form", "corrected=批准文号更正",
        "--form", "decision_number=汇府更〔2009〕1号", "--form", f"papers={number}",
    )  # fmt: skip
    assert corrected.code == 0, corrected.err

    (ended,) = listed(approved, "--status", "superseded")
    assert (ended["number"], ended["end_reason"]) == (number, "更正（汇府更〔2009〕1号）")
    shown = approved.run("document", "reprint", "0001", number, "--as", "auditor1", "--out", out)
    assert shown.code == 0
    assert f"{number} 已被取代" in shown.out
    assert "重印件只供查档" in shown.out
    again = approved.run(
        "document", "reprint", "0001", number, "--as", "auditor1", "--out", out, "--json"
    )
    assert again.json["status"] == "superseded"
    assert approved.run("document", "list").out.count("已被取代") == 1

    renewed = approved.run(
        "case", "advance", "0001", "case.reissue", "--as", "taskforce1",
        "--form", "reason=更正后换发",
    )  # fmt: skip
    assert renewed.code == 0, renewed.err
    waiting = listed(approved, "--status", "pending")
    assert {p["kind"]: p["replaces"] for p in waiting} == {
        "rectification_notice": "",
        "approval_form": number,
    }


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("issue", "--as", "village1", "--out", "文书"), 1, "没有制发文书的岗位"),
        (("issue", "--as", "taskforce1", "--out", "/dev/null/文书"), 2, "不能建立这个目录"),
        (("issue", "--as", "taskforce1", "--out", "文书", "--workers", "0"), 2, "命令行有误"),
        (
            ("reprint", "0001", "坪社审〔2009〕9999号", "--as", "auditor1", "--out", "x.pdf"),
            1,
            "没有这份文书",
        ),
        (("list", "--status", "lost"), 2, "命令行有误"),
        (("list", "--case", "9999"), 1, "没有这个案件编号"),
    ],
)
def test_what_can_not_be_done_is_a_sentence(counter, monkeypatch, arguments, code, told):
    monkeypatch.chdir(counter.folder)

    answer = counter.run("document", *arguments)
    assert answer.code == code
    assert told in answer.err
