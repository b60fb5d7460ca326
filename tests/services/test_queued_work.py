"""Work given to the workers: done once, told item by item, and done again only where it failed."""

from dataclasses import replace
from datetime import timedelta
from itertools import count
from threading import Event
from typing import Any

import pytest

from conversion.documents.render import render
from conversion.domain.batch import BatchState
from conversion.domain.notice import PaperStatus
from conversion.domain.print_run import Made
from conversion.errors import DocumentRefused, NotFound, StepRefused
from conversion.jobs import Worker
from conversion.services import batch_part, batches, issuance, print_run, progress
from conversion.services.batches import Order, Scope
from conversion.services.queued_work import all_work, retry, work
from conversion.store.entries import erase_personal
from conversion.store.papers import paper_lines
from conversion.store.queue import JobState
from tests.office import number_of
from tests.village_roster import VILLAGE

MADE, WAITING, FAILED = Made.DONE, Made.WAITING, Made.FAILED


@pytest.fixture(autouse=True)
def here(monkeypatch):
    """Papers are printed in this process: the same printing, without starting another."""
    monkeypatch.setattr(
        issuance, "render_many", lambda jobs, _: (render(j.kind, j.facts) for j in jobs)
    )


def worked_off(town) -> list[Exception]:
    """What a worker that stops when all is done could not explain."""
    faults: list[Exception] = []

    def confessed(error):
        faults.append(error)
        return town.folder / "fault.log"

    worker = Worker(office=town.office, slot="here", processes=1, confessed=confessed)
    worker.run(Event(), until_idle=True)
    return faults


def ordered(town, by="taskforce1"):
    return print_run.order(town.office, VILLAGE, by, town.papers_folder)


def waiting(town) -> int:
    with town.database.reading() as session:
        return len(paper_lines(session, VILLAGE, status=PaperStatus.PENDING))


def papers(town, *households):
    return [paper for h in households for paper in town.case(h).papers.values()]


def issued(town, household) -> int:
    return [event.act for event in town.case(household).past].count("document.issue")


def a_review(opinion="同意上报。"):
    return Order(
        programme=VILLAGE,
        act="case.review",
        account="village1",
        scope=Scope(),
        form={"opinion": opinion},
    )


def test_papers_given_to_a_worker_are_made_and_told(town_at):
    town = town_at("landed")
    all_of_them = waiting(town)
    run = ordered(town)
    before = work(town.office, VILLAGE, run.serial)
    assert (before.counts, before.is_moving) == ({WAITING: all_of_them}, True)

    assert worked_off(town) == []

    after = work(town.office, VILLAGE, "P0001")
    assert (after.counts, after.is_moving, after.failed) == ({MADE: all_of_them}, False, ())
    assert [p.state for p in after.parts] == [JobState.DONE]
    assert after.pages_per_second is None  # the clock of this office stands still
    assert {p.status for p in papers(town, "0001", "0002", "0003")} == {PaperStatus.ISSUED}
    assert len(list(town.papers_folder.rglob("*.pdf"))) == all_of_them
    assert town.verify().is_sound


def test_what_a_worker_has_in_hand_is_not_given_to_another(town_at):
    town = town_at("landed")
    ordered(town)

    with pytest.raises(DocumentRefused) as refused:
        ordered(town, by="taskforce2")
    assert "P0001" in refused.value.found
    worked_off(town)
    with pytest.raises(DocumentRefused) as refused:
        ordered(town)
    assert refused.value.found == "没有待制的文书"


@pytest.mark.parametrize("account", ["auditor1", "village1", "district1"])
def test_whoever_may_not_issue_papers_gives_none_to_the_workers(account, town_at):
    town = town_at("landed")

    with pytest.raises(StepRefused):
        ordered(town, by=account)
    assert all_work(town.office, VILLAGE) == []


def test_one_bad_household_is_told_and_made_when_it_is_mended(town_at, monkeypatch):
    """Somebody left a file where the household's folder should be."""
    town = town_at("landed")
    town.papers_folder.mkdir()
    (town.papers_folder / "0002").write_bytes(b"")
    monkeypatch.setattr(print_run, "PART", 2)
    ordered(town)
    worked_off(town)

    stopped = work(town.office, VILLAGE, "P0001")
    bad = len(papers(town, "0002"))
    assert {failed.chain for failed in stopped.failed} == {number_of("0002")}
    assert stopped.counts == {MADE: stopped.total - bad, FAILED: bad}
    assert "不能写入" in stopped.failed[0].reason
    (town.papers_folder / "0002").unlink()

    again = retry(town.office, VILLAGE, "P0001")
    assert again.counts == {MADE: stopped.total - bad, WAITING: bad}
    assert len(again.parts) < len(stopped.parts)
    worked_off(town)

    done = work(town.office, VILLAGE, "P0001")
    assert (done.counts, done.failed) == ({MADE: stopped.total}, ())
    assert issued(town, "0001") == len(papers(town, "0001"))
    assert town.verify().is_sound


