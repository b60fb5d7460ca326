"""Objection 异议 to a posted list: raised within the window, admitted, investigated, answered.

An upheld objection restarts the notice for that household, not for the village; a dismissed one,
and one that is not admitted, let the window run on. Who took an objection in does not decide it.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from pydantic import Field

from conversion.documents.objection_acceptance import OBJECTION_ACCEPTANCE
from conversion.documents.objection_reply import OBJECTION_REPLY
from conversion.domain.collections import put
from conversion.domain.notice import Objection, ObjectionState
from conversion.domain.role import Role
from conversion.domain.standing import Change
from conversion.policy.deadline import Deadline
from conversion.policy.decision import Decision
from conversion.workflows.forms import statutory_remedies
from conversion.workflows.posted_list import PostedList
from conversion.workflows.publicity import current_notice, posted_days, renewed_notice
from conversion.workflows.step import CaseCircumstances, Check, Form, Guard, Part, Step
from conversion.workflows.term import last_day_of


class Object(Form):
    """An objection as it came in; who raised it and what it says are personal."""

    raised_by: str = Field(
        title="异议人", min_length=1, max_length=100, json_schema_extra={"personal": True}
    )
    subject: str = Field(
        title="异议事项", min_length=2, max_length=1000, json_schema_extra={"personal": True}
    )
    raised_on: date | None = Field(default=None, title="收到日期（不填为今天）")


class Named(Form):
    """Which objection a step is about."""

    objection: str = Field(title="异议编号", pattern=r"^O\d{2,4}$")


class Decline(Named):
    """Why an objection is not admitted, and what can be done about it; told to who raised it."""

    reason: str = Field(
        title="不予受理的理由", min_length=4, max_length=1000, json_schema_extra={"personal": True}
    )
    remedies: str = Field(title="救济途径", min_length=4, max_length=500)


class Investigate(Named):
    """What an investigation found; two persons make it."""

    investigators: tuple[str, ...] = Field(
        title="调查人（两人以上）", min_length=2, max_length=6, json_schema_extra={"personal": True}
    )
    findings: str = Field(
        title="调查情况", min_length=4, max_length=1500, json_schema_extra={"personal": True}
    )


class Settle(Named):
    """The written answer to an objection."""

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


def _stands(level: str, state: ObjectionState) -> Guard[CaseCircumstances]:
    """The named objection has come as far as the step needs, and no further."""

    def test(c: CaseCircumstances) -> Check:
        assert isinstance(c.form, Named)
        waiting = c.case.open_objections(level)
        told = "、".join(f"{o.serial} {o.state.label}" for o in waiting)
        return Check(
            satisfied=c.form.objection in {o.serial for o in waiting if o.state is state},
            found=f"未办结的异议：{told or '无'}",
            remedy=f"填写“{state.label}”的异议编号；依次受理、调查、答复",
        )

    return Guard(
        rule=f"{level}.objection_open",
        title=f"异议处于“{state.label}”",
        test=test,
        reads_form=True,
    )


def other_hand(level: str) -> Guard[CaseCircumstances]:
    """Who took objections in here does not decide on them."""

    def test(c: CaseCircumstances) -> Check:
        taken_in = [e for e in c.case.past if e.act == f"{level}.object"]
        own = [e for e in taken_in if not c.actor.persons.isdisjoint(e.persons)]
        return Check(
            satisfied=not own,
            found=f"{c.actor.name}于 {own[-1].day:%Y-%m-%d} 登记过本户的异议"
            if own
            else f"{c.actor.name}未登记过本户的异议",
            remedy="由没有登记过本户异议的人员受理、调查和答复",
        )

    return Guard(rule=f"{level}.objection_other_hand", title="登记异议的人不处理该异议", test=test)


def _two_investigators(level: str) -> Guard[CaseCircumstances]:
    def test(c: CaseCircumstances) -> Check:
        assert isinstance(c.form, Investigate)
        named = {name.strip() for name in c.form.investigators} - {""}
        return Check(
            satisfied=len(named) >= _INVESTIGATORS,
            found=f"调查人：{'、'.join(sorted(named)) or '无'}",
            remedy="由两名以上不同的人员调查",
        )

    return Guard(
        rule=f"{level}.two_investigators",
        title="由两人以上调查",
        test=test,
        reads_form=True,
    )


_INVESTIGATORS = 2

UPHELD = "异议成立，重新公示"
"""Why a list hangs anew."""


def _named(c: CaseCircumstances) -> Objection:
    assert isinstance(c.form, Named)
    return c.case.objections[c.form.objection]


def _changed(c: CaseCircumstances, **told: object) -> tuple[Change, ...]:
    objection = _named(c).model_copy(update=told)
    return (put("objections", objection.key, objection),)


def _accept(c: CaseCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
    return _changed(c, state=ObjectionState.ACCEPTED, accepted_on=c.day)


def _reply_by(c: CaseCircumstances) -> date | None:
    return last_day_of(Deadline.OBJECTION_REPLY, _named(c).raised_on, c.pack)


def _decline(c: CaseCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
    assert isinstance(c.form, Decline)
    reply = f"不予受理：{c.form.reason}{c.form.remedies}"
    return _changed(c, state=ObjectionState.NOT_ADMITTED, settled_on=c.day, reply=reply)


def _investigate(c: CaseCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
    assert isinstance(c.form, Investigate)
    found = f"调查人：{'、'.join(c.form.investigators)}。{c.form.findings}"
    return _changed(c, state=ObjectionState.INVESTIGATED, investigated_on=c.day, findings=found)


def moot(c: CaseCircumstances, level: str, why: str) -> tuple[Change, ...]:
    """Every objection on a level that has no answer yet ended with its list, and why."""
    told = {"state": ObjectionState.NOT_ADMITTED, "settled_on": c.day}
    reply = f"{why}，公示随之终止，异议不再处理。"
    waiting = c.case.open_objections(level)
    return tuple(
        put("objections", o.key, o.model_copy(update=told | {"reply": reply})) for o in waiting
    )


def referred(c: CaseCircumstances, reply: str) -> tuple[Change, ...]:
    """An objection that is answered elsewhere, with what is told to who raised it."""
    return _changed(c, state=ObjectionState.REFERRED, settled_on=c.day, reply=reply)


def _answer(
    posted: PostedList[CaseCircumstances],
) -> Callable[[CaseCircumstances, Decision | None], tuple[Change, ...]]:
    def effect(c: CaseCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
        assert isinstance(c.form, Settle)
        state = ObjectionState.UPHELD if c.form.upheld else ObjectionState.DISMISSED
        changes = _changed(c, state=state, settled_on=c.day, reply=c.form.reply)
        return (*changes, *renewed_notice(c, posted, reason=UPHELD)) if c.form.upheld else changes

    return effect


def settles_last(level: str) -> Callable[[CaseCircumstances], bool]:
    """Whether an answer is the last that a level waits for."""
    return lambda c: len(c.case.open_objections(level)) <= 1


def objection_steps(
    posted: PostedList[CaseCircumstances],
    takes_in: tuple[Role, ...],
    answers: tuple[Role, ...],
) -> tuple[Step[CaseCircumstances], ...]:
    """Raising an objection and dealing with it, around one notice state.

    Args:
        posted: the list that is objected to.
        takes_in: who registers an objection.
        answers: who admits, investigates and answers it.
    """
    level, on_notice, objected = posted.level, posted.posted, posted.objected

    def dealing(
        event: str, title: str, form: type[Named], at: ObjectionState, target: str | None
    ) -> Step[CaseCircumstances]:
        return Step(
            event=event,
            title=title,
            source=(objected,),
            target=target,
            roles=answers,
            part=Part.EXAMINE,
            form=form,
            guards=(_stands(level, at), other_hand(level)),
            completes=settles_last(level) if target else None,
            documents=(OBJECTION_REPLY,) if target else (),
            tells=statutory_remedies if target else None,
        )

    return (
        Step(
            event="object",
            title="登记异议",
            source=(on_notice, objected),
            target=objected,
            roles=takes_in,
            part=Part.RECORD,
            form=Object,
            guards=(_within_window(level), _not_twice(level)),
            effect=_raise_objection(level),
        ),
        replace(
            dealing("accept_objection", "受理异议", Named, ObjectionState.OPEN, None),
            effect=_accept,
            documents=(OBJECTION_ACCEPTANCE,),
            tells=_reply_by,
        ),
        replace(
            dealing("decline_objection", "异议不予受理", Decline, ObjectionState.OPEN, on_notice),
            effect=_decline,
        ),
        replace(
            dealing("investigate", "调查异议", Investigate, ObjectionState.ACCEPTED, None),
            guards=(
                _stands(level, ObjectionState.ACCEPTED),
                other_hand(level),
                _two_investigators(level),
            ),
            effect=_investigate,
        ),
        replace(
            dealing("settle", "答复异议", Settle, ObjectionState.INVESTIGATED, on_notice),
            effect=_answer(posted),
        ),
    )
