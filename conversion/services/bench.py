"""The bench: one step on a whole village with its full history, beside the bare writing of it.

The village is made up, its history is not: every act of it went through the same services. What
is measured is `take_many` on all cases at once; the measure beside it is the same rows written by
plain statements into a copy of the same database, on the same machine, in the same minute.
"""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

from conversion.domain.collections import put
from conversion.domain.household import Household, Member
from conversion.domain.programme import Village
from conversion.domain.role import Actor, Role
from conversion.domain.standing import Change
from conversion.history.act import Act
from conversion.services import programme as villages
from conversion.services.definitions import pin
from conversion.services.filing import Filing
from conversion.services.intake import case_number
from conversion.services.office import Office
from conversion.services.progress import take_many
from conversion.standards.beijing_time import CHINA
from conversion.store.append import append
from conversion.store.bare_writes import write, writes_since
from conversion.store.chains import case_numbers, load_case, load_programme
from conversion.store.database import Database
from conversion.store.entries import log_head
from conversion.workflows.definition import initial, level
from conversion.workflows.staff_list import Appointee

ROUNDS: Final = 8
"""Times that each case is reviewed, posted, returned and submitted again: 41 acts in all."""
WINDOW: Final = timedelta(days=20)
"""Longer than any notice of a household is posted."""
START: Final = date(2010, 3, 1)
STEP: Final = "case.review"

MILLION: Final = 10**6
PEOPLE: Final = {
    role: Actor(account=f"bench-{role}", name=role.label, roles=(role,))
    for role in (Role.TASK_FORCE, Role.VILLAGE)
}
CAST: Final = {"case.accept": Role.TASK_FORCE, "case.resubmit": Role.TASK_FORCE}
FORMS: Final[Mapping[str, Mapping[str, Any]]] = {
    "case.accept": {"signed": ["01", "02"]},
    "case.review": {"opinion": "情况属实，同意上报。"},
    "case.post": {"place": "村务公开栏", "posted_at": "09:30"},
    "case.close_notice": {"removed_at": "16:30", "intact": True},
    "case.return_for_correction": {"reason": "请核对各成员的出生日期后重新提交。"},
    "case.resubmit": {"corrected": "已与户口簿核对，没有出入。"},
}
ROUND: Final = tuple(FORMS)[1:]

Told = Callable[[int, int], None]
"""Called with how many steps of the making are done, and how many there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One measurement.

    Attributes:
        events: acts in each case's history before the step.
        milliseconds: of the step on all cases; bare_milliseconds: of its rows written plainly.
        rows: rows written.
    """

    households: int
    events: int
    milliseconds: int
    bare_milliseconds: int
    rows: int

    @property
    def times(self) -> int:
        """How many times the bare writing the step takes."""
        return round(self.milliseconds / max(self.bare_milliseconds, 1))


@dataclass(slots=True)
class _Calendar:
    """A clock that stands at half past nine of a day of our choosing."""

    day: date

    def __call__(self) -> datetime:
        return datetime.combine(self.day, time(9, 30), CHINA)


def measure(
    office: Office,
    village: Village,
    households: int,
    folder: Path,
    *,
    stopwatch: Callable[[], int],
    told: Told = lambda *_: None,
) -> Measure:
    """Make a village in a folder, and measure one step on all its cases.

    Args:
        office: whose packs, key and random source are used; its database is not touched.
        village: what the made-up village is called.
        households: how many; folder: an empty one, for the databases.
        folder: see households.
        stopwatch: nanoseconds since whenever.
        told: called while the village is made.
    """
    calendar, file = _Calendar(START), folder / "village.db"
    made = replace(office, database=Database(f"sqlite:///{file}"), clock=calendar)
    try:
        made.database.migrate()
        _make(made, calendar, village, households, told)
        numbers, size, events = _standing(made, village.village_code)
    finally:
        made.database.close()
    bare = replace(made, database=Database(f"sqlite:///{shutil.copy(file, folder / 'bare.db')}"))
    made = replace(made, database=Database(f"sqlite:///{file}"))
    try:
        begun = stopwatch()
        _take(made, STEP, numbers)
        took = stopwatch() - begun
        with made.database.reading() as session:
            writes = writes_since(session, village.village_code, size)
        begun = stopwatch()
        with bare.database.writing() as session:
            write(session, writes)
        bare_took = stopwatch() - begun
    finally:
        made.database.close()
        bare.database.close()
    return Measure(
        households=households,
        events=events,
        milliseconds=took // MILLION,
        bare_milliseconds=bare_took // MILLION,
        rows=writes.count,
    )


