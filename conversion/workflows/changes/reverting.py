"""Reverting: a proposed change dropped, an applied one undone while it is clean."""

from collections.abc import Mapping
from typing import Final

from pydantic import Field

from conversion.domain.case import Case
from conversion.domain.collections import put
from conversion.domain.household_change import ChangeState, HouseholdChange
from conversion.domain.standing import Change
from conversion.policy.decision import Decision
from conversion.workflows.bookkeeping import transaction_id
from conversion.workflows.changes import comparing
from conversion.workflows.changes.carrying_out import CarriedOut, carried_out, cause
from conversion.workflows.changes.holding_fast import released
from conversion.workflows.changes.kind import households
from conversion.workflows.changes.naming import NO_OPEN_OBJECTION
from conversion.workflows.changes.planning import pending
from conversion.workflows.changes.rederiving import rederived
from conversion.workflows.changes.undoing import WayBack
from conversion.workflows.forms import Grounds
from conversion.workflows.step import CaseCircumstances, Check, Companion, Guard


class Undoing(Grounds):
    """Which change is undone, and why."""

    change: str = Field(title="变更编号", pattern=r"^C\d{2,4}$")


def dropped(c: CaseCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
    """The change, as it was not approved."""
    change = pending(c.case)
    assert change, "the level stands on it"
    told = {"state": ChangeState.DROPPED, "settled_on": c.day}
    row = put("changes", change.key, change.model_copy(update=told))
    return (row, *_released(c).get(c.case.number, ()))


def dropped_elsewhere(c: CaseCircumstances, _decision: Decision | None) -> tuple[Companion, ...]:
    """The holds in other households, which end with the change."""
    return tuple(
        Companion(chain=number, changes=changes)
        for number, changes in _released(c).items()
        if number != c.case.number and changes
    )


def _released(c: CaseCircumstances) -> dict[str, tuple[Change, ...]]:
    change = pending(c.case)
    assert change, "the level stands on it"
    order = transaction_id(c.case.number, change.serial)
    return {n: comparing.changes(h, released(c, h, order)) for n, h in households(c).items()}


def _undone_change(c: CaseCircumstances) -> HouseholdChange | None:
    """The change, as it was not approved."""
    assert isinstance(c.form, Undoing)
    return c.case.changes.get(c.form.change)


def _is_applied(c: CaseCircumstances) -> Check:
    change = _undone_change(c)
    state = change.state.label if change else "没有这个编号"
    return Check(
        satisfied=change is not None and change.state is ChangeState.APPLIED,
        found=f"该变更：{state}",
        remedy="填写已生效的变更编号",
    )


def _untouched(c: CaseCircumstances) -> Check:
    if not _is_applied(c).satisfied:
        return Check(satisfied=False, found="没有可以撤销的变更", remedy="填写已生效的变更编号")
    change = _undone_change(c)
    assert change
    since = tuple(WayBack.of(change).changed_since(households(c)))
    return Check(
        satisfied=not since,
        found=f"此后又有变动：{'、'.join(since)}" if since else "所涉各项此后没有变动",
        remedy="不能直接撤销，按现状另行办理变更",
    )


def _restored(c: CaseCircumstances) -> CarriedOut:
    """The households as they were before the change, with what depends on it brought back too."""
    change = _undone_change(c)
    assert change, "a guard asks for it"
    now = households(c)
    back = WayBack.of(change).taken(now, c.case.number, c.day)
    after = {n: rederived(c, now[n], case) if case.members else case for n, case in back.items()}
    why = cause(c, f"{change.serial}/undone", f"撤销{change.title}")
    return carried_out(c, after, why)


def undone(c: CaseCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
    """The rows of the household as they were, and the change as undone."""
    change = _undone_change(c)
    assert change, "a guard asks for it"
    told = {"state": ChangeState.UNDONE, "settled_on": c.day}
    return (*_restored(c).changes, put("changes", change.key, change.model_copy(update=told)))


def moves_back(c: CaseCircumstances) -> Mapping[str, str]:
    """The levels of the household that stand elsewhere afterwards."""
    return _restored(c).moves


def elsewhere_back(c: CaseCircumstances, _decision: Decision | None) -> tuple[Companion, ...]:
    """What the undoing does in other households."""
    return _restored(c).companions


def touched_then(case: Case, form: Undoing) -> tuple[str, ...]:
    """The households that the change to be undone has touched."""
    change = case.changes.get(form.change)
    return tuple(number.rpartition("-")[2] for number in change.others) if change else ()


MAY_BE_UNDONE: Final[tuple[Guard[CaseCircumstances], ...]] = (
    NO_OPEN_OBJECTION,
    Guard(rule="change_applied", title="该变更已经生效", test=_is_applied, reads_form=True),
    Guard(
        rule="change_untouched",
        title="所涉各项此后没有变动",
        test=_untouched,
        reads_form=True,
    ),
)
"""What must hold of a change that is undone."""
