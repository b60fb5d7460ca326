"""Votes 表决 of a meeting: the ballots as counted, their quorum, and the record they leave."""

from collections.abc import Callable
from typing import Final

from pydantic import Field

from conversion.documents.count_sheet import COUNT_SHEET, Tellers
from conversion.domain.collections import put
from conversion.domain.meeting import Meeting
from conversion.domain.programme import Vote
from conversion.domain.role import Role
from conversion.domain.standing import Change
from conversion.policy.decision import Decision
from conversion.policy.rules.quorum import fails_quorum, meets_quorum
from conversion.workflows import publicity
from conversion.workflows.meeting import AT_ANY_TIME, meeting_named
from conversion.workflows.minutes import minuted_on
from conversion.workflows.step import (
    Check,
    Evidence,
    Form,
    Guard,
    Part,
    ProgrammeCircumstances,
    Step,
)


class Ballot(Form):
    """A meeting's vote as counted: what was found in the ballot boxes."""

    meeting: str = Field(title="会议编号", min_length=3, max_length=10)
    in_favour: int = Field(title="同意", ge=0)
    against: int = Field(title="反对", ge=0)
    abstained: int = Field(title="弃权", ge=0)
    invalid: int = Field(default=0, title="废票", ge=0)
    counters: tuple[str, ...] = Field(
        default=(), title="计票人姓名", json_schema_extra={"personal": True}
    )
    scrutineers: tuple[str, ...] = Field(
        default=(), title="监票人姓名", json_schema_extra={"personal": True}
    )


class PlanBallot(Ballot):
    """The vote on the share plan."""

    version: str = Field(title="方案版本", min_length=1, max_length=20)
    scheme: str = Field(
        default="", title="政策包中的方案编号（不写的，为第一个方案）", max_length=40
    )


class FailedBallot(Ballot):
    """A vote that did not carry its matter."""

    matter: str = Field(title="表决事项（步骤名）", min_length=2, max_length=40)


def vote(c: ProgrammeCircumstances, matter: str, *, passed: bool = True) -> Vote:
    """The vote that a ballot records on a matter, with the meeting's roll and attendance."""
    assert isinstance(c.form, Ballot)
    meeting = meeting_named(c)
    assert meeting
    assert meeting.held_on
    assert meeting.present is not None
    return Vote(
        serial=f"V{len(c.programme.votes) + 1:02d}",
        meeting=meeting.serial,
        matter=matter,
        body=meeting.body,
        noticed_on=meeting.noticed_on,
        held_on=meeting.held_on,
        eligible=meeting.eligible,
        present=meeting.present,
        proxies=meeting.proxies,
        in_favour=c.form.in_favour,
        against=c.form.against,
        abstained=c.form.abstained,
        invalid=c.form.invalid,
        passed=passed,
    )


def quorum(matter: str) -> Callable[[ProgrammeCircumstances], Decision]:
    """The rule, as of the day of the vote, that decides whether it carries the matter."""

    def decide(c: ProgrammeCircumstances) -> Decision:
        counted = vote(c, matter)
        return meets_quorum(counted, c.pack.on(counted.held_on))

    return decide


def voted(matter: str) -> Callable[[ProgrammeCircumstances, Decision | None], tuple[Change, ...]]:
    """A vote is recorded as passed only by a step that its quorum rule granted."""
    return lambda c, _decision: (put("votes", vote(c, matter).key, vote(c, matter)),)


def counted(matter: str) -> Guard[ProgrammeCircumstances]:
    """The meeting that a ballot names has met on the matter, and not voted on it yet."""
    return Guard(
        rule="meeting_counted",
        title="会议已通知、已签到，尚未就此表决",
        test=lambda c: _counted(c, matter),
        reads_form=True,
    )


def _counted(c: ProgrammeCircumstances, matter: str) -> Check:
    found = _not_to_be_counted(c, meeting_named(c), matter)
    return Check(
        satisfied=not found,
        found=found or "会议已签到，可以登记票数",
        remedy="召集会议（call_meeting）并登记签到（record_attendance）后，填写该次会议的编号",
    )


def _not_to_be_counted(c: ProgrammeCircumstances, meeting: Meeting | None, matter: str) -> str:
    if meeting is None:
        return f"没有会议 {getattr(c.form, 'meeting', '')}"
    if meeting.held_on is None:
        return "这次会议还没有登记签到"
    if matter not in meeting.matters:
        return "会议通知没有列出这一事项"
    if minuted_on(c):
        return "这次会议的纪要已经制成"
    votes = c.programme.votes.values()
    done = any((v.meeting, v.matter) == (meeting.serial, matter) for v in votes)
    return "这次会议已就此表决，不能重复登记" if done else ""


def _met_after_notice(c: ProgrammeCircumstances) -> Check:
    notice, meeting = publicity.current_notice(c, "programme"), meeting_named(c)
    if notice is None:
        return Check(satisfied=False, found="尚未公示", remedy="先公示实施方案")
    held_on = meeting.held_on if meeting else None
    return Check(
        satisfied=held_on is not None and held_on > notice.last_day,
        found=(
            f"会议日期 {f'{held_on:%Y-%m-%d}' if held_on else '未登记'}，"
            f"方案公示至 {notice.last_day:%Y-%m-%d} 止"
        ),
        remedy="方案公示期满后再召开会议表决",
    )


def tellers(c: ProgrammeCircumstances) -> Tellers:
    """What the count sheet says beyond the vote: who counted, and who watched the count."""
    assert isinstance(c.form, Ballot)
    return Tellers(counters=c.form.counters, scrutineers=c.form.scrutineers)


COUNT: Final = (
    Evidence(id="ballots", title="表决票及唱票、计票记录"),
    Evidence(id="minutes", title="会议现场记录"),
)

MET_AFTER_NOTICE: Final[Guard[ProgrammeCircumstances]] = Guard(
    rule="met_after_notice",
    title="会议在方案公示期满后召开",
    test=_met_after_notice,
    reads_form=True,
)


def _failed(c: ProgrammeCircumstances) -> Vote:
    assert isinstance(c.form, FailedBallot)
    return vote(c, c.form.matter, passed=False)


def _fails(c: ProgrammeCircumstances) -> Decision:
    return fails_quorum(_failed(c), c.pack.on(_failed(c).held_on))


FAIL_VOTE: Final[Step[ProgrammeCircumstances]] = Step(
    event="fail_vote",
    title="登记表决未通过",
    source=AT_ANY_TIME,
    target=None,
    roles=(Role.VILLAGE, Role.SUPERVISORS),
    part=Part.EXAMINE,
    form=FailedBallot,
    evidence=COUNT,
    guards=(
        Guard(
            rule="meeting_counted",
            title="会议已通知、已签到，尚未就此表决",
            test=lambda c: _counted(c, getattr(c.form, "matter", "")),
            reads_form=True,
        ),
    ),
    decide=_fails,
    effect=lambda c, _decision: (put("votes", _failed(c).key, _failed(c)),),
    documents=(COUNT_SHEET,),
    tells=tellers,
)
"""A vote that misses its quorum stays on record, and the matter waits for another meeting."""
