"""What a kind of change is made of, and what it plans.

A change is a pure function from the households it touches to the same households as they will
stand. All else is derived by comparing the two: the rows that change, the preview, the way back,
and whether anything was lost on the way.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from conversion.domain.case import Case
from conversion.policy.decision import Decision
from conversion.workflows.step import CaseCircumstances, Evidence, Form, Guard


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a change leads to.

    Attributes:
        after: case number → the household as it will stand; one that was not there is opened.
        reasons: why, in Chinese sentences without names.
        decisions: the rules' answers that it rests on.
        joined: how many people it brings in from outside.
    """

    after: Mapping[str, Case]
    reasons: tuple[str, ...]
    decisions: tuple[Decision, ...] = ()
    joined: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of change, as it is proposed.

    Attributes:
        event: imperative verb; title: as people call it.
        plan: the pure function; it is asked only where every guard holds.
        reaches: household numbers of other cases that the form names.
        people: resident numbers that the form names.
        holds: household number → serial of the member that is held fast until it is decided.
    """

    event: str
    title: str
    form: type[Form]
    evidence: tuple[Evidence, ...]
    guards: tuple[Guard[CaseCircumstances], ...]
    plan: Callable[[CaseCircumstances, Any], Plan]
    reaches: Callable[[Any], tuple[str, ...]] | None = None
    people: Callable[[Any], tuple[str, ...]] | None = None
    holds: Callable[[CaseCircumstances, Any], Mapping[str, str]] | None = None


def households(c: CaseCircumstances) -> dict[str, Case]:
    """The households that a change may touch, by case number: the own one first."""
    return {c.case.number: c.case} | {other.number: other for other in c.others.values()}
