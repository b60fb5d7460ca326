"""Revoking 撤销: an approval taken back by the district, on its own decision or on a judgment.

The papers that rest on the approval are recalled and have to be brought back. Land, membership and
shares don't rest on it and go on as in a case that was never approved; the hukou is the police's
own register and is not changed by this.
"""

from typing import Final

from pydantic import Field

from conversion.documents.approval_form import APPROVAL_FORM
from conversion.documents.benefit_assessment import BENEFIT_ASSESSMENT
from conversion.documents.entitlement_statement import ENTITLEMENT_STATEMENT
from conversion.documents.hukou_certificate import HUKOU_CERTIFICATE
from conversion.documents.revocation_notice import REVOCATION_NOTICE, Revoked
from conversion.domain.role import Role
from conversion.domain.standing import Change
from conversion.policy.decision import Decision
from conversion.workflows.forms import Refusal, statutory_remedies
from conversion.workflows.paper_life import PAPERS_KNOWN, NamedPapers, recall
from conversion.workflows.rectifying import ended_papers
from conversion.workflows.step import CaseCircumstances, Evidence, Part, Step

REST_ON_APPROVAL: Final = (
    APPROVAL_FORM,
    HUKOU_CERTIFICATE,
    BENEFIT_ASSESSMENT,
    ENTITLEMENT_STATEMENT,
)
"""Kinds of papers that say something only because the household's conversion was approved."""


class Revocation(Refusal, NamedPapers):
    """A decision or judgment that takes the approval back, with its remedies (行政许可法 69)."""

    decision_number: str = Field(title="撤销决定或者判决文号", min_length=2, max_length=60)


def _revoke(c: CaseCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
    assert isinstance(c.form, Revocation)
    reason = f"撤销批准（{c.form.decision_number}）"
    kinds, numbers = REST_ON_APPROVAL, c.form.papers
    return recall(c.case, kinds=kinds, numbers=numbers, day=c.day, reason=reason)


def _told(c: CaseCircumstances) -> Revoked:
    papers = tuple(ended_papers(c.case.papers, _revoke(c, None)))
    return Revoked(papers=papers, statutory=statutory_remedies(c))


REVOKE: Final[Step[CaseCircumstances]] = Step(
    event="revoke",
    title="撤销批准",
    source=("approved", "correcting", "closed"),
    target="revoked",
    roles=(Role.DISTRICT,),
    part=Part.APPROVE,
    form=Revocation,
    evidence=(Evidence(id="revocation_decision", title="撤销决定或者生效判决"),),
    guards=(PAPERS_KNOWN,),
    effect=_revoke,
    documents=(REVOCATION_NOTICE,),
    tells=_told,
)
"""Final: a household whose approval was revoked applies anew, as a new case."""
