"""A decision read back from the entry that sealed it 封存的决定: nothing in it is computed again.

What was decided years ago prints as it was decided, whatever the pack has become since.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from conversion.domain.standing import Json
from conversion.history import reading
from conversion.policy.decision import FactUse, Formula, ParameterUse, Reference, TraceLine


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedDecision:
    """A rule's answer as it was sealed; see `Decision`, from which it comes.

    Attributes:
        lines: none in entries that were sealed before decisions had them.
        is_whole: whether the argument is there; where it was erased, only rule and answer are.
    """

    rule: str
    granted: bool
    reasons: tuple[str, ...]
    references: tuple[Reference, ...]
    facts: dict[str, Json]
    parameters: tuple[ParameterUse, ...]
    lines: tuple[TraceLine, ...]
    is_whole: bool = True

    def lines_on(self, words: str) -> tuple[TraceLine, ...]:
        """The lines with these words in their key or title; all of them for none."""
        return tuple(line for line in self.lines if words in line.key or words in line.title)

    def uses(self, line: TraceLine) -> tuple[ParameterUse, ...]:
        """The parameter values that led to a line."""
        return tuple(use for use in self.parameters if use.name in line.parameters)


def read_decision(told: Json) -> SealedDecision:
    """The decision that an entry holds.

    Raises:
        HistoryBroken: it doesn't have the shape in which decisions are sealed.
    """
    record = reading.members(told, "decision")
    if record.keys() <= {"rule", "granted"}:
        return _answer(record)
    lines = reading.items(record, "lines") if "lines" in record else []
    return SealedDecision(
        rule=reading.text(record, "rule"),
        granted=_truth(record, "granted"),
        reasons=reading.texts(record, "reasons"),
        references=tuple(_references(record)),
        facts=reading.members(record.get("facts"), "facts"),
        parameters=tuple(map(_use, reading.items(record, "parameters"))),
        lines=tuple(map(_line, lines)),
    )


def _answer(record: reading.Record) -> SealedDecision:
    """What is left of a decision whose argument was erased."""
    return SealedDecision(
        rule=reading.text(record, "rule"),
        granted=_truth(record, "granted"),
        reasons=(),
        references=(),
        facts={},
        parameters=(),
        lines=(),
        is_whole=False,
    )


def _line(told: Json) -> TraceLine:
    record = reading.members(told, "lines")
    formula = record.get("formula")
    return TraceLine(
        key=reading.text(record, "key"),
        title=reading.text(record, "title"),
        result=reading.text(record, "result"),
        because=reading.texts(record, "because"),
        formula=None if formula is None else _formula(formula),
        facts=tuple(map(_fact, reading.items(record, "facts"))),
        parameters=reading.texts(record, "parameters"),
        references=tuple(_references(record)),
        illustrative=_truth(record, "illustrative"),
    )


def _formula(told: Json) -> Formula:
    record = reading.members(told, "formula")
    return Formula(words=reading.text(record, "words"), numbers=reading.text(record, "numbers"))


def _fact(told: Json) -> FactUse:
    record = reading.members(told, "facts")
    name, title = reading.text(record, "name"), reading.text(record, "title")
    return FactUse(name=name, title=title, value=record.get("value"))


def _use(told: Json) -> ParameterUse:
    record = reading.members(told, "parameters")
    return ParameterUse(
        name=reading.text(record, "name"),
        title=reading.text(record, "title"),
        value=record.get("value"),
        since=_day(record, "since"),
        reference=_reference(record.get("reference")),
        illustrative=_truth(record, "illustrative"),
    )


def _references(record: reading.Record) -> Iterator[Reference]:
    return map(_reference, reading.items(record, "references"))


def _reference(told: Json) -> Reference:
    record = reading.members(told, "reference")
    title, article, href = (reading.text(record, name) for name in ("title", "article", "href"))
    return Reference(title=title, article=article, href=href)


def _truth(record: reading.Record, name: str) -> bool:
    value = record.get(name)
    if not isinstance(value, bool):
        raise reading.misshapen(name, " true 或 false")
    return value


def _day(record: reading.Record, name: str) -> date:
    try:
        return date.fromisoformat(reading.text(record, name))
    except ValueError:
        raise reading.misshapen(name, "日期") from None
