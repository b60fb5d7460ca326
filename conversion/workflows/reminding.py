"""Reminding 催办: what is due is called to mind, once for each term and mark, by the sweep alone.

A reminder moves nothing and decides nothing. When a benefit's day comes it is the task to decide
what follows; the benefit itself goes on until that is decided.
"""

from collections.abc import Iterable
from datetime import date

from conversion.domain.collections import put
from conversion.domain.reminder import Reminder
from conversion.domain.role import Role
from conversion.domain.standing import Change
from conversion.policy.decision import Decision
from conversion.workflows.step import CaseCircumstances, Check, Guard, Part, Step
from conversion.workflows.term import Due


def reminders_due(
    dues: Iterable[Due], given: Iterable[Reminder], day: date
) -> tuple[Reminder, ...]:
    """What is to be called to mind on a day and was not yet: once for each term and mark."""
    known = {reminder.key for reminder in given}
    found = (due.reminder(day) for due in dues)
    return tuple(reminder for reminder in found if reminder and reminder.key not in known)


def _waiting(c: CaseCircumstances) -> tuple[Reminder, ...]:
    return reminders_due(c.dues, c.case.reminders.values(), c.day)


def _something_waits(c: CaseCircumstances) -> Check:
    waiting = _waiting(c)
    return Check(
        satisfied=bool(waiting),
        found="、".join(reminder.title for reminder in waiting) or "没有到期而未提醒的事项",
        remedy="到了提醒的日子再办理",
    )


def _given(c: CaseCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
    return tuple(put("reminders", reminder.key, reminder) for reminder in _waiting(c))


def remind_step(states: Iterable[str]) -> Step[CaseCircumstances]:
    """The sweep's reminder, in every state of a case."""
    return Step(
        event="remind",
        title="催办",
        source=tuple(states),
        target=None,
        roles=(Role.SYSTEM,),
        part=Part.RECORD,
        guards=(Guard(rule="reminder_due", title="有到期而未提醒的事项", test=_something_waits),),
        effect=_given,
        for_many=True,
        despite_holds=True,
        at_term=True,
    )
