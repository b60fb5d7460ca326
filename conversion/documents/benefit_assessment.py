"""过渡期待遇核定表: what becomes of each benefit, until when, how much, and why, to be read aloud.

It is made of the rows that the assessment set and of the lines sealed with it, so that it says the
same years later, whatever the pack has come to say since.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from typing_extensions import override

from conversion.documents.entitlement_line import WHOLE, follows, place
from conversion.documents.household_paper import HouseholdPaper, shared
from conversion.documents.kind import DocumentKind, HouseholdOccasion, Part
from conversion.documents.trace import parameter_words
from conversion.domain.case import Case
from conversion.domain.event import Event
from conversion.domain.right import Benefit, Disposition
from conversion.policy.amount import NOTHING_NOW
from conversion.policy.decision import TraceLine
from conversion.policy.remedies import REMEDIES
from conversion.policy.row_trace import NOT_CONCERNED, NOT_GRANTED
from conversion.policy.rules.transitional_benefit import WAITS
from conversion.policy.sealed_trace import read_decision
from conversion.policy.span import first_day, turned
from conversion.policy.untaken_benefit import HAD
from conversion.standards.amount import format_yuan
from conversion.standards.chinese_date import format_day

_OPEN = "另行核定后告知"
_OTHERS = "其他待遇"


class Assessed(Part):
    """One benefit as assessed, for one or several members alike.

    Attributes:
        members: whose it is, by name; `全户` for the household's.
        had: what was drawn before, may be empty; disposition: e.g. `保留`.
        days: from when until when; paid: how much, empty when it is no money.
        formula: the figure worked out, e.g. `每亩120.00元 × 3.5亩 ＝ 420.00元/年`, may be empty.
        why: sentence by sentence; then: what follows it.
    """

    category: str
    title: str
    members: tuple[str, ...]
    had: str
    disposition: str
    days: str
    paid: str
    formula: str
    why: tuple[str, ...]
    then: str
    basis: str
    duty: str
    department: str
    window: str
    illustrative: bool


class Answer(Part):
    """What is not given, or not yet: the title, to whom if it is one person's, and why."""

    title: str
    member: str
    why: str


class Opinion(NamedTuple):
    """A department, and the numbers of the benefits it answers for."""

    department: str
    numbers: tuple[int, ...]


