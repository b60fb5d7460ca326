"""撤销批准通知书: that an approval is taken back, on which decision, and what to bring back."""

from typing_extensions import override

from conversion.documents.kind import DocumentKind, HouseholdOccasion, Part
from conversion.documents.letter import Letter, act_of, written
from conversion.documents.rectification_notice import EndedPaper
from conversion.documents.trace import words
from conversion.domain.role import Role


class Revoked(Part):
    """What the step tells: the papers that count no more, the remedies in the pack's words."""

    papers: tuple[EndedPaper, ...]
    statutory: str


class RevocationNotice(Letter):
    """The facts of the 撤销批准通知书.

    Attributes:
        decision_number: of the decision or judgment; approval: number of what it takes back.
        reason, clause, remedies: as the decision has them.
    """

    decision_number: str
    approval: str
    reason: str
    clause: str
    remedies: str
    revoked: Revoked

    @property
    @override
    def gist(self) -> str:
        """Which decision, and how many papers it ends."""
        return f"撤销批准，{self.decision_number}，失效文书{len(self.revoked.papers)}份"


def facts(occasion: HouseholdOccasion) -> RevocationNotice:
    """The notice as the approval was revoked."""
    event = act_of(occasion, "撤销批准通知书", "revoke")
    approved = occasion.case.last("case.approve")
    return RevocationNotice(
        **written(occasion, event, Role.DISTRICT),
        decision_number=words(event, "decision_number"),
        approval=words(approved, "decision_number"),
        reason=words(event, "reason"),
        clause=words(event, "clause"),
        remedies=words(event, "remedies"),
        revoked=occasion.told or Revoked(papers=(), statutory=""),
    )


REVOCATION_NOTICE = DocumentKind(
    id="revocation_notice",
    title="撤销批准通知书",
    series="撤",
    template="revocation_notice.html",
    version="1",
    facts_model=RevocationNotice,
    facts=facts,
    signers=("区人民政府",),
    copies=("农户", "工作专班存档", "户口登记机关"),
    letter=True,
)
