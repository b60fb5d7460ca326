"""The engine: the only place that moves a state, and the only module that knows `transitions`.

One flat machine per level, built once per definition, shared and stateless; the hierarchical one
forgets progress, is unsafe between threads and breaks when parallel states are final. A step is
evaluated purely first (`evaluate`), and the same evaluation explains it and permits it.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Generic

from transitions import Machine

from conversion.documents.kind import AnyKind
from conversion.domain.event import Event
from conversion.domain.override import Override
from conversion.domain.standing import Change
from conversion.errors import WrongUse
from conversion.policy.decision import Decision
from conversion.workflows.filled import read_form
from conversion.workflows.overriding import set_aside, used
from conversion.workflows.requirement import Requirement, RequirementsUnmet
from conversion.workflows.standing import PERSONAL, Parts, standing_requirements
from conversion.workflows.step import C, Check, Companion, Guard, Step, Track

logging.getLogger("transitions").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation(Generic[C]):
    """A step looked at in its circumstances: every requirement judged, the rule's decision.

    Attributes:
        state: where the level stands.
        overrides: granted ones by which a requirement is met; the act uses them up.
    """

    track: Track[C]
    step: Step[C]
    state: str
    circumstances: C
    requirements: tuple[Requirement, ...]
    decision: Decision | None
    overrides: tuple[Override, ...] = ()

    @property
    def lacking(self) -> tuple[str, ...]:
        """The rules that are not met."""
        return tuple(r.rule for r in self.requirements if not r.satisfied)

    @property
    def permits(self) -> bool:
        """Whether every requirement is met."""
        return all(r.satisfied for r in self.requirements)


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What a permitted step does: the state it leads to and the rows it sets.

    Attributes:
        source, target: states before and after; both None when the level stays where it is.
        moves: other levels of the chain that move with it; companions: what is done elsewhere.
        papers: what it issues; told: what the step tells them beyond their chain.
    """

    source: str | None
    target: str | None
    changes: tuple[Change, ...]
    decision: Decision | None
    grounds: tuple[str, ...]
    moves: Mapping[str, str]
    companions: tuple[Companion, ...]
    papers: tuple[AnyKind, ...]
    told: Any


def step_at(track: Track[C], event: str, state: str) -> Step[C]:
    """The step that an event names in a state; the nearest one when it can't be done there.

    Raises:
        WrongUse: the track has no such event.
    """
    steps = track.steps_named(event)
    if not steps:
        known = "、".join(dict.fromkeys(f"{s.event}（{s.title}）" for s in track.steps))
        raise WrongUse(f"办理“{track.title}”的步骤 {event}", "没有这个步骤", f"从中选择：{known}")
    return next((s for s in steps if state in s.source), steps[0])


def evaluate(
    track: Track[C],
    event: str,
    state: str,
    circumstances: C,
    *,
    filled: Mapping[str, Any] | None,
    past: tuple[Event, ...],
    parts: Parts,
) -> Evaluation[C]:
    """Judge every requirement of a step; nothing is moved and nothing short-circuits.

    Args:
        track: the procedure; `event` and `state` name the step within it.
        event: imperative verb.
        state: where the level stands now.
        circumstances: who, when, on which case, under which pack.
        filled: the form as filled in, unvalidated; None when the step is only explained.
        past: all events of the chain, for four eyes.
        parts: the part each past act played.
    """
    step = step_at(track, event, state)
    form, faults = read_form(step.form, filled, clause=circumstances.pack.clause("form"))
    seen = replace(circumstances, form=form)
    asked = (
        *standing_requirements(track, step, state, seen, past=past, parts=parts),
        *faults,
        *(_guard(guard, seen) for guard in step.guards),
    )
    judged, overrides = set_aside(f"{track.name}.{event}", asked, seen)
    requirements = list(judged)
    decision = None
    if step.decide and form is not None and _sound(requirements):
        decision = step.decide(seen)
    if decision is not None:
        requirements.append(_decided(decision))
    return Evaluation(
        track=track,
        step=step,
        state=state,
        circumstances=seen,
        requirements=tuple(requirements),
        decision=decision,
        overrides=overrides,
    )


