"""Taking in a roster 花名册: staged against what is stored, then committed all or nothing.

Each new household opens a case on all levels; a changed one is amended while its case is a draft.
Running the same file again changes nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from conversion.domain.case import Case
from conversion.domain.collections import put, remove
from conversion.domain.programme import Programme
from conversion.domain.role import Actor, Role
from conversion.domain.standing import Change
from conversion.errors import StepRefused
from conversion.history.act import Act
from conversion.roster.finding import Finding
from conversion.roster.roster import Roster, RosterHousehold
from conversion.roster.staging import Outcome, StagedHousehold, Staging, StoredHousehold, stage
from conversion.services.definitions import keep, pin
from conversion.services.office import Office
from conversion.services.staffing import find_actor
from conversion.store.append import append
from conversion.store.chains import case_numbers, load_cases, load_programme
from conversion.store.database import Session
from conversion.store.people import people_elsewhere
from conversion.workflows.definition import definition_sha256, initial

DELIVERED = ("members", "drawn", "parcels")


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """A roster as read and staged.

    Attributes:
        committed: numbers of the cases opened or amended; empty when nothing was written.
    """

    roster: Roster
    staging: Staging
    committed: tuple[str, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything found, in the file and against what is stored."""
        return (*self.roster.findings, *self.staging.findings)

    @property
    def has_errors(self) -> bool:
        """Whether the file may not be committed as it stands."""
        return self.roster.has_errors or self.staging.has_errors


def stage_roster(office: Office, programme: str, roster: Roster) -> Intake:
    """Compare a roster with what is stored; nothing is written.

    Raises:
        NotFound: there is no such programme.
    """
    with office.database.reading() as session:
        load_programme(session, programme)
        staging, _ = _staged(session, programme, roster)
    return Intake(roster=roster, staging=staging)


def commit_roster(
    office: Office, programme: str, account: str, roster: Roster, *, leave_out_faulty: bool = False
) -> Intake:
    """Stage and commit a roster; with errors nothing is written.

    Args:
        office: the office.
        programme: the programme's code.
        account: who takes it in.
        roster: as read.
        leave_out_faulty: commit the households without errors, in the file or against what is
            stored, and name those left out.

    Raises:
        StepRefused: the person may not take in rosters, or is near kin of a household that the
            file changes, or the village's roll is confirmed and new people need a decision.
    """
    if leave_out_faulty:
        roster = roster.without_faulty()
    with office.database.writing() as session:
        actor = _clerk(session, office, programme, account)
        loaded = load_programme(session, programme)
        staging, cases = _staged(session, programme, roster)
        if leave_out_faulty and staging.has_errors:
            roster = _without_faulty(roster, staging)
            staging, cases = _staged(session, programme, roster)
        intake = Intake(roster=roster, staging=staging)
        if intake.has_errors:
            return intake
        _demand_open(loaded, actor, staging)
        keep(session, office)
        acts = [
            *_openings(office, programme, actor, staging),
            *_amendments(office, actor, staging, cases),
        ]
        append(session, programme, acts, key=office.key, random=office.random)
    return Intake(roster=roster, staging=staging, committed=tuple(act.chain for act in acts))


def case_number(programme: str, household: str) -> str:
    """A case's number: the village's code and the household's number."""
    return f"{programme}-{household}"


def _clerk(session: Session, office: Office, programme: str, account: str) -> Actor:
    actor = find_actor(session, office, programme, account, roles=(Role.TASK_FORCE,))
    if not actor.holds(Role.TASK_FORCE):
        raise StepRefused("导入花名册", f"{actor.name}没有工作专班岗位", "由工作专班人员导入")
    return actor


def _demand_open(programme: Programme, actor: Actor, staging: Staging) -> None:
    """A roster may still change households: the roll is open, and nobody changes near kin's."""
    touched = [*staging.of(Outcome.NEW), *staging.of(Outcome.CHANGED)]
    if touched and programme.has_reached("roll_confirmed"):
        found = f"成员名册已表决确认，文件仍有 {len(touched)} 户新增或变化"
        raise StepRefused("导入花名册", found, "用 conversion household 逐户办理变更，不再成批导入")
    kin = [staged.number for staged in touched if _is_kin(actor, staged)]
    if kin:
        found = f"{actor.name}与户号 {'、'.join(kin)} 有近亲属关系"
        raise StepRefused("导入花名册", found, "由无近亲属关系的人员导入")


def _is_kin(actor: Actor, staged: StagedHousehold) -> bool:
    people = staged.delivered.members if staged.delivered else ()
    return actor.is_kin(staged.number, (member.resident_number for member in people))


def _staged(session: Session, programme: str, roster: Roster) -> tuple[Staging, Mapping[str, Case]]:
    numbers = case_numbers(session, programme)
    cases = {case.household.number: case for case in load_cases(session, numbers)}
    people = [m.resident_number for h in roster.households for m in h.members]
    elsewhere = people_elsewhere(session, programme, [number for number in people if number])
    stored = {number: _stored(case) for number, case in cases.items()}
    return stage(roster, stored, elsewhere=elsewhere), cases


def _without_faulty(roster: Roster, staging: Staging) -> Roster:
    """The roster without the households that do not agree with what is stored."""
    errors = (finding for finding in staging.findings if finding.is_error)
    return replace(roster, findings=(*roster.findings, *errors)).without_faulty()


def _stored(case: Case) -> StoredHousehold:
    return StoredHousehold(
        frozen=case.positions["case"] != "draft" or case.positions["shares"] != "open",
        household=case.household,
        members=tuple(case.members.values()),
        drawn=tuple(case.drawn.values()),
        parcels=tuple(case.parcels.values()),
    )


def _openings(office: Office, programme: str, actor: Actor, staging: Staging) -> Iterator[Act]:
    definition, states = definition_sha256(office.definition), initial(office.definition)
    at, day = office.now(), office.today()
    for staged in staging.of(Outcome.NEW):
        assert staged.delivered
        yield Act(
            chain=case_number(programme, staged.number),
            version=0,
            at=at,
            day=day,
            actor=actor,
            channel="import",
            name="case.open",
            target=states["case"],
            moves={name: state for name, state in states.items() if name != "case"},
            form={"definition": definition},
            changes=(*_rows(staged.delivered), pin(office)),
        )


def _amendments(
    office: Office, actor: Actor, staging: Staging, cases: Mapping[str, Case]
) -> Iterator[Act]:
    at, day = office.now(), office.today()
    for staged in staging.of(Outcome.CHANGED):
        case = cases[staged.number]
        yield Act(
            chain=case.number,
            version=case.version,
            at=at,
            day=day,
            actor=actor,
            channel="import",
            name="case.amend",
            changes=tuple(_changed_rows(case, staged)),
        )


def _rows(delivered: RosterHousehold) -> Iterator[Change]:
    yield put("household", "household", delivered.household)
    for collection in DELIVERED:
        for row in getattr(delivered, collection):
            yield put(collection, row.serial, row)


def _changed_rows(case: Case, staged: StagedHousehold) -> Iterator[Change]:
    """Only what differs from the case, so that the entry shows what the file changed."""
    assert staged.delivered
    stored = {(change.collection, change.key): change for change in _case_rows(case)}
    for change in _rows(staged.delivered):
        if stored.pop((change.collection, change.key), None) != change:
            yield change
    yield from (remove(collection, key) for collection, key in stored)


def _case_rows(case: Case) -> Iterator[Change]:
    yield put("household", "household", case.household)
    for collection in DELIVERED:
        for key, row in getattr(case, collection).items():
            yield put(collection, key, row)
