"""异议答复书: what an objection came to, what was found, why, and where to turn from there."""

from datetime import date

from typing_extensions import override

from conversion.documents.kind import DocumentKind, HouseholdOccasion
from conversion.documents.letter import act_of
from conversion.documents.objection_matter import ObjectionLetter, of_objection
from conversion.domain.notice import ObjectionState
from conversion.domain.role import Role

ANSWERS = ("settle", "decline_objection", "dispute_membership")
"""The steps that answer an objection: settled, not admitted, or referred to whoever decides it."""


class ObjectionReply(ObjectionLetter):
    """The facts of the 异议答复书.

    Attributes:
        outcome: 成立, 不成立, 不予受理 or 移送; findings: what two persons found, may be empty.
        reply: the answer in the words of whoever gave it.
        renewed_until: last day of the list that hangs anew because the objection is upheld.
        statutory: the remedies against an office's decision in the words of the pack, or empty.
    """

    outcome: str
    findings: str
    reply: str
    renewed_until: date | None
    statutory: str

    @property
    @override
    def gist(self) -> str:
        """Which objection, and its outcome."""
        return f"异议{self.serial}，{self.outcome}"


def facts(occasion: HouseholdOccasion) -> ObjectionReply:
    """The letter as the objection was answered."""
    event = act_of(occasion, "异议答复书", *ANSWERS)
    matter = of_objection(occasion, event)
    objection = occasion.case.objections[matter["serial"]]
    notice = occasion.case.current_notice(objection.level)
    upheld = objection.state is ObjectionState.UPHELD
    by_office = Role.STREET in event.roles
    return ObjectionReply(
        **matter,
        outcome=objection.state.label,
        findings=objection.findings,
        reply=objection.reply,
        renewed_until=notice.last_day if upheld and notice and notice.is_running else None,
        statutory=(occasion.told or "") if by_office else "",
    )


OBJECTION_REPLY = DocumentKind(
    id="objection_reply",
    title="异议答复书",
    series="异答",
    template="objection_reply.html",
    version="1",
    facts_model=ObjectionReply,
    facts=facts,
    signers=("答复单位",),
    copies=("异议人", "工作专班存档"),
    letter=True,
)
