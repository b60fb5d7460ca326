"""The procedures as one definition: looked up by level, checked before use, hashed, and drawn."""

from collections.abc import Iterator
from functools import cache
from typing import Any, Final, TypeAlias

from conversion.documents.kinds import HOUSEHOLD_KINDS, VILLAGE_KINDS
from conversion.domain.case import TRACKS
from conversion.domain.programme import LINES
from conversion.errors import SetupIncomplete, WrongUse
from conversion.policy.step_rule import STEP_RULES
from conversion.workflows.assets import ASSETS
from conversion.workflows.benefits import BENEFITS
from conversion.workflows.case import CASE
from conversion.workflows.closing import MAY_CLOSE
from conversion.workflows.entitlements import ENTITLEMENTS
from conversion.workflows.household import HOUSEHOLD
from conversion.workflows.hukou import HUKOU
from conversion.workflows.land import LAND
from conversion.workflows.ledger import LEDGER
from conversion.workflows.overriding import MAY_BE_SET_ASIDE
from conversion.workflows.procedure import written
from conversion.workflows.programme import PROGRAMME
from conversion.workflows.shares import SHARES
from conversion.workflows.standing import STANDING_RULES, Parts, parts_of
from conversion.workflows.step import CaseCircumstances, ProgrammeCircumstances, Step, Track

CASE_LEVELS: Final[tuple[Track[CaseCircumstances], ...]] = (
    CASE,
    HUKOU,
    SHARES,
    LAND,
    BENEFITS,
    ENTITLEMENTS,
    HOUSEHOLD,
    LEDGER,
)
"""The case, its five tracks and its sides, in the order in which papers and screens show them."""

VILLAGE_LEVELS: Final[tuple[Track[ProgrammeCircumstances], ...]] = (PROGRAMME, ASSETS)
"""The programme and the asset reform beside it: one chain, no step of the same name."""

Definition: TypeAlias = tuple[Track[Any], ...]
"""All procedures that an office works by: the village's levels, then the case's."""

DEFINITION: Final[Definition] = (*VILLAGE_LEVELS, *CASE_LEVELS)
"""The procedures of this program."""

PARTS: Final = parts_of(*DEFINITION)
INITIAL: Final = {track.name: track.initial for track in CASE_LEVELS}
"""Level → initial state of a case just opened."""


def village_levels(definition: Definition) -> tuple[Track[ProgrammeCircumstances], ...]:
    """The levels of a village's chain."""
    return tuple(track for track in definition if track.name in LINES)


def case_levels(definition: Definition) -> tuple[Track[CaseCircumstances], ...]:
    """The levels of a household's chain."""
    return tuple(track for track in definition if track.name not in LINES)


@cache
def issuing_acts(kind: str, definition: Definition = DEFINITION) -> frozenset[tuple[str, str]]:
    """Level and event of the steps that issue a kind of paper."""
    return frozenset(
        (track.name, step.event)
        for track in definition
        for step in track.steps
        if any(document.id == kind for document in step.documents)
    )


def initial(definition: Definition) -> dict[str, str]:
    """Level → initial state of a case just opened under a definition."""
    return {track.name: track.initial for track in case_levels(definition)}


@cache
def parts(definition: Definition) -> Parts:
    """The hand of every act of a definition."""
    return parts_of(*definition)


def level(name: str, definition: Definition = DEFINITION) -> Track[CaseCircumstances]:
    """The case level of this name.

    Raises:
        WrongUse: there is no such level.
    """
    levels = case_levels(definition)
    found = next((track for track in levels if track.name == name), None)
    if found is None:
        known = "、".join(f"{t.name}（{t.title}）" for t in levels)
        raise WrongUse(f"办理事项 {name}", "没有这个事项", f"从中选择：{known}")
    return found


def village_level(event: str, definition: Definition = DEFINITION) -> Track[ProgrammeCircumstances]:
    """The level of a village's chain that has this step.

    Raises:
        WrongUse: none has.
    """
    levels = village_levels(definition)
    found = next((track for track in levels if track.steps_named(event)), None)
    if found is None:
        steps = (step for track in levels for step in track.steps)
        known = "、".join(f"{step.event}（{step.title}）" for step in steps)
        raise WrongUse(f"办理村的步骤 {event}", "没有这个步骤", f"从中选择：{known}")
    return found


def act_title(act: str) -> str:
    """An act as people call it, e.g. `case.approve` → `案件·批准`."""
    name, _, event = act.partition(".")
    track = next((t for t in DEFINITION if t.name == name), None)
    steps = track.steps_named(event) if track else ()
    if not track or not steps:
        return _OTHER_ACTS.get(act, act)
    return f"{track.title}·{steps[0].title}"


