"""Meetings 会议 of the village: called with a notice, attended by those on the roll, and failed.

A matter that is carried is recorded by its own milestone (`resolve`, `confirm_roll`,
`adopt_share_plan`); what is here is done beside the way and moves nothing.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

from pydantic import Field

from conversion.domain.collections import put
from conversion.domain.meeting import Attendance, Meeting
from conversion.domain.programme import Programme
from conversion.domain.role import Role
from conversion.domain.standing import Change
from conversion.policy.decision import Decision
from conversion.policy.rules.quorum import may_be_called
from conversion.workflows.attendance import (
    attendance_faults,
    attendance_sha256,
    attended,
    roll_sha256,
)
from conversion.workflows.guards import past_day
from conversion.workflows.step import (
    Check,
    Evidence,
    Form,
    Guard,
    Part,
    ProgrammeCircumstances,
    Step,
)

MATTERS: Final[Mapping[str, str]] = {
    "resolve": "resolved",
    "confirm_roll": "roll_confirmed",
    "adopt_share_plan": "plan_adopted",
}
"""What a meeting decides: the milestone's step → the milestone."""


class Call(Form):
    """The notice of a meeting."""

    body: str = Field(title="会议", min_length=2, max_length=40)
    matters: tuple[str, ...] = Field(title="表决事项（步骤名）", min_length=1)
    planned_on: date = Field(title="开会日期")
    place: str = Field(title="开会地点", min_length=2, max_length=200)
    representatives: tuple[str, ...] = Field(
        default=(), title="村民代表（户号/成员序号），仅限村民代表会议"
    )


class AttendanceSheet(Form):
    """Who came, and who gave a written proxy to whom; a person is 户号/成员序号."""

    meeting: str = Field(title="会议编号", min_length=3, max_length=10)
    held_on: date = Field(title="会议日期")
    present: tuple[str, ...] = Field(title="到会的人", json_schema_extra={"personal": True})
    proxies: dict[str, str] = Field(
        default_factory=dict,
        title="书面委托（委托人: 受托人）",
        json_schema_extra={"personal": True},
    )


def next_serial(programme: Programme) -> str:
    """The serial that the next meeting of a village takes."""
    return f"M{len(programme.meetings) + 1:02d}"


# --- the notice --------------------------------------------------------------------------------


def _called(c: ProgrammeCircumstances) -> Meeting:
    assert isinstance(c.form, Call)
    return Meeting(
        serial=next_serial(c.programme),
        body=c.form.body,
        matters=c.form.matters,
        noticed_on=c.day,
        planned_on=c.form.planned_on,
        place=c.form.place,
        eligible=len(c.roll),
        eligible_sha256=roll_sha256(c.roll),
    )


def _may_be_called(c: ProgrammeCircumstances) -> Decision:
    meeting = _called(c)
    return may_be_called(meeting, c.pack.on(meeting.planned_on))


def _matters_open(c: ProgrammeCircumstances) -> Check:
    assert isinstance(c.form, Call)
    asked = c.form.matters
    faults = [
        *(f"没有表决事项 {matter}" for matter in asked if matter not in MATTERS),
        *(f"{m} 已经通过" for m in asked if m in MATTERS and c.programme.has_reached(MATTERS[m])),
        *(["同一事项写了两次"] if len(set(asked)) < len(asked) else []),
    ]
    return Check(
        satisfied=not faults,
        found="；".join(faults) or "所列事项尚未通过",
        remedy=f"从 {'、'.join(MATTERS)} 中填写尚未通过的事项",
    )


def _planned_ahead(c: ProgrammeCircumstances) -> Check:
    assert isinstance(c.form, Call)
    return Check(
        satisfied=c.form.planned_on > c.day,
        found=f"定于 {c.form.planned_on:%Y-%m-%d} 开会，今天 {c.day:%Y-%m-%d}",
        remedy="会前通知，开会日期应在今天之后",
    )


def _roll_drawn(c: ProgrammeCircumstances) -> Check:
    assert isinstance(c.form, Call)
    named = c.form.representatives
    unknown = set(named) - {voter.person for voter in c.roll}
    chains = [voter.chain for voter in c.roll]
    faults = [
        "应到名册上没有人" if not c.roll else "",
        f"{'、'.join(sorted(unknown))} 不能作为代表（本村没有此人、未满十八周岁，或重复）"
        if unknown
        else "",
        "同一户列了两名代表" if named and len(set(chains)) < len(chains) else "",
    ]
    told = "；".join(filter(None, faults))
    return Check(
        satisfied=not told,
        found=told or f"应到 {len(c.roll)} 人",
        remedy="代表写成 户号/成员序号，一户一名；成员大会须先提出成员名单",
    )


