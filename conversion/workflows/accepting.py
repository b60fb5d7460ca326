"""Accepting 受理: the application taken in, signed by every adult, and answered by a receipt."""

from typing import Final

from conversion.documents.acceptance_receipt import ACCEPTANCE_RECEIPT, Taken
from conversion.domain.role import Role
from conversion.policy.deadline import Deadline
from conversion.workflows.forms import Signatures
from conversion.workflows.guards import (
    SIGNERS_KNOWN,
    all_signed,
    milestone,
    numbers_complete,
    one_head,
)
from conversion.workflows.step import CaseCircumstances, Evidence, Guard, Part, Step
from conversion.workflows.term import Term, last_day_of

REVIEWED_FROM: Final = "approved"
"""The village's milestone from which reviews are made and their days run."""

REVIEW: Final = Term(
    deadline=Deadline.REVIEW,
    roles=(Role.VILLAGE,),
    milestone=REVIEWED_FROM,
)

APPLICATION: Final = (
    Evidence(id="application", title="村改社区申请审批表"),
    Evidence(id="household_sheet", title="入户核查表"),
)


def _taken(c: CaseCircumstances) -> Taken:
    under_way = c.programme.has_reached(REVIEWED_FROM)
    return Taken(
        materials=tuple(paper.title for paper in APPLICATION if paper.id in c.evidence),
        review_by=last_day_of(Deadline.REVIEW, c.day, c.pack) if under_way else None,
    )


ACCEPT: Final[Step[CaseCircumstances]] = Step(
    event="accept",
    title="受理申请",
    source=("draft",),
    target="accepted",
    roles=(Role.TASK_FORCE,),
    part=Part.ENTER,
    term=REVIEW,
    form=Signatures,
    evidence=APPLICATION,
    guards=(
        milestone("resolved"),
        Guard(
            rule="one_head",
            title="一户一名户主",
            test=lambda c: one_head(c.case.members),
        ),
        Guard(
            rule="numbers_complete",
            title="成员身份号码齐全",
            test=lambda c: numbers_complete(c.case.members),
        ),
        Guard(
            rule="adults_signed",
            title="成年成员均已签字",
            test=all_signed,
            reads_form=True,
        ),
        SIGNERS_KNOWN,
    ),
    documents=(ACCEPTANCE_RECEIPT,),
    tells=_taken,
)
"""The first step of a case, at the window."""
