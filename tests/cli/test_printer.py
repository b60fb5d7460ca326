"""Printers and their offsets at the command line, and the sheet by which they are measured."""

from pypdf import PdfReader


def test_a_printer_is_set_listed_and_removed(counter):
    done = counter.run("printer", "set", "一号", "--right", "1.5", "--down", "-0.8", "--json")
    assert (done.code, done.json) == (0, {"name": "一号", "right": 15, "down": -8})
    assert "-0.8" in counter.run("printer", "list").out
    assert counter.run("printer", "remove", "一号").code == 0
    assert counter.run("printer", "remove", "一号").code == 1
    for wrong in ("1.55", "很多", "31"):
        assert counter.run("printer", "set", "一号", "--right", wrong).code == 2


def test_the_calibration_sheet_says_at_which_offset_it_was_printed(counter):
    counter.run("printer", "set", "一号", "--right", "1.5", "--down", "-0.8")
    sheet = counter.folder / "校准.pdf"

    assert counter.run("printer", "calibrate", "一号", "--out", sheet).code == 0

    (page,) = PdfReader(sheet).pages
    words = "".join(page.extract_text().split())
    assert "右1.5毫米、下-0.8毫米" in words
    assert "校准页" in words


def test_the_stock_is_counted_at_the_command_line(counter):
    told = ("kind=share_certificate", "first=000001", "last=000010", "received_on=2009-11-30")
    form = [part for field in (*told, "supplier=印刷厂1号单") for part in ("--form", field)]
    proof = ("--evidence", "delivery_list=卷1页1")
    received = counter.run("stock", "receive", "--as", "taskforce1", *form, *proof)
    assert received.code == 0, received.err

    shown = counter.run("stock", "show", "--json")

    (stock,) = shown.json["stocks"]
    assert (stock["first"], stock["last"], stock["left"]) == ("000001", "000010", 10)
    assert shown.json["findings"] == []