def _standing(office: Office, code: str) -> tuple[list[str], int, int]:
    """The cases, the size of the log, and how long a case's history is."""
    with office.database.reading() as session:
        numbers = case_numbers(session, code)
        size = log_head(session, code).size
        return numbers, size, load_case(session, numbers[0]).version


# --- making the village ------------------------------------------------------------------------


def _make(
    office: Office, calendar: _Calendar, village: Village, households: int, told: Told
) -> None:
    people = [Appointee(account=a.account, name=a.name, roles=a.roles) for a in PEOPLE.values()]
    villages.register_village(office, village, people, PEOPLE[Role.TASK_FORCE].account)
    _open(office, village, households)
    with office.database.reading() as session:
        numbers = case_numbers(session, village.village_code)
    acts = ("case.accept", *ROUND * ROUNDS)
    for done, act in enumerate(acts, 1):
        if act == "case.close_notice":
            calendar.day += WINDOW
        _take(office, act, numbers)
        told(done, len(acts))


def _open(office: Office, village: Village, households: int) -> None:
    """The cases, in a village of which only the milestones count here."""
    code, states = village.village_code, initial(office.definition)
    with office.database.writing() as session:
        programme = load_programme(session, code)
        reached = Act(
            chain=code,
            version=programme.version,
            at=office.now(),
            day=office.today(),
            actor=PEOPLE[Role.TASK_FORCE],
            channel="bench",
            name="programme.approve",
            source=programme.state,
            target="approved",
        )
        opened = [
            Act(
                chain=case_number(code, f"{place:04d}"),
                version=0,
                at=office.now(),
                day=office.today(),
                actor=PEOPLE[Role.TASK_FORCE],
                channel="bench",
                name="case.open",
                target=states["case"],
                moves={name: state for name, state in states.items() if name != "case"},
                changes=(*_rows(f"{place:04d}"), pin(office)),
            )
            for place in range(1, households + 1)
        ]
        append(session, code, [reached, *opened], key=office.key, random=office.random)


def _rows(number: str) -> tuple[Change, ...]:
    """A couple with two children, of whom nobody has a number yet."""
    household = Household(number=number, group="一组", address=f"坪山村一组{number}号")
    told = (("02", "1", 1962), ("10", "2", 1964), ("21", "1", 1996), ("31", "2", 1999))
    members = [
        Member(
            serial=f"{place:02d}",
            name="户主" if place == 1 else f"成员{place}",
            relation=relation,
            sex=sex,
            birth_date=date(year, 3, 4),
            remark="虚构，没有号码",
        )
        for place, (relation, sex, year) in enumerate(told, 1)
    ]
    return (
        put("household", "household", household),
        *(put("members", member.serial, member) for member in members),
    )


def _take(office: Office, act: str, numbers: list[str]) -> None:
    name, _, event = act.partition(".")
    (step, *_) = level(name, office.definition).steps_named(event)
    evidence = {paper.id: "卷一第1页" for paper in step.evidence}
    filings = [Filing(number=n, filled=FORMS[act], evidence=evidence) for n in numbers]
    account = PEOPLE[CAST.get(act, Role.VILLAGE)].account
    for outcome in take_many(office, act, account, filings, channel="bench"):
        if outcome.refusal:
            raise outcome.refusal