_OTHER_ACTS = {
    "programme.open": "村改社区项目·立项",
    "case.open": "案件·立案",
    "case.amend": "案件·按花名册更正",
    "case.erase_personal": "案件·依法删除个人信息",
    "case.migrate": "案件·迁移到新的流程版本",
    "case.revert_migration": "案件·撤回流程迁移",
    "programme.migrate": "村改社区项目·迁移到新的流程版本",
    "programme.revert_migration": "村改社区项目·撤回流程迁移",
    "document.issue": "文书·制成",
    "document.print": "文书·打印",
    "batch.open": "成批办理·列明案件",
}
"""Acts that move no level and are no step."""


def check_definition() -> None:
    """Refuse to run on a definition with faults.

    Raises:
        SetupIncomplete: naming every fault.
    """
    found = [fault for track in DEFINITION for fault in faults(track)]
    found += [*_closing_faults(), *_clause_faults(), *_override_faults()]
    if found:
        raise SetupIncomplete("装载办理流程", "；".join(found), "修正流程定义")


def faults(track: Track[Any]) -> Iterator[str]:
    """What is wrong with one procedure; nothing when it is sound."""
    known = set(track.states)
    for state in sorted({track.initial, *track.final, *track.resting} - known):
        yield f"{track.name} 的起止状态 {state} 没有定义"
    for step in track.steps:
        yield from _step_faults(track, step)
    yield from _ambiguous(track)
    for state in sorted(known - track.reachable(track.initial) - set(track.arrivals)):
        yield f"{track.name} 的状态 {state} 无法到达"
    for state in sorted(known):
        if not track.reachable(state) & track.ends:
            yield f"{track.name} 的状态 {state} 无法办结"


def _step_faults(track: Track[Any], step: Step[Any]) -> Iterator[str]:
    named = {*step.source, step.target or track.initial}
    for state in sorted(named - set(track.states)):
        yield f"{track.name}.{step.event} 用到未定义的状态 {state}"
    if step.moves and not (step.may_move or step.rewinds or step.restores):
        yield f"{track.name}.{step.event} 的 moves 没有写明可能到达的状态（may_move）"
    if not step.roles:
        yield f"{track.name}.{step.event} 没有办理岗位"
    whose, fitting = ("村", VILLAGE_KINDS) if track.name in LINES else ("户", HOUSEHOLD_KINDS)
    for kind in step.documents:
        if kind not in fitting:
            yield f"{track.name}.{step.event} 制发的 {kind.id} 不是{whose}的文书"
    leaving = () if step.target is None else step.source
    for state in sorted(set(leaving) & set(track.final)):
        yield f"{track.name}.{step.event} 从终止状态 {state} 出发"


def _ambiguous(track: Track[Any]) -> Iterator[str]:
    taken: set[tuple[str, str]] = set()
    for step in track.steps:
        pairs = {(step.event, state) for state in step.source}
        for event, state in sorted(pairs & taken):
            yield f"{track.name}.{event} 在状态 {state} 有两个去向"
        taken |= pairs


def _closing_faults() -> Iterator[str]:
    if tuple(MAY_CLOSE) != TRACKS:
        yield "case.close 的事项与五个事项不一致"
    for track in CASE_LEVELS:
        if track.name in MAY_CLOSE and set(MAY_CLOSE[track.name]) != {*track.final, *track.resting}:
            yield f"case.close 允许的 {track.name} 状态与流程不一致"


def _clause_faults() -> Iterator[str]:
    guards = {guard.rule for t in DEFINITION for step in t.steps for guard in step.guards}
    for rule in sorted((guards | STANDING_RULES) ^ STEP_RULES):
        yield f"要求 {rule} 与政策包应当给出依据的要求不一致"


def _override_faults() -> Iterator[str]:
    """What may be set aside has to be a guard or a paper of its act, under the same title."""
    asked = {
        f"{track.name}.{step.event}": {
            **{guard.rule: guard.title for guard in step.guards},
            **{f"evidence.{e.id}": f"已收到《{e.title}》" for e in step.evidence},
        }
        for track in CASE_LEVELS
        for step in track.steps
    }
    for act, rules in MAY_BE_SET_ASIDE.items():
        for rule, title in rules.items():
            if asked.get(act, {}).get(rule) != title:
                yield f"可以特批的 {act} {rule}（{title}）不是这一步的要求"


def definition_sha256(definition: Definition = DEFINITION) -> str:
    """The content hash of a whole definition; a chain is pinned to the one it began on."""
    return written(definition).sha256
