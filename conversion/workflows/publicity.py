"""Public notice 公示 and objection 异议, as every level that posts a list uses them.

An upheld objection restarts the notice for that household, not for the village; a dismissed one
lets the window run on.
"""

import hashlib
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from pydantic import Field

from conversion.domain.collections import put
from conversion.domain.notice import Notice, Objection, ObjectionState
from conversion.domain.role import Role
from conversion.domain.standing import Change, Json
from conversion.history.canonical import canonical
from conversion.policy.decision import Decision
from conversion.policy.rules.notice_window import notice_window
from conversion.workflows.step import (
    C,
    CaseCircumstances,
    Check,
    Circumstances,
    Evidence,
    Form,
    Guard,
    Part,
    Step,
)

POSTING_PHOTO = Evidence(id="posting_photo", title="张贴照片")
REMOVAL_PHOTO = Evidence(id="removal_photo", title="期满取证照片")


class Post(Form):
    """Where a list was posted."""

    place: str = Field(title="张贴地点", min_length=2, max_length=200)


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


def notices_of(c: Circumstances) -> Mapping[str, Notice]:
    """The notices of the chain that a step stands in."""
    return c.case.notices if isinstance(c, CaseCircumstances) else c.programme.notices


def current_notice(c: Circumstances, level: str) -> Notice | None:
    """The newest notice of a level."""
    found = (n for n in notices_of(c).values() if n.level == level)
    return max(found, key=lambda n: int(n.serial[1:]), default=None)


def window(kind: str) -> Callable[[Circumstances], Decision]:
    """The rule that says how long a list stays posted."""
    return lambda c: notice_window(kind, c.day, c.pack).decision


def posting(
    level: str, kind: str, title: str, content: Callable[[C], Json]
) -> Callable[[C, Decision | None], tuple[Change, ...]]:
    """The effect of posting: a notice whose window the pack gives and whose text is hashed."""

    def effect(c: C, _decision: Decision | None) -> tuple[Change, ...]:
        assert isinstance(c.form, Post)
        text = content(c)
        digest = hashlib.sha256(canonical(text)).hexdigest()
        return (
            _new_notice(
                c, level=level, kind=kind, title=title, place=c.form.place, content_sha256=digest
            ),
        )

    return effect


def _new_notice(
    c: Circumstances, *, level: str, kind: str, title: str, place: str, content_sha256: str
) -> Change:
    term = notice_window(kind, c.day, c.pack)
    serial = f"N{len(notices_of(c)) + 1:02d}"
    notice = Notice(
        serial=serial,
        level=level,
        kind=kind,
        title=title,
        posted_on=c.day,
        last_day=term.last_day,
        days=term.days,
        working_days=term.working_days,
        place=place,
        content_sha256=content_sha256,
    )
    return put("notices", serial, notice)


def closed_notice(c: Circumstances, level: str) -> Change:
    """The newest notice of a level, taken down in good order today."""
    notice = current_notice(c, level)
    assert notice, "only a posted notice can be taken down"
    return put("notices", notice.key, notice.model_copy(update={"closed_on": c.day}))


def _days(notice: Notice) -> str:
    return f"{notice.posted_on:%Y-%m-%d} 张贴，公示至 {notice.last_day:%Y-%m-%d} 止"


def window_over(level: str, clause: str) -> Guard[Circumstances]:
    """The newest notice of a level has run its full time."""

    def test(c: Circumstances) -> Check:
        notice = current_notice(c, level)
        if notice is None:
            return Check(satisfied=False, found="尚未公示", remedy="先公示")
        after = notice.last_day + timedelta(days=1)
        return Check(
            satisfied=c.day >= after,
            found=_days(notice),
            remedy="待公示期满后办理",
            earliest=after,
        )

    return Guard(rule=f"{level}.window_over", title="公示期已满", clause=clause, test=test)


def _raised_on(c: Circumstances) -> date:
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
            found=f"{day:%Y-%m-%d} 提出；{_days(notice)}",
            remedy="公示期满后改走申诉、仲裁或诉讼途径",
        )

    return Guard(
        rule=f"{level}.within_window", title="异议在公示期内提出", clause="公示办法", test=test
    )


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

    return Guard(
        rule=f"{level}.objections_settled", title="异议均已办结", clause="公示办法", test=test
    )


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
        clause="公示办法",
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
        clause="公示办法",
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
    renewed = _new_notice(
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
