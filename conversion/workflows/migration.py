"""Migration 流程迁移: how live cases pass from one definition of the procedures to another.

A plan says for each changed level where its states lead, who decided it and why. It is judged
against both definitions, then against each case: nothing is moved on a guess, and no case lands
where the new procedures could never have led it.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from conversion.domain.case import Case
from conversion.domain.event import Event
from conversion.domain.household_change import ChangeState
from conversion.history.canonical import canonical
from conversion.workflows.cross_rule import CrossRule, Implication
from conversion.workflows.difference import amendments
from conversion.workflows.need import are_met
from conversion.workflows.procedure import Procedure, Procedures

DIGEST = r"^[0-9a-f]{64}$"
MIGRATE = "migrate"
"""The act on the chain itself that moves levels without a step."""


class Pending(StrEnum):
    """What may be under way in a level and would be cut across by moving it."""

    HOLD = "hold"
    OBJECTION = "objection"
    CHANGE = "change"
    NOTICE = "notice"

    @property
    def label(self) -> str:
        """Its Chinese name."""
        return {
            "hold": "中止",
            "objection": "未办结的异议",
            "change": "待批准的变更",
            "notice": "正在公示",
        }[self]


class LevelPlan(BaseModel):
    """What becomes of one changed level.

    Attributes:
        states: old state → new state; a state not named keeps its name.
        carry: what may be under way and simply goes on under the new procedure.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    states: dict[str, str] = Field(default_factory=dict)
    carry: tuple[Pending, ...] = ()


class MigrationPlan(BaseModel):
    """The plan as the office decided it.

    Attributes:
        old, new: ids of the two definitions.
        households: the numbers it is for; all that stand under the old definition when empty.
        reason: why; decision: number of the paper that decided it; decided_by: who did.
        levels: level → what becomes of it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    old: str = Field(pattern=DIGEST)
    new: str = Field(pattern=DIGEST)
    reason: str = Field(min_length=4, max_length=500)
    decision: str = Field(min_length=2, max_length=60)
    decided_by: str = Field(min_length=2, max_length=100)
    households: tuple[str, ...] = ()
    levels: dict[str, LevelPlan] = Field(default_factory=dict)

    @property
    def sha256(self) -> str:
        """The plan's digest, by which the acts it led to are found again."""
        return hashlib.sha256(canonical(json.loads(self.model_dump_json()))).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A plan between its two definitions.

    Attributes:
        rules: the cross-rules that no case may break by being moved.
    """

    plan: MigrationPlan
    old: Procedures
    new: Procedures
    rules: Sequence[CrossRule]

    @property
    def changed(self) -> tuple[str, ...]:
        """Names of the levels that differ, of those that both have."""
        found = dict.fromkeys(a.level for a in amendments(self.old, self.new))
        return tuple(n for n in found if self.old.level(n) and self.new.level(n))

    def faults(self) -> Iterator[str]:
        """What is wrong with the plan itself, whatever the cases; nothing when it is sound."""
        if self.plan.old == self.plan.new:
            yield "新旧流程版本相同"
        for name in self.plan.levels.keys() - set(self.changed):
            yield f"事项 {name} 没有变化，不应列入方案"
        for name in self.changed:
            was, now = self.old.level(name), self.new.level(name)
            assert was is not None, "a changed level stands in both"
            assert now is not None, "a changed level stands in both"
            yield from self._level_faults(was, now)

    def _level_faults(self, was: Procedure, now: Procedure) -> Iterator[str]:
        for old, new in self._states(was.name).items():
            if old not in was.states:
                yield f"{was.title}：原流程没有状态 {old}"
            elif new not in now.states:
                yield f"{was.title}：新流程没有状态 {new}"
            elif old in was.final and new not in now.final:
                told = f"“{was.states[old]}”已经终结，不得迁移到未终结的“{now.states[new]}”"
                yield f"{was.title}：{told}"

    def _states(self, name: str) -> Mapping[str, str]:
        plan = self.plan.levels.get(name)
        return plan.states if plan else {}

    def moves(self, positions: Mapping[str, str]) -> dict[str, str]:
        """Level → the state that a chain is moved to; levels that stay are not named."""
        found = {
            name: self._states(name).get(positions[name], positions[name])
            for name in self.changed
            if name in positions
        }
        return {name: state for name, state in found.items() if state != positions[name]}

    def obstacles(self, positions: Mapping[str, str], case: Case | None = None) -> Iterator[str]:
        """Why a chain can't be moved under this plan; nothing when it can.

        Args:
            positions: where its levels stand.
            case: the case, None for the village's own chain.
        """
        after = {**positions, **self.moves(positions)}
        for name in (name for name in self.changed if name in positions):
            level = self.new.level(name)
            if level and after[name] not in level.states:
                told = f"{level.title}处于 {positions[name]}"
                yield f"{told}，新流程没有这个状态，方案也没有写明去向"
        if case is not None:
            yield from self._pending(case)
            yield from self._broken_rules(after)

    def _pending(self, case: Case) -> Iterator[str]:
        for name in self.changed:
            plan, level = self.plan.levels.get(name), self.new.level(name)
            carried = plan.carry if plan else ()
            title = level.title if level else name
            for pending in _pending_in(case, name):
                if pending not in carried:
                    yield f"{title}有{pending.label}，方案没有写明随案转入（carry: {pending}）"

    def _broken_rules(self, after: Mapping[str, str]) -> Iterator[str]:
        implications = (rule for rule in self.rules if isinstance(rule, Implication))
        for rule in implications:
            if rule.when.is_met(after) and not are_met(rule.then, after):
                yield f"迁移后将违反“{rule.sentence}”"


def _pending_in(case: Case, level: str) -> Iterator[Pending]:
    """What is under way in one level of a case."""
    holds = [hold for hold in case.holds.values() if hold.is_in_force]
    if any({level, "all"} & set(hold.blocks) for hold in holds):
        yield Pending.HOLD
    if case.open_objections(level):
        yield Pending.OBJECTION
    changes = (change.state is ChangeState.PENDING for change in case.changes.values())
    if level == "household" and any(changes):
        yield Pending.CHANGE
    notice = case.current_notice(level)
    if notice and notice.closed_on is None and notice.voided_on is None:
        yield Pending.NOTICE


def moved_from(event: Event, level: str) -> str | None:
    """The state that a migration moved a level from, None if it moved none or is none."""
    before = event.form.get("before") if event.event == MIGRATE else None
    state = before.get(level) if isinstance(before, Mapping) else None
    return state if isinstance(state, str) else None


def outline(old: Procedures, new: Procedures, used: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """A plan to be filled in: every state in use of each changed level, and where it leads.

    Args:
        old: the definition that chains stand under.
        new: the one that they are to pass to.
        used: level → states in which live chains stand.

    Returns:
        The plan's data; a state that the new definition doesn't have leads to an empty name.
    """
    changed = dict.fromkeys(a.level for a in amendments(old, new))
    levels = [(n, was, now) for n in changed if (was := old.level(n)) and (now := new.level(n))]
    return {
        "old": old.sha256,
        "new": new.sha256,
        "reason": "",
        "decision": "",
        "decided_by": "",
        "households": [],
        "levels": {
            name: {
                "states": {
                    s: s if s in now.states else "" for s in was.in_order if s in used[name]
                },
                "carry": [],
            }
            for name, was, now in levels
            if used.get(name)
        },
    }
