"""Two packs side by side 政策比对, or one pack on two days: what each states, thing by thing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from conversion.domain.standing import Json
from conversion.policy.pack import PackOnDay
from conversion.policy.pack_part import Sourced


class PackChapter(StrEnum):
    """What a pack states, in the order in which a lawyer reads it."""

    PARAMETER = "parameter"
    CLAUSE = "clause"
    GROUND = "ground"
    SHARES = "shares"
    BENEFIT = "benefit"
    ENTITLEMENT = "entitlement"

    @property
    def label(self) -> str:
        """The chapter's Chinese name."""
        return {
            "parameter": "参数",
            "clause": "步骤的依据",
            "ground": "成员身份",
            "shares": "股份",
            "benefit": "过渡期待遇",
            "entitlement": "权益",
        }[self]


Stated: TypeAlias = Mapping[str, Json]
"""Field → value of one thing that a pack states."""

WHOLE = ""
"""The field of a difference by which the whole thing is there or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that two packs state differently.

    Attributes:
        key: the thing's id; title: as the pack that has it calls it.
        field: what of it differs, empty when only one of them has it.
        before, after: the value in the first and in the second pack; None where it is not stated.
    """

    chapter: PackChapter
    key: str
    title: str
    field: str
    before: Json
    after: Json


def differences(first: PackOnDay, second: PackOnDay) -> tuple[Difference, ...]:
    """Everything that two packs state differently, each on its own day; the values as they are."""
    before, after = _stated(first), _stated(second)
    return tuple(
        difference
        for chapter in PackChapter
        for difference in _of_chapter(chapter, before[chapter], after[chapter])
    )


def _of_chapter(
    chapter: PackChapter, before: Mapping[str, Stated], after: Mapping[str, Stated]
) -> Iterator[Difference]:
    for key in dict.fromkeys((*before, *after)):
        was, now = before.get(key), after.get(key)
        title = str((now or was or {}).get("title", key))
        for name in _fields_that_differ(was, now):
            yield Difference(
                chapter=chapter,
                key=key,
                title=title,
                field=name,
                before=_value(was, name),
                after=_value(now, name),
            )


def _fields_that_differ(was: Stated | None, now: Stated | None) -> list[str]:
    if was is None or now is None:
        return [WHOLE]
    return [name for name in dict.fromkeys((*was, *now)) if was.get(name) != now.get(name)]


def _value(stated: Stated | None, name: str) -> Json:
    if stated is None:
        return None
    return stated.get(name) if name else stated.get("value", "有")


def _stated(pack: PackOnDay) -> Mapping[PackChapter, Mapping[str, Stated]]:
    """Chapter → key → what the pack states of it on its day."""
    whole = pack.pack
    return {
        PackChapter.PARAMETER: {n: _parameter(pack, n) for n in whole.parameters if pack.has(n)},
        PackChapter.CLAUSE: {rule: {"value": pack.clause(rule)} for rule in whole.clauses},
        PackChapter.GROUND: {ground.code: _row(pack, ground) for ground in pack.grounds},
        PackChapter.SHARES: {plan.id: _row(pack, plan) for plan in pack.share_plans},
        PackChapter.BENEFIT: {row.id: _row(pack, row) for row in pack.benefits},
        PackChapter.ENTITLEMENT: {row.id: _row(pack, row) for row in pack.entitlements},
    }


def _parameter(pack: PackOnDay, name: str) -> Stated:
    use = pack.use(name)
    return {
        "title": use.title,
        "value": use.value,
        "reference": str(use.reference),
        "illustrative": use.illustrative,
    }


def _row(pack: PackOnDay, row: Sourced) -> Stated:
    """A row's fields; its reference in words, since each pack names its documents as it likes."""
    told: dict[str, Json] = row.model_dump(mode="json")
    return told | {"reference": str(pack.reference(row.reference))}