class BenefitAssessment(HouseholdPaper):
    """The facts of the 过渡期待遇核定表.

    Attributes:
        assessed_on, assessor: when and by whom; approved_on: the day of the district's approval.
        waiting: what begins later; refused: what somebody may expect and doesn't get.
        unconcerned: titles of what is for another sort of people.
        remedies: in the words of the pack on the day of assessment.
    """

    members: tuple[str, ...]
    assessed_on: date
    assessor: str
    approved_on: date | None
    benefits: tuple[Assessed, ...]
    waiting: tuple[Answer, ...]
    refused: tuple[Answer, ...]
    unconcerned: tuple[str, ...]
    remedies: str

    @property
    @override
    def gist(self) -> str:
        """How many benefits, and how many end."""
        ended = sum(b.disposition == Disposition.ENDED.label for b in self.benefits)
        return f"待遇{len(self.benefits)}项，其中终止{ended}项"

    @property
    def summary(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Disposition → titles, in the order in which people ask."""
        return tuple(
            (label, tuple(dict.fromkeys(b.title for b in self.benefits if b.disposition == label)))
            for label in (disposition.label for disposition in _ASKED_FIRST)
            if any(b.disposition == label for b in self.benefits)
        )

    @property
    def opinions(self) -> tuple[Opinion, ...]:
        """Each department once, with what it answers for."""
        numbers: dict[str, list[int]] = {}
        for number, benefit in enumerate(self.benefits, 1):
            if benefit.department:
                numbers.setdefault(benefit.department, []).append(number)
        return tuple(Opinion(name, tuple(found)) for name, found in numbers.items())

    @property
    def has_examples(self) -> bool:
        """Whether the footnote on 示例 is needed."""
        return any(benefit.illustrative for benefit in self.benefits)


_ASKED_FIRST = (
    Disposition.KEPT,
    Disposition.FOR_LIFE,
    Disposition.DUAL,
    Disposition.TO_SWITCH,
    Disposition.SWITCHED,
    Disposition.GAINED,
    Disposition.ENDED,
)


def facts(occasion: HouseholdOccasion) -> BenefitAssessment:
    """The assessment as sealed, with the rows as they stand today."""
    case = occasion.case
    event = case.last("benefits.assess")
    lines = _lines(event)
    return BenefitAssessment(
        **shared(occasion),
        members=tuple(m.name for m in case.members.values()),
        assessed_on=event.day if event else occasion.day,
        assessor=event.actor_name if event else "",
        approved_on=case.done_on("case.approve"),
        benefits=_benefits(case, lines),
        waiting=_answers(case, lines, WAITS),
        refused=_answers(case, lines, NOT_GRANTED),
        unconcerned=tuple(
            dict.fromkeys(line.title for line in lines.values() if line.result == NOT_CONCERNED)
        ),
        remedies=parameter_words(event, REMEDIES),
    )


def _lines(event: Event | None) -> dict[str, TraceLine]:
    """The lines sealed with the assessment; none with one that was sealed before there were any."""
    if event is None or event.decision is None:
        return {}
    return {line.key: line for line in read_decision(event.decision).lines}


def _answers(case: Case, lines: Mapping[str, TraceLine], result: str) -> tuple[Answer, ...]:
    """The lines with this result, in their order."""
    return tuple(
        Answer(
            title=line.title,
            member=_called(line.key.partition("/")[2], case),
            why="".join(line.because),
        )
        for line in lines.values()
        if line.result == result
    )


def _called(serial: str, case: Case) -> str:
    return case.people[serial].name if serial in case.people else ""


# --- the benefits ------------------------------------------------------------------------------


class _Row(NamedTuple):
    """A benefit with what was sealed of it; none for whoever came into the household later."""

    benefit: Benefit
    line: TraceLine | None


def _benefits(case: Case, lines: Mapping[str, TraceLine]) -> tuple[Assessed, ...]:
    """In the booklet's order; what several members have alike as one."""
    alike: dict[Assessed, list[_Row]] = {}
    for key, benefit in case.benefits.items():
        row = _Row(benefit, lines.get(key))
        alike.setdefault(_assessed(row), []).append(row)
    told = (_for_all(assessed, rows, case) for assessed, rows in alike.items())
    return tuple(sorted(told, key=lambda assessed: place(assessed.category)))


def _assessed(row: _Row) -> Assessed:
    """All that a benefit says but whose it is and why, which members may have in common or not."""
    benefit, line = row
    return Assessed(
        **benefit.model_dump(
            include={"title", "basis", "duty", "department", "window", "illustrative"}
        ),
        category=benefit.category or _OTHERS,
        members=(),
        then=follows(benefit),
        had=_had(line),
        disposition=benefit.disposition.label,
        days=_days(benefit),
        paid=_paid(benefit, line),
        formula=line.formula.numbers if line and line.formula else "",
        why=(),
    )


def _had(line: TraceLine | None) -> str:
    facts = line.facts if line else ()
    return next((str(fact.value) for fact in facts if fact.name == HAD), "")


def _for_all(assessed: Assessed, rows: list[_Row], case: Case) -> Assessed:
    names = tuple(_name(row.benefit.member, case) for row in rows)
    everybody = len(names) > 1 and len(names) == len(case.members)
    update = {"members": (WHOLE,) if everybody else names, "why": _why(rows, names)}
    return assessed.model_copy(update=update)


def _name(serial: str, case: Case) -> str:
    return _called(serial, case) or WHOLE


def _why(rows: list[_Row], names: tuple[str, ...]) -> tuple[str, ...]:
    """What holds for all of them once; what differs with the name before it."""
    told = [_sentences(row) for row in rows]
    common = [s for s in told[0] if all(s in other for other in told)]
    own = [
        f"{name}：{sentence}"
        for name, sentences in zip(names, told, strict=True)
        for sentence in sentences
        if sentence not in common
    ]
    return (*common, *own)


def _sentences(row: _Row) -> tuple[str, ...]:
    """The argument without what follows, which the paper tells as decided, in its own place."""
    if row.line is None:
        return (row.benefit.reason,)
    return tuple(s for s in row.line.because if not s.startswith("以后："))


def _days(benefit: Benefit) -> str:
    start = f"从{first_day(benefit.since, benefit.since_age)}起"
    if benefit.disposition is Disposition.FOR_LIFE:
        return f"{start}，终身享受"
    if benefit.until_age is not None:
        return f"{start}，到{turned(benefit.until_age)}的前一天止"
    if benefit.until:
        return f"{start}，到{format_day(benefit.until)}止"
    if benefit.until_event:
        return f"{start}，直到{benefit.until_event}"
    return f"{start}停止" if benefit.disposition is Disposition.ENDED else f"{start}，长期有效"


def _paid(benefit: Benefit, line: TraceLine | None) -> str:
    amounts: Iterable[tuple[str, int | None]] = (
        ("每月", benefit.monthly),
        ("每年", benefit.yearly),
        ("一次性", benefit.once),
    )
    for often, fen in amounts:
        if fen is not None:
            return NOTHING_NOW if not fen else f"{often}{format_yuan(fen)}元"
    asked = line is not None and f"benefits.{benefit.item}.amount" in line.parameters
    return _OPEN if asked else ""


BENEFIT_ASSESSMENT = DocumentKind(
    id="benefit_assessment",
    title="过渡期待遇核定表",
    series="待核",
    template="benefit_assessment.html",
    version="2",
    facts_model=BenefitAssessment,
    facts=facts,
    signers=("听取人（签名）", "宣读人（签名）", "见证人（签名）", "主管部门"),
    copies=("农户", "工作专班存档"),
    explains=("benefits.assess",),
)
