"""Household changes 户内变更: proposed by one, approved by another, and undone while it is clean.

Each kind of change is a module of `changes`. Two open changes of one household can't be: the first
holds the state. What is proposed is kept whole; whoever approves sees the same difference, computed
by the same function, or has to refuse.
"""

import json
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from conversion.domain.case import Case
from conversion.domain.collections import put
from conversion.domain.household_change import HouseholdChange
from conversion.domain.role import Role
from conversion.domain.standing import Change
from conversion.policy.decision import Decision
from conversion.workflows.bookkeeping import transaction_id
from conversion.workflows.changes import approving, reverting
from conversion.workflows.changes.difference import difference
from conversion.workflows.changes.holding_fast import elsewhere, laid
from conversion.workflows.changes.kind import Kind
from conversion.workflows.changes.kinds import KINDS
from conversion.workflows.changes.naming import GONE, HOUSEHOLD_GOES_ON
from conversion.workflows.changes.planning import next_change, planned
from conversion.workflows.changes.rederiving import REWINDS
from conversion.workflows.forms import Grounds, Opinion
from conversion.workflows.guards import UNDER_WAY
from conversion.workflows.step import CaseCircumstances, Companion, Form, Part, Step, Track

APPROVERS = (Role.STREET, Role.DISTRICT)


def _decide(kind: Kind, c: CaseCircumstances) -> Decision:
    assert c.form is not None
    return planned(c, kind, c.form).decision


def _proposed(kind: Kind, c: CaseCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
    assert c.form is not None
    found = planned(c, kind, c.form)
    row = HouseholdChange(
        serial=next_change(c.case),
        kind=kind.event,
        title=kind.title,
        proposed_on=c.day,
        proposed_by=c.actor.account,
        form=_canonical(c.form),
        difference=difference(found),
        others=tuple(sorted(set(found.after) - {c.case.number})),
    )
    own = _holds(kind, c).get(c.case.number)
    return (put("changes", row.key, row), *((own,) if own else ()))


def _holds(kind: Kind, c: CaseCircumstances) -> dict[str, Change]:
    """The holds that stand until the change is decided, by case number."""
    if kind.holds is None:
        return {}
    order = transaction_id(c.case.number, next_change(c.case))
    return laid(c, order, kind.holds(c, c.form))


def _held_elsewhere(
    kind: Kind, c: CaseCircumstances, _decision: Decision | None
) -> tuple[Companion, ...]:
    return elsewhere(c.case.number, _holds(kind, c))


def _canonical(form: Form) -> str:
    told = form.model_dump(mode="json", exclude_defaults=True)
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _proposal(kind: Kind) -> Step[CaseCircumstances]:
    return Step(
        event=kind.event,
        title=kind.title,
        source=("settled",),
        target="pending",
        roles=(Role.TASK_FORCE, Role.VILLAGE),
        part=Part.ENTER,
        form=kind.form,
        evidence=kind.evidence,
        guards=(UNDER_WAY, HOUSEHOLD_GOES_ON, *kind.guards),
        decide=partial(_decide, kind),
        effect=partial(_proposed, kind),
        reaches=kind.reaches,
        people=_people(kind),
        elsewhere=partial(_held_elsewhere, kind) if kind.holds else None,
    )


def _people(kind: Kind) -> Callable[[Case, Any], tuple[str, ...]] | None:
    named = kind.people
    return (lambda _case, form: named(form)) if named else None


HOUSEHOLD: Final[Track[CaseCircumstances]] = Track(
    name="household",
    title="户内变更",
    states={"settled": "无待批变更", "pending": "变更待批准"},
    initial="settled",
    final=(),
    resting=("settled",),
    steps=(
        *(_proposal(kind) for kind in KINDS),
        Step(
            event="approve_change",
            title="批准变更",
            source=("pending",),
            target="settled",
            roles=APPROVERS,
            part=Part.APPROVE,
            form=Opinion,
            guards=approving.MAY_BE_APPROVED,
            decide=approving.approval,
            effect=approving.applied,
            moves=approving.moves,
            may_move={"case": GONE},
            rewinds=REWINDS,
            recalls=approving.recalled,
            people=approving.people,
            elsewhere=approving.elsewhere,
        ),
        Step(
            event="drop_change",
            title="不批准变更",
            source=("pending",),
            target="settled",
            roles=(*APPROVERS, Role.TASK_FORCE, Role.VILLAGE),
            part=Part.RECORD,
            form=Grounds,
            effect=reverting.dropped,
            recalls=approving.recalled,
            elsewhere=reverting.dropped_elsewhere,
        ),
        Step(
            event="undo_change",
            title="撤销变更",
            source=("settled",),
            target=None,
            roles=APPROVERS,
            part=Part.APPROVE,
            form=reverting.Undoing,
            guards=reverting.MAY_BE_UNDONE,
            effect=reverting.undone,
            moves=reverting.moves_back,
            rewinds=REWINDS,
            restores=True,
            recalls=reverting.touched_then,
            elsewhere=reverting.elsewhere_back,
        ),
    ),
)
"""Changes of a household; a side level that never ends, since life goes on after the conversion."""
