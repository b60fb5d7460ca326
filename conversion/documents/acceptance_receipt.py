"""受理回执: that an application was taken, what was handed in, and what comes next until when."""

from datetime import date

from typing_extensions import override

from conversion.documents.household_paper import Person, person
from conversion.documents.kind import DocumentKind, HouseholdOccasion, Part
from conversion.documents.letter import Letter, act_of, written


class Taken(Part):
    """What the step tells of an application.

    Attributes:
        materials: titles of what was handed in.
        review_by: last day of the village's review; None while the village isn't that far, or
            where the pack counts no days.
    """

    materials: tuple[str, ...]
    review_by: date | None


class AcceptanceReceipt(Letter):
    """The facts of the 受理回执; `signers` are the names of those who signed the application."""

    members: tuple[Person, ...]
    signers: tuple[str, ...]
    taken: Taken

    @property
    @override
    def gist(self) -> str:
        """How many people, and that their application was taken."""
        return f"申请{len(self.members)}人，已受理"


def facts(occasion: HouseholdOccasion) -> AcceptanceReceipt:
    """The receipt as the act of acceptance stands."""
    case, told = occasion.case, occasion.told
    event = act_of(occasion, "受理回执", "accept")
    signed = event.form.get("signed")
    serials = signed if isinstance(signed, list) else []
    return AcceptanceReceipt(
        **written(occasion, event),
        members=tuple(person(m) for m in case.members.values()),
        signers=tuple(case.people[str(s)].name for s in serials if s in case.people),
        taken=told or Taken(materials=(), review_by=None),
    )


ACCEPTANCE_RECEIPT = DocumentKind(
    id="acceptance_receipt",
    title="受理回执",
    series="受",
    template="acceptance_receipt.html",
    version="1",
    facts_model=AcceptanceReceipt,
    facts=facts,
    signers=("受理单位",),
    copies=("农户", "工作专班存档"),
    letter=True,
)
