"""A judgement 认定: one thing that a rule tests, and whether it is so; many make a decision."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from conversion.domain.standing import Json
from conversion.policy.decision import Decision, FactUse, Formula, ParameterUse, TraceLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What was required and what was found.

    Attributes:
        key: of its line in the trace; title: what it is about, e.g. `到会人数`.
        sentence: what was found, in plain Chinese.
        rests_on: the parameters that require it; none where the law does so by itself.
    """

    key: str
    title: str
    met: bool
    sentence: str
    formula: Formula | None = None
    facts: tuple[FactUse, ...] = ()
    rests_on: tuple[ParameterUse, ...] = ()

    @property
    def line(self) -> TraceLine:
        """The judgement as its decision is asked about later."""
        return TraceLine(
            key=self.key,
            title=self.title,
            result="符合" if self.met else "不符合",
            because=(self.sentence,),
            formula=self.formula,
            facts=self.facts,
            parameters=tuple(use.name for use in self.rests_on),
            references=tuple(dict.fromkeys(use.reference for use in self.rests_on)),
            illustrative=any(use.illustrative for use in self.rests_on),
        )


def judged(
    rule: str,
    judgements: Iterable[Judgement],
    uses: tuple[ParameterUse, ...],
    facts: Mapping[str, Json],
) -> Decision:
    """The decision of a rule that grants what meets everything; each sentence is a reason."""
    tested = tuple(judgements)
    return Decision(
        rule=rule,
        granted=all(judgement.met for judgement in tested),
        reasons=tuple(judgement.sentence for judgement in tested),
        references=tuple(dict.fromkeys(use.reference for use in uses)),
        facts=dict(facts),
        parameters=uses,
        lines=tuple(judgement.line for judgement in tested),
    )
