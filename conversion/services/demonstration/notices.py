"""The board of the story: lists are printed and hung; one is torn down, some are objected to."""

from collections.abc import Callable, Iterable

from conversion.domain.case import Case
from conversion.domain.role import Actor, Role
from conversion.services.demonstration.forms import BOARD, answer, filled
from conversion.services.demonstration.stage import Form, Stage
from conversion.workflows.list_issue import ISSUE_LIST
from conversion.workflows.posted_list import code_of


def print_lists(stage: Stage, kind: str, cases: Iterable[Case], number: int = 1) -> None:
    """The list of each villagers' group, printed before it is hung.

    Args:
        stage: the stage.
        kind: the pack's kind of notice.
        cases: those that will be on it.
        number: which list of its kind.
    """
    role = Role.COLLECTIVE if kind in {"members", "shares"} else Role.VILLAGE
    for group in sorted({case.household.group for case in cases}):
        stage.village(ISSUE_LIST, role, {"kind": kind, "group": group, "round": number})


def posted(_case: Case) -> Form:
    """The form of a list posted on the village's boards."""
    return {"place": BOARD, "posted_at": "09:30"}


def taken_down(track: str) -> Callable[[Case], Form]:
    """The form of a list found as it was posted, by the code on the board."""

    def found(case: Case) -> Form:
        notice = case.current_notice(track)
        code = code_of(notice.content_sha256) if notice else ""
        return {"removed_at": "16:30", "intact": True, "code": code}

    return found


def next_posted(track: str) -> Callable[[Case], Form]:
    """The form of the next list, posted in place of the one taken down."""
    found = taken_down(track)
    return lambda case: {**found(case), **posted(case)}


def tear_down(stage: Stage) -> None:
    """A household's land list is torn down before its time, found void, and hung anew."""
    told = stage.story["void_notice"]
    number, village = told["household"], stage.cast(Role.VILLAGE)
    form = {"defect": told["defect"], "account": told["account"], "found_on": stage.calendar.day}
    stage.play("land.void_notice", village, stage.household(number), filled(form))
    stage.play("land.post", village, stage.household(number), posted)


def object_and_settle(
    stage: Stage, track: str, takes_in: tuple[Actor, ...], answers: tuple[Actor, ...]
) -> None:
    """One household objects within the window; others than who took it in look into it."""
    object_to(stage, track, f"{track}_objection", takes_in, answers)


def object_to(
    stage: Stage, track: str, chapter: str, takes_in: tuple[Actor, ...], answers: tuple[Actor, ...]
) -> None:
    """The objection that a chapter of the story tells, raised and answered."""
    told = stage.story[chapter]
    raised = {"raised_by": told["raised_by"], "subject": told["subject"]}
    stage.play(f"{track}.object", takes_in, stage.household(told["household"]), filled(raised))
    answer(stage, track, told["household"], answers, told)
