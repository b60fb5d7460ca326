"""折股计算单: how each share of a household came about, to be read aloud and checked at home."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby

from typing_extensions import override

from conversion.documents.household_paper import HouseholdPaper, shared
from conversion.documents.kind import DocumentKind, HouseholdOccasion, Part
from conversion.documents.sealed_line import SealedLine, sealed_lines
from conversion.documents.trace import references_of
from conversion.domain.case import Case
from conversion.domain.ledger import Posting, PostingKind
from conversion.domain.programme import ShareClass, SharePlan
from conversion.errors import DocumentRefused
from conversion.policy.share_calculation import STATEMENT, TOTAL
from conversion.standards import relation

_ALLOCATED = "shares.allocate"


class ClassTotal(Part):
    """One class over the whole village: its units as they are said, and what all weigh in it."""

    title: str
    units: str
    weight_total: int


class PersonCalculation(Part):
    """One person's lots, class by class, and what they come to."""

    name: str
    relation: str
    total: str
    lines: tuple[SealedLine, ...]

    @property
    def given(self) -> tuple[SealedLine, ...]:
        """The classes in which the person weighs something."""
        return tuple(line for line in self.lines if line.numbers)

    @property
    def refused(self) -> tuple[SealedLine, ...]:
        """The classes in which the person weighs nothing, or whose sum no longer follows."""
        return tuple(line for line in self.lines if not line.numbers)


class LaterChange(Part):
    """What moved the household's units after they were calculated."""

    day: date
    reason: str
    delta: str


class ShareCalculationSheet(HouseholdPaper):
    """The facts of the 折股计算单.

    Attributes:
        plan_title, plan_version, management: of the adopted plan; total_units as it is said.
        words: the formula in words, the same for every line.
        total: the household's; statements: what the plan says of cases that this household has.
        kept: what is kept back for members in dispute, a sentence each.
        changes: corrections since; held: what the household has today.
    """

    collective_name: str
    plan_title: str
    plan_version: str
    adopted_on: date
    base_date: date
    management: str
    total_units: str
    classes: tuple[ClassTotal, ...]
    people: tuple[PersonCalculation, ...]
    words: str
    total: SealedLine
    statements: tuple[SealedLine, ...]
    kept: tuple[str, ...]
    changes: tuple[LaterChange, ...]
    held: str
    basis: tuple[str, ...]

    @property
    @override
    def gist(self) -> str:
        """How many people, and their shares together."""
        return f"{len(self.people)}人，配股{self.total.result}"

    @property
    def has_examples(self) -> bool:
        """Whether the footnote on 示例 is needed."""
        lines = (line for person in self.people for line in person.lines)
        return any(line.illustrative for line in (*lines, self.total, *self.statements))


def facts(occasion: HouseholdOccasion) -> ShareCalculationSheet:
    """The calculation as it was sealed with the allocation.

    Raises:
        DocumentRefused: no plan is adopted, or the allocation was sealed before it had lines.
    """
    case, programme = occasion.case, occasion.programme
    event, plan = case.last(_ALLOCATED), programme.plan
    lines = {line.key: line for line in sealed_lines(event)}
    if event is None or plan is None or TOTAL not in lines:
        found = "配股时没有留下逐项的计算，或者已依法删除" if event else "本户还没有配股"
        raise DocumentRefused(f"为案件{case.number}印制折股计算单", found, "先按方案配股")
    lots = [line for key, line in lines.items() if key != TOTAL and not _is_statement(key)]
    return ShareCalculationSheet(
        **shared(occasion),
        collective_name=programme.village.collective_name,
        plan_title=plan.title,
        plan_version=plan.version,
        adopted_on=plan.adopted_on,
        base_date=plan.base_date,
        management=plan.management,
        total_units=plan.said(plan.total_units),
        classes=tuple(
            ClassTotal(title=c.title, units=plan.said(c.units), weight_total=c.weight_total)
            for c in sorted(programme.share_classes.values(), key=lambda c: c.place)
        ),
        people=tuple(_people(lots, case)),
        words=next((line.words for line in lots if line.words), ""),
        total=lines[TOTAL],
        statements=tuple(line for key, line in lines.items() if _is_statement(key)),
        kept=tuple(_kept(case, programme.share_classes, plan)),
        changes=tuple(_changes(case, plan, event.day)),
        held=plan.said(case.units),
        basis=references_of([event]),
    )


def _is_statement(key: str) -> bool:
    return key.startswith(STATEMENT)


def _people(lines: list[SealedLine], case: Case) -> Iterator[PersonCalculation]:
    """Person by person: the lots, then what they come to."""
    for serial in dict.fromkeys(line.key.partition("/")[0] for line in lines):
        person = case.people[serial]
        *lots, total = (line for line in lines if line.key.startswith(f"{serial}/"))
        yield PersonCalculation(
            name=person.name,
            relation=relation.title_of(person.relation),
            total=total.result,
            lines=tuple(lots),
        )


def _kept(case: Case, classes: Mapping[str, ShareClass], plan: SharePlan) -> Iterator[str]:
    for lot in case.reserved.values():
        title = classes[lot.share_class].title
        name = case.people[lot.member].name
        yield f"为{name}预留{title}{plan.said(lot.units)}，身份确认以后发给本人。"


def _changes(case: Case, plan: SharePlan, allocated: date) -> Iterator[LaterChange]:
    """Transaction by transaction, what was booked after the calculation."""
    later = (p for p in case.postings.values() if not _was_calculated(p, allocated))
    for _, postings in groupby(later, key=lambda p: p.transaction):
        lines = list(postings)
        delta = sum(posting.effect_on(case.number) for posting in lines)
        sign = "－" if delta < 0 else "＋"
        told = sign + plan.said(abs(delta))
        yield LaterChange(day=lines[0].day, reason=lines[0].kind.label, delta=told)


def _was_calculated(posting: Posting, allocated: date) -> bool:
    """Whether it was the allocation, or what was set aside and given out with it."""
    released = posting.kind is PostingKind.RELEASE and posting.day == allocated
    return released or posting.kind is PostingKind.ALLOCATION


SHARE_CALCULATION = DocumentKind(
    id="share_calculation",
    title="折股计算单",
    series="股算",
    template="share_calculation.html",
    version="2",
    facts_model=ShareCalculationSheet,
    facts=facts,
    signers=("户主（签名）", "集体经济组织"),
    copies=("农户", "集体经济组织存档"),
    explains=(_ALLOCATED,),
)
