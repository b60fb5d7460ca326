"""`conversion document`: what is printed without a number of its own."""

import pytest

PAPER = ("0001", "坪社权告〔2009〕1号")


def test_a_cases_history_and_a_days_record_are_printed_for_the_auditor(counter):
    history, day = counter.folder / "历史.pdf", counter.folder / "当日.pdf"

    done = counter.run("document", "case-history", "0001", "--as", "auditor1", "--out", history)
    assert done.code == 0, done.err
    assert "日志" in done.out
    made = counter.run("document", "day-record", "--as", "taskforce1", "--out", day, "--json")

    assert made.code == 0, made.err
    assert made.json["pages"] >= 1
    assert made.json["of"].startswith("日志")
    assert history.read_bytes().startswith(b"%PDF")
    assert day.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("case-history", "0001", "--as", "village1", "--out", "x.pdf"), 1, "没有查阅历史的岗位"),
        (("day-record", "--as", "surveyor1", "--out", "x.pdf"), 1, "没有查阅历史的岗位"),
        (("day-record", "--as", "auditor1", "--day", "昨天", "--out", "x.pdf"), 2, "命令行有误"),
        (("case-history", "0001", "--as", "auditor1", "--out", "/没有/x.pdf"), 2, "目录不存在"),
        (("large-print", *PAPER, "--as", "taskforce1", "--out", "x.pdf"), 1, "没有这份文书"),
        (("large-print", *PAPER, "--as", "surveyor1", "--out", "x.pdf"), 1, "由工作专班"),
    ],
)
def test_what_can_not_be_printed_is_said(arguments, code, told, counter):
    done = counter.run("document", *arguments)

    assert done.code == code
    assert told in done.err
