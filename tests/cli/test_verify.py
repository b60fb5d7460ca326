"""The commands with which keys are made and papers verified, at the window and elsewhere."""

import json
import shutil
from datetime import timedelta

import pytest
from pypdf import PdfReader

from conversion.cli import keys as keys_command
from conversion.cli import verify as verify_command
from conversion.documents.render import render
from conversion.domain.notice import PaperStatus
from tests.cli.conftest import at_ten
from tests.keys import PASSPHRASE
from tests.services.test_verification import end, the_paper

FOUND = ("keys", "init", "--office", "汇川区村改社区工作专班", "--origin", "huichuan/cungaishe")
TWO = ("--person", "周晓梅", "--person", "李文华")


def print_here(jobs, _workers, *_):
    for job in jobs:
        yield render(job.kind, job.facts, job.templates, job.codes)


@pytest.fixture
def window(counter_at, monkeypatch):
    """A village whose land is registered, in an office with keys and their passphrase."""
    for module in ("services.issuance", "services.reprint", "cli.keys"):
        monkeypatch.setattr(f"conversion.{module}.render_many", print_here)
    counter = counter_at("landed")
    clock_at(counter, counter.town.calendar.day, monkeypatch)
    monkeypatch.setenv("CONVERSION_KEYS_PASSPHRASE", PASSPHRASE)
    made = counter.run(*FOUND, *TWO, "--sheet", counter.folder / "记录.pdf")
    assert made.code == 0, made.err
    return counter


def clock_at(counter, day, monkeypatch):
    counter.on(day)
    for module in (keys_command, verify_command):
        monkeypatch.setattr(module, "local_now", at_ten(day))


@pytest.fixture
def paper(window):
    """The file of a paper that was issued."""
    done = window.run(
        "document", "issue", "--as", "taskforce1", "--out", window.folder / "文书", "--json"
    )
    assert done.code == 0, done.err
    assert done.json["signed"]
    return next((window.folder / "文书" / "0001").glob("土地权属确认书*"))


def lists(window):
    """The public lists, as they are handed to a bank."""
    elsewhere = window.folder / "银行"
    elsewhere.mkdir(exist_ok=True)
    for name in ("key-list.txt", "void-list.txt"):
        shutil.copy(window.folder / "keys" / name, elsewhere / name)
    return ("--keys", elsewhere / "key-list.txt", "--void", elsewhere / "void-list.txt")


def fingerprint(window):
    return window.run("keys", "show").out.partition("清单密钥的指纹：")[2].splitlines()[0]


def test_the_ceremony_leaves_keys_lists_and_a_sheet_to_sign(window):
    sheet = PdfReader(window.folder / "记录.pdf").pages[0].extract_text()

    assert "密钥启用记录" in sheet
    assert fingerprint(window)[:19] in sheet
    assert {p.name for p in (window.folder / "keys").iterdir()} >= {
        "list.p12",
        "root.p12",
        "key-list.txt",
    }


@pytest.mark.parametrize("persons", [("--person", "周晓梅"), ("--person", "甲", "--person", "甲")])
def test_one_person_makes_no_keys(persons, counter):
    counter.monkeypatch.setenv("CONVERSION_KEYS_PASSPHRASE", PASSPHRASE)

    refused = counter.run(*FOUND, *persons, "--sheet", counter.folder / "记录.pdf")

    assert refused.code == 2
    assert "两个人" in refused.err
    assert not (counter.folder / "keys").exists()


def test_without_terminal_or_variable_there_is_no_passphrase(counter):
    refused = counter.run(*FOUND, *TWO, "--sheet", counter.folder / "记录.pdf")

    assert refused.code == 1
    assert "CONVERSION_KEYS_PASSPHRASE" in refused.err


def test_a_paper_is_verified_at_the_window(window, paper):
    answer = window.run("document", "verify", paper)

    assert answer.code == 0
    assert "真实有效" in answer.out
    assert "土地权属确认书" in answer.out
    assert "逐项与手上的文书核对" in answer.out


def test_a_bank_verifies_with_two_files_and_a_fingerprint(window, paper):
    print_ = fingerprint(window)
    window.run("document", "void-list")
    window.monkeypatch.setenv("CONVERSION_DATABASE_URL", "sqlite:////nowhere/at/all.db")

    answer = window.run("document", "verify", paper, *lists(window), "--fingerprint", print_)
    other = window.run("document", "verify", paper, *lists(window), "--fingerprint", "0" * 64)

    assert (answer.code, other.code) == (0, 1)
    assert "真实有效" in answer.out
    assert "指纹不符" in other.err


