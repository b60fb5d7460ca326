"""Unsigned 未签字: a household that was called on twice, and signed nothing.

Whether somebody is a member is a matter of fact, and everybody's shares depend on it: the roll
can't wait for one household. So two deliveries with witnesses open its membership survey ex officio
依职权. Nothing else: hukou, benefits and land wait for the household's own word.
"""

from datetime import date
from enum import StrEnum
from typing import Final

from pydantic import Field

from conversion.domain.case import Case
from conversion.domain.role import Role
from conversion.workflows.guards import milestone
from conversion.workflows.need import Need
from conversion.workflows.step import (
    CaseCircumstances,
    Check,
    Evidence,
    Form,
    Guard,
    Part,
    Step,
)

_RECORD = "case.record_unsigned"
_DELIVERIES = 2
_WITNESSES = 2


class Response(StrEnum):
    """How a household answered a call: not by signing."""

    REFUSED = "refused"
    ABSENT = "absent"


class Delivery(Form):
    """One call at the household's door."""

    delivered_on: date = Field(title="送达日期")
    address: str = Field(title="送达地址", min_length=2, max_length=200)
    response: Response = Field(title="未签原因（refused 拒签、absent 无人在家）")
    witnesses: tuple[str, ...] = Field(title="见证人（两人以上）", min_length=1, max_length=6)


class Unsigned(Form):
    """Two calls, each witnessed, after which nobody of the household has signed."""

    deliveries: tuple[Delivery, ...] = Field(
        title="历次送达", min_length=1, max_length=6, json_schema_extra={"personal": True}
    )


def _deliveries(c: CaseCircumstances) -> tuple[Delivery, ...]:
    assert isinstance(c.form, Unsigned)
    return c.form.deliveries


def _twice(c: CaseCircumstances) -> Check:
    days = sorted({d.delivered_on for d in _deliveries(c)})
    resolved = c.programme.reached_on("resolved")
    apart = [day for day in days if (resolved or c.day) <= day <= c.day]
    return Check(
        satisfied=len(days) >= _DELIVERIES and apart == days,
        found=f"送达日期：{'、'.join(map(str, days))}，"
        f"村民会议 {resolved or '尚未'} 表决，今天 {c.day}",
        remedy="村民会议表决以后，在不同的日子送达两次以上，据实填写日期",
    )


def _witnessed(c: CaseCircumstances) -> Check:
    """Witnesses are neither of the household nor the one who delivers."""
    partial = {m.name for m in c.case.people.values()} | {c.actor.name}
    short = [
        f"{d.delivered_on}（{len(own)} 人）"
        for d in _deliveries(c)
        for own in ({name.strip() for name in d.witnesses} - {""} - partial,)
        if len(own) < _WITNESSES
    ]
    return Check(
        satisfied=not short,
        found=f"见证人不足：{'、'.join(short)}" if short else "每次送达均有两名见证人",
        remedy="每次送达由两名以上见证人在场；本户成员和送达人不作见证人",
    )


RECORD_UNSIGNED: Final[Step[CaseCircumstances]] = Step(
    event="record_unsigned",
    title="登记两次送达未签",
    source=("draft",),
    target=None,
    roles=(Role.TASK_FORCE, Role.VILLAGE),
    part=Part.ENTER,
    form=Unsigned,
    evidence=(
        Evidence(id="first_delivery", title="第一次送达回证和现场照片"),
        Evidence(id="second_delivery", title="第二次送达回证和现场照片"),
    ),
    guards=(
        milestone("resolved"),
        Guard(rule="delivered_twice", title="在不同的日子送达过两次", test=_twice, reads_form=True),
        Guard(
            rule="delivery_witnessed",
            title="每次送达有两名见证人",
            test=_witnessed,
            reads_form=True,
        ),
    ),
)
"""Beside the way of a draft, which the household may sign any day."""


def was_called_on(case: Case) -> bool:
    """Whether a household was called on twice and has not signed yet."""
    return case.positions["case"] == "draft" and case.done_on(_RECORD) is not None


def _may_be_surveyed(c: CaseCircumstances) -> Check:
    state, called = c.case.positions["case"], was_called_on(c.case)
    shut = state == "merged" or (state == "draft" and not called)
    under_way = f"{c.case.done_on(_RECORD)} 登记两次送达未签" if called else "本户案件已受理"
    return Check(
        satisfied=not shut,
        found="本户案件尚未受理，或已并入他户" if shut else under_way,
        remedy="先受理本户申请；两次送达仍不签字的，登记（case.record_unsigned）后依职权办理；"
        "已并户的，在并入的户办理",
    )


MAY_BE_SURVEYED: Final[Guard[CaseCircumstances]] = Guard(
    rule="may_be_surveyed",
    title="本户案件已受理，或者两次送达未签",
    test=_may_be_surveyed,
    needs=((Need(level="case", states=("merged",), outside=True),),),
)
"""Membership is surveyed on an application, or ex officio where the household keeps silent."""
