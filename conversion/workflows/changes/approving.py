"""Approving 批准: what was proposed is computed again by the same function, and must be equal."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from conversion.domain.case import Case
from conversion.domain.collections import put
from conversion.domain.household_change import ChangeState, HouseholdChange
from conversion.domain.standing import Change
from conversion.policy.decision import Decision
from conversion.workflows.changes.carrying_out import CarriedOut, carried_out, cause
from conversion.workflows.changes.difference import difference
from conversion.workflows.changes.kind import Kind
from conversion.workflows.changes.kinds import BY_EVENT
from conversion.workflows.changes.naming import HOUSEHOLD_GOES_ON
from conversion.workflows.changes.planning import Planned, kept_form, pending, planned
from conversion.workflows.changes.undoing import way_back
from conversion.workflows.step import CaseCircumstances, Check, Companion, Form, Guard


def _pending(c: CaseCircumstances) -> tuple[Kind, HouseholdChange, Form]:
    change = pending(c.case)
    assert change, "a guard asks for it"
    kind = BY_EVENT[change.kind]
    return kind, change, kept_form(change, kind)


def _planned(c: CaseCircumstances) -> Planned:
    kind, _, form = _pending(c)
    return planned(c, kind, form)


def _still_holds(c: CaseCircumstances) -> Check:
    """Everything that the proposal had to fulfil holds on the day of the approval."""
    if pending(c.case) is None:
        return Check(satisfied=False, found="没有待批准的变更", remedy="先提出变更")
    kind, _, form = _pending(c)
    seen = replace(c, form=form)
    failed = [
        f"{guard.title}：{check.found}"
        for guard in (HOUSEHOLD_GOES_ON, *kind.guards)
        for check in (guard.test(seen),)
        if not check.satisfied
    ]
    return Check(
        satisfied=not failed,
        found="；".join(failed) or "提出时的各项要求现在仍然满足",
        remedy="不批准本次变更，按现状重新提出",
    )


def _unaltered(c: CaseCircumstances) -> Check:
    """What would happen is what was shown when it was proposed."""
    if not _still_holds(c).satisfied:
        return Check(satisfied=False, found="提出时的要求已不满足", remedy="按现状重新提出")
    same = difference(_planned(c)) == _pending(c)[1].difference
    return Check(
        satisfied=same,
        found="与提出时的对照一致" if same else "提出以后情况有变，对照已不一致",
        remedy="不批准本次变更，按现状重新提出",
    )


def approval(c: CaseCircumstances) -> Decision:
    """The answer: everything the change rests on, and that nothing is lost."""
    return _planned(c).decision


def _carried_out(c: CaseCircumstances) -> CarriedOut:
    found, change = _planned(c), _pending(c)[1]
    why = cause(c, change.serial, found.kind.title)
    return carried_out(c, found.after, why, issued=found.papers)


def applied(c: CaseCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
    """The rows of the household, and the change with its way back."""
    change = _pending(c)[1]
    told = {
        "state": ChangeState.APPLIED,
        "settled_on": c.day,
        "inverse": way_back(_planned(c)),
    }
    return (*_carried_out(c).changes, put("changes", change.key, change.model_copy(update=told)))


def moves(c: CaseCircumstances) -> Mapping[str, str]:
    """The levels of the household that stand elsewhere afterwards."""
    return _carried_out(c).moves


def elsewhere(c: CaseCircumstances, _decision: Decision | None) -> tuple[Companion, ...]:
    """What the change does in other households."""
    return _carried_out(c).companions


def recalled(case: Case, _form: Form) -> tuple[str, ...]:
    """The households that the pending change names."""
    change = pending(case)
    kind = BY_EVENT[change.kind] if change else None
    return kind.reaches(kept_form(change, kind)) if change and kind and kind.reaches else ()


def people(case: Case, _form: Form) -> tuple[str, ...]:
    """The resident numbers that the pending change names."""
    change = pending(case)
    kind = BY_EVENT[change.kind] if change else None
    return kind.people(kept_form(change, kind)) if change and kind and kind.people else ()


MAY_BE_APPROVED: Final[tuple[Guard[CaseCircumstances], ...]] = (
    Guard(rule="change_still_holds", title="提出时的要求仍然满足", test=_still_holds),
    Guard(rule="change_unaltered", title="与提出时的对照一致", test=_unaltered),
)
"""What must hold of a change on the day it is approved."""
