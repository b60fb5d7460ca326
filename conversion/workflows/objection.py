"""Objection 异议 to a posted list: raised within the window, answered in writing.

An upheld objection restarts the notice for that household, not for the village; a dismissed one
lets the window run on.
"""

from collections.abc import Callable
from datetime import date

from pydantic import Field

from conversion.domain.collections import put
from conversion.domain.notice import Objection, ObjectionState
from conversion.domain.role import Role
from conversion.domain.standing import Change
from conversion.policy.decision import Decision
from conversion.workflows.publicity import current_notice, new_notice, posted_days
from conversion.workflows.step import CaseCircumstances, Check, Form, Guard, Part, Step


class Object(Form):
    """An objection as it came in; who raised it and what it says are personal."""

    raised_by: str = Field(
        title="异议人", min_length=1, max_length=100, json_schema_extra={"personal": True}
    )
    subject: str = Field(
        title="异议事项", min_length=2, max_length=1000, json_schema_extra={"personal": True}
    )
    raised_on: date | None = Field(default=None, title="收到日期（不填为今天）")


class Settle(Form):
    """The written answer to an objection."""

    objection: str = Field(title="异议编号", pattern=r"^O\d{2,4}$")
    upheld: bool = Field(title="异议是否成立")
    reply: str = Field(
        title="书面答复", min_length=4, max_length=2000, json_schema_extra={"personal": True}
    )


def _raised_on(c: CaseCircumstances) -> date:
    """The day an objection came in; it may be registered later."""
    told = c.form.raised_on if isinstance(c.form, Object) else None
    return told or c.day


def _within_window(level: str) -> Guard[CaseCircumstances]:
    def test(c: CaseCircumstances) -> Check:
        notice, day = current_notice(c, level), _raised_on(c)
        if notice is None:
            return Check(satisfied=False, found="尚未公示", remedy="公示后在公示期内提出")
        return Check(
            satisfied=notice.posted_on <= day <= min(notice.last_day, c.day),
            found=f"{day:%Y-%m-%d} 提出；{posted_days(notice)}",
            remedy="公示期满后改走申诉、仲裁或诉讼途径",
        )

    return Guard(rule=f"{level}.within_window", title="异议在公示期内提出", test=test)


def objections_settled(level: str) -> Guard[CaseCircumstances]:
    """No objection on a level waits for its answer."""

    def test(c: CaseCircumstances) -> Check:
        waiting = c.case.open_objections(level)
        serials = "、".join(o.serial for o in waiting)
        return Check(
            satisfied=not waiting,
            found=f"尚有异议未办结：{serials}" if waiting else "无未办结异议",
            remedy="逐件调查并书面答复",
        )

    return Guard(rule=f"{level}.objections_settled", title="异议均已办结", test=test)


def _not_twice(level: str) -> Guard[CaseCircumstances]:
    def test(c: CaseCircumstances) -> Check:
        assert isinstance(c.form, Object)
        told = (c.form.raised_by, c.form.subject)
        same = [o.serial for o in c.case.open_objections(level) if (o.raised_by, o.subject) == told]
        return Check(
            satisfied=not same,
            found=f"已登记为 {'、'.join(same)}" if same else "未重复登记",
            remedy="同一异议只登记一次",
        )

    return Guard(
        rule=f"{level}.objected_once",
        title="同一异议没有登记过",
        test=test,
        reads_form=True,
    )


def _raise_objection(
    level: str,
) -> Callable[[CaseCircumstances, Decision | None], tuple[Change, ...]]:
    def effect(c: CaseCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
        assert isinstance(c.form, Object)
        serial = f"O{len(c.case.objections) + 1:02d}"
        objection = Objection(
            serial=serial,
            level=level,
            raised_on=_raised_on(c),
            raised_by=c.form.raised_by,
            subject=c.form.subject,
        )
        return (put("objections", serial, objection),)

    return effect


def _objection_is_open(level: str) -> Guard[CaseCircumstances]:
    def test(c: CaseCircumstances) -> Check:
        assert isinstance(c.form, Settle)
        waiting = [o.serial for o in c.case.open_objections(level)]
        return Check(
            satisfied=c.form.objection in waiting,
            found=f"未办结的异议：{'、'.join(waiting) or '无'}",
            remedy="填写未办结的异议编号",
        )

    return Guard(
        rule=f"{level}.objection_open",
        title="异议编号存在且未办结",
        test=test,
        reads_form=True,
    )


def _answer(level: str) -> Callable[[CaseCircumstances, Decision | None], tuple[Change, ...]]:
    def effect(c: CaseCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
        assert isinstance(c.form, Settle)
        answered = c.case.objections[c.form.objection].model_copy(
            update={
                "state": ObjectionState.UPHELD if c.form.upheld else ObjectionState.DISMISSED,
                "settled_on": c.day,
                "reply": c.form.reply,
            }
        )
        changes = (put("objections", answered.key, answered),)
        return (*changes, *_renewed(c, level)) if c.form.upheld else changes

    return effect


def _renewed(c: CaseCircumstances, level: str) -> tuple[Change, ...]:
    notice = current_notice(c, level)
    assert notice, "an objection is only reachable from a posted notice"
    renewed = new_notice(
        c,
        level=level,
        kind=notice.kind,
        title=notice.title.removesuffix(_AGAIN) + _AGAIN,
        place=notice.place,
        content_sha256=notice.content_sha256,
    )
    return (renewed,)


_AGAIN = "（重新公示）"


def _settles_last(level: str) -> Callable[[CaseCircumstances], bool]:
    return lambda c: len(c.case.open_objections(level)) <= 1


def objection_steps(
    level: str, on_notice: str, objected: str, roles: tuple[Role, ...]
) -> tuple[Step[CaseCircumstances], ...]:
    """Raising and settling objections around one notice state.

    Args:
        level: the track; `on_notice` its state while posted, `objected` while one is open.
        on_notice: see level.
        objected: see level.
        roles: who takes an objection in and answers it.
    """
    return (
        Step(
            event="object",
            title="登记异议",
            source=(on_notice, objected),
            target=objected,
            roles=roles,
            part=Part.RECORD,
            form=Object,
            guards=(_within_window(level), _not_twice(level)),
            effect=_raise_objection(level),
        ),
        Step(
            event="settle",
            title="答复异议",
            source=(objected,),
            target=on_notice,
            roles=roles,
            part=Part.EXAMINE,
            form=Settle,
            guards=(_objection_is_open(level),),
            effect=_answer(level),
            completes=_settles_last(level),
        ),
    )
