"""The standing requirements: what every step asks, whatever it is, before its own guards."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from conversion.domain.case import Case
from conversion.domain.event import Event
from conversion.domain.role import Actor
from conversion.workflows.hold_reach import hold_requirement
from conversion.workflows.requirement import Requirement
from conversion.workflows.step import (
    CaseCircumstances,
    Circumstances,
    Evidence,
    Part,
    Step,
    Track,
)


class Hand(NamedTuple):
    """The part that an act plays, and the act as people call it."""

    part: Part
    title: str


Parts = Mapping[str, Hand]
"""Act (`level.event`) → the hand it is, over all levels of a chain."""

STANDING_RULES = frozenset(
    {"position", "definition", "hold", "role", "avoidance", "four_eyes", "evidence", "form"}
)
"""The rules that every step has; all papers stand under `evidence`, all fields under `form`."""

PERSONAL = frozenset({"role", "avoidance", "four_eyes"})
"""The rules that ask who acts; nothing that is judged on the case depends on them."""


def parts_of(*tracks: Track[Any]) -> Parts:
    """The hand of every act of these tracks."""
    return {
        f"{t.name}.{s.event}": Hand(s.part, f"{t.title}·{s.title}") for t in tracks for s in t.steps
    }


def standing_requirements(
    track: Track[Any],
    step: Step[Any],
    state: str,
    seen: Circumstances,
    *,
    past: tuple[Event, ...],
    parts: Parts,
) -> Iterator[Requirement]:
    """Place, holds, office, kin, four eyes and papers, each judged.

    Args:
        track: the procedure; `step` and `state` say what is to be done and where it stands.
        step: see track.
        state: see track.
        seen: who, when, on what, on which proof.
        past: all events of the chain, for four eyes.
        parts: the hand each act is.
    """
    yield _position(track, step, state, seen)
    yield _definition(track, step, seen)
    yield hold_requirement(track, step, seen)
    yield _role(step, seen, past, parts)
    yield _avoidance(seen)
    yield _four_eyes(step, seen, past, parts)
    yield from (_evidence(evidence, seen) for evidence in step.evidence)


def _position(track: Track[Any], step: Step[Any], state: str, seen: Circumstances) -> Requirement:
    there = "或".join(f"“{track.states[s]}”" for s in step.source)
    ahead = track.reachable(state) & set(step.source)
    return Requirement(
        rule="position",
        title=f"{track.title}处于{there}",
        clause=seen.pack.clause("position"),
        satisfied=state in step.source,
        found=f"现处于“{track.title_of(state)}”",
        remedy=f"先办理到{there}" if ahead else "这一步已经办过，或者不再适用，无须办理",
    )


def _definition(track: Track[Any], step: Step[Any], seen: Circumstances) -> Requirement:
    """A chain goes on by the procedures it began under, until it is migrated.

    Nobody waits in silence meanwhile: what only calls to mind what is due is done all the same.
    """
    return Requirement(
        rule="definition",
        title=f"{track.title}的流程与立案时所依据的版本一致",
        clause=seen.pack.clause("definition"),
        satisfied=not seen.amended or step.at_term,
        found=f"流程已有变化：{seen.amended}" if seen.amended else "流程没有变化",
        remedy="由区里编制迁移方案，把本案迁移到现行版本（conversion definition plan、migrate）",
    )


def _role(
    step: Step[Any], seen: Circumstances, past: tuple[Event, ...], parts: Parts
) -> Requirement:
    """A post in force on the day, for the group of every household that the step touches."""
    groups = {case.household.group for case in _touched(seen)}
    who = "、".join(role.label for role in step.roles)
    names = "、".join(dict.fromkeys(_who_could(step, seen, groups, past, parts)))
    return Requirement(
        rule="role",
        title=f"由{who}办理",
        clause=seen.pack.clause("role"),
        satisfied=seen.actor.serves(step.roles, groups),
        found=f"{seen.actor.name}的岗位是{seen.actor.posts}",
        remedy=f"由{who}的人员办理",
        who=f"{who}（{names}）" if names else who,
    )


def _who_could(
    step: Step[Any],
    seen: Circumstances,
    groups: set[str],
    past: tuple[Event, ...],
    parts: Parts,
) -> list[str]:
    """Names of those who hold such a post today, are no kin and had no other hand in the case."""
    return [
        actor.name
        for actor in seen.programme.staff_table.on(seen.day)
        if actor.serves(step.roles, groups)
        and not _has_kin(actor, seen)
        and not _earlier_hands(step, actor, past, parts)
    ]


def _touched(seen: Circumstances) -> tuple[Case, ...]:
    """The households that a step touches."""
    return (seen.case, *seen.others.values()) if isinstance(seen, CaseCircumstances) else ()


def _has_kin(actor: Actor, seen: Circumstances) -> bool:
    return any(
        actor.is_kin(case.household.number, (m.resident_number for m in case.people.values()))
        for case in _touched(seen)
    )


def _avoidance(seen: Circumstances) -> Requirement:
    kin = _has_kin(seen.actor, seen)
    return Requirement(
        rule="avoidance",
        title="办理人与本户无近亲属关系",
        clause=seen.pack.clause("avoidance"),
        satisfied=not kin,
        found=f"{seen.actor.name}与本户有近亲属关系" if kin else "无须回避",
        remedy="由无近亲属关系的人员办理",
    )


_EXCLUDED = {
    Part.ENTER: (),
    Part.RECORD: (),
    Part.EXAMINE: (Part.ENTER,),
    Part.APPROVE: (Part.ENTER, Part.EXAMINE),
}


def _four_eyes(
    step: Step[Any], seen: Circumstances, past: tuple[Event, ...], parts: Parts
) -> Requirement:
    earlier = _earlier_hands(step, seen.actor, past, parts)
    found = f"{seen.actor.name}未经办此前应由他人把关的步骤"
    if earlier:
        acts = "、".join(dict.fromkeys(f"“{t}”（{e.day:%Y-%m-%d}）" for e, t in earlier))
        found = f"{seen.actor.name}经办过{acts}"
    return Requirement(
        rule="four_eyes",
        title="经办、审核、批准分由不同的人",
        clause=seen.pack.clause("four_eyes"),
        satisfied=not earlier,
        found=found,
        remedy="由未经办过本案前序步骤的人员办理",
    )


def _earlier_hands(
    step: Step[Any], actor: Actor, past: tuple[Event, ...], parts: Parts
) -> list[tuple[Event, str]]:
    """The acts that bar a person from a step, by the person or the principal, on anybody's part."""
    barred = _EXCLUDED[step.part]
    return [
        (event, parts[event.act].title)
        for event in past
        if event.act in parts
        and parts[event.act].part in barred
        and not actor.persons.isdisjoint(event.persons)
    ]


def _evidence(evidence: Evidence, seen: Circumstances) -> Requirement:
    where = seen.evidence.get(evidence.id, "").strip()
    return Requirement(
        rule=f"evidence.{evidence.id}",
        title=f"已收到《{evidence.title}》",
        clause=seen.pack.clause("evidence"),
        satisfied=bool(where),
        found=where or "未收到",
        remedy=f"补交《{evidence.title}》并登记存放处（{evidence.id}=存放处）",
    )
