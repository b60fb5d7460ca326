"""Migrating live chains to the program's definition: tried out, applied, verified, taken back.

Each migration is an act on the chain itself, by the district, on the paper that decided it: what
it moves and what it re-pins is sealed like any other act, so replay holds across it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from conversion.domain.case import Case
from conversion.domain.collections import put
from conversion.domain.event import Event
from conversion.domain.pin import Pin
from conversion.domain.programme import Programme
from conversion.domain.role import Actor, Role
from conversion.errors import StepRefused, WrongUse
from conversion.history.act import Act
from conversion.services import audit
from conversion.services.definitions import PIN, keep, pin, procedures_of
from conversion.services.filing import Outcome
from conversion.services.office import Office
from conversion.services.staffing import find_actor
from conversion.store.append import append
from conversion.store.chains import case_numbers, load_cases, load_programme
from conversion.store.database import Session
from conversion.workflows.cross_rule import CROSS_RULES
from conversion.workflows.definition import definition_sha256
from conversion.workflows.migration import MIGRATE, MigrationPlan, Passage
from conversion.workflows.procedure import Procedures

REVERT = "revert_migration"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What a plan would do to one chain.

    Attributes:
        moves: level → the state it would lead to; obstacles: why the chain can't be migrated.
    """

    chain: str
    moves: Mapping[str, str]
    obstacles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """What became of each chain, and what the verification found afterwards."""

    outcomes: tuple[Outcome, ...]
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chain:
    """A case, or the village's own chain, as both are migrated."""

    number: str
    level: str
    household: str
    version: int
    positions: Mapping[str, str]
    pin: Pin | None
    past: tuple[Event, ...]
    case: Case | None

    @classmethod
    def of_case(cls, case: Case) -> "_Chain":
        return cls(
            number=case.number,
            level="case",
            household=case.household.number,
            version=case.version,
            positions=case.positions,
            pin=case.pins.get(PIN),
            past=case.past,
            case=case,
        )

    @classmethod
    def of_programme(cls, programme: Programme) -> "_Chain":
        return cls(
            number=programme.code,
            level="programme",
            household="",
            version=programme.version,
            positions=programme.positions,
            pin=programme.pins.get(PIN),
            past=programme.past,
            case=None,
        )


def try_out(office: Office, programme: str, plan: MigrationPlan) -> list[Trial]:
    """What a plan would do to every chain that it is for; nothing is written.

    Raises:
        WrongUse: the plan has faults; every one is named.
        NotFound: it names a definition that is not kept.
    """
    passage = _passage(office, plan)
    with office.database.reading() as session:
        return [_tried(passage, chain) for chain in _chains(session, programme, plan)]


def migrate(office: Office, programme: str, account: str, plan: MigrationPlan) -> Migration:
    """Migrate every chain that a plan is for, in one transaction, and verify the village.

    A chain that can't be migrated is reported and stops no other.

    Raises:
        WrongUse: the plan has faults.
        StepRefused: the person is not of the district.
    """
    passage = _passage(office, plan)
    with office.database.writing() as session:
        actor = _of_district(session, office, programme, account, asked="迁移流程版本")
        keep(session, office)
        chains = list(_chains(session, programme, plan))
        decided = {chain.number: _decided(office, actor, passage, chain) for chain in chains}
        outcomes = _recorded(session, office, programme, decided)
    return Migration(outcomes=outcomes, findings=(*_verified(office, programme, passage),))


def revert(office: Office, programme: str, account: str, plan: MigrationPlan) -> Migration:
    """Take a plan's migrations back, of every chain that has not gone on since.

    Raises:
        StepRefused: the person is not of the district.
    """
    with office.database.writing() as session:
        actor = _of_district(session, office, programme, account, asked="撤回流程迁移")
        migrated = [
            (chain, event)
            for chain in _all_chains(session, programme)
            for event in [_migrated(chain, plan)]
            if event
        ]
        decided = {chain.number: _undone(office, actor, chain, e) for chain, e in migrated}
        outcomes = _recorded(session, office, programme, decided)
    report = audit.verify(office, programme)
    return Migration(outcomes=outcomes, findings=tuple(f.sentence for f in report.findings))


# --- the plan ------------------------------------------------------------------------------------


def _passage(office: Office, plan: MigrationPlan) -> Passage:
    """The plan between its definitions, sound, and leading to what this program works by."""
    own = definition_sha256(office.definition)
    passage = Passage(
        plan=plan,
        old=procedures_of(office, plan.old),
        new=procedures_of(office, plan.new),
        rules=CROSS_RULES,
    )
    faults = [*passage.faults()]
    if plan.new != own:
        faults.insert(0, f"方案的新版本 {plan.new[:12]} 不是本程序的版本 {own[:12]}")
    if faults:
        raise WrongUse(f"采用迁移方案（{plan.decision}）", "；".join(faults), "改正方案后重试")
    return passage


def _chains(session: Session, programme: str, plan: MigrationPlan) -> Iterator[_Chain]:
    """The chains that a plan is for: pinned to its old definition, and named if any is."""
    for chain in _all_chains(session, programme):
        named = not plan.households or chain.household in plan.households
        if named and chain.pin and chain.pin.sha256 == plan.old:
            yield chain


