"""A desk without a database: a household's case, driven step by step as the office drives it.

    desk = Desk(a_new_case())
    desk.take("case.accept", Role.TASK_FORCE, signed=["01"])

evaluates and advances like the services, records the event and applies the changes. Evidence is
complete and every role has its own person unless a test says otherwise.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any

from conversion.domain.case import Case
from conversion.domain.event import Event
from conversion.domain.notice import Notice
from conversion.domain.programme import Programme
from conversion.domain.right import Entitlement, MembershipStanding, ShareLot
from conversion.domain.role import Actor, Role
from conversion.policy.loading import load_pack
from conversion.policy.location import packs_folder
from conversion.policy.pack import Pack, PackOnDay
from conversion.workflows.definition import INITIAL, PARTS, level
from conversion.workflows.engine import Evaluation, Move, advance, evaluate, step_at
from conversion.workflows.publicity import Removal
from conversion.workflows.step import CaseCircumstances, Step
from tests.builders import a_case, a_programme, an_actor

Filled = dict[str, Any]
"""What a clerk fills in, or brings, for a step."""

START = date(2009, 12, 1)

OPINION: Filled = {"opinion": "情况属实，同意。"}
PLACE: Filled = {"place": "村务公开栏", "posted_at": "09:30"}
AS_POSTED: Filled = {"removed_at": "17:00", "intact": True}
GROUNDS: Filled = {"reason": "经核对，情况如此，特此说明。"}
REFUSAL: Filled = GROUNDS | {"clause": "实施方案第三条", "remedies": "六十日内可以申请行政复议。"}
OBJECTION: Filled = {"raised_by": "何永清", "subject": "对该户的公示内容有异议"}
FOUND: Filled = {"investigators": ["贺昌明", "吴敏"], "findings": "实地核对并询问双方，记录在卷。"}
REPLY = "经调查，答复如下。"
WITHDRAWAL: Filled = {"reason": "本户自愿撤回申请，土地和股份不受影响。"}


@cache
def huichuan() -> Pack:
    """The shipped pack."""
    return load_pack(packs_folder() / "huichuan-2009")


def a_new_case(**others: Any) -> Case:
    """A household just taken in from the roster: everything open, nothing happened."""
    positions = dict(INITIAL) | others.pop("positions", {})
    return replace(a_case(at="draft", **others), positions=positions, past=(), version=0)


@dataclass(slots=True)
class Desk:
    """One case at one desk, and the day."""

    case: Case
    programme: Programme = field(default_factory=lambda: a_programme("founded"))
    pack: Pack = field(default_factory=huichuan)
    day: date = START
    allotment: Mapping[str, int] = field(default_factory=dict)
    others: Mapping[str, Case] = field(default_factory=dict)
    communal: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def look(
        self,
        act: str,
        who: Actor | Role | None = None,
        *,
        evidence: Mapping[str, str] | None = None,
        filled: Mapping[str, Any] | None = None,
        **form: Any,
    ) -> Evaluation[CaseCircumstances]:
        """One step, judged; nothing filled in when no field is given and `filled` is None."""
        name, _, event = act.partition(".")
        step = self.step(act)
        return evaluate(
            level(name),
            event,
            self.case.positions.get(name, level(name).initial),
            self.circumstances(self.person(step, who), step, evidence),
            filled=_with_removal(step, form or filled),
            past=self.case.past,
            parts=PARTS,
        )

    def take(self, act: str, who: Actor | Role | None = None, **brought: Any) -> Move:
        """One step taken and recorded."""
        brought.setdefault("filled", {})
        evaluation = self.look(act, who, **brought)
        move = advance(evaluation)
        self.case = self.case.after(self.event(evaluation, move), move.changes, move.moves)
        return move

    def event(self, evaluation: Evaluation[CaseCircumstances], move: Move) -> Event:
        """The event that records a move."""
        actor, form = evaluation.circumstances.actor, evaluation.circumstances.form
        return Event(
            seq=self.case.version + 1,
            at=datetime.combine(self.day, time(2, 30), UTC),
            day=self.day,
            actor=actor.account,
            actor_name=actor.name,
            roles=actor.roles,
            level=evaluation.track.name,
            event=evaluation.step.event,
            source=move.source,
            target=move.target,
            form=form.model_dump(mode="json") if form else {},
            decision=move.decision.trace() if move.decision else None,
        )

    def step(self, act: str) -> Step[CaseCircumstances]:
        """The definition of an act where the case stands."""
        name, _, event = act.partition(".")
        return step_at(level(name), event, self.case.positions.get(name, level(name).initial))

    def person(self, step: Step[CaseCircumstances], who: Actor | Role | None) -> Actor:
        """Whoever is named, else the one person who holds the step's first role."""
        return who if isinstance(who, Actor) else an_actor(who or step.roles[0])

    def circumstances(
        self,
        actor: Actor,
        step: Step[CaseCircumstances],
        evidence: Mapping[str, str] | None = None,
    ) -> CaseCircumstances:
        """Who acts, today, with everything the step asks for unless said otherwise."""
        whole = {e.id: f"卷12页{n}" for n, e in enumerate(step.evidence, 1)}
        return CaseCircumstances(
            programme=self.programme,
            pack=PackOnDay(pack=self.pack, day=self.day),
            actor=actor,
            day=self.day,
            evidence=whole if evidence is None else evidence,
            case=self.case,
            others=self.others,
            communal=self.communal,
            allotment=self.allotment,
            weights=self._weights(),
            adopted=self._adopted(),
        )

    def _adopted(self) -> PackOnDay | None:
        plan = self.programme.plan
        return PackOnDay(pack=self.pack, day=plan.adopted_on) if plan else None

    def _weights(self) -> dict[str, dict[str, int]]:
        by_class: dict[str, dict[str, int]] = {}
        for key in self.allotment:
            member, _, share_class = key.partition("/")
            by_class.setdefault(share_class, {})[member] = 1
        return by_class

    def unmet(self, act: str, who: Actor | Role | None = None, **brought: Any) -> set[str]:
        """The rules of a step that are not met."""
        requirements = self.look(act, who, **brought).requirements
        return {r.rule for r in requirements if not r.satisfied}

    def later(self, days: int = 1) -> None:
        """Let days go by."""
        self.day += timedelta(days=days)

    def notice(self, name: str) -> Notice:
        """The newest notice of a level."""
        notice = self.case.current_notice(name)
        assert notice
        return notice

    def wait_for_notice(self, name: str) -> None:
        """Let the window of a level's newest notice run out."""
        self.day = self.notice(name).last_day + timedelta(days=1)


