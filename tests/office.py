"""A village office at work: a database, the sample staff, a small roster, a movable day.

Everything goes through the public services; `tests.stages` has the normal way of a village.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from random import Random
from types import MappingProxyType
from typing import Any

from conversion.domain.case import Case
from conversion.domain.programme import Programme
from conversion.domain.role import Actor, Role
from conversion.policy.loading import load_packs
from conversion.policy.location import packs_folder
from conversion.policy.pack import Pack
from conversion.roster.reading import read_roster
from conversion.roster.roster import Roster
from conversion.services import audit, progress
from conversion.services import programme as villages
from conversion.services.filing import Filing, Outcome
from conversion.services.intake import Intake, commit_roster
from conversion.services.issuance import issue_pending
from conversion.services.office import Office
from conversion.services.recording import Issued, Unissued
from conversion.services.village_files import read_staff, read_village
from conversion.standards.beijing_time import CHINA
from conversion.store.append import Receipt
from conversion.store.arguments import with_arguments
from conversion.store.chains import case_numbers, load_case, load_programme
from conversion.store.database import Database
from conversion.store.voters import roll_of
from conversion.workflows.definition import level, village_level
from conversion.workflows.engine import step_at
from conversion.workflows.meeting import MATTERS
from conversion.workflows.publicity import Removal
from conversion.workflows.staff_list import Appointee, table_of
from conversion.workflows.step import Step
from tests.village_roster import HOUSES, VILLAGE, House, write_roster

SAMPLE = Path(__file__).parents[1] / "examples" / "pingshan"
START = date(2009, 12, 1)
BASE_DATE = date(2009, 11, 30)
KEY = bytes(range(32))
BALLOTS = ("in_favour", "against", "abstained")
BOARD = {"place": "村务公开栏", "posted_at": "09:30"}
AS_POSTED = {"removed_at": "17:00", "intact": True}
AGREED = {"opinion": "情况属实，同意。"}
REASON = {"reason": "经核对，情况如此，特此说明。"}
REFUSAL = REASON | {"clause": "实施方案第三条", "remedies": "六十日内可以申请行政复议。"}


@dataclass(slots=True)
class Calendar:
    """A clock that stands at half past nine of a day of our choosing."""

    day: date = START

    def __call__(self) -> datetime:
        return datetime.combine(self.day, time(9, 30), CHINA)

    def later(self, days: int) -> None:
        self.day += timedelta(days=days)


@cache
def packs() -> Mapping[str, Pack]:
    return load_packs(packs_folder())


@cache
def people() -> tuple[Appointee, ...]:
    """The sample's first staff list."""
    return read_staff(SAMPLE / "staff.yaml")


@cache
def staff() -> tuple[Actor, ...]:
    """The same people in their posts."""
    by_account = {actor.account: actor for actor in table_of(people(), START).on(START)}
    return tuple(by_account[person.account] for person in people())


# Who acts where the first of the step's roles would have had a hand in the case before.
USUAL = {"land.confirm": "street2", "benefits.start": "minzheng2"}


