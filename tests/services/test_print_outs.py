"""The log on paper: what an auditor takes away, and what the office can't take back."""

import hashlib
import re
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from conversion.documents.render import render
from conversion.errors import StepRefused
from conversion.services import print_outs
from conversion.services.keys import KeyFolder
from conversion.services.void_list import renew_void_list
from conversion.store.entries import entries_of, log_head
from tests.faults.tampering import read as read_rows
from tests.faults.tampering import tamper
from tests.keys import give_keys, keys_in
from tests.office import number_of
from tests.village_roster import VILLAGE

NO_KEYS = KeyFolder(path=Path("/nowhere"))


@pytest.fixture(autouse=True)
def _here(monkeypatch):
    """Papers are printed in this process: the same printing, without starting another."""

    def print_here(jobs, _workers):
        for job in jobs:
            yield render(job.kind, job.facts)

    monkeypatch.setattr(print_outs, "render_many", print_here)


def read(rendering):
    pages = PdfReader(BytesIO(rendering.pdf)).pages
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pages))


def head_of(town):
    with town.database.reading() as session:
        head = log_head(session, VILLAGE)
    return head.size, head.root().hex()


def test_a_cases_history_has_every_entry_and_the_root_and_nothing_personal(town_at):
    town = town_at("landed")
    case = town.case("0001")
    size, root = head_of(town)

    printed = print_outs.case_history(town.office, case.number, "auditor1")

    text = read(printed)
    assert printed.number == f"日志{size}条·根{root[:16]}"
    assert root in text
    assert f"共{len(case.past)}条记录" in text
    assert "没有缺号" in text
    with town.database.reading() as session:
        sealed = entries_of(session, case.number)
    assert text.count("日志第") >= len(sealed)
    for title in ("案件·立案", "案件·受理申请", "土地确权·权属调查"):
        assert title in text
    assert f"制发：{next(n for n in case.papers if '受' in n)}" in text
    for member in case.members.values():
        assert member.name not in text
        assert member.resident_number not in text


def test_a_history_that_was_altered_says_so_on_paper(town_at):
    town = town_at("accepted")
    number = number_of("0001")
    ((data,),) = read_rows(town, "SELECT bytes FROM entries WHERE chain = ? AND seq = 1", number)
    other = data.replace(b'"day":"2009', b'"day":"2008')
    assert other != data
    change = "UPDATE entries SET bytes = ? WHERE chain = ? AND seq = 1"
    tamper(town, change, values=(other, number))

    text = read(print_outs.case_history(town.office, number, "auditor1"))

    assert "核验：本链有1处不符：第2条" in text


def test_the_days_record_stands_between_the_roots_before_and_after_it(town_at):
    town = town_at("accepted")
    before = head_of(town)
    town.calendar.later(1)
    day = town.calendar.day
    town.take("land.survey", "0001", surveyed_on=day)
    town.take("land.survey", "0002", surveyed_on=day)
    after = head_of(town)
    town.calendar.later(1)
    town.take("land.survey", "0003", surveyed_on=town.calendar.day)

    text = read(print_outs.day_record(town.office, VILLAGE, day, "taskforce1", NO_KEYS))

    assert after[0] == before[0] + 2
    assert f"当日开始前：日志{before[0]}条，根{before[1]}" in text
    assert f"当日结束时：日志{after[0]}条，根{after[1]}" in text
    assert "土地确权·权属调查2件" in text
    assert number_of("0002") in text
    assert number_of("0003") not in text


def test_a_day_without_records_is_printed_all_the_same(town_at):
    town = town_at("accepted")
    size, root = head_of(town)
    town.calendar.later(5)

    text = read(print_outs.day_record(town.office, VILLAGE, town.calendar.day, "auditor1", NO_KEYS))

    assert "共0条记录" in text
    assert "没有记录" in text
    assert text.count(root) == 2
    assert f"日志{size}条" in text


def test_the_days_record_witnesses_the_lists_that_were_handed_out(town_at, tmp_path):
    folder = KeyFolder(path=tmp_path / "keys")
    keys_in(folder)
    town = town_at("accepted")
    give_keys(town, folder)
    renew_void_list(town.office, folder)

    text = read(print_outs.day_record(town.office, VILLAGE, town.calendar.day, "auditor1", folder))

    for title, name in (("公钥清单", "key-list.txt"), ("作废清单", "void-list.txt")):
        assert f"打印时的{title}（" in text
        assert hashlib.sha256((folder.path / name).read_bytes()).hexdigest() in text


@pytest.mark.parametrize("account", ["village1", "surveyor1"])
def test_whoever_does_not_audit_prints_no_history(account, town_at):
    town = town_at("accepted")

    with pytest.raises(StepRefused):
        print_outs.case_history(town.office, number_of("0001"), account)
    with pytest.raises(StepRefused):
        print_outs.day_record(town.office, VILLAGE, town.calendar.day, account, NO_KEYS)
