"""Lists posted one after another 三榜: as surveyed, as corrected, and as the meeting voted on it.

How many there are is the pack's. The last one waits for the vote, and the vote for the one before.
"""

from collections.abc import Callable
from datetime import date, timedelta

from conversion.domain.notice import Notice
from conversion.domain.role import Role
from conversion.domain.standing import Change
from conversion.policy.decision import Decision
from conversion.policy.rules.notice_window import notice_window
from conversion.workflows.guards import MILESTONE_TITLES
from conversion.workflows.meeting import meeting_named
from conversion.workflows.objection import objections_settled
from conversion.workflows.posted_list import PostedList
from conversion.workflows.publicity import (
    POSTING_PHOTO,
    REMOVAL_PHOTO,
    Post,
    Removal,
    found_as_posted,
    last_of,
    next_notice,
    rounds_of,
    window_over,
)
from conversion.workflows.step import (
    CaseCircumstances,
    Check,
    Guard,
    Part,
    ProgrammeCircumstances,
    Step,
)


class NextList(Removal, Post):
    """How the list before was found, and where the next one was posted."""


def next_list_step(
    posted: PostedList[CaseCircumstances],
    vote: str,
    roles: tuple[Role, ...],
    guards: tuple[Guard[CaseCircumstances], ...] = (),
) -> Step[CaseCircumstances]:
    """The step that takes down a list whose time is over and posts the next in its place.

    Args:
        posted: the list.
        vote: the milestone that the last list waits for.
        roles: who posts it.
        guards: what must be true of the list besides.
    """
    return Step(
        event="post_next_list",
        title="公示下一榜",
        source=(posted.posted,),
        target=None,
        roles=roles,
        part=Part.RECORD,
        for_many=True,
        form=NextList,
        evidence=(REMOVAL_PHOTO, POSTING_PHOTO),
        guards=(
            window_over(posted.level),
            objections_settled(posted.level),
            found_as_posted(posted.level),
            _list_left(posted),
            _after_the_vote(posted, vote),
            *guards,
        ),
        decide=lambda c: notice_window(posted.kind, c.day, c.pack).decision,
        effect=_next(posted),
    )


def _next(
    posted: PostedList[CaseCircumstances],
) -> Callable[[CaseCircumstances, Decision | None], tuple[Change, ...]]:
    return lambda c, _decision: next_notice(c, posted, _round(c, posted) + 1)


def _round(c: CaseCircumstances, posted: PostedList[CaseCircumstances]) -> int:
    """Which list of its kind was posted last; 0 before the first."""
    last = last_of(c, posted)
    return last.round if last else 0


def _list_left(posted: PostedList[CaseCircumstances]) -> Guard[CaseCircumstances]:
    def test(c: CaseCircumstances) -> Check:
        done, rounds = _round(c, posted), rounds_of(c, posted)
        return Check(
            satisfied=done < rounds,
            found=f"第{done}榜，共{rounds}榜",
            remedy="各榜均已公示的，期满后办理确认",
        )

    return Guard(rule="list_left", title="还有下一榜", test=test)


def _after_the_vote(posted: PostedList[CaseCircumstances], vote: str) -> Guard[CaseCircumstances]:
    def test(c: CaseCircumstances) -> Check:
        is_last = _round(c, posted) + 1 >= rounds_of(c, posted)
        day = c.programme.reached_on(vote)
        voted = c.programme.has_reached(vote)
        return Check(
            satisfied=not is_last or voted,
            found=f"{day:%Y-%m-%d} 已表决" if voted and day else "尚未表决",
            remedy=f"最后一榜待本村“{MILESTONE_TITLES[vote]}”后张贴",
        )

    return Guard(rule="last_list_after_vote", title="最后一榜在表决之后张贴", test=test)


def lists_complete(posted: PostedList[CaseCircumstances]) -> Guard[CaseCircumstances]:
    """Every list of the kind has been posted, the last of them included."""

    def test(c: CaseCircumstances) -> Check:
        done, rounds = _round(c, posted), rounds_of(c, posted)
        return Check(
            satisfied=done >= rounds,
            found=f"已公示到第{done}榜，共{rounds}榜",
            remedy="期满后公示下一榜（post_next_list）",
        )

    return Guard(rule="lists_complete", title="各榜均已公示", test=test)


def _before_vote_run(c: ProgrammeCircumstances) -> Check:
    begun = min((n.posted_on for n in c.lists), default=c.day)
    due = max(1, notice_window("members", begun, c.pack.on(begun)).rounds - 1)
    meeting = meeting_named(c)
    day = meeting.held_on if meeting and meeting.held_on else c.day
    waiting = [n for n in c.lists if not _has_run(n, due, day)]
    last = max((n.last_day for n in waiting if n.round == due), default=None)
    return Check(
        satisfied=not waiting,
        found=f"{day:%Y-%m-%d} 尚有 {len(waiting)} 户的第{due}榜未公示期满"
        if waiting
        else f"第{due}榜均已期满",
        remedy=f"各户名单公示到第{due}榜并期满后，再召开会议表决",
        earliest=last + timedelta(days=1) if last else None,
    )


def _has_run(notice: Notice, due: int, day: date) -> bool:
    return notice.round > due or (notice.round == due and day > notice.last_day)


LISTS_BEFORE_VOTE: Guard[ProgrammeCircumstances] = Guard(
    rule="lists_before_vote", title="表决前各榜均已期满", test=_before_vote_run
)
