"""不予批准决定书: what was applied for and found, why it is refused, by which law, and what to do.

行政许可法 38: a refusal is written, gives its reasons, and tells of reconsideration and suit.
"""

from datetime import date

from typing_extensions import override

from conversion.documents.approval_form import Opinion
from conversion.documents.household_paper import Person, person
from conversion.documents.kind import DocumentKind, HouseholdOccasion
from conversion.documents.letter import Letter, act_of, office, written
from conversion.documents.trace import words
from conversion.domain.case import Case
from conversion.domain.programme import Village
from conversion.domain.role import Role

_FINDINGS = (("review", Role.VILLAGE), ("examine", Role.STREET))


class RefusalDecision(Letter):
    """The facts of the 不予批准决定书.

    Attributes:
        accepted_on: the day the application was taken.
        posted_on, last_day: the window of the household's list; None where it never hung.
        opinions: what village, street and departments found, in their order.
        reason, clause: why, and on which article.
        remedies: as told by whoever refused; statutory: in the words of the pack, may be empty.
    """

    members: tuple[Person, ...]
    accepted_on: date | None
    posted_on: date | None
    last_day: date | None
    opinions: tuple[Opinion, ...]
    reason: str
    clause: str
    remedies: str
    statutory: str

    @property
    @override
    def gist(self) -> str:
        """The decision, and for how many people."""
        return f"申请{len(self.members)}人，不予批准"


def facts(occasion: HouseholdOccasion) -> RefusalDecision:
    """The decision as the act of refusal stands."""
    case = occasion.case
    event = act_of(occasion, "不予批准决定书", "refuse")
    notice = case.current_notice("case")
    return RefusalDecision(
        **written(occasion, event, Role.DISTRICT),
        members=tuple(person(m) for m in case.members.values()),
        accepted_on=case.done_on("case.accept"),
        posted_on=notice.posted_on if notice else None,
        last_day=notice.last_day if notice else None,
        opinions=_opinions(case, occasion.programme.village),
        reason=words(event, "reason"),
        clause=words(event, "clause"),
        remedies=words(event, "remedies"),
        statutory=occasion.told or "",
    )


def _opinions(case: Case, village: Village) -> tuple[Opinion, ...]:
    acts = ((office(role, village), case.last(f"case.{act}")) for act, role in _FINDINGS)
    desks = (
        Opinion(office=name, opinion=words(e, "opinion"), name=e.actor_name, day=e.day)
        for name, e in acts
        if e
    )
    departments = (
        Opinion(office=row.department, opinion=row.opinion, name=row.signed_by, day=row.signed_on)
        for row in case.countersignatures.values()
    )
    return (*desks, *departments)


REFUSAL_DECISION = DocumentKind(
    id="refusal_decision",
    title="不予批准决定书",
    series="不批",
    template="refusal_decision.html",
    version="1",
    facts_model=RefusalDecision,
    facts=facts,
    signers=("区人民政府",),
    copies=("农户", "工作专班存档", "区人民政府"),
    letter=True,
)
