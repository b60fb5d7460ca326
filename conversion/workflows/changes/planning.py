"""Planning: a kind's own plan, completed by what depends on it, and judged as a whole."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from conversion.documents.kind import HouseholdKind
from conversion.domain.case import Case
from conversion.domain.household_change import ChangeState, HouseholdChange
from conversion.domain.notice import Paper
from conversion.policy.decision import Decision
from conversion.workflows.bookkeeping import transaction_id
from conversion.workflows.changes.conservation import losses
from conversion.workflows.changes.holding_fast import released
from conversion.workflows.changes.kind import Kind, Plan, households
from conversion.workflows.changes.outdated_papers import first_papers, outdated
from conversion.workflows.changes.rederiving import rederived
from conversion.workflows.step import CaseCircumstances, Form

RULE = "household_change"


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A change thought through to its end.

    Attributes:
        before, after: case number → household, of all that it touches; an opened one has no before.
        outdated: case number → the papers superseded there; papers: what an opened one is issued.
    """

    kind: Kind
    plan: Plan
    before: Mapping[str, Case]
    after: Mapping[str, Case]
    outdated: Mapping[str, tuple[Paper, ...]]
    papers: Mapping[str, tuple[HouseholdKind, ...]]

    @property
    def decision(self) -> Decision:
        """The answer: granted when nothing is lost and something changes, with every ground."""
        lost = tuple(losses(self.before.values(), self.after.values(), joined=self.plan.joined))
        idle = () if lost or self.before != self.after else ("所填内容与现状相同，没有变更。",)
        decisions = self.plan.decisions
        return Decision(
            rule=RULE,
            granted=not lost and not idle,
            reasons=(*self.plan.reasons, *(f"{sentence}。" for sentence in lost), *idle),
            references=tuple(dict.fromkeys(r for d in decisions for r in d.references)),
            facts={"kind": self.kind.event, "households": [*sorted(self.after)]},
            parameters=tuple({p.name: p for d in decisions for p in d.parameters}.values()),
        )


def planned(c: CaseCircumstances, kind: Kind, form: Form) -> Planned:
    """What a change of this kind leads to, in these circumstances."""
    seen = replace(c, form=form)
    plan = kind.plan(seen, form)
    all_before = households(c)
    before = {number: all_before[number] for number in plan.after if number in all_before}
    change = pending(c.case)
    order = transaction_id(c.case.number, change.serial if change else "")
    after = {
        number: released(seen, rederived(seen, before.get(number), case), order)
        for number, case in plan.after.items()
    }
    return Planned(
        kind=kind,
        plan=plan,
        before=before,
        after=after,
        outdated={number: outdated(case, after[number]) for number, case in before.items()},
        papers={n: first_papers(c.case, case) for n, case in after.items() if n not in before},
    )


def pending(case: Case) -> HouseholdChange | None:
    """The change of a household that waits for its approval."""
    waiting = (ch for ch in case.changes.values() if ch.state is ChangeState.PENDING)
    return next(waiting, None)


def next_change(case: Case) -> str:
    """The serial of the next change of a household."""
    return f"C{len(case.changes) + 1:02d}"


def kept_form(change: HouseholdChange, kind: Kind) -> Form:
    """The form of a change, as it was filled in when it was proposed."""
    read: dict[str, Any] = json.loads(change.form)
    return kind.form.model_validate(read)
