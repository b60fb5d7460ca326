"""A paper printed at the counter: the file for the printer, and the printing on record."""

import pytest

from tests.services.test_signed_papers import print_here


@pytest.fixture
def counter(counter_at, monkeypatch):
    for module in ("issuance", "reprint", "impression"):
        monkeypatch.setattr(f"conversion.services.{module}.render_many", print_here)
    counter = counter_at("accepted")
    counter.town.issue()
    return counter


def receipt(counter):
    papers = counter.run("document", "list", "--case", "0001", "--json").json
    return next(p["number"] for p in papers if p["kind"] == "acceptance_receipt")


def test_the_original_is_printed_once_and_then_copies(counter):
    number, out = receipt(counter), counter.folder / "打印.pdf"
    order = ("document", "print", number, "--printer", "窗口一", "--out", out)
    whose = ("--as", "village2", "--reason")

    first = counter.run(*order, *whose, "交户主")
    second = counter.run(*order, *whose, "户主遗失", "--json")

    assert first.code == 0, first.err
    assert "原件" in first.out
    assert "已登记" in first.out
    assert (second.json["serial"], second.json["is_original"]) == (2, False)
    assert second.json["reason"] == "户主遗失"
    assert out.read_bytes().startswith(b"%PDF")
    assert not list(counter.folder.rglob("*.part"))


def test_who_may_not_print_is_told_who_may(counter):
    number, out = receipt(counter), counter.folder / "打印.pdf"

    done = counter.run(
        "document", "print", number, "--printer", "窗口一", "--out", out, "--as", "surveyor1",
        "--reason", "想看看",
    )  # fmt: skip

    assert done.code == 1
    assert "由工作专班、集体经济组织理事会、村级经办人的人员办理" in done.err
    assert not out.exists()
