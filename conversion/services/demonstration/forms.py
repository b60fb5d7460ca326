"""The forms that the cast fills in: votes with their minutes, opinions, answers to objections."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, Final

from conversion.domain.case import Case
from conversion.domain.meeting import Meeting
from conversion.domain.role import Actor, Role
from conversion.services.demonstration.stage import Form, Stage, next_working_day
from conversion.store.voters import roll_of
from conversion.workflows.guards import MAJORITY

BOARD: Final = "村务公开栏、各组公告牌"
MEETING_NOTICE: Final = timedelta(days=12)
"""Days between the call to a meeting and the meeting, two more than the law asks."""


def call(stage: Stage, matter: str, *, after: date = date.min) -> Meeting:
    """The villagers' meeting, called to one matter, for a day after that on which a list ends."""
    earliest = max(stage.calendar.day + MEETING_NOTICE, after + timedelta(days=1))
    planned = next_working_day(earliest)
    notice = {
        "body": "villagers_meeting",
        "matters": [matter],
        "planned_on": planned,
        "place": "村小学操场",
    }
    stage.village("call_meeting", Role.VILLAGE, notice)
    return list(stage.programme().meetings.values())[-1]


def ballot(stage: Stage, meeting: Meeting) -> dict[str, Any]:
    """The vote of a meeting to which nine in ten come and which nearly all of them favour.

    The day has come; an absent person's vote is held by the first of the household who came.
    """
    stage.calendar.go_to(meeting.planned_on)
    with stage.office.database.reading() as session:
        roll = [voter.person for voter in roll_of(session, stage.code, meeting.serial)]
    present = [person for n, person in enumerate(roll, 1) if n % 10]
    came = {person.rpartition("/")[0]: person for person in reversed(present)}
    absent = [(person, came.get(person.rpartition("/")[0])) for person in roll[9::20]]
    proxies = {person: holder for person, holder in absent if holder}
    sheet = {"meeting": meeting.serial, "held_on": meeting.planned_on, "present": present}
    stage.village("record_attendance", Role.VILLAGE, sheet | {"proxies": proxies})
    votes = len(present) + len(proxies)
    against, abstained = votes // 50, votes // 40
    return {
        "meeting": meeting.serial,
        "in_favour": votes - against - abstained,
        "against": against,
        "abstained": abstained,
    }


def hold_vote(stage: Stage, meeting: Meeting, event: str, form: Form | None = None) -> None:
    """A meeting's vote on its one matter is counted, and the meeting has its minutes.

    Args:
        stage: the stage.
        meeting: as it was called.
        event: the matter.
        form: what the step asks for besides the ballots.
    """
    role = Role.VILLAGE if event == "resolve" else Role.SUPERVISORS
    stage.village(event, role, ballot(stage, meeting) | dict(form or {}))
    told = stage.story["minutes"][event]
    minutes = {"meeting": meeting.serial, **stage.story["minutes"]["served"], "discussion": told}
    stage.village("minute_meeting", Role.VILLAGE, minutes)


def adults(stage: Stage, case: Case) -> list[str]:
    """Serials of the members who sign for themselves."""
    day = stage.calendar.day
    return [s for s, m in case.members.items() if m.age_on(day) >= MAJORITY]


def signed(stage: Stage) -> Callable[[Case], Form]:
    """A form that every adult of the household has signed."""
    return lambda case: {"signed": adults(stage, case)}


def opinion(text: str) -> Callable[[Case], Form]:
    """A form with the same opinion for every case."""
    return lambda _: {"opinion": text}


def filled(form: Form) -> Callable[[Case], Form]:
    """A form that is the same for every case."""
    return lambda _: form


def answer(
    stage: Stage, track: str, household: str, answers: tuple[Actor, ...], told: Mapping[str, Any]
) -> None:
    """The household's objection is admitted, investigated the next day, and answered."""
    (case,) = stage.household(household)
    (objection,) = case.open_objections(track)
    named = {"objection": objection.serial}
    found = named | {"investigators": told["investigators"], "findings": told["findings"]}
    settled = named | {key: told[key] for key in ("upheld", "reply", "moved") if key in told}
    stage.play(f"{track}.accept_objection", answers, [case], filled(named))
    stage.calendar.later(1)
    stage.play(f"{track}.investigate", answers, stage.household(household), filled(found))
    stage.calendar.later(2)
    stage.play(f"{track}.settle", answers, stage.household(household), filled(settled))
