"""A line of a sealed decision, as papers print it years later: never computed again."""

from typing import Any

from conversion.documents.kind import Part
from conversion.domain.event import Event


class SealedLine(Part):
    """One result and what led to it.

    Attributes:
        key, title, result, because: as the decision has them.
        words, numbers: the formula, empty where there is none.
        looked_at: what was looked at, e.g. `登记的农龄（月）：240`.
        basis: title and article of what it rests on.
        illustrative: a figure of it is an example (示例).
    """

    key: str
    title: str
    result: str
    because: tuple[str, ...]
    words: str
    numbers: str
    looked_at: tuple[str, ...]
    basis: tuple[str, ...]
    illustrative: bool


def sealed_lines(event: Event | None) -> tuple[SealedLine, ...]:
    """The lines of an event's decision; none of one that was sealed before decisions had lines."""
    decision: Any = event.decision if event else None
    return tuple(_line(line) for line in (decision or {}).get("lines", ()))


def _line(told: dict[str, Any]) -> SealedLine:
    formula = told["formula"] or {}
    return SealedLine(
        key=told["key"],
        title=told["title"],
        result=told["result"],
        because=tuple(told["because"]),
        words=formula.get("words", ""),
        numbers=formula.get("numbers", ""),
        looked_at=tuple(f"{fact['title']}：{fact['value']}" for fact in told["facts"]),
        basis=tuple(f"《{r['title']}》{r['article']}" for r in told["references"]),
        illustrative=told["illustrative"],
    )
