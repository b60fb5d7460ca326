"""异议受理通知书: that an objection is looked into, by whom, and until when it is answered."""

from datetime import date

from typing_extensions import override

from conversion.documents.kind import DocumentKind, HouseholdOccasion
from conversion.documents.letter import act_of
from conversion.documents.objection_matter import ObjectionLetter, of_objection


class ObjectionAcceptance(ObjectionLetter):
    """The facts of the 异议受理通知书.

    `reply_by` is the last day of the answer, None where the pack counts no days.
    """

    reply_by: date | None

    @property
    @override
    def gist(self) -> str:
        """Which objection was admitted."""
        return f"异议{self.serial}，已受理"


def facts(occasion: HouseholdOccasion) -> ObjectionAcceptance:
    """The letter as the objection was admitted."""
    event = act_of(occasion, "异议受理通知书", "accept_objection")
    return ObjectionAcceptance(**of_objection(occasion, event), reply_by=occasion.told)


OBJECTION_ACCEPTANCE = DocumentKind(
    id="objection_acceptance",
    title="异议受理通知书",
    series="异受",
    template="objection_acceptance.html",
    version="1",
    facts_model=ObjectionAcceptance,
    facts=facts,
    signers=("受理单位",),
    copies=("异议人", "工作专班存档"),
    letter=True,
)
