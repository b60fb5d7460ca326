"""What a worked example expects and the rule doesn't answer 不符: where it stands, what came.

A row that isn't there is told beside the rows that are, nearest first: those of the same item and
member where there are any, each with nothing but what was asked.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from typing_extensions import override

from conversion.domain.standing import Json
from conversion.policy.decision import Decision
from conversion.policy.pack_fault import DataPath
from conversion.policy.worked_example import Expected, ExpectedLine

_NAMING = ("item", "member")
_NOTHING = "什么也没有"
Row = Mapping[str, Json]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortfall:
    """One expectation that wasn't met.

    Attributes:
        path: where it stands within the example.
        sentence: Chinese; what was expected and what came, each on a line of its own.
    """

    path: DataPath
    sentence: str

    @override
    def __str__(self) -> str:
        """The sentence."""
        return self.sentence


def shortfalls(
    expected: Expected, decision: Decision, figures: Mapping[str, Json]
) -> Iterator[Shortfall]:
    """Everything that was expected and isn't there, in the order in which an example has it."""
    if expected.granted is not None and expected.granted != decision.granted:
        said = f"应当{_answer(granted=expected.granted)}，实际{_answer(granted=decision.granted)}"
        yield _at("granted", sentence=said)
    rows: list[Row] = [row.model_dump(mode="json") for row in decision.rows]
    yield from _missing_rows(expected, rows)
    yield from _unwanted_rows(expected, rows)
    for place, words in enumerate(expected.reasons):
        if not any(words in reason for reason in decision.reasons):
            said = _beside(f"理由里没有“{words}”", [], decision.reasons)
            yield _at("reasons", place, sentence=said)
    yield from _wrong_lines(expected.lines, decision)
    yield from _wrong_figures(expected, figures)


def _missing_rows(expected: Expected, rows: Sequence[Row]) -> Iterator[Shortfall]:
    for place, wanted in enumerate(expected.rows):
        if not any(wanted.items() <= row.items() for row in rows):
            came = (_fields(row, wanted) for row in nearest(wanted, rows))
            said = _beside("没有这一行", [_fields(wanted, wanted)], came)
            yield _at("rows", place, sentence=said)


def nearest(wanted: Row, rows: Sequence[Row]) -> list[Row]:
    """The rows of the same item and member, else of the same item, else all."""
    near = [*rows]
    for name in (name for name in _NAMING if name in wanted):
        near = [row for row in near if row.get(name) == wanted[name]] or near
    return near


def _fields(row: Row, wanted: Row) -> str:
    """What names a row, and what was asked of it."""
    names = (name for name in dict.fromkeys((*_NAMING, *wanted)) if name in row)
    return "　".join(f"{name}: {_written(row[name])}" for name in names)


def _unwanted_rows(expected: Expected, rows: Sequence[Row]) -> Iterator[Shortfall]:
    for place, item in enumerate(expected.absent):
        found = [row for row in rows if item in {row.get("item"), *_grounds(row)}]
        if found:
            came = (_fields(row, {"grounds": ""}) for row in found)
            yield _at("absent", place, sentence=_beside(f"不应有“{item}”", [], came))


def _grounds(row: Row) -> Iterable[str]:
    grounds = row.get("grounds")
    return map(str, grounds) if isinstance(grounds, list) else ()


def _wrong_lines(wanted: Iterable[ExpectedLine], decision: Decision) -> Iterator[Shortfall]:
    told = {line.key: line for line in decision.lines}
    for place, line in enumerate(wanted):
        found = told.get(line.key)
        if found is None:
            said = _beside(f"没有“{line.key}”的说明", [], told)
            yield _at("lines", place, "key", sentence=said)
            continue
        formula = found.formula.numbers if found.formula else ""
        compared = (
            ("result", "结果", line.result, [found.result]),
            ("because", "理由", line.because, [*found.because]),
            ("formula", "算式", line.formula, [formula] if formula else []),
        )
        for key, name, asked, came in compared:
            if asked is not None and asked not in came:
                said = _beside(f"“{line.key}”的{name}不是这样", [asked], came)
                yield _at("lines", place, key, sentence=said)


def _wrong_figures(expected: Expected, figures: Mapping[str, Json]) -> Iterator[Shortfall]:
    wanted = expected.model_dump(
        mode="json",
        include={"units", "collective_units", "reserved_units", "last_day"},
        exclude_none=True,
    )
    for name, value in wanted.items():
        came = figures.get(name)
        if came != value:
            yield _at(name, sentence=_beside("数不是这样", [_written(value)], [_written(came)]))


def _at(*path: str | int, sentence: str) -> Shortfall:
    return Shortfall(path=("expected", *path), sentence=sentence)


def _beside(said: str, expected: Iterable[str], came: Iterable[str]) -> str:
    asked = [f"\n    应有　{line}" for line in expected]
    found = [f"\n    实有　{line}" for line in came] or [f"\n    实有　{_NOTHING}"]
    return "".join((said, *asked, *found))


def _written(value: Json) -> str:
    """A value as the pack's files write it."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_written(part)}' for key, part in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_written, value))}]"
    if isinstance(value, str):
        return value or '""'
    return json.dumps(value)


def _answer(*, granted: bool) -> str:
    return "同意" if granted else "不同意"
