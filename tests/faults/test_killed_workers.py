"""A worker is killed in the middle: every paper is made once, no number twice, none left out."""

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from signal import SIGTERM

import pytest

from conversion.domain.notice import PaperStatus
from conversion.domain.print_run import Made
from conversion.services import print_run
from conversion.services.queued_work import work
from conversion.store.chains import load_programme
from conversion.store.database import Database
from conversion.store.papers import paper_lines
from conversion.store.queue import JobState
from tests.office import KEY, Town
from tests.stages import play
from tests.village_roster import VILLAGE, House

ROOT = Path(__file__).parents[2]
HOUSES = [
    House(number=f"{n:04d}", people=(f"骆仕{'一二三'[n - 1]} 户主 男 195{n}-08-09 农龄=35",), plots=("承包地 0.90",))
    for n in range(1, 4)
]  # fmt: skip
COMMAND = "from conversion.cli import main; main()"
LIMIT = 300
"""Seconds after which a worker has surely lost its way, on a machine that others use too."""


def a_town_that_waits(database: Database, folder: Path) -> Town:
    """Three households with land confirmed, and their papers given to the workers two by two."""
    (folder / "town.key").write_text(KEY.hex(), encoding="ascii")
    town = Town(database, folder)
    town.register()
    assert town.take_in(HOUSES).committed
    play(town, "landed", after="taken_in")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(print_run, "PART", 2)
        print_run.order(town.office, VILLAGE, "taskforce1", town.papers_folder)
    return town


@contextmanager
def worker(town: Town, slot: str) -> Iterator[subprocess.Popen[str]]:
    """A worker of its own process, gone with the block."""
    settings = {
        "CONVERSION_DATABASE_URL": town.database.url,
        "CONVERSION_KEY_FILE": str(town.folder / "town.key"),
    }
    told = ("worker", "--until-idle", "--slot", slot, "--workers", "1", "--take-over", "2")
    with subprocess.Popen(
        [sys.executable, "-c", COMMAND, *told],
        cwd=ROOT,
        env=os.environ | settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def until(true: Callable[[], object]) -> None:
    for _ in range(LIMIT * 10):
        if true():
            return
        time.sleep(0.1)
    pytest.fail("it never came about")


def has_begun(town: Town, slot: str) -> bool:
    """Whether a page of a part that the slot has in hand lies aside, not yet recorded."""
    running = [p for p in run(town).parts if p.state is JobState.RUNNING and p.slot == slot]
    if not running:
        return False
    first = int(running[0].key.rpartition("/")[2])
    wanted = order_of(town)[first - 1 : first + 1]
    aside = [path.name for path in town.papers_folder.rglob("*.part")]
    return any(number in name for number in wanted for name in aside)


def order_of(town: Town) -> list[str]:
    with town.database.reading() as session:
        return [line.number for line in paper_lines(session, VILLAGE)]


def run(town: Town):
    return work(town.office, VILLAGE, "P0001")


def children(process: subprocess.Popen[str]) -> list[Path]:
    """What the process started, and what that started: its printers and their tracker."""
    found = Path(f"/proc/{process.pid}/task").glob("*/children")
    return [Path(f"/proc/{pid}") for pid in " ".join(p.read_text() for p in found).split()]


def killed_in_the_middle(town: Town, process: subprocess.Popen[str], slot: str) -> None:
    until(lambda: has_begun(town, slot))
    printers = children(process)
    assert printers
    process.kill()
    process.wait()
    until(lambda: not any(printer.exists() for printer in printers))


def finishes(process: subprocess.Popen[str]) -> None:
    told, _ = process.communicate(timeout=LIMIT)
    assert process.returncode == 0, told


def test_a_worker_killed_in_the_middle_loses_no_paper_and_makes_none_twice(database, tmp_path):
    """On SQLite it is started again; on PostgreSQL another takes over what it had in hand."""
    town = a_town_that_waits(database, tmp_path)
    if town.database.url.startswith("sqlite"):
        with worker(town, "one") as killed:
            killed_in_the_middle(town, killed, "one")
        with worker(town, "one") as again:
            finishes(again)
    else:
        with worker(town, "one") as killed, worker(town, "two") as other:
            killed_in_the_middle(town, killed, "one")
            finishes(other)

    done = run(town)
    assert (done.counts, done.failed, done.broken) == ({Made.DONE: done.total}, (), ())
    assert_made_once(town)


def test_a_worker_told_to_stop_finishes_its_part_and_leaves_the_rest(sqlite_database, tmp_path):
    town = a_town_that_waits(sqlite_database, tmp_path)
    with worker(town, "one") as told:
        until(lambda: has_begun(town, "one"))
        told.send_signal(SIGTERM)
        finishes(told)

    stopped = run(town)
    assert 2 <= stopped.counts[Made.DONE] < stopped.total
    assert not any(part.state is JobState.RUNNING for part in stopped.parts)
    with worker(town, "other") as next_day:
        finishes(next_day)
    assert_made_once(town)


def assert_made_once(town: Town) -> None:
    with town.database.reading() as session:
        lines = paper_lines(session, VILLAGE)
        programme = load_programme(session, VILLAGE)
    cases = [town.case(house.number) for house in HOUSES]
    papers = [*programme.papers.values(), *(p for c in cases for p in c.papers.values())]
    files = {path.read_bytes() for path in town.papers_folder.rglob("*.pdf")}
    told = [e.act for past in (programme.past, *(c.past for c in cases)) for e in past]

    assert {line.status for line in lines} == {PaperStatus.ISSUED}
    assert sorted(line.number for line in lines if "地确" in line.number) == [
        f"坪社地确〔2009〕{n:04d}号" for n in range(1, 4)
    ]
    assert {hashlib.sha256(file).hexdigest() for file in files} == {p.file_sha256 for p in papers}
    assert told.count("document.issue") == len(files) == len(lines)
    assert not list(town.papers_folder.rglob("*.part"))
    assert town.verify().is_sound
