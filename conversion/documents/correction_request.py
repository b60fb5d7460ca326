"""一次性补正告知书: everything that an application lacks, told once and in writing.

行政许可法 32: all that has to be put right is told at once, on the spot or within five days; what
is not told then can't be asked for later.
"""

from datetime import date

from typing_extensions import override

from conversion.documents.kind import DocumentKind, HouseholdOccasion, Part
from conversion.documents.letter import Letter, act_of, written
from conversion.documents.trace import words
from conversion.domain.role import Role

RETURNING = (Role.DISTRICT, Role.STREET, Role.VILLAGE)


class Lacking(Part):
    """What the step tells of a return.

    Attributes:
        items: what is to be put right, one after another.
        by: the last day for it; None where the pack counts no days.
    """

    items: tuple[str, ...]
    by: date | None


class CorrectionRequest(Letter):
    """The facts of the 一次性补正告知书; `reason` is why the application goes back."""

    reason: str
    lacking: Lacking

    @property
    @override
    def gist(self) -> str:
        """How many things are to be put right."""
        return f"补正{len(self.lacking.items)}项"


def facts(occasion: HouseholdOccasion) -> CorrectionRequest:
    """The letter as the act of return stands; without items the reason is the only one."""
    event = act_of(occasion, "一次性补正告知书", "return_for_correction")
    reason = words(event, "reason")
    return CorrectionRequest(
        **written(occasion, event, *RETURNING),
        reason=reason,
        lacking=occasion.told or Lacking(items=(reason,), by=None),
    )


CORRECTION_REQUEST = DocumentKind(
    id="correction_request",
    title="一次性补正告知书",
    series="补",
    template="correction_request.html",
    version="1",
    facts_model=CorrectionRequest,
    facts=facts,
    signers=("告知单位", "签收人"),
    copies=("农户", "工作专班存档"),
    letter=True,
)
