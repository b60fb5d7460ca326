"""Rows of the departments 部门事项: each acknowledges and settles those that go to it.

A department that bears another name since answers for what was sent to it under the old one.
"""

from collections.abc import Callable
from typing import Final

from pydantic import Field

from conversion.domain.case import Case
from conversion.domain.collections import put
from conversion.domain.right import Entitlement, EntitlementStatus
from conversion.domain.standing import Change
from conversion.policy.decision import Decision
from conversion.policy.pack import PackOnDay
from conversion.workflows.forms import Reason
from conversion.workflows.step import CaseCircumstances, Check, Form, Guard


class DepartmentReceipt(Form):
    """A department's receipt for its rows; rows it finds not applicable carry a reason."""

    receipt: str = Field(title="部门回执号", min_length=2, max_length=60)
    not_applicable: dict[str, Reason] = Field(
        default_factory=dict, title="不适用的事项（事项=理由）"
    )


def put_all(rows: tuple[Entitlement, ...], status: EntitlementStatus) -> tuple[Change, ...]:
    """These rows at another status."""
    moved = (row.model_copy(update={"status": status}) for row in rows)
    return tuple(put("entitlements", row.key, row) for row in moved)


def all_departments(pack: PackOnDay) -> tuple[str, ...]:
    """Any department of the pack may have rows of some household."""
    return pack.departments


def _by_department(
    case: Case, pack: PackOnDay, status: EntitlementStatus
) -> dict[str, tuple[Entitlement, ...]]:
    """The rows at a status, by the department that answers for them, whatever it was called."""
    found: dict[str, tuple[Entitlement, ...]] = {}
    for row in case.entitlements.values():
        if row.status is status:
            name = pack.department_now(row.department)
            found[name] = (*found.get(name, ()), row)
    return found


def _own_rows(c: CaseCircumstances, status: EntitlementStatus) -> tuple[Entitlement, ...]:
    return _by_department(c.case, c.pack, status).get(c.actor.department, ())


def others_done(status: EntitlementStatus) -> Callable[[CaseCircumstances], bool]:
    """Whether no other department still has rows at this status."""

    def test(c: CaseCircumstances) -> bool:
        return not set(_by_department(c.case, c.pack, status)) - {c.actor.department}

    return test


def has_rows(status: EntitlementStatus) -> Guard[CaseCircumstances]:
    """That the department which acts has rows at a status."""

    def test(c: CaseCircumstances) -> Check:
        waiting = "、".join(_by_department(c.case, c.pack, status)) or "无"
        return Check(
            satisfied=bool(_own_rows(c, status)),
            found=f"{c.actor.department or '办理人未登记所在部门'}；待办部门：{waiting}",
            remedy="由有待办事项的部门办理",
        )

    return Guard(
        rule=f"has_rows.{status.value}",
        title="本部门有待办事项",
        test=test,
    )


def acknowledge(c: CaseCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
    """What was sent to the department is in its hands."""
    own = _own_rows(c, EntitlementStatus.DISPATCHED)
    return put_all(own, EntitlementStatus.ACKNOWLEDGED)


def _rows_named(c: CaseCircumstances) -> Check:
    assert isinstance(c.form, DepartmentReceipt)
    own = {row.key for row in _own_rows(c, EntitlementStatus.ACKNOWLEDGED)}
    strange = [key for key in c.form.not_applicable if key not in own]
    return Check(
        satisfied=not strange,
        found=f"不是本部门待落实的事项：{'、'.join(strange)}" if strange else "均为本部门事项",
        remedy="只填写本部门已受理的事项",
    )


def settle(c: CaseCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
    """The department's rows with its receipt, or with why they don't apply."""
    own = _own_rows(c, EntitlementStatus.ACKNOWLEDGED)
    settled = (_answered(row, c.form) for row in own)
    return tuple(put("entitlements", row.key, row) for row in settled)


def _answered(row: Entitlement, form: Form | None) -> Entitlement:
    assert isinstance(form, DepartmentReceipt)
    reason = form.not_applicable.get(row.key)
    if reason is not None:
        status = EntitlementStatus.NOT_APPLICABLE
        return row.model_copy(update={"status": status, "reason": reason})
    status = EntitlementStatus.SETTLED
    return row.model_copy(update={"status": status, "receipt": form.receipt})


def departments_at(
    status: EntitlementStatus,
) -> Callable[[Case, PackOnDay], tuple[str, ...]]:
    """The departments that have rows at a status."""
    return lambda case, pack: tuple(sorted(_by_department(case, pack, status)))


ROWS_NAMED: Final[Guard[CaseCircumstances]] = Guard(
    rule="rows_named", title="不适用的事项属于本部门", test=_rows_named, reads_form=True
)
