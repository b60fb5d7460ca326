"""The lines of a decision on the rows of a pack: who got a row on what, who didn't and why not."""

from collections.abc import Iterator
from dataclasses import dataclass

from conversion.policy.decision import FactUse, Formula, ParameterUse, TraceLine
from conversion.policy.eligibility import Eligibility, Holder, refused
from conversion.policy.facts import HouseholdFacts
from conversion.policy.pack import PackOnDay
from conversion.policy.row import PolicyRow, Scope

NOT_GRANTED = "不享有"
"""The result of a row that somebody in the household nearly gets."""

NOT_CONCERNED = "不涉及"
"""The result of a row that is for another sort of people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came out of a row for one holder, beyond who gets it.

    Attributes:
        because: what follows the row's own reason and the conditions, sentence by sentence.
        illustrative: a figure in it is an example.
    """

    result: str
    because: tuple[str, ...] = ()
    formula: Formula | None = None
    facts: tuple[FactUse, ...] = ()
    parameters: tuple[ParameterUse, ...] = ()
    illustrative: bool = False


def outcome_line(row: PolicyRow, holder: Holder, outcome: Outcome, pack: PackOnDay) -> TraceLine:
    """The line of a row that is granted or waits, keyed as the row it explains."""
    standing = holder.by
    met = (f"{finding}，{'符合' if finding.met else '届时符合'}。" for finding in standing.findings)
    because = (row.reason, *met, _arose(row), *outcome.because)
    return TraceLine(
        key=f"{row.id}/{holder.serial}",
        title=row.title,
        result=outcome.result,
        because=tuple(filter(None, because)),
        formula=outcome.formula,
        facts=(*_looked_at(row, standing), *outcome.facts),
        parameters=tuple(use.name for use in outcome.parameters),
        references=(pack.reference(row.reference),),
        illustrative=outcome.illustrative or row.illustrative,
    )


def refusal_lines(
    row: PolicyRow, holders: tuple[Holder, ...], facts: HouseholdFacts, pack: PackOnDay
) -> Iterator[TraceLine]:
    """The lines of a row that is not granted: to nobody, or to the others who nearly get it."""
    for standing in refused(row, tuple(holder.serial for holder in holders), facts):
        yield TraceLine(
            key=f"{row.id}/{standing.serial if holders else ''}",
            title=row.title,
            result=NOT_CONCERNED if standing.is_of_another_kind else NOT_GRANTED,
            because=tuple(f"{finding}，不符合。" for finding in standing.unmet),
            facts=_looked_at(row, standing, nearest=not holders),
            references=(pack.reference(row.reference),),
        )


def _arose(row: PolicyRow) -> str:
    return f"这项待遇因{row.arises}而有，不因户口转换改变。" if row.arises else ""


def _looked_at(
    row: PolicyRow, standing: Eligibility, *, nearest: bool = False
) -> tuple[FactUse, ...]:
    """What was looked at, and of whom where the line itself doesn't say."""
    seen = tuple(finding.fact for finding in standing.findings)
    if not seen or not (nearest or row.scope is Scope.HOUSEHOLD):
        return seen
    return (FactUse(name="member", title="据以认定的成员", value=standing.serial), *seen)
