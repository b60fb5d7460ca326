"""The procedures as written down 办理流程: data that outlives the program that ran them.

A definition is objects and functions; what a case is pinned to is this: every level with its
states, steps, hands, forms, papers and requirements, in the words of its day. The content hash of
its canonical bytes is the definition's id, so the same procedures have the same id everywhere.
"""

import hashlib
import json
from functools import cache, cached_property
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from conversion.history.canonical import canonical
from conversion.workflows.step import Guard, Step, Track
from conversion.workflows.term import Term


class _Written(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class WrittenTerm(_Written):
    """How long whoever is next may take.

    Attributes:
        deadline: the pack's value that gives its days; title: as people call it.
        roles: whose turn it is; the days themselves are the pack's and none of the procedure's.
        after_notice: it runs from the last day of the notice; milestone: of the village, awaited.
        each_department: whether every department that is waited for has it for itself.
    """

    deadline: str
    title: str
    roles: dict[str, str]
    after_notice: bool
    milestone: str
    each_department: bool

    @classmethod
    def of(cls, term: Term) -> "WrittenTerm":
        """A term written down."""
        return cls(
            deadline=term.deadline.value,
            title=term.deadline.label,
            roles={role.value: role.label for role in term.roles},
            after_notice=term.after_notice,
            milestone=term.milestone,
            each_department=term.departments is not None,
        )


class WrittenStep(_Written):
    """One step: event and title, from where to where, by whom, on what, under which requirements.

    Attributes:
        target: None when the level stays where it is.
        roles, form, evidence, guards, papers: id → how people call it.
        form: fields, of which `optional` may be left out; needs: guard → what it asks of levels.
        moves, moves_others: level → states to which it may move that level, here or elsewhere.
        rewinds, rewinds_others: level → state → the state it sends that level back to, here or
            elsewhere; restores: it undoes.
        despite_holds: whether a hold does not stop it.
        several_hands: whether only the last of several hands moves the level.
        term: what it begins; for_many: whether many cases may be decided at once. Definitions of
            the first offices say neither, and what they don't say is no difference.
    """

    event: str
    title: str
    source: tuple[str, ...]
    target: str | None
    roles: dict[str, str]
    part: str
    form: dict[str, str]
    optional: tuple[str, ...]
    evidence: dict[str, str]
    guards: dict[str, str]
    needs: dict[str, tuple[tuple[str, ...], ...]]
    papers: dict[str, str]
    moves: dict[str, tuple[str, ...]]
    moves_others: dict[str, tuple[str, ...]]
    rewinds: dict[str, dict[str, str]] = Field(default_factory=dict)
    rewinds_others: dict[str, dict[str, str]] = Field(default_factory=dict)
    restores: bool = False
    despite_holds: bool = False
    several_hands: bool
    term: WrittenTerm | None = None
    for_many: bool = False

    @classmethod
    def of(cls, step: Step[Any]) -> "WrittenStep":
        """A step written down."""
        fields = step.form.model_fields
        return cls(
            event=step.event,
            title=step.title,
            source=step.source,
            target=step.target,
            roles={role.value: role.label for role in step.roles},
            part=step.part.value,
            form={name: field.title or name for name, field in fields.items()},
            optional=tuple(name for name, field in fields.items() if not field.is_required()),
            evidence={paper.id: paper.title for paper in step.evidence},
            guards={guard.rule: guard.title for guard in step.guards},
            needs={guard.rule: _needs(guard) for guard in step.guards if guard.needs},
            papers={kind.id: kind.title for kind in step.documents},
            moves={level: tuple(states) for level, states in step.may_move.items()},
            moves_others={level: tuple(states) for level, states in step.others_move.items()},
            rewinds={level: dict(back) for level, back in step.rewinds.items()},
            rewinds_others={level: dict(back) for level, back in step.others_rewind.items()},
            restores=step.restores,
            despite_holds=step.despite_holds,
            several_hands=step.completes is not None,
            term=WrittenTerm.of(step.term) if step.term else None,
            for_many=step.for_many,
        )


class Procedure(_Written):
    """One level: its states with their titles, where it begins, ends and may rest, its steps."""

    name: str
    title: str
    states: dict[str, str]
    initial: str
    final: tuple[str, ...]
    resting: tuple[str, ...]
    arrivals: tuple[str, ...] = ()
    steps: tuple[WrittenStep, ...]

    @classmethod
    def of(cls, track: Track[Any]) -> "Procedure":
        """A track written down."""
        return cls(
            name=track.name,
            title=track.title,
            states=dict(track.states),
            initial=track.initial,
            final=track.final,
            resting=track.resting,
            arrivals=track.arrivals,
            steps=tuple(WrittenStep.of(step) for step in track.steps),
        )

    @property
    def in_order(self) -> tuple[str, ...]:
        """The states as the steps come to them."""
        passed = (s for step in self.steps for s in (*step.source, step.target) if s)
        return tuple(dict.fromkeys((self.initial, *passed, *self.states)))

    def title_of(self, state: str) -> str:
        """A state as people call it; its code when the level has no such state."""
        return self.states.get(state, state)


class Procedures(_Written):
    """A whole definition: the village's levels and the case's, in their order."""

    levels: tuple[Procedure, ...] = Field(min_length=1)

    @classmethod
    def read(cls, data: bytes) -> "Procedures":
        """Procedures as they were stored."""
        return cls.model_validate_json(data)

    def to_bytes(self) -> bytes:
        """Canonical bytes (RFC 8785): what was stored, to the byte, whatever is written today."""
        return canonical(json.loads(self.model_dump_json(exclude_unset=True)))

    @cached_property
    def sha256(self) -> str:
        """The definition's id."""
        return hashlib.sha256(self.to_bytes()).hexdigest()

    def level(self, name: str) -> Procedure | None:
        """The level of this name, None when the definition has none."""
        return next((level for level in self.levels if level.name == name), None)


@cache
def written(definition: tuple[Track[Any], ...]) -> Procedures:
    """A definition written down."""
    return Procedures(levels=tuple(Procedure.of(track) for track in definition))


def _needs(guard: Guard[Any]) -> tuple[tuple[str, ...], ...]:
    """A guard's needs in a form that compares: alternatives of `level in|not in states`."""
    return tuple(
        tuple(
            f"{need.level} {'not in' if need.outside else 'in'} {','.join(need.states)}"
            for need in group
        )
        for group in guard.needs
    )
