"""The forms that the cast fills in, and the objection that one household raises."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final

from conversion.domain.case import Case
from conversion.domain.role import Actor
from conversion.services.demonstration.stage import Form, Stage
from conversion.workflows.guards import MAJORITY

BOARD: Final = "村务公开栏、各组公告牌"
MEETING_NOTICE: Final = timedelta(days=12)
"""Days between the call to a meeting and the meeting, two more than the law asks."""


def ballot(stage: Stage, called: date) -> dict[str, Any]:
    """A vote that nine in ten attend and nearly all of them favour."""
    eligible = sum(len(adults(stage, case)) for case in stage.cases())
    present = eligible * 9 // 10
    against, abstained = present // 50, present // 40
    return {
        "body": "villagers_meeting",
        "noticed_on": called,
        "held_on": stage.calendar.day,
        "eligible": eligible,
        "present": present,
        "proxies": present // 12,
        "in_favour": present - against - abstained,
        "against": against,
        "abstained": abstained,
    }


def adults(stage: Stage, case: Case) -> list[str]:
    """Serials of the members who sign for themselves."""
    day = stage.calendar.day
    return [s for s, m in case.members.items() if m.age_on(day) >= MAJORITY]


def signed(stage: Stage) -> Callable[[Case], Form]:
    """A form that every adult of the household has signed."""
    return lambda case: {"signed": adults(stage, case)}


def posted(_case: Case) -> Form:
    """The form of a list posted on the village's boards."""
    return {"place": BOARD}


def opinion(text: str) -> Callable[[Case], Form]:
    """A form with the same opinion for every case."""
    return lambda _: {"opinion": text}


def filled(form: Form) -> Callable[[Case], Form]:
    """A form that is the same for every case."""
    return lambda _: form


def object_and_settle(stage: Stage, track: str, cast: tuple[Actor, ...]) -> None:
    """One household objects within the window, and is answered three days later."""
    told = stage.story[f"{track}_objection"]
    raised = {"raised_by": told["raised_by"], "subject": told["subject"]}
    stage.play(f"{track}.object", cast, stage.household(told["household"]), filled(raised))
    stage.calendar.later(3)
    (case,) = stage.household(told["household"])
    (objection,) = case.open_objections(track)
    settled = {"objection": objection.serial, "upheld": told["upheld"], "reply": told["reply"]}
    stage.play(f"{track}.settle", cast, [case], filled(settled))
