"""Refusing 不予批准: the district's decision against an application, with its remedies."""

from typing import Final

from conversion.documents.refusal_decision import REFUSAL_DECISION
from conversion.domain.role import Role
from conversion.workflows.forms import Refusal, statutory_remedies
from conversion.workflows.step import CaseCircumstances, Part, Step

REFUSE: Final[Step[CaseCircumstances]] = Step(
    event="refuse",
    title="不予批准",
    source=("noticed", "examined", "countersigned"),
    target="refused",
    roles=(Role.DISTRICT,),
    part=Part.APPROVE,
    form=Refusal,
    documents=(REFUSAL_DECISION,),
    tells=statutory_remedies,
)
"""Final: who is refused may apply anew, as a new case."""
