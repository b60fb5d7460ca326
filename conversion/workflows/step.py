"""What a procedure is made of: tracks, steps, guards, forms, and the circumstances they look at.

A track is one frozen constant. A step names its form, its rule and its papers by object, so a
track's module reads as the procedure and a jump to definition works. Nothing here moves a state.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from conversion.documents.file_index import FiledItem
from conversion.documents.handover_list import FileLine
from conversion.documents.kind import AnyKind, HouseholdKind
from conversion.documents.public_notice import PostedText
from conversion.domain.case import Case
from conversion.domain.ledger import DividendRun
from conversion.domain.meeting import Voter
from conversion.domain.notice import Notice
from conversion.domain.programme import Programme
from conversion.domain.role import Actor, Role
from conversion.domain.standing import Change
from conversion.policy.decision import Decision
from conversion.policy.pack import PackOnDay
from conversion.workflows.choice import Choice
from conversion.workflows.need import Needs
from conversion.workflows.term import Due, Term


class Part(StrEnum):
    """What kind of hand a step is; four eyes is decided on it.

    Who entered may not examine, and who entered or examined may not approve, anywhere in the case.
    """

    ENTER = "enter"
    EXAMINE = "examine"
    APPROVE = "approve"
    RECORD = "record"


class Form(BaseModel):
    """What is filled in for a step: the same for the command line, screens, API and import.

    A field whose `json_schema_extra` says `personal` is sealed outside the leaf.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    @classmethod
    def choices(cls, _pack: PackOnDay) -> tuple[Choice, ...]:
        """The pack's codes that it may be filled in with; none in most forms."""
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What a step looks at: the programme, the rules of the day, who acts and on what proof.

    Attributes:
        day: the local day on which the act counts; never taken from the machine in here.
        form: what was filled in, None when a step is only explained.
        evidence: evidence id → where it lies (file number, page, photo digest).
        amended: how the level's procedure differs from the one that the chain is pinned to.
    """

    programme: Programme
    pack: PackOnDay
    actor: Actor
    day: date
    form: Form | None = None
    evidence: Mapping[str, str] = field(default_factory=dict)
    amended: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCircumstances(Circumstances):
    """Circumstances of a step on a household's case.

    Attributes:
        communal: account that is nobody's → share class → units, for steps that are `at_books`.
        allotment: `member/share_class` → units that the adopted plan allots to this household.
        weights: share class → member serial → weight, as the plan counted them.
        adopted: the pack on the day the share plan was adopted, where there are such weights.
        others: household number → the case of another household that the step names.
        known: resident number that the form names → number of the case in which that person is.
        dues: the running terms of the case, where the step asks for them.
        filed: what lies in the household's file, for steps that are `at_file`.
    """

    case: Case
    allotment: Mapping[str, int] = field(default_factory=dict)
    weights: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    adopted: PackOnDay | None = None
    others: Mapping[str, Case] = field(default_factory=dict)
    communal: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    known: Mapping[str, str] = field(default_factory=dict)
    dues: tuple[Due, ...] = ()
    filed: tuple[FiledItem, ...] = ()


def with_changes(c: CaseCircumstances, changes: tuple[Change, ...]) -> CaseCircumstances:
    """The circumstances with these rows of the household set and removed."""
    return replace(c, case=c.case.changed(changes))


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeCircumstances(Circumstances):
    """Circumstances of a step on a village's programme.

    Attributes:
        tally: `level.state` → number of cases there, e.g. `shares.members_confirmed`.
        plan: the share plan's rows, computed over all confirmed members, when one is to be adopted;
            plan_faults: why it may not be adopted all the same.
        set_aside: what the plan keeps back for people in dispute, in their households' chains.
        run: the distribution of dividends worked out over all households, when one is to be made;
            payouts: what it sets in each of their chains.
        on_notice: cases with a list on the board, when a hold on the whole village is to end.
        roll: the roll of the meeting that is called or held, when there is one.
        listed: the list that is to be issued, drawn from the cases, when there is one.
        files: of the cases that have ended, when they are to be handed over.
        lists: the list of members on the board for each household, when the roll is to be voted.
        proxy_holders: who may vote for somebody on the roll, as rolls name a person.
    """

    tally: Mapping[str, int] = field(default_factory=dict)
    plan: tuple[Change, ...] = ()
    plan_faults: tuple[str, ...] = ()
    set_aside: "tuple[Companion, ...]" = ()
    run: DividendRun | None = None
    payouts: "tuple[Companion, ...]" = ()
    on_notice: tuple[Case, ...] = ()
    roll: tuple[Voter, ...] = ()
    proxy_holders: frozenset[str] = frozenset()
    lists: tuple[Notice, ...] = ()
    listed: PostedText | None = None
    files: tuple[FileLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A guard's finding.

    Attributes:
        found: what is there now; remedy: what would satisfy it; earliest: from when, if a date.
    """

    satisfied: bool
    found: str
    remedy: str = ""
    earliest: date | None = None