def advance(evaluation: Evaluation[C]) -> Move:
    """Make the move that an evaluation permits.

    Raises:
        RequirementsUnmet: with the whole list, when any requirement is not met.
    """
    track, step = evaluation.track, evaluation.step
    if not evaluation.permits:
        raise RequirementsUnmet(f"办理“{track.title}·{step.title}”", evaluation.requirements)
    seen, decision = evaluation.circumstances, evaluation.decision
    target = _fire(evaluation)
    stays = step.target is None
    moves = step.moves(seen) if step.moves else {}
    assert all(step.may_lead(level, state) for level, state in moves.items())
    return Move(
        source=None if stays else evaluation.state,
        target=None if stays else target,
        changes=(
            *(step.effect(seen, decision) if step.effect else ()),
            *used(evaluation.overrides, seen),
        ),
        decision=decision,
        grounds=tuple(r.rule for r in evaluation.requirements),
        moves=moves,
        companions=step.elsewhere(seen, decision) if step.elsewhere else (),
        papers=(*step.documents, *(step.papers(seen) if step.papers else ())),
        told=step.tells(seen) if step.tells else None,
    )


# --- the machine -----------------------------------------------------------------------------


@dataclass(slots=True)
class _Position:
    """The one attribute that a machine reads and writes."""

    state: str


@cache
def machine(track: Track[Any]) -> Machine:
    """The track's flat machine, built once."""
    built = Machine(
        model=None,
        states=list(track.states),
        initial=None,
        auto_transitions=False,
        send_event=True,
        queued=False,
    )
    for step in track.steps:
        built.add_transition(
            step.event,
            list(step.source),
            step.target or "=",
            conditions=[_permitted, _is_last_hand],
        )
        if step.completes:
            built.add_transition(step.event, list(step.source), "=", conditions=[_permitted])
    return built


def _permitted(event: Any) -> bool:
    evaluation: Evaluation[Any] = event.kwargs["evaluation"]
    return evaluation.permits


def _is_last_hand(event: Any) -> bool:
    evaluation: Evaluation[Any] = event.kwargs["evaluation"]
    completes = evaluation.step.completes
    return completes is None or completes(evaluation.circumstances)


def _fire(evaluation: Evaluation[Any]) -> str:
    position = _Position(evaluation.state)
    event = machine(evaluation.track).events[evaluation.step.event]
    moved = event.trigger(position, evaluation=evaluation)
    assert moved, "an evaluation that permits must move"
    return position.state


# --- the requirements of its own --------------------------------------------------------------


def _guard(guard: Guard[C], seen: C) -> Requirement:
    waiting = guard.reads_form and seen.form is None
    check = Check(satisfied=False, found="待填表后核对", remedy="填写表单") if waiting else None
    check = check or guard.test(seen)
    return Requirement(
        rule=guard.rule,
        title=guard.title,
        clause=seen.pack.clause(guard.rule),
        satisfied=check.satisfied,
        found=check.found,
        remedy="" if check.satisfied else check.remedy,
        earliest=check.earliest,
    )


def _sound(requirements: list[Requirement]) -> bool:
    """Whether the circumstances are whole enough for a rule to look at them."""
    return all(
        r.satisfied or r.rule in PERSONAL or r.rule.startswith("evidence.") for r in requirements
    )


def _decided(decision: Decision) -> Requirement:
    return Requirement(
        rule=decision.rule,
        title="符合政策规定",
        clause="、".join(str(r) for r in decision.references) or "政策规定",
        satisfied=decision.granted,
        found="".join(decision.reasons).removesuffix("。"),
        remedy="" if decision.granted else "补足所缺条件后重办",
    )
