"""One person's work on the cases of one programme: what is loaded once for a whole batch."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from pydantic import ValidationError

from conversion.domain.case import Case
from conversion.domain.event import Event
from conversion.domain.programme import Programme
from conversion.domain.right import ShareLot
from conversion.domain.role import Actor
from conversion.domain.standing import Change, Json
from conversion.history.act import Act
from conversion.history.entry import PolicyReference
from conversion.policy.decision import Decision
from conversion.policy.pack import PackOnDay
from conversion.services.case_files import contents_of
from conversion.services.definitions import amended, pin
from conversion.services.filing import Filing
from conversion.services.office import Office
from conversion.services.share_plan import weights_of
from conversion.services.staffing import capacities_of
from conversion.store.allotment import allotment_of, allotment_table
from conversion.store.append import Receipt, append
from conversion.store.chains import existing, load_cases, load_programme
from conversion.store.database import Session
from conversion.store.ledger import communal_balances
from conversion.store.people import people_known
from conversion.workflows.definition import case_levels, level, parts
from conversion.workflows.engine import Evaluation, Move, evaluate, step_at
from conversion.workflows.step import C, CaseCircumstances, Companion, Form, Step
from conversion.workflows.term import Due
from conversion.workflows.terms import terms_of

SHARES = "shares"


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Who works, where, when, and under which rules, in one session.

    Attributes:
        capacities: as whom the person may act: as oneself, and for whoever is stood in for.
        lots: case number → the lots that the adopted plan allots to it.
        batch: the batch that the acts are part of, as each entry names it.
    """

    session: Session
    office: Office
    capacities: tuple[Actor, ...]
    programme: Programme
    pack: PackOnDay
    at: datetime
    day: date
    channel: str
    lots: Mapping[str, Sequence[ShareLot]]
    batch: Mapping[str, Json] = field(default_factory=dict)

    def evaluate(self, act: str, case: Case, filing: Filing) -> Evaluation[CaseCircumstances]:
        """One step on one case, judged in the capacity in which least is lacking."""
        return least_lacking(self._judged(act, case, filing, actor) for actor in self.capacities)

    def _judged(
        self, act: str, case: Case, filing: Filing, actor: Actor
    ) -> Evaluation[CaseCircumstances]:
        name, _, event = act.partition(".")
        track = level(name, self.office.definition)
        state = case.positions.get(name, track.initial)
        step = step_at(track, event, state)
        return evaluate(
            track,
            event,
            state,
            replace(self._circumstances(case, step, filing, level=name), actor=actor),
            filled=filing.filled,
            past=case.past,
            parts=parts(case_levels(self.office.definition)),
        )

    def event(self, holder: Case | Programme, evaluation: Evaluation[Any], move: Move) -> Event:
        """The event as it will read once it is recorded."""
        actor = evaluation.circumstances.actor
        return Event(
            seq=holder.version + 1,
            at=self.at,
            day=self.day,
            actor=actor.account,
            actor_name=actor.name,
            roles=actor.roles,
            level=evaluation.track.name,
            event=evaluation.step.event,
            source=move.source,
            target=move.target,
            form=form_parts(evaluation)[0],
            decision=move.decision.trace() if move.decision else None,
            on_behalf=actor.on_behalf,
        )

    def act(self, evaluation: Evaluation[Any], move: Move, *, chain: str, version: int) -> Act:
        """The act that records a move; what is decided for a household is its own affair."""
        public, personal = form_parts(evaluation)
        decision, argument = self._sealed(move.decision, chain)
        return Act(
            chain=chain,
            version=version,
            at=self.at,
            day=self.day,
            actor=evaluation.circumstances.actor,
            channel=self.channel,
            name=f"{evaluation.track.name}.{evaluation.step.event}",
            source=move.source,
            target=move.target,
            moves=move.moves,
            form=public,
            personal_form=personal,
            decision=decision,
            argument=argument,
            grounds=move.grounds,
            changes=move.changes,
            policy=PolicyReference(pack=self.pack.pack.id, sha256=self.pack.pack.sha256),
            batch=self.batch,
        )

    def _sealed(self, decision: Decision | None, chain: str) -> tuple[Json, Json]:
        """What is sealed of a decision for everybody, and what is kept erasable beside it."""
        if decision is None:
            return None, None
        if chain == self.programme.code:
            return decision.trace(), None
        return decision.answer(), decision.trace()

    def companion(self, act: Act, companion: Companion, others: Mapping[str, Case]) -> Act:
        """The act that records on another chain what a move does there."""
        there = others.get(companion.chain.rpartition("-")[2], self.programme)
        return replace(
            act,
            chain=companion.chain,
            version=0 if companion.opens else there.version,
            source=None,
            target=None,
            moves=companion.moves,
            form={"with": act.chain},
            personal_form={},
            changes=(*companion.changes, *self._pin(companion)),
        )

    def _pin(self, companion: Companion) -> tuple[Change, ...]:
        """A chain that is opened goes by this definition, unless it brings its own along."""
        carried = any(change.collection == "pins" for change in companion.changes)
        return (pin(self.office),) if companion.opens and not carried else ()

    def record(self, acts: Sequence[Act]) -> list[Receipt]:
        """Seal acts on chains of the programme, in the session's transaction."""
        office = self.office
        return append(self.session, self.programme.code, acts, key=office.key, random=office.random)

    def _others(self, case: Case, step: Step[Any], form: Form) -> Mapping[str, Case]:
        """Household number → the case that the form names, or the case itself for the step."""
        named = step.reaches(form) if step.reaches else ()
        recalled = step.recalls(case, form) if step.recalls else ()
        code = self.programme.code
        wanted = [f"{code}-{number}" for number in dict.fromkeys((*named, *recalled))]
        known = existing(self.session, code, wanted) if wanted else []
        return {other.household.number: other for other in load_cases(self.session, known)}

    def _known(self, case: Case, step: Step[Any], form: Form) -> Mapping[str, str]:
        """Resident number that the form names → the case in which that person is already."""
        named = step.people(case, form) if step.people else ()
        numbers = [number for number in named if number]
        return people_known(self.session, numbers) if numbers else {}

    def _circumstances(
        self, case: Case, step: Step[Any], filing: Filing, *, level: str
    ) -> CaseCircumstances:
        lots = self.lots.get(case.number, ())
        form = _readable(step, filing)
        return CaseCircumstances(
            programme=self.programme,
            pack=self.pack,
            actor=self.capacities[0],
            day=self.day,
            evidence=filing.evidence,
            amended=amended(self.session, self.office, case.pins, level),
            case=case,
            dues=self._dues(case) if step.at_term else (),
            filed=contents_of(case, self.office.definition) if step.at_file else (),
            others=self._others(case, step, form) if form else {},
            known=self._known(case, step, form) if form else {},
            communal=communal_balances(self.session, self.programme) if step.at_books else {},
            allotment={lot.key: lot.units for lot in lots},
            **self._planned(case, weighed=bool(lots or case.reserved)),
        )

    def _dues(self, case: Case) -> tuple[Due, ...]:
        levels = case_levels(self.office.definition)
        return tuple(terms_of(case, self.programme, self.pack, levels))

    def _planned(self, case: Case, *, weighed: bool) -> dict[str, Any]:
        """The weights of a household's members, as the plan counted on the day it was adopted."""
        if not weighed:
            return {}
        plan = self.programme.plan
        assert plan, "lots exist only under an adopted plan"
        adopted = self.office.pack(self.programme.village.pack, plan.adopted_on)
        scheme = adopted.share_plan(plan.scheme)
        return {"adopted": adopted, "weights": weights_of(case, scheme, plan.base_date)}