C = TypeVar("C", bound=Circumstances)
RequiredT_contra = TypeVar("RequiredT_contra", bound=Circumstances, contravariant=True)
"""A guard that asks for less serves wherever more is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard(Generic[RequiredT_contra]):
    """A named rule that must hold.

    Attributes:
        rule: id under which the pack gives the clause it rests on, by the day.
        reads_form: the guard can only be judged on a filled-in form.
        needs: what it asks of the levels of the case; it holds nowhere else. The exhaustive check
            explores by them.
    """

    rule: str
    title: str
    test: Callable[[RequiredT_contra], Check]
    reads_form: bool = False
    needs: Needs = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A proof that a step needs, named as the office names it."""

    id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Companion:
    """What a step does on another chain than its own, in the same act of the office.

    Attributes:
        chain: case number, or the programme's code.
        changes: the rows it sets there; moves: level → state it leads to there.
        opens: whether the chain begins with this act (a household that splits off).
        papers: what it issues there, to a household.
    """

    chain: str
    changes: tuple[Change, ...] = ()
    moves: Mapping[str, str] = field(default_factory=dict)
    opens: bool = False
    papers: tuple[HouseholdKind, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Generic[C]):
    """One allowed move.

    Attributes:
        event: imperative verb; title: as buttons and timelines say it.
        source: states it can be done in; target: the state it leads to, None when the level stays
            where it is: what may be done at any time beside the way.
        roles: any of these may do it.
        decide: the rule that decides it; a refusal by the rule refuses the step, and None means
            that what is filled in leaves it nothing to decide.
        effect: the rows it sets, from the circumstances and the decision.
        completes: for a step done by several hands: whether this hand is the last. Until then
            the state stays; None means one hand is enough.
        departments: of the pack, those that each have to take it; None if no department has to.
        moves: other levels of the same chain that it moves, level → state.
        may_move: all that `moves` may say, level → states; what the exhaustive check follows.
        others_move: the same of the moves that `elsewhere` makes in cases that go on.
        rewinds: level → state → the state it goes back to, here and elsewhere, when what was
            decided there has to be decided again.
        others_rewind: the same where `elsewhere` sends a level back, in cases that `others_need`.
        others_need: what the cases must meet whose levels are sent back.
        rewinds_after: level → levels that rest on it, and have gone back when it does.
        restores: its moves only lead back to where the levels stood before.
        reaches: household numbers of other cases that the filled-in form names.
        recalls: household numbers that the case itself names for the step, from the form as well.
        people: resident numbers that the filled-in form, or the case for it, names.
        elsewhere: what it does on other chains.
        documents: what it issues; papers: further ones, from the case as it stands, for what is
            issued anew. A case's step issues papers of the household, a programme's of the village.
        tells: what its papers say beyond their chain, as their kinds' occasion has it: what is
            personal in the form, or a day that the pack counts.
        despite_holds: it is done although a hold stops its level: the hold's own steps, and what
            only records what has happened.
        term: how long whoever is next may take, from the day this step leads to its target.
        for_many: the law lets it be decided for many cases at once; all others are decided one by
            one.
        at_term: it looks at the running terms of the case.
        at_file: it looks at what lies in the household's file.
        at_books: it looks at the accounts of the share ledger that are nobody's.
    """

    event: str
    title: str
    source: tuple[str, ...]
    target: str | None
    roles: tuple[Role, ...]
    part: Part
    form: type[Form] = Form
    evidence: tuple[Evidence, ...] = ()
    guards: tuple[Guard[C], ...] = ()
    decide: Callable[[C], Decision | None] | None = None
    effect: Callable[[C, Decision | None], tuple[Change, ...]] | None = None
    documents: tuple[AnyKind, ...] = ()
    completes: Callable[[C], bool] | None = None
    departments: Callable[[PackOnDay], tuple[str, ...]] | None = None
    moves: Callable[[C], Mapping[str, str]] | None = None
    may_move: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    others_move: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rewinds: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    others_rewind: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    others_need: Needs = ()
    rewinds_after: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    restores: bool = False
    reaches: Callable[[Any], tuple[str, ...]] | None = None
    recalls: Callable[[Case, Any], tuple[str, ...]] | None = None
    people: Callable[[Case, Any], tuple[str, ...]] | None = None
    elsewhere: Callable[[C, Decision | None], tuple[Companion, ...]] | None = None
    papers: Callable[[C], tuple[AnyKind, ...]] | None = None
    tells: Callable[[C], Any] | None = None
    despite_holds: bool = False
    term: Term | None = None
    for_many: bool = False
    at_term: bool = False
    at_books: bool = False
    at_file: bool = False

    def may_lead(self, level: str, state: str) -> bool:
        """Whether the step has declared that it may move another level there."""
        rewound = self.rewinds.get(level, {}).values()
        return self.restores or state in {*self.may_move.get(level, ()), *rewound}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Track(Generic[C]):
    """One procedure: its states, where it begins and may end, and its steps.

    Attributes:
        name: level name in a case's positions; states: state → Chinese title.
        final: states nothing leaves; resting: further states in which a case may close, because
            what remains has its own terms (benefits in force), or in which a side level may stay.
        arrivals: final states that only an act of another level leads to; with them the whole case
            has ended, whatever its other levels.
    """

    name: str
    title: str
    states: Mapping[str, str]
    initial: str
    final: tuple[str, ...]
    steps: tuple[Step[C], ...]
    resting: tuple[str, ...] = ()
    arrivals: tuple[str, ...] = ()

    def title_of(self, state: str) -> str:
        """A state as people call it; its code where other procedures had it and these have not."""
        return self.states.get(state, state)

    @property
    def ends(self) -> frozenset[str]:
        """Where it may come to rest for good: its final states, or those a side level rests in."""
        return frozenset(self.final or self.resting)

    def steps_named(self, event: str) -> tuple[Step[C], ...]:
        """The steps of one event; several when it leaves different states for different ones."""
        return tuple(step for step in self.steps if step.event == event)

    def reachable(self, start: str) -> set[str]:
        """Every state that can be reached from one, itself included."""
        seen, frontier = {start}, [start]
        while frontier:
            state = frontier.pop()
            ahead = {step.target or state for step in self.events_from(state)} - seen
            seen |= ahead
            frontier.extend(ahead)
        return seen

    def events_from(self, state: str) -> tuple[Step[C], ...]:
        """The steps that leave a state, in the order of the chart."""
        return tuple(step for step in self.steps if state in step.source)
