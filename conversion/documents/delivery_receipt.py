"""送达回证: which papers were handed to whom, with places to sign, or for two witnesses.

It is printed with empty places and signed at the door; what came of it is recorded afterwards.
"""

from typing_extensions import override

from conversion.documents.household_paper import HouseholdPaper, shared
from conversion.documents.kind import DocumentKind, HouseholdOccasion, Part
from conversion.documents.letter import act_of
from conversion.domain.delivery import Manner
from conversion.errors import DocumentRefused


class DeliveredPaper(Part):
    """A paper to be delivered."""

    number: str
    title: str


class Errand(Part):
    """What the step tells of a delivery: to whom, where, and what."""

    recipient: str
    address: str
    papers: tuple[DeliveredPaper, ...]


class DeliveryReceipt(HouseholdPaper):
    """The facts of the 送达回证; `deliverer` is who had it printed."""

    errand: Errand
    deliverer: str

    @property
    @override
    def gist(self) -> str:
        """How many papers are delivered."""
        return f"送达文书{len(self.errand.papers)}件"

    @property
    def manners(self) -> tuple[str, ...]:
        """The ways of delivery that can be ticked."""
        return tuple(manner.label for manner in Manner)


def facts(occasion: HouseholdOccasion) -> DeliveryReceipt:
    """The receipt for the papers that the act names.

    Raises:
        DocumentRefused: nothing is to be delivered.
    """
    event = act_of(occasion, "送达回证", "prepare_delivery")
    if occasion.told is None:
        asked = f"为案件{occasion.case.number}印制送达回证"
        raise DocumentRefused(asked, "没有写明送达什么、送给谁", "重新开具")
    return DeliveryReceipt(**shared(occasion), errand=occasion.told, deliverer=event.actor_name)


DELIVERY_RECEIPT = DocumentKind(
    id="delivery_receipt",
    title="送达回证",
    series="送",
    template="delivery_receipt.html",
    version="1",
    facts_model=DeliveryReceipt,
    facts=facts,
    signers=("受送达人", "见证人", "送达人"),
    copies=("送达机关存档",),
    lasting=True,
)