# --- the attendance ----------------------------------------------------------------------------


def meeting_named(c: ProgrammeCircumstances) -> Meeting | None:
    """The meeting that the form names, if there is one."""
    return c.programme.meetings.get(getattr(c.form, "meeting", ""))


def _waits_for_attendance(c: ProgrammeCircumstances) -> Check:
    meeting = meeting_named(c)
    if meeting is None:
        return _no_such_meeting(c)
    return Check(
        satisfied=meeting.held_on is None,
        found="签到尚未登记" if meeting.held_on is None else "这次会议的签到已经登记",
        remedy="一次会议只登记一次签到；重新召开的，另发通知",
    )


def _no_such_meeting(c: ProgrammeCircumstances) -> Check:
    known = "、".join(c.programme.meetings) or "无"
    found = f"没有会议 {getattr(c.form, 'meeting', '')}，现有：{known}"
    return Check(satisfied=False, found=found, remedy="先召集会议（call_meeting），或改正会议编号")


def _held_as_called(c: ProgrammeCircumstances) -> Check:
    assert isinstance(c.form, AttendanceSheet)
    meeting = meeting_named(c)
    if meeting is None:
        return _no_such_meeting(c)
    return Check(
        satisfied=c.form.held_on == meeting.planned_on,
        found=f"通知定于 {meeting.planned_on:%Y-%m-%d}，填的是 {c.form.held_on:%Y-%m-%d}",
        remedy="按通知的日期开会；改期的，重新通知",
    )


def _on_roll(c: ProgrammeCircumstances) -> Check:
    assert isinstance(c.form, AttendanceSheet)
    faults = tuple(attendance_faults(c.roll, c.form.present, c.form.proxies, c.proxy_holders))
    return Check(
        satisfied=not faults,
        found="；".join(faults) or f"应到 {len(c.roll)} 人，签到的都在名册上",
        remedy="逐处改正签到册；委托须书面，受托人须为到会的同一户成员",
    )


def _sheet_taken(c: ProgrammeCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
    assert isinstance(c.form, AttendanceSheet)
    meeting = meeting_named(c)
    assert meeting, "guarded by meeting_waits"
    roll = attended(c.roll, c.form.present, c.form.proxies)
    proxies = sum(voter.attendance is Attendance.PROXY for voter in roll)
    came = sum(voter.attendance is Attendance.PRESENT for voter in roll)
    told = {
        "held_on": c.form.held_on,
        "present": came + proxies,
        "proxies": proxies,
        "attendance_sha256": attendance_sha256(roll),
    }
    return (put("meetings", meeting.key, meeting.model_copy(update=told)),)


AT_ANY_TIME: Final = (
    "proposed",
    "on_notice",
    "resolved",
    "dated",
    "approved",
    "founded",
    "accepted",
    "archived",
)
"""Once there is a plan to meet about; the asset reform may outlast the programme."""

HELD: Final = past_day("held_on", "会议日期")

CALL_MEETING: Final[Step[ProgrammeCircumstances]] = Step(
    event="call_meeting",
    title="召集会议",
    source=AT_ANY_TIME,
    target=None,
    roles=(Role.VILLAGE, Role.COLLECTIVE),
    part=Part.RECORD,
    form=Call,
    evidence=(Evidence(id="meeting_notice", title="会议通知及送达、张贴记录"),),
    guards=(
        Guard(
            rule="matters_open",
            title="表决事项尚未通过",
            test=_matters_open,
            reads_form=True,
        ),
        Guard(
            rule="planned_ahead",
            title="会前通知",
            test=_planned_ahead,
            reads_form=True,
        ),
        Guard(rule="roll_drawn", title="应到名册已确定", test=_roll_drawn, reads_form=True),
    ),
    decide=_may_be_called,
    effect=lambda c, _decision: (put("meetings", _called(c).key, _called(c)),),
)

RECORD_ATTENDANCE: Final[Step[ProgrammeCircumstances]] = Step(
    event="record_attendance",
    title="登记会议签到",
    source=AT_ANY_TIME,
    target=None,
    roles=(Role.VILLAGE, Role.COLLECTIVE, Role.SUPERVISORS),
    part=Part.RECORD,
    form=AttendanceSheet,
    evidence=(Evidence(id="attendance", title="签到册及委托书"),),
    guards=(
        Guard(
            rule="meeting_waits",
            title="会议的签到尚未登记",
            test=_waits_for_attendance,
            reads_form=True,
        ),
        HELD,
        Guard(rule="held_as_called", title="会议按通知召开", test=_held_as_called, reads_form=True),
        Guard(rule="on_roll", title="签到与应到名册相符", test=_on_roll, reads_form=True),
    ),
    effect=_sheet_taken,
)