def _all_chains(session: Session, programme: str) -> Iterator[_Chain]:
    yield _Chain.of_programme(load_programme(session, programme))
    for case in load_cases(session, case_numbers(session, programme)):
        yield _Chain.of_case(case)


def _tried(passage: Passage, chain: _Chain) -> Trial:
    return Trial(
        chain=chain.number,
        moves=passage.moves(chain.positions),
        obstacles=tuple(passage.obstacles(chain.positions, chain.case)),
    )


# --- the acts ------------------------------------------------------------------------------------


def _of_district(
    session: Session, office: Office, programme: str, account: str, *, asked: str
) -> Actor:
    actor = find_actor(session, office, programme, account, roles=(Role.DISTRICT,))
    if not actor.holds(Role.DISTRICT):
        raise StepRefused(asked, f"{actor.name}没有区级岗位", "报区人民政府办理")
    return actor


def _decided(office: Office, actor: Actor, passage: Passage, chain: _Chain) -> Act | StepRefused:
    tried, plan = _tried(passage, chain), passage.plan
    if tried.obstacles:
        found = "；".join(tried.obstacles)
        return StepRefused(f"迁移 {chain.number}", found, "办结或补写方案后再迁移")
    if _is_kin(actor, chain):
        return _kin(f"迁移 {chain.number}", actor)
    assert chain.pin, "only pinned chains are chosen"
    before = {level: chain.positions[level] for level in tried.moves}
    return Act(
        chain=chain.number,
        version=chain.version,
        at=office.now(),
        day=office.today(),
        actor=actor,
        channel="migration",
        name=f"{chain.level}.{MIGRATE}",
        moves=tried.moves,
        form={
            "old": plan.old,
            "new": plan.new,
            "plan": plan.sha256,
            "reason": plan.reason,
            "decision": plan.decision,
            "decided_by": plan.decided_by,
            "before": dict(before),
            "pinned_since": chain.pin.since.isoformat(),
        },
        changes=(pin(office),),
    )


def _migrated(chain: _Chain, plan: MigrationPlan) -> Event | None:
    """The newest migration of a chain under a plan, None when there is none or it is reverted."""
    own = [e for e in chain.past if e.event in {MIGRATE, REVERT}]
    newest = own[-1] if own else None
    is_plan = newest and newest.event == MIGRATE and newest.form.get("plan") == plan.sha256
    return newest if is_plan else None


def _undone(office: Office, actor: Actor, chain: _Chain, migrated: Event) -> Act | StepRefused:
    asked = f"撤回 {chain.number} 的流程迁移"
    since = [event for event in chain.past if event.seq > migrated.seq]
    if since:
        found = f"迁移后已于 {since[0].day:%Y-%m-%d} 办理过 {len(since)} 步"
        return StepRefused(asked, found, "已按新流程办理的案件不再撤回，另行编制方案")
    if _is_kin(actor, chain):
        return _kin(asked, actor)
    before, old = migrated.form["before"], str(migrated.form["old"])
    assert isinstance(before, dict)
    first = Pin.model_validate({"sha256": old, "since": migrated.form["pinned_since"]})
    return Act(
        chain=chain.number,
        version=chain.version,
        at=office.now(),
        day=office.today(),
        actor=actor,
        channel="migration",
        name=f"{chain.level}.{REVERT}",
        moves={level: str(state) for level, state in before.items()},
        form={"plan": migrated.form["plan"], "seq": migrated.seq},
        changes=(put("pins", PIN, first),),
    )


def _is_kin(actor: Actor, chain: _Chain) -> bool:
    people = chain.case.people.values() if chain.case else ()
    return actor.is_kin(chain.household, (member.resident_number for member in people))


def _kin(asked: str, actor: Actor) -> StepRefused:
    return StepRefused(asked, f"{actor.name}与本户有近亲属关系", "由无近亲属关系的人员办理")


def _recorded(
    session: Session, office: Office, programme: str, decided: Mapping[str, Act | StepRefused]
) -> tuple[Outcome, ...]:
    acts = [act for act in decided.values() if isinstance(act, Act)]
    receipts = append(session, programme, acts, key=office.key, random=office.random)
    given = {receipt.chain: receipt for receipt in receipts}
    return tuple(
        Outcome(number=number, receipt=given[number])
        if isinstance(found, Act)
        else Outcome(number=number, refusal=found)
        for number, found in decided.items()
    )


# --- afterwards ----------------------------------------------------------------------------------


def _verified(office: Office, programme: str, passage: Passage) -> Iterator[str]:
    """Replay against the tables, and every migrated chain in states that its definition has."""
    report = audit.verify(office, programme)
    yield from (f"{finding.chain}：{finding.sentence}" for finding in report.findings)
    with office.database.reading() as session:
        for chain in _all_chains(session, programme):
            if chain.pin and chain.pin.sha256 == passage.new.sha256:
                yield from _homeless(chain, passage.new)


def _homeless(chain: _Chain, procedures: Procedures) -> Iterator[str]:
    for name, state in chain.positions.items():
        level = procedures.level(name)
        if level and state not in level.states:
            yield f"{chain.number}：{level.title}处于新流程没有的状态 {state}"
