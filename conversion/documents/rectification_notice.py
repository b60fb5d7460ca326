"""更正通知书: what of an approved record is put right, line by line, and what is done again."""

from typing_extensions import override

from conversion.documents.kind import DocumentKind, HouseholdOccasion, Part
from conversion.documents.letter import Letter, act_of, written
from conversion.documents.trace import words
from conversion.domain.role import Role

DECISIONS = ("correct", "correct_paper", "leave_uncorrected")
"""The steps that write it: on the record, and on a page that was misprinted."""


class Rewritten(Part):
    """One entry that reads otherwise: whose, what, as it was and as it is."""

    whose: str
    what: str
    before: str
    after: str


class EndedPaper(Part):
    """A paper that counts no more."""

    number: str
    title: str


class Rectified(Part):
    """What the step tells of a correction.

    Attributes:
        rewritten: the entries; again: the matters that are done again, by title.
        papers: those that count no more.
    """

    rewritten: tuple[Rewritten, ...]
    again: tuple[str, ...]
    papers: tuple[EndedPaper, ...]


class RectificationNotice(Letter):
    """The facts of the 更正通知书.

    Attributes:
        corrected: whether the record is put right, or stays as it is.
        asked: why the correction was asked for; decision: what was decided, in words.
        decision_number: of the district's decision; empty when no entry is corrected.
    """

    corrected: bool
    asked: str
    decision: str
    decision_number: str
    rectified: Rectified

    @property
    @override
    def gist(self) -> str:
        """The decision, and how many entries it rewrites."""
        return f"更正{len(self.rectified.rewritten)}处" if self.corrected else "不予更正"


def facts(occasion: HouseholdOccasion) -> RectificationNotice:
    """The letter as the district decided."""
    event = act_of(occasion, "更正通知书", *DECISIONS)
    corrected = event.event != "leave_uncorrected"
    of_page = event.event == "correct_paper"
    return RectificationNotice(
        **written(occasion, event, Role.DISTRICT),
        corrected=corrected,
        asked="" if of_page else words(occasion.case.last("case.reopen"), "reason"),
        decision=words(event, "corrected" if corrected else "opinion"),
        decision_number=words(event, "decision_number"),
        rectified=occasion.told or Rectified(rewritten=(), again=(), papers=()),
    )


RECTIFICATION_NOTICE = DocumentKind(
    id="rectification_notice",
    title="更正通知书",
    series="更",
    template="rectification_notice.html",
    version="2",
    facts_model=RectificationNotice,
    facts=facts,
    signers=("区人民政府",),
    copies=("农户", "工作专班存档"),
    letter=True,
)