def test_a_paper_whose_facts_are_gone_is_told_and_stops_no_other(town_at):
    town = town_at("landed")
    with town.database.writing() as session:
        erase_personal(session, number_of("0002"), town.case("0002").version)
    ordered(town)
    worked_off(town)

    failed = work(town.office, VILLAGE, "P0001").failed
    assert {paper.chain for paper in failed} == {number_of("0002")}
    assert "依法删除" in failed[0].reason


def test_a_part_that_stops_as_a_whole_is_told_with_its_reason_and_done_again(town_at, monkeypatch):
    town = town_at("landed")
    ordered(town)
    with monkeypatch.context() as patch:
        patch.setattr(issuance, "jobs_of", broken)
        (fault,) = worked_off(town)
    assert isinstance(fault, ZeroDivisionError)

    stopped = work(town.office, VILLAGE, "P0001")
    (part,) = stopped.broken
    assert "ZeroDivisionError" in part.reason
    assert "fault.log" in part.reason
    assert stopped.counts == {WAITING: stopped.total}

    retry(town.office, VILLAGE, "P0001")
    assert worked_off(town) == []
    assert work(town.office, VILLAGE, "P0001").counts == {MADE: stopped.total}


def broken(*_):
    raise ZeroDivisionError


def test_work_that_waits_or_is_done_is_not_done_again(town_at):
    town = town_at("landed")
    ordered(town)
    with pytest.raises(StepRefused) as early:
        retry(town.office, VILLAGE, "P0001")
    assert "排队" in early.value.found
    worked_off(town)
    with pytest.raises(StepRefused) as done:
        retry(town.office, VILLAGE, "P0001")
    assert "已全部办完" in done.value.found
    with pytest.raises(NotFound):
        retry(town.office, VILLAGE, "P0002")


def test_papers_that_a_clerk_makes_meanwhile_are_made_once(town_at):
    town = town_at("landed")
    ordered(town)
    town.issue(by="taskforce2")
    files = {path: path.read_bytes() for path in town.papers_folder.rglob("*.pdf")}
    worked_off(town)

    assert work(town.office, VILLAGE, "P0001").counts == {MADE: len(files)}
    assert {path: path.read_bytes() for path in town.papers_folder.rglob("*.pdf")} == files
    assert issued(town, "0001") == len(papers(town, "0001"))


def test_a_batch_given_to_a_worker_is_done_case_by_case(town_at, monkeypatch):
    monkeypatch.setattr(batch_part, "CHUNK", 2)
    town = town_at("founded")
    town.take("case.withdraw", "0002", reason="本户自愿撤回申请。")
    batch = batches.start(town.office, a_review(), queued=True)
    assert len(work(town.office, VILLAGE, batch.serial).parts) == 2

    worked_off(town)

    done = work(town.office, VILLAGE, batch.serial)
    assert done.counts == {MADE: 2, FAILED: 1}
    assert "已撤回" in done.failed[0].reason
    assert town.households(case="reviewed") == ["0001", "0003"]
    assert town.verify().is_sound


def test_a_household_that_the_program_stumbles_over_stops_no_other(town_at, monkeypatch):
    town = town_at("founded")
    taken = progress.take_within

    def stumbles(session: Any, office: Any, act: Any, account: Any, filings: Any, **named: Any):
        if number_of("0002") in {filing.number for filing in filings}:
            raise ZeroDivisionError
        return taken(session, office, act, account, filings, **named)

    with monkeypatch.context() as patch:
        patch.setattr(batch_part, "take_within", stumbles)
        report = batches.run(town.office, a_review())
    assert [case.state for case in report.cases] == ["done", "refused", "done"]
    assert "ZeroDivisionError" in report.cases[1].reasons[0]
    assert town.households(case="reviewed") == ["0001", "0003"]


def test_what_a_batch_was_refused_is_tried_again_when_it_is_mended(town_at, monkeypatch):
    town = town_at("founded")
    batch = batches.start(town.office, a_review(), queued=True)
    with monkeypatch.context() as patch:
        patch.setattr(batch_part, "take_within", broken)
        worked_off(town)
    assert work(town.office, VILLAGE, batch.serial).counts == {FAILED: 3}

    retry(town.office, VILLAGE, batch.serial)
    worked_off(town)

    assert batches.show(town.office, VILLAGE, batch.serial).counts == {BatchState.DONE: 3}
    assert [e.act for e in town.case("0001").past].count("case.review") == 1


def test_a_batch_that_was_done_here_is_no_work_of_the_workers(town_at):
    town = town_at("founded")
    batches.run(town.office, a_review())

    assert all_work(town.office, VILLAGE) == []
    with pytest.raises(NotFound):
        work(town.office, VILLAGE, "B0001")


def test_the_pace_is_told_once_some_time_has_passed(town_at, monkeypatch):
    monkeypatch.setattr(issuance, "CHUNK", 1)
    town = town_at("landed")
    seconds = count()
    start = town.calendar()
    town.office = replace(town.office, clock=lambda: start + timedelta(seconds=next(seconds)))
    ordered(town)
    worked_off(town)

    pace = work(town.office, VILLAGE, "P0001").pages_per_second
    assert pace is not None
    assert 0 < pace < 5
