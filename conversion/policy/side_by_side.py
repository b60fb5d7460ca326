"""The same household under two packs 对照示例: what each must give it, line by line.

Such an example belongs to no pack: it lies beside them, and runs with the checks of both.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import Field, model_validator

from conversion.errors import ConversionError, NotFound
from conversion.policy.contrast import LineChange, changes
from conversion.policy.examples import facts_of
from conversion.policy.marked_yaml import read_marked
from conversion.policy.model_fault import validated
from conversion.policy.pack import Pack, PackOnDay
from conversion.policy.pack_fault import PackFault
from conversion.policy.pack_part import Id, PackPart
from conversion.policy.prospect import (
    ProspectLine,
    happened,
    prospect,
    supposed_roll,
)
from conversion.policy.supposition import nearest
from conversion.policy.village_shares import VillageShares
from conversion.policy.worked_example import ExampleHousehold

FOLDER = "side-by-side"
"""The folder of such examples, among the packs."""

_HERE, _OTHERS = "本户", "其他户/00"


LineField: TypeAlias = Literal[
    "chapter", "key", "member", "result", "amount", "since", "until", "until_event"
]
"""What of a line an example may ask for."""


class ExpectedSide(PackPart):
    """What one pack must give.

    Attributes:
        lines: fields that some line must have, one entry a line.
        absent: keys that no line may have.
    """

    lines: tuple[Annotated[dict[LineField, Any], Field(min_length=1)], ...] = ()
    absent: tuple[str, ...] = ()


class SideBySide(ExampleHousehold):
    """A household and what each of two packs must give it on the same day.

    Attributes:
        others: class of shares → weight of all other households of the village together.
        under: pack → what it must give; the first is where the household comes from.
    """

    others: dict[Id, Annotated[int, Field(ge=0)]] = Field(default_factory=dict)
    under: dict[Id, ExpectedSide]

    @model_validator(mode="after")
    def _has_two_sides(self) -> Self:
        if len(self.under) != 2:  # noqa: PLR2004  # side by side
            message = "under 里写两个政策包，例如 huichuan-2009 和 cn-2025"
            raise ValueError(message)
        if not any(side.lines or side.absent for side in self.under.values()):
            message = "没有写出会不符的要求，例如 lines: [{key: contracted_land, result: 保留}]"
            raise ValueError(message)
        return self


class SideBySideFile(PackPart):
    """A file of such examples."""

    examples: tuple[SideBySide, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SideBySideResult:
    """How an example came out.

    Attributes:
        packs: both, each on its day next to the example's.
        lines: every line of both sides.
        shortfalls: Chinese sentences, one for each expectation that wasn't met.
    """

    example: SideBySide
    packs: tuple[PackOnDay, ...] = ()
    lines: tuple[LineChange, ...] = ()
    shortfalls: tuple[str, ...] = ()


def read_side_by_side(
    folder: Path,
) -> tuple[tuple[SideBySide, ...], tuple[PackFault, ...]]:
    """The examples in a folder of packs, or everything that is wrong with them."""
    found: list[SideBySide] = []
    faults: list[PackFault] = []
    for path in sorted((folder / FOLDER).glob("*.yaml")):
        name = f"{FOLDER}/{path.name}"
        data, wrong = read_marked(path.read_bytes(), name)
        part, odd = validated(SideBySideFile, data) if data else (None, ())
        faults.extend((*wrong, *odd))
        found.extend(part.examples if part else ())
    return ((), tuple(faults)) if faults else (tuple(found), ())


def run_side_by_side(example: SideBySide, packs: Mapping[str, Pack]) -> SideBySideResult:
    """One example against both packs."""
    try:
        chosen = tuple(nearest(_pack(packs, name), example.day) for name in example.under)
        sides = [lines_under(example, pack) for pack in chosen]
    except ConversionError as error:
        return SideBySideResult(example=example, shortfalls=(str(error),))
    return SideBySideResult(
        example=example,
        packs=chosen,
        lines=changes(*sides),
        shortfalls=tuple(
            f"{name}：{shortfall}"
            for (name, expected), lines in zip(example.under.items(), sides, strict=True)
            for shortfall in _shortfalls(expected, lines)
        ),
    )


def lines_under(example: SideBySide, pack: PackOnDay) -> tuple[ProspectLine, ...]:
    """Everything that one pack gives the example's household.

    Raises:
        NotFound, WrongUse: a rule can't be asked.
    """
    facts = happened(facts_of(example))
    roll = supposed_roll(facts, pack, {})
    plan = pack.share_plan()
    others = {rule.id: {_OTHERS: example.others.get(rule.id, 0)} for rule in plan.classes}
    village = VillageShares(pack=pack, plan=plan, weights=others)
    base_date = example.base_date or example.day
    village.add(_HERE, replace(facts, day=base_date, memberships=roll))
    return prospect(facts, pack, roll, village.lots().get(_HERE, ()), plan)


def _pack(packs: Mapping[str, Pack], name: str) -> Pack:
    if name not in packs:
        known = "、".join(packs)
        raise NotFound(f"使用政策包 {name}", "没有这个政策包", f"从中选择：{known}")
    return packs[name]


def _shortfalls(expected: ExpectedSide, lines: Sequence[ProspectLine]) -> Iterator[str]:
    told = [line_record(line) for line in lines]
    for wanted in expected.lines:
        if any(wanted.items() <= line.items() for line in told):
            continue
        near = [line for line in told if line["key"] == wanted.get("key")]
        yield f"没有一行符合 {wanted}，实有 {near or '没有这一项'}"
    for key in expected.absent:
        if any(line["key"] == key for line in told):
            yield f"不应有“{key}”"


def line_record(line: ProspectLine) -> dict[LineField, Any]:
    """A line as an example writes it."""
    return {
        "chapter": line.chapter.value,
        "key": line.key,
        "member": line.member,
        "result": line.result,
        "amount": line.amount,
        "since": line.since and line.since.isoformat(),
        "until": line.until and line.until.isoformat(),
        "until_event": line.until_event,
    }