def _with_removal(
    step: Step[CaseCircumstances], filled: Mapping[str, Any] | None
) -> Mapping[str, Any] | None:
    """A list is found on the board as it was posted, unless a test says otherwise."""
    return {**AS_POSTED, **(filled or {})} if issubclass(step.form, Removal) else filled


def answer(
    desk: Desk,
    level: str,
    *,
    upheld: bool,
    objection: str = "O01",
    who: Actor | Role | None = None,
    **told: Any,
) -> Move:
    """An objection admitted, investigated by two, and answered in writing."""
    named: Filled = {"objection": objection}
    desk.take(f"{level}.accept_objection", who, **named)
    desk.take(f"{level}.investigate", who, **named | FOUND)
    return desk.take(f"{level}.settle", who, **named, upheld=upheld, reply=REPLY, **told)


# --- the normal way, in stretches --------------------------------------------------------------


def accept(desk: Desk) -> None:
    """Every adult signs and the task force accepts."""
    grown = [s for s, m in desk.case.members.items() if m.age_on(desk.day) >= 18]
    desk.take("case.accept", signed=grown)


def run_notice(desk: Desk) -> None:
    """From accepted to the end of the household's notice."""
    desk.take("case.review", **OPINION)
    desk.take("case.post", **PLACE)
    desk.wait_for_notice("case")
    desk.take("case.close_notice")


def countersign(desk: Desk) -> None:
    """Every department that countersigns does so."""
    for department in PackOnDay(pack=desk.pack, day=desk.day).countersigners:
        desk.take("case.countersign", a_department(department.name), **OPINION)


def approve(desk: Desk) -> None:
    """From accepted to approved."""
    run_notice(desk)
    desk.take("case.examine", **OPINION)
    countersign(desk)
    desk.take("case.approve", **OPINION, decision_number="汇府批〔2010〕12号")


