"""Minutes 会议纪要 of a meeting, written once each matter of its notice has had its outcome."""

from datetime import date
from typing import Final

from pydantic import Field

from conversion.documents.meeting_minutes import MEETING_MINUTES, Course
from conversion.domain.meeting import Meeting
from conversion.domain.role import Role
from conversion.workflows.meeting import AT_ANY_TIME, meeting_named
from conversion.workflows.step import (
    Check,
    Evidence,
    Form,
    Guard,
    Part,
    ProgrammeCircumstances,
    Step,
)

MINUTE: Final = "minute_meeting"


class Minutes(Form):
    """What the recorder tells of a meeting; all else is on record."""

    meeting: str = Field(title="会议编号", min_length=3, max_length=10)
    chair: str = Field(
        title="主持人", min_length=2, max_length=40, json_schema_extra={"personal": True}
    )
    recorder: str = Field(
        title="记录人", min_length=2, max_length=40, json_schema_extra={"personal": True}
    )
    observers: tuple[str, ...] = Field(
        default=(), title="列席人员", json_schema_extra={"personal": True}
    )
    discussion: str = Field(
        title="讨论情况（分段写）",
        min_length=4,
        max_length=8000,
        json_schema_extra={"personal": True},
    )
    put_off: tuple[str, ...] = Field(default=(), title="没有提交表决的事项（步骤名）")


def _held(c: ProgrammeCircumstances) -> Check:
    meeting = meeting_named(c)
    held_on = meeting.held_on if meeting else None
    asked = getattr(c.form, "meeting", "")
    return Check(
        satisfied=held_on is not None,
        found=f"{held_on:%Y-%m-%d} 已签到" if held_on else f"会议 {asked} 没有召集或者没有签到",
        remedy="登记签到（record_attendance）后，填写该次会议的编号",
    )


def minuted_on(c: ProgrammeCircumstances) -> date | None:
    """The day on which the meeting that the form names had its minutes."""
    asked = getattr(c.form, "meeting", "")
    done = (e.day for e in c.programme.past if e.event == MINUTE and e.form.get("meeting") == asked)
    return next(done, None)


def _unminuted(c: ProgrammeCircumstances) -> Check:
    done = minuted_on(c)
    return Check(
        satisfied=done is None,
        found=f"{done:%Y-%m-%d} 已制成纪要" if done else "尚未制作纪要",
        remedy="一次会议只有一份纪要；在 conversion document list 中查找",
    )


def _decided(c: ProgrammeCircumstances) -> Check:
    assert isinstance(c.form, Minutes)
    meeting = meeting_named(c)
    faults = [*_faults(c, meeting, c.form.put_off)] if meeting else ["没有这次会议"]
    return Check(
        satisfied=not faults,
        found="；".join(faults) or "所列事项均已表决，或者写明没有提交表决",
        remedy="先登记表决（没有通过的用 fail_vote）；没有提交表决的，填入 put_off",
    )


def _faults(c: ProgrammeCircumstances, meeting: Meeting, put_off: tuple[str, ...]) -> list[str]:
    voted = {v.matter for v in c.programme.votes.values() if v.meeting == meeting.serial}
    listed, off = set(meeting.matters), set(put_off)
    return [
        *(f"{matter} 还没有登记表决" for matter in meeting.matters if matter not in voted | off),
        *(f"{matter} 已经表决，不能写成没有提交表决" for matter in sorted(off & voted)),
        *(f"{matter} 不是会议通知所列的事项" for matter in sorted(off - listed)),
    ]


def _course(c: ProgrammeCircumstances) -> Course:
    assert isinstance(c.form, Minutes)
    told = c.form.model_dump(exclude={"discussion"})
    paragraphs = (line.strip() for line in c.form.discussion.splitlines())
    return Course(**told, discussion=tuple(filter(None, paragraphs)))


MINUTE_MEETING: Final[Step[ProgrammeCircumstances]] = Step(
    event=MINUTE,
    title="制作会议纪要",
    source=AT_ANY_TIME,
    target=None,
    roles=(Role.VILLAGE, Role.COLLECTIVE),
    part=Part.RECORD,
    form=Minutes,
    evidence=(Evidence(id="minutes", title="会议现场记录"),),
    guards=(
        Guard(rule="meeting_held", title="会议已召开并签到", test=_held, reads_form=True),
        Guard(rule="meeting_unminuted", title="会议还没有纪要", test=_unminuted, reads_form=True),
        Guard(rule="matters_decided", title="所列事项均有结果", test=_decided, reads_form=True),
    ),
    documents=(MEETING_MINUTES,),
    tells=_course,
)
"""What was said, who led and who wrote it down; the votes are printed as they were recorded."""