def test_a_list_that_is_a_day_old_says_so(window, paper):
    window.run("document", "void-list")
    later = window.day + timedelta(days=2)
    window.monkeypatch.setattr(verify_command, "local_now", at_ten(later))

    answer = window.run("document", "verify", paper, *lists(window), "--json")

    assert answer.code == 1
    assert answer.json[0]["verdict"] == "list_out_of_date"


def test_a_command_that_ends_a_paper_leaves_a_new_void_list_behind(window, paper):
    assert window.run("document", "list").code == 0, "any command renews the list"
    before = (window.folder / "keys" / "void-list.txt").read_text(encoding="utf-8")
    assert '"papers":[]' in before
    number = the_paper(window.town).number
    end(window.town, PaperStatus.SUPERSEDED)
    assert window.run("document", "list").code == 0

    after = (window.folder / "keys" / "void-list.txt").read_text(encoding="utf-8")
    assert '"status":"superseded"' in after
    assert number not in after
    answer = window.run("document", "verify", paper, *lists(window))
    assert answer.code == 1
    assert "已被取代" in answer.out


def test_without_the_passphrase_commands_work_and_the_list_grows_old(window, paper):
    window.monkeypatch.delenv("CONVERSION_KEYS_PASSPHRASE")

    assert window.run("document", "list").code == 0
    assert window.run("document", "verify", paper).code == 0
    refused = window.run("document", "void-list")
    assert refused.code == 1
    assert "CONVERSION_KEYS_PASSPHRASE" in refused.err


def test_keys_are_changed_and_what_was_signed_stays_good(window, paper):
    changed = window.run("keys", "rotate", *TWO, "--sheet", window.folder / "更换.pdf")

    assert changed.code == 0
    assert "第2号" in changed.out
    assert window.run("document", "verify", paper).code == 0


def test_a_stolen_key_is_revoked_and_the_list_shows_it(window, paper):
    (code,) = window.run("keys", "show", "--json").json["codes"]

    revoked = window.run("keys", "revoke", code["id"])

    assert revoked.code == 0
    assert str(window.day) in revoked.out
    assert window.run("document", "verify", paper).code == 0, "the records know it"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("HJ1:ABC",), "不是真件"),
        (("无此文件.pdf",), "不能读取"),
        (("x.pdf", "--void", "y.txt"), "没有公钥清单"),
    ],
)
def test_what_is_wrong_is_said(words, told, window):
    answer = window.run("document", "verify", *words)

    assert answer.code != 0
    assert told in answer.out + answer.err


def test_the_void_list_is_written_where_it_is_wanted(window):
    out = window.folder / "作废.txt"

    done = window.run("document", "void-list", "--out", out)
    refused = window.run("document", "void-list", "--out", window.folder / "no" / "x.txt")

    assert done.code == 0
    assert "0 份失效" in done.out
    assert out.read_text(encoding="utf-8").startswith("conversion void list v1\n")
    assert refused.code == 2


def test_the_page_for_a_bank_has_the_lists_of_the_day(window):
    out = window.folder / "核验.html"

    done = window.run("document", "verify-page", out)
    refused = window.run("document", "verify-page", window.folder / "no" / "x.html")

    assert done.code == 0
    assert fingerprint(window) in done.out
    page = out.read_text(encoding="utf-8")
    assert "核验文书" in page
    for name in ("key-list.txt", "void-list.txt"):
        note = (window.folder / "keys" / name).read_text(encoding="utf-8")
        assert json.dumps(note) in page
    assert refused.code == 2


def test_papers_of_an_office_without_keys_are_said_to_prove_nothing(counter_at, monkeypatch):
    monkeypatch.setattr("conversion.services.issuance.render_many", print_here)
    counter = counter_at("landed")

    done = counter.run("document", "issue", "--as", "taskforce1", "--out", counter.folder / "文书")

    assert done.code == 0
    assert "conversion keys init" in done.out


def test_a_reprint_says_that_the_signature_is_on_the_original(window, paper):
    number = the_paper(window.town).number

    done = window.run(
        "document",
        "reprint",
        "0001",
        number,
        "--as",
        "auditor1",
        "--out",
        window.folder / "again.pdf",
    )

    assert done.code == 0
    assert "电子签名只在原来的文件上" in done.out
    assert paper.read_bytes().startswith((window.folder / "again.pdf").read_bytes())
