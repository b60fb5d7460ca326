"""What can be done now: the steps of the way, and what may be done beside it at any time."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from conversion.cli.listing import Column, Listing
from conversion.domain.case import SIDES
from conversion.workflows.definition import INITIAL, act_title
from conversion.workflows.step import Step, Track


@dataclass(frozen=True, slots=True)
class Possible:
    """One step, and its act, e.g. `case.approve`."""

    act: str
    step: Step[Any]


def possible_steps(positions: Mapping[str, str], tracks: Iterable[Track[Any]]) -> Listing[Possible]:
    """The steps that lead on from these positions; whether each may be taken, `explain` says."""
    found = [p for p in _open(positions, tracks) if not _is_beside(p)]
    return Listing("现在可办的步骤（要求是否齐备，用 explain 查看）", _COLUMNS, found)


def steps_beside(positions: Mapping[str, str], tracks: Iterable[Track[Any]]) -> Listing[Possible]:
    """The steps that may be done here and move nothing, such as a hold or a reminder."""
    found = [p for p in _open(positions, tracks) if _is_beside(p)]
    return Listing("随时可办、不改变进度的步骤", _COLUMNS[:3], found)


def _is_beside(possible: Possible) -> bool:
    """Whether a step moves nothing, or only begins something beside the tracks."""
    level, _, _ = possible.act.partition(".")
    rests = INITIAL.get(level) in possible.step.source
    return not possible.step.target or (level in SIDES and rests)


def _open(positions: Mapping[str, str], tracks: Iterable[Track[Any]]) -> Iterator[Possible]:
    for track in tracks:
        for step in track.events_from(positions.get(track.name, track.initial)):
            yield Possible(f"{track.name}.{step.event}", step)


def _fields(possible: Possible) -> list[dict[str, object]]:
    fields = possible.step.form.model_fields.items()
    return [{"name": n, "title": f.title, "required": f.is_required()} for n, f in fields]


def _form(fields: list[dict[str, object]]) -> str:
    """A field a line; those that may be left out say so."""
    return "\n".join(
        f"{f['name']} {f['title']}{'' if f['required'] else '（可不填）'}" for f in fields
    )


def _evidence(possible: Possible) -> list[dict[str, object]]:
    return [{"id": e.id, "title": e.title} for e in possible.step.evidence]


def _papers(evidence: list[dict[str, object]]) -> str:
    return "\n".join(f"{e['id']} {e['title']}" for e in evidence)


_COLUMNS: tuple[Column[Possible], ...] = (
    Column("act", "步骤", lambda p: p.act),
    Column("title", "名称", lambda p: act_title(p.act)),
    Column("roles", "由谁办理", lambda p: p.step.roles),
    Column("form", "表单", _fields, _form),
    Column("evidence", "材料", _evidence, _papers),
)