def open_desk(
    session: Session,
    office: Office,
    account: str,
    programme: str,
    *,
    act: str,
    numbers: Sequence[str],
    channel: str,
    principal: str = "",
    batch: Mapping[str, Json] | None = None,
) -> Desk:
    """Load what a step on these cases needs, once for all of them.

    Args:
        session: a session.
        office: the office.
        account: who acts.
        programme: the programme's code.
        act: the step.
        numbers: the cases.
        channel: how the act came in.
        principal: for whom the person acts, where that is said.
        batch: the batch that the acts are part of, as each entry names it.

    Raises:
        NotFound: the person, the programme or its pack does not exist.
        StepRefused: the person does not stand in for that principal today.
    """
    loaded = load_programme(session, programme)
    day = office.today()
    pack = office.pack(loaded.village.pack, day)
    return Desk(
        session=session,
        office=office,
        capacities=capacities_of(loaded, account, pack, principal=principal),
        programme=loaded,
        pack=pack,
        at=office.now(),
        day=day,
        channel=channel,
        lots=_lots(session, programme, act, numbers),
        batch=batch or {},
    )


def least_lacking(judged: Iterable[Evaluation[C]]) -> Evaluation[C]:
    """Of one step judged in several capacities: what permits, has the post, lacks least."""
    return min(judged, key=lambda e: (not e.permits, "role" in e.lacking, len(e.lacking)))


def _lots(
    session: Session, programme: str, act: str, numbers: Sequence[str]
) -> Mapping[str, Sequence[ShareLot]]:
    if not act.startswith(f"{SHARES}."):
        return {}
    if len(numbers) == 1:
        return {numbers[0]: allotment_of(session, numbers[0])}
    return allotment_table(session, programme)


def _readable(step: Step[Any], filing: Filing) -> Form | None:
    """The form of a step that looks into other households; None while it is faulty."""
    if not (step.reaches or step.recalls or step.people):
        return None
    try:
        return step.form.model_validate(filing.filled or {})
    except ValidationError:
        return None


def form_parts(evaluation: Evaluation[Any]) -> tuple[dict[str, Json], dict[str, Json]]:
    """The filled form apart by what may be erased: public and personal fields."""
    circumstances = evaluation.circumstances
    form: Form = circumstances.form or Form()
    personal = {name for name, field in type(form).model_fields.items() if _is_personal(field)}
    filled = form.model_dump(mode="json", exclude_defaults=True)
    public: dict[str, Json] = {k: v for k, v in filled.items() if k not in personal}
    if circumstances.evidence:
        public["evidence"] = dict(circumstances.evidence)
    return public, {k: v for k, v in filled.items() if k in personal}


def _is_personal(field: Any) -> bool:
    extra = field.json_schema_extra
    return isinstance(extra, dict) and bool(extra.get("personal"))