@dataclass(slots=True)
class Town:
    """One village's office. `take` and `village` bring all the evidence that a step asks for."""

    database: Database
    folder: Path
    calendar: Calendar = field(default_factory=Calendar)
    seed: int = 0
    office: Office = field(init=False)

    def __post_init__(self) -> None:
        self.office = Office(
            database=self.database,
            packs=packs(),
            clock=self.calendar,
            random=Random(self.seed).randbytes,
            key=KEY,
        )

    def register(self) -> None:
        """Register the sample village with its staff."""
        village = read_village(SAMPLE / "village.yaml")
        villages.register_village(self.office, village, people(), "taskforce1")

    def appoint(self, account: str, *roles: Role, by: str = "district2", **others: Any) -> Receipt:
        """Appoint a person to further posts, or change what is known of somebody."""
        known = self.programme().staff.get(account)
        person = {"account": account, "name": known.name if known else account, "roles": roles}
        return self.village("appoint", by=by, people=[person | others])

    def take_in(self, houses: Iterable[House] = HOUSES, **options: Any) -> Intake:
        """Deliver a roster of these households at the window."""
        path = write_roster(self.folder / "花名册.xlsx", houses)
        return commit_roster(self.office, VILLAGE, "taskforce1", self.read(path), **options)

    def read(self, path: Path) -> Roster:
        """A roster as read on the town's day."""
        return read_roster(path, today=self.office.today())

    def case(self, household: str) -> Case:
        with self.database.reading() as session:
            return load_case(session, number_of(household))

    def decision(self, household: str, act: str) -> Any:
        """The whole decision of the newest act of this name, its payload opened."""
        with self.database.reading() as session:
            case = load_case(session, number_of(household))
            opened = with_arguments(session, case, [act], self.office.key).last(act)
        assert opened
        return opened.decision

    def households(self, **states: str) -> list[str]:
        """Household numbers of the cases in these states."""
        with self.database.reading() as session:
            found = case_numbers(session, VILLAGE, states=states)
        return [number.rpartition("-")[2] for number in found]

    def programme(self) -> Programme:
        with self.database.reading() as session:
            return load_programme(session, VILLAGE)

    def filing(self, act: str, household: str, form: Mapping[str, Any]) -> Filing:
        """What is brought for a step: the form, and every paper it asks for."""
        name, _, event = act.partition(".")
        step = step_at(level(name), event, self.case(household).positions[name])
        found = AS_POSTED if issubclass(step.form, Removal) else {}
        filled = {**found, **form}
        return Filing(number=number_of(household), filled=filled, evidence=evidence_for(step))

    def take(self, act: str, household: str, *, by: str = "", **form: Any) -> Receipt:
        """One step on one case."""
        filing = self.filing(act, household, form)
        return progress.take(self.office, act, by or usual(act), filing)

    def take_many(
        self,
        act: str,
        households: Iterable[str],
        form: Callable[[Case], Mapping[str, Any]] = lambda _: {},
        *,
        by: str = "",
    ) -> list[Outcome]:
        """One step on many cases in one batch; nothing is raised."""
        filings = [self.filing(act, h, form(self.case(h))) for h in households]
        return progress.take_many(self.office, act, by or usual(act), filings)

    def all_take(
        self,
        act: str,
        form: Callable[[Case], Mapping[str, Any]] = lambda _: {},
        *,
        by: str = "",
        **states: str,
    ) -> None:
        """One step on every case in these states; the first refusal is raised."""
        for outcome in self.take_many(act, self.households(**states), form, by=by):
            if outcome.refusal:
                raise outcome.refusal

    def unmet(self, act: str, household: str, *, by: str = "", **form: Any) -> dict[str, str]:
        """The rules that a step does not meet, with what is there; nothing is written."""
        filing = self.filing(act, household, form)
        found = progress.explain(self.office, act, by or usual(act), filing)
        return {r.rule: r.found for r in found.requirements if not r.satisfied}

    def village(self, event: str, *, by: str = "", **form: Any) -> Receipt:
        """One step on the programme."""
        (step, *_) = village_level(event).steps_named(event)
        found = AS_POSTED if issubclass(step.form, Removal) else {}
        filing = Filing(number=VILLAGE, filled={**found, **form}, evidence=evidence_for(step))
        return villages.take(self.office, event, by or _first(step), filing)

    def meeting(
        self,
        called: date,
        *,
        absent: Collection[str] = (),
        proxies: Mapping[str, str] = MappingProxyType({}),
        **others: Any,
    ) -> dict[str, Any]:
        """The ballots of a meeting called on a day and held today; everybody comes and agrees.

        Args:
            called: the day of the notice, not before the village's last act.
            absent: who stays away; proxies: who votes for whom of them.
            others: ballots, or fields of the call.
        """
        serial = self.call(called, **{k: v for k, v in others.items() if k not in BALLOTS})
        away = {*absent, *proxies}
        present = [person for person in self.roll(serial) if person not in away]
        sheet: dict[str, Any] = {"present": present, "proxies": dict(proxies)}
        self.village("record_attendance", meeting=serial, held_on=self.calendar.day, **sheet)
        counts = {"in_favour": len(present) + len(proxies), "against": 0, "abstained": 0}
        return {"meeting": serial} | counts | {k: v for k, v in others.items() if k in BALLOTS}

    def call(self, called: date, **others: Any) -> str:
        """Call the villagers' meeting, on a day, for today and all that is still to be decided."""
        today, programme = self.calendar.day, self.programme()
        matters = [m for m, milestone in MATTERS.items() if not programme.has_reached(milestone)]
        call = {"body": "villagers_meeting", "matters": matters, "place": "村小学操场"}
        self.calendar.day = called
        try:
            self.village("call_meeting", **(call | {"planned_on": today} | others))
        finally:
            self.calendar.day = today
        return list(self.programme().meetings)[-1]

    def roll(self, meeting: str) -> list[str]:
        """Who is on a meeting's roll."""
        with self.database.reading() as session:
            return [voter.person for voter in roll_of(session, VILLAGE, meeting)]

    def wait_for_notice(self, household: str, track: str) -> None:
        notice = self.case(household).current_notice(track)
        assert notice
        self.calendar.day = max(self.calendar.day, notice.last_day + timedelta(days=1))

    def issue(self, *, by: str = "taskforce1") -> list[Issued | Unissued]:
        """Make every pending paper."""
        return issue_pending(self.office, VILLAGE, by, self.papers_folder)

    @property
    def papers_folder(self) -> Path:
        return self.folder / "文书"

    def verify(self) -> audit.AuditReport:
        return audit.verify(self.office, VILLAGE)


def number_of(household: str) -> str:
    return f"{VILLAGE}-{household}"


def evidence_for(step: Step[Any]) -> dict[str, str]:
    return {e.id: f"{e.title}，卷12第{n}页" for n, e in enumerate(step.evidence, 1)}


def usual(act: str) -> str:
    """The account of whoever usually takes a step on a case."""
    name, _, event = act.partition(".")
    return USUAL.get(act) or _first(level(name).steps_named(event)[0])


def _first(step: Step[Any]) -> str:
    return next(a.account for a in staff() if a.holds(step.roles[0]))


def adults(case: Case, day: date) -> list[str]:
    return [serial for serial, m in case.members.items() if m.age_on(day) >= 18]