def an_approved_desk(**others: Any) -> Desk:
    """A household whose conversion the district has approved, its tracks all open."""
    desk = Desk(a_new_case(**others))
    accept(desk)
    approve(desk)
    return desk


def register(desk: Desk, **answers: Any) -> None:
    """From open to the police receipt."""
    desk.take("hukou.file")
    desk.take("hukou.check", **OPINION)
    desk.take("hukou.approve", **OPINION)
    desk.take("hukou.register", receipt="户登0012", registered_on=desk.day, **answers)


def hand_over(desk: Desk) -> None:
    """Hukou transferred, booklets delivered."""
    register(desk)
    desk.take("hukou.hand_over")


def confirm_members(desk: Desk, findings: Mapping[str, tuple[str, ...]] | None = None) -> None:
    """Membership proposed, posted and confirmed."""
    desk.take("shares.propose_members", findings=findings or {})
    desk.take("shares.post_members", **PLACE)
    post_next_lists(desk)
    desk.take("shares.confirm_members")


def post_next_lists(desk: Desk) -> None:
    """The members' lists after the first, each for its full time."""
    desk.wait_for_notice("shares")
    for _ in range(2):
        desk.take("shares.post_next_list", **PLACE)
        desk.wait_for_notice("shares")


def allot(desk: Desk, units: int = 239) -> None:
    """The adopted plan allots the same to every confirmed member."""
    rows = desk.case.memberships.values()
    confirmed = [m.member for m in rows if m.standing is MembershipStanding.CONFIRMED]
    lots = [ShareLot(member=m, share_class="population", units=units) for m in confirmed]
    desk.allotment = {lot.key: lot.units for lot in lots}


def certify(desk: Desk) -> None:
    """Shares from the survey to the certificate."""
    confirm_members(desk)
    allot(desk)
    desk.take("shares.allocate")
    desk.take("shares.post_shares", **PLACE)
    desk.wait_for_notice("shares")
    desk.take("shares.book")
    desk.take("shares.certify")


def survey(desk: Desk) -> None:
    """Land surveyed, boundaries signed, posted."""
    grown = [s for s, m in desk.case.members.items() if m.age_on(desk.day) >= 18]
    desk.take("land.survey", surveyed_on=desk.day)
    desk.take("land.sign_boundaries", signed=grown)
    desk.take("land.post", **PLACE)


def confirm_land(desk: Desk) -> None:
    """Land from the survey to the paper, confirmed by a second person of the street."""
    survey(desk)
    desk.wait_for_notice("land")
    desk.take("land.confirm", SECOND_OF_STREET)
    numbers = {serial: f"汇土登0012-{serial}" for serial in desk.case.land}
    desk.take("land.register", registered_on=desk.day, registrations=numbers)
    desk.take("land.issue")


def start_benefits(desk: Desk) -> None:
    """Benefits assessed, read aloud and in force."""
    desk.take("benefits.assess")
    desk.take("benefits.explain", listener=desk.case.head.serial, read_aloud=True)
    desk.take("benefits.start", CIVIL_AFFAIRS_STARTER)


def departments_of(desk: Desk) -> list[str]:
    """Departments that have rows of the statement."""
    rows: list[Entitlement] = list(desk.case.entitlements.values())
    return sorted({row.department for row in rows})


def hand_to_departments(desk: Desk) -> None:
    """The statement mapped, answered by every department, and signed."""
    desk.take("entitlements.map")
    desk.take("entitlements.dispatch")
    for department in departments_of(desk):
        desk.take("entitlements.acknowledge", a_department(department))
    for department in departments_of(desk):
        desk.take("entitlements.settle", a_department(department), receipt="接〔2010〕1号")
    desk.take("entitlements.sign_statement")


def a_department(name: str, account: str = "") -> Actor:
    """The person of one department."""
    return an_actor(Role.DEPARTMENT, account=account or f"department-{name}", department=name)


SECOND_OF_STREET = an_actor(Role.STREET, account="street-2", name="吴敏")
CIVIL_AFFAIRS_STARTER = a_department("民政局", account="department-民政局-2")
