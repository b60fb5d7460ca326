"""Term 期限: how long whoever is next may take; a step begins it, and leaving the state ends it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from conversion.domain.case import Case
from conversion.domain.reminder import Reminder
from conversion.domain.role import Role
from conversion.policy.deadline import Deadline
from conversion.policy.pack import PackOnDay
from conversion.policy.parameter_shape import Period, shaped
from conversion.standards.day_count import last_day_with_pauses


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """What a step begins: the next hand's time to act.

    Attributes:
        deadline: the pack's value that gives its days; roles: whose turn it is.
        after_notice: it runs from the last day of the level's newest notice, not from the step.
        milestone: what the village must have reached before it runs.
        departments: those still waited for, where each has the term for itself.
    """

    deadline: Deadline
    roles: tuple[Role, ...]
    after_notice: bool = False
    milestone: str = ""
    departments: Callable[[Case, PackOnDay], tuple[str, ...]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One running term of one chain.

    Attributes:
        subject: the term and what it is for; the same as long as it is the same term.
        matter: in Chinese; member: whose it is alone, if of one; level: what a hold would stop.
        since: the day it runs from, itself not counted; last: its last day.
        department: whose matter it is alone, empty where any of the roles may act.
        suspended: a hold stops it, so `last` will move.
        provisional: it leans on a year whose rest days are not published.
        ahead: days before the end on which it is called to mind; on the last day it always is.
        never_silent: it ends by a decision only; past its day it breaks the no-gap rule.
    """

    subject: str
    matter: str
    level: str
    since: date
    last: date
    roles: tuple[Role, ...]
    department: str = ""
    member: str = ""
    suspended: bool = False
    provisional: bool = False
    ahead: tuple[int, ...] = ()
    never_silent: bool = False

    @property
    def title(self) -> str:
        """The matter, with the member whose it is."""
        return f"{self.matter}（成员 {self.member}）" if self.member else self.matter

    def days_left(self, day: date) -> int:
        """Days until the last day; negative when it is over."""
        return (self.last - day).days

    def is_overdue(self, day: date) -> bool:
        """Whether it is over while nothing stops it."""
        return not self.suspended and day > self.last

    def reminder(self, day: date) -> Reminder | None:
        """What to call to mind on a day: the nearest mark that has passed, or that it is over."""
        left = self.days_left(day)
        passed = [mark for mark in (0, *self.ahead) if left <= mark]
        if self.suspended or not passed:
            return None
        overdue = left < 0
        return Reminder(
            subject=self.subject,
            title=self.title,
            due=self.last,
            offset=OVERDUE if overdue else min(passed),
            raised_on=day,
            roles=tuple(role.value for role in (self.answerable if overdue else self.roles)),
            escalated=overdue,
        )

    @property
    def answerable(self) -> tuple[Role, ...]:
        """Who is told once it is over: one office higher than whose turn it was."""
        return tuple(dict.fromkeys(HIGHER.get(role, role) for role in self.roles))


OVERDUE: Final = -1
"""The mark of what is over."""

HIGHER: Final = {
    Role.GROUP: Role.VILLAGE,
    Role.VILLAGE: Role.STREET,
    Role.COLLECTIVE: Role.STREET,
    Role.SUPERVISORS: Role.STREET,
    Role.SURVEYOR: Role.TASK_FORCE,
    Role.TASK_FORCE: Role.DISTRICT,
    Role.STREET: Role.DISTRICT,
    Role.DEPARTMENT: Role.DISTRICT,
    Role.REGISTRY: Role.DISTRICT,
    Role.POLICE_STATION: Role.COUNTY_POLICE,
    Role.COUNTY_POLICE: Role.DISTRICT,
}
"""Office → the one above it, which is told of what is overdue; the district has none above."""


def last_day_of(deadline: Deadline, since: date, pack: PackOnDay) -> date | None:
    """The last day of a term that begins on a day, as papers tell it; None where the pack has none.

    What stands still later moves it, which nobody knows yet.
    """
    name = f"deadline.{deadline}"
    if not pack.has(name):
        return None
    period = shaped(pack.use(name), Period)
    return last_day_with_pauses(since, period.days, (), working_days=period.working_days).last
