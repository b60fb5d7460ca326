"""Countersigning 会签: each department signs its own item, and the last one moves the case."""

from typing import Final

from conversion.domain.case import Case
from conversion.domain.collections import put
from conversion.domain.notice import Countersignature
from conversion.domain.standing import Change
from conversion.policy.decision import Decision
from conversion.policy.pack import PackOnDay
from conversion.workflows.forms import Opinion
from conversion.workflows.step import CaseCircumstances, Check, Guard


def waiting_departments(case: Case, pack: PackOnDay) -> tuple[str, ...]:
    """The departments that have not signed yet, under whatever name they were known."""
    signed = {pack.department_now(name) for name in case.countersignatures}
    return tuple(d.name for d in pack.countersigners if d.name not in signed)


def _department_due(c: CaseCircumstances) -> Check:
    waiting = waiting_departments(c.case, c.pack)
    own = c.actor.department or "办理人未登记所在部门"
    return Check(
        satisfied=c.actor.department in waiting,
        found=f"{own}；待会签：{'、'.join(waiting) or '无'}",
        remedy="由尚未会签的部门办理",
    )


def countersigning_departments(pack: PackOnDay) -> tuple[str, ...]:
    """The departments that every case goes to."""
    return tuple(department.name for department in pack.countersigners)


def is_last_department(c: CaseCircumstances) -> bool:
    """Whether only the department of whoever acts is still waited for."""
    return waiting_departments(c.case, c.pack) == (c.actor.department,)


def countersign(c: CaseCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
    """The effect of countersigning: the department's opinion."""
    assert isinstance(c.form, Opinion)
    row = Countersignature(
        department=c.actor.department,
        signed_on=c.day,
        signed_by=c.actor.name,
        opinion=c.form.opinion,
    )
    return (put("countersignatures", row.key, row),)


DEPARTMENT_DUE: Final[Guard[CaseCircumstances]] = Guard(
    rule="department_due", title="本部门尚未会签", test=_department_due
)
