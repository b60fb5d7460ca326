"""A rule's answer 决定: the outcome, and everything that explains it years later."""

from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from sqlmodel import SQLModel
from typing_extensions import override

from conversion.domain.standing import Json

RowT = TypeVar("RowT", bound=SQLModel)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A place in a law or paper: title, article, and an address where it can be read."""

    title: str
    article: str = ""
    href: str = ""

    @override
    def __str__(self) -> str:
        """Title and article as papers print them."""
        return f"《{self.title}》{self.article}"

    def trace(self) -> Json:
        """The reference as sealed."""
        return {"title": self.title, "article": self.article, "href": self.href}


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterUse:
    """A parameter's value as it stood on the day of the decision.

    Attributes:
        illustrative: the pack gives it as an example (示例), not as the office's own figure.
    """

    name: str
    title: str
    value: Json
    since: date
    reference: Reference
    illustrative: bool = False

    def trace(self) -> Json:
        """The value with its reference, as sealed."""
        return {
            "name": self.name,
            "title": self.title,
            "value": self.value,
            "since": self.since.isoformat(),
            "reference": self.reference.trace(),
            "illustrative": self.illustrative,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class FactUse:
    """One thing that a rule looked at: never a name, a number or a birth date of a person.

    Attributes:
        name: as code calls it, e.g. `farming_months`; title: as people do, e.g. `农龄（月）`.
    """

    name: str
    title: str
    value: Json

    def trace(self) -> Json:
        """The fact as sealed."""
        return {"name": self.name, "title": self.title, "value": self.value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """How a figure came about, e.g. `每月标准 × 服役年限` and `10.00元 × 4 ＝ 40.00元`."""

    words: str
    numbers: str

    def trace(self) -> Json:
        """The formula as sealed."""
        return {"words": self.words, "numbers": self.numbers}


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceLine:
    """One result of a decision and all that leads to it: facts, parameters, articles.

    Attributes:
        key: of the row it explains, e.g. `contracted_land/` or `01/population`.
        title: what it is about, e.g. `承包地`; result: what came out, in plain Chinese.
        because: the argument for the household, sentence by sentence.
        parameters: names of parameter uses, which stand once in the decision.
    """

    key: str
    title: str
    result: str
    because: tuple[str, ...] = ()
    formula: Formula | None = None
    facts: tuple[FactUse, ...] = ()
    parameters: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    illustrative: bool = False

    def trace(self) -> Json:
        """The line as sealed."""
        return {
            "key": self.key,
            "title": self.title,
            "result": self.result,
            "because": list(self.because),
            "formula": self.formula.trace() if self.formula else None,
            "facts": [fact.trace() for fact in self.facts],
            "parameters": list(self.parameters),
            "references": [reference.trace() for reference in self.references],
            "illustrative": self.illustrative,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a rule answers, with reasons, the facts used and the parameter values used.

    Attributes:
        rule: id of the rule, e.g. `share_allocation`.
        granted: whether what was asked is granted.
        reasons: plain Chinese sentences, in the order of the argument.
        facts: what the rule looked at, without names or numbers of persons.
        lines: what leads to each single result, for whoever asks why.
        rows: domain rows that the decision establishes (benefits, memberships …); they are sealed
            as the act's changes, not in the trace.
    """

    rule: str
    granted: bool
    reasons: tuple[str, ...]
    references: tuple[Reference, ...] = ()
    facts: dict[str, Json] = field(default_factory=dict)
    parameters: tuple[ParameterUse, ...] = ()
    lines: tuple[TraceLine, ...] = ()
    rows: tuple[SQLModel, ...] = ()

    def rows_of(self, model: type[RowT]) -> tuple[RowT, ...]:
        """The rows of one kind that the decision establishes."""
        return tuple(row for row in self.rows if isinstance(row, model))

    def answer(self) -> dict[str, Json]:
        """Which rule answered what, and nothing of the household it answered for."""
        return {"rule": self.rule, "granted": self.granted}

    def trace(self) -> dict[str, Json]:
        """The decision as it is sealed with its event and printed."""
        told: dict[str, Json] = {
            "rule": self.rule,
            "granted": self.granted,
            "reasons": list(self.reasons),
            "references": [r.trace() for r in self.references],
            "facts": self.facts,
            "parameters": [p.trace() for p in self.parameters],
        }
        return told | {"lines": [line.trace() for line in self.lines]} if self.lines else told
