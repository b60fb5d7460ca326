"""The demonstration's stage: a calendar that can be moved, a cast, and the ways to act on it.

Everything goes through the same services as the office's own work; only the days are staged, so
that notice periods can run out. What is played is in `chapters`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from conversion.domain.case import Case
from conversion.domain.programme import Programme
from conversion.domain.role import Actor, Role
from conversion.errors import NotFound
from conversion.services import programme as villages
from conversion.services.filing import Filing
from conversion.services.issuance import issue_pending
from conversion.services.office import Office
from conversion.services.progress import take_many
from conversion.services.recording import Issued, Unissued
from conversion.standards.beijing_time import CHINA
from conversion.standards.day_count import is_working_day
from conversion.store.chains import case_numbers, load_cases, load_programme
from conversion.workflows.definition import level, village_level
from conversion.workflows.staff_list import Appointee, table_of
from conversion.workflows.step import Step

Form = Mapping[str, Any]
Told = Callable[[str, int, int], None]
"""Called with a chapter's or batch's title, what is done of it, and how much there is."""


@dataclass(slots=True)
class StagedCalendar:
    """A clock that stands at half past nine of the story's day."""

    day: date

    def __call__(self) -> datetime:
        """The instant, in China Standard Time."""
        return datetime.combine(self.day, time(9, 30), CHINA)

    def later(self, days: int) -> None:
        """So many days on, at the next working day."""
        self.go_to(self.day + timedelta(days=days))

    def go_to(self, day: date) -> None:
        """A day not before today, or the next working day after it."""
        self.day = max(self.day, next_working_day(day))


def next_working_day(day: date) -> date:
    """The day itself, or the first working day after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """The office, its calendar and its cast, at work on one village.

    Attributes:
        folder: papers lie in `<folder>/<户号>/`; workers: processes that render.
        made: papers made so far, in order.
    """

    office: Office
    calendar: StagedCalendar
    code: str
    staff: tuple[Appointee, ...]
    story: Mapping[str, Any]
    folder: Path
    workers: int
    told: Told
    made: list[Issued | Unissued] = field(default_factory=list)

    def cast(self, role: Role, start: int = 0, *, department: str = "") -> tuple[Actor, ...]:
        """The people with a role, from the so-manieth on.

        Raises:
            NotFound: the cast has nobody like that.
        """
        people = table_of(self.staff, self.calendar.day).on(self.calendar.day)
        found = [a for a in people if a.holds(role) and department in {"", a.department}]
        if start >= len(found):
            label = f"{department}{role.label}"
            raise NotFound(f"演示中找{label}", f"人员表中只有 {len(found)} 人", "补充人员后重试")
        return tuple(found[start:])

    def programme(self) -> Programme:
        """The village's programme as it stands."""
        with self.office.database.reading() as session:
            return load_programme(session, self.code)

    def cases(self, **states: str) -> list[Case]:
        """The cases that stand in these states, e.g. `cases(shares="booked")`."""
        with self.office.database.reading() as session:
            return load_cases(session, case_numbers(session, self.code, states=states))

    def household(self, number: str) -> list[Case]:
        """The case of one household, as a batch of one."""
        with self.office.database.reading() as session:
            return load_cases(session, [f"{self.code}-{number}"])

    def village(self, event: str, role: Role, form: Form | None = None) -> None:
        """Take a step on the programme."""
        step = village_level(event).steps_named(event)[0]
        filing = Filing(number=self.code, filled=form or {}, evidence=self._evidence(step, "村卷"))
        villages.take(self.office, event, self.cast(role)[0].account, filing, channel="demo")

    def play(
        self,
        act: str,
        cast: tuple[Actor, ...],
        cases: Iterable[Case],
        form: Callable[[Case], Form] | None = None,
    ) -> None:
        """Take one step on many cases, each by the first of the cast who need not stand back.

        Raises:
            ConversionError: whatever a case is refused for; it ends the demonstration.
        """
        name, _, event = act.partition(".")
        step = level(name).steps_named(event)[0]
        filings: dict[str, list[Filing]] = {}
        for case in cases:
            filing = Filing(
                number=case.number,
                filled=form(case) if form else {},
                evidence=self._evidence(step, f"{case.household.number}号卷"),
            )
            filings.setdefault(_free_of_kin(cast, case).account, []).append(filing)
        for account, batch in filings.items():
            for outcome in take_many(self.office, act, account, batch, channel="demo"):
                if outcome.refusal:
                    raise outcome.refusal

    def last_day(self, track: str, state: str) -> date:
        """The last day of the lists of all cases that stand there."""
        notices = [case.current_notice(track) for case in self.cases(**{track: state})]
        return max(n.last_day for n in notices if n)

    def wait_for_notices(self, track: str, cases: Iterable[Case]) -> None:
        """Let the notices of these cases run out."""
        notices = [case.current_notice(track) for case in cases]
        self.calendar.go_to(max(n.last_day for n in notices if n) + timedelta(days=1))

    def issue(self) -> None:
        """Make every paper whose number has been taken."""
        done = issue_pending(
            self.office,
            self.code,
            self.cast(Role.TASK_FORCE)[0].account,
            self.folder,
            workers=self.workers,
            told=self._paper_made,
        )
        self.made.extend(done)

    def _paper_made(self, _paper: Issued | Unissued, done: int, total: int) -> None:
        self.told("印制文书", done, total)

    def _evidence(self, step: Step[Any], volume: str) -> dict[str, str]:
        pages = enumerate(step.evidence, 1)
        return {e.id: f"{e.title}，{volume}第{self.calendar.day:%m%d}-{n}页" for n, e in pages}


def _free_of_kin(cast: tuple[Actor, ...], case: Case) -> Actor:
    """The first who has no near relative in the household; the first of all if there is none."""
    people = [member.resident_number for member in case.people.values()]
    free = (a for a in cast if not a.is_kin(case.household.number, people))
    return next(free, cast[0])
