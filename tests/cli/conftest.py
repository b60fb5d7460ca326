"""An office as its staff find it: the sample village registered, a small roster taken in."""

import csv
import json
import shutil
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, partial
from pathlib import Path

import pytest

from conversion import bootstrap, cli
from conversion.bootstrap import Settings
from conversion.cli import opening
from conversion.policy.loading import load_packs
from conversion.roster.reading import read_roster
from conversion.services.intake import commit_roster
from conversion.services.programme import register_village
from conversion.services.village_files import read_staff, read_village
from conversion.standards.beijing_time import CHINA
from conversion.standards.resident_number import check_digit
from tests.office import KEY, Town

PACKS = cache(load_packs)  # the same packs for every command line, read once
SAMPLE = Path(__file__).parents[2] / "examples" / "pingshan"
VILLAGE = "520303105202"
FIRST_DAY = date(2009, 11, 30)
HEADINGS = ("组别", "户号", "户主姓名", "姓名", "与户主关系", "公民身份号码", "联系电话", "住址")


def a_number(born: str, sequence: str) -> str:
    first17 = f"520303{born}{sequence}"
    return first17 + check_digit(first17)


CHEN = a_number("19620412", "011")
PEOPLE = (
    ("一组", "0001", "陈明礼", "陈明礼", "户主", CHEN, "13885201234", "坪山村一组1号"),
    ("一组", "0001", "陈明礼", "罗秀英", "妻", a_number("19640809", "022"), "", ""),
    ("一组", "0001", "陈明礼", "陈雨欣", "长女", a_number("19990101", "024"), "", ""),
    ("二组", "0002", "何国强", "何国强", "户主", a_number("19570316", "031"), "", "坪山村二组3号"),
)


def write_roster(folder, people=PEOPLE):
    folder.mkdir(exist_ok=True)
    with (folder / "成员.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([HEADINGS, *people])
    return folder


def at_ten(day):
    return lambda: datetime(day.year, day.month, day.day, 10, tzinfo=CHINA)


@dataclass(frozen=True)
class Answer:
    """What a command line answered."""

    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


class Counter:
    """The window at which command lines are handed in, on a day of our choosing."""

    sample = SAMPLE
    village = VILLAGE
    people = PEOPLE
    a_number = staticmethod(a_number)
    write_roster = staticmethod(write_roster)

    town: Town
    """The village behind the window, where a test has one that came to a stage of its way."""

    def __init__(self, folder, monkeypatch, capsys, database="village.db"):
        self.folder = folder
        self.monkeypatch = monkeypatch
        self.capsys = capsys
        self.settings = Settings(
            database_url=f"sqlite:///{folder / database}", key_file=folder / "village.key"
        )
        monkeypatch.setenv("CONVERSION_DATABASE_URL", self.settings.database_url)
        monkeypatch.setenv("CONVERSION_KEY_FILE", str(self.settings.key_file))
        monkeypatch.setenv("COLUMNS", "300")
        monkeypatch.setattr(bootstrap, "Shelf", PACKS)
        self.on(FIRST_DAY)

    def on(self, day):
        self.day = day
        at = partial(bootstrap.open_office, clock=at_ten(day))
        self.monkeypatch.setattr(opening, "open_office_at", at)

    def run(self, *arguments):
        self.capsys.readouterr()
        code = cli.run([str(argument) for argument in arguments])
        out, err = self.capsys.readouterr()
        return Answer(code, out, err)

    def office(self):
        return bootstrap.open_office(self.settings, clock=at_ten(FIRST_DAY))


@pytest.fixture(scope="session")
def registered_village(tmp_path_factory):
    """A folder with database and key, made once."""
    folder = tmp_path_factory.mktemp("village")
    settings = Settings(
        database_url=f"sqlite:///{folder / 'village.db'}", key_file=folder / "village.key"
    )
    bootstrap.create(settings)
    office = bootstrap.open_office(settings, clock=at_ten(FIRST_DAY))
    people = read_staff(SAMPLE / "staff.yaml")
    register_village(office, read_village(SAMPLE / "village.yaml"), people, "taskforce1")
    roster = read_roster(write_roster(folder / "roster"), today=office.today())
    taken = commit_roster(office, VILLAGE, "taskforce1", roster)
    assert len(taken.committed) == 2, taken.findings
    office.database.close()
    return folder


@pytest.fixture
def counter(registered_village, tmp_path, monkeypatch, capsys):
    """The sample village with two cases, both drafts."""
    folder = tmp_path / "office"
    shutil.copytree(registered_village, folder)
    return Counter(folder, monkeypatch, capsys)


@pytest.fixture
def counter_at(town_at, monkeypatch, capsys):
    """The window of a village that has come to a stage of its way, on that day."""

    def make(stage):
        town = town_at(stage)
        (town.folder / "village.key").write_text(KEY.hex(), encoding="ascii")
        counter = Counter(town.folder, monkeypatch, capsys, database="town.db")
        counter.town = town
        counter.on(town.calendar.day)
        return counter

    return make


@pytest.fixture
def empty_counter(tmp_path, monkeypatch, capsys):
    """An office on its first day: neither database nor key."""
    return Counter(tmp_path, monkeypatch, capsys)
