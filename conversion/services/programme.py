"""The village's programme: registering the village, and moving it from milestone to milestone."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pydantic import ValidationError

from conversion.documents.handover_list import FileLine
from conversion.domain.case import Case
from conversion.domain.collections import put
from conversion.domain.notice import Notice
from conversion.domain.programme import Village
from conversion.domain.role import Actor, Role
from conversion.domain.staff import StaffTable
from conversion.errors import NotFound, StepRefused, WrongUse
from conversion.history.act import Act
from conversion.policy.pack import PackOnDay
from conversion.services import dividends
from conversion.services.case_files import files_of
from conversion.services.definitions import amended, keep, pin
from conversion.services.desk import Desk, least_lacking, open_desk
from conversion.services.filing import Filing
from conversion.services.issuance import of_village
from conversion.services.meetings import Rolled, freeze, roll_for
from conversion.services.notices import listed
from conversion.services.office import Office
from conversion.services.share_plan import PlanDraft, draft
from conversion.standards import division, uniform_credit_code
from conversion.store.allotment import put_allotment
from conversion.store.append import Receipt, append
from conversion.store.chains import case_lines, case_numbers, load_cases, programmes
from conversion.store.database import Session
from conversion.store.notices import cases_on_notice, running_notices
from conversion.workflows.assets import ASSETS
from conversion.workflows.ballot import PlanBallot
from conversion.workflows.definition import definition_sha256, parts, village_level
from conversion.workflows.engine import Evaluation, Move, advance, evaluate
from conversion.workflows.handing_over import HAND_OVER
from conversion.workflows.holding import ENDINGS
from conversion.workflows.list_issue import ISSUE_LIST
from conversion.workflows.lists import MEMBERS_LIST
from conversion.workflows.programme import PROGRAMME
from conversion.workflows.staff_list import Appointee, list_faults, staff_changes, table_of
from conversion.workflows.step import ProgrammeCircumstances
from conversion.workflows.unsigned import was_called_on

PLAN_VOTE = "adopt_share_plan"
ROLL_VOTE = "confirm_roll"
NO_STAFF = StaffTable(members={}, posts={}, substitutions={})
DISTRIBUTION = "distribute"
ACCEPTANCE = "accept"


def register_village(
    office: Office, village: Village, people: Sequence[Appointee], account: str
) -> Receipt:
    """Open a village's programme with its first staff; its code is the village's 12-digit code.

    Args:
        office: the office.
        village: what is founded.
        people: the first staff list 分工表; the account is of the task force in it.
        account: who founds it.

    Raises:
        WrongUse: a code is wrong, the list has faults, or the village has a programme already.
        StepRefused: the person is not of the task force.
        NotFound: the pack or the person does not exist.
    """
    _check_codes(village)
    day = office.today()
    _check_list(village, people, office.pack(village.pack, day))
    actor = _founder(village, people, account, day)
    with office.database.writing() as session:
        if village.village_code in programmes(session):
            raise WrongUse(
                f"建立 {village.village_name} 的项目", "该村已有项目", "在原项目上继续办理"
            )
        keep(session, office)
        act = Act(
            chain=village.village_code,
            version=0,
            at=office.now(),
            day=day,
            actor=actor,
            name="programme.open",
            target=PROGRAMME.initial,
            moves={ASSETS.name: ASSETS.initial},
            form={"definition": definition_sha256(office.definition)},
            changes=(
                put("village", "village", village),
                pin(office),
                *staff_changes(people, NO_STAFF, day),
            ),
        )
        (receipt,) = append(
            session, village.village_code, [act], key=office.key, random=office.random
        )
        return receipt


def explain(
    office: Office, event: str, account: str, filing: Filing, *, principal: str = ""
) -> Evaluation[ProgrammeCircumstances]:
    """Every requirement of a programme's step, judged now; nothing is written."""
    with office.database.reading() as session:
        return _evaluated(session, office, event, account, filing, principal=principal).evaluation


def take(
    office: Office,
    event: str,
    account: str,
    filing: Filing,
    *,
    channel: str = "cli",
    principal: str = "",
) -> Receipt:
    """Take one step on a programme, for a principal where the person stands in for one.

    Raises:
        RequirementsUnmet: with every requirement; nothing was written.
    """
    with office.database.writing() as session:
        seen = _evaluated(
            session, office, event, account, filing, channel=channel, principal=principal
        )
        programme = seen.desk.programme
        move = advance(seen.evaluation)
        act = _decided(seen, move)
        if seen.plan:
            put_allotment(session, programme.code, seen.plan.lots)
        others = dict(seen.run.cases) if seen.run else {}
        others |= seen.plan.cases if seen.plan else {}
        others |= {c.household.number: c for c in seen.evaluation.circumstances.on_notice}
        freeze(session, programme.code, seen.rolled)
        there = [seen.desk.companion(act, companion, others) for companion in move.companions]
        receipt, *_ = seen.desk.record([act, *there])
        return receipt


def _decided(seen: "_Seen", move: Move) -> Act:
    """The act of a step on the programme, with the papers that it issues."""
    desk, programme = seen.desk, seen.desk.programme
    act = desk.act(seen.evaluation, move, chain=programme.code, version=programme.version)
    if not move.papers:
        return act
    event = desk.event(programme, seen.evaluation, move)
    after = programme.after(event, move.changes, move.moves)
    return of_village(desk, after, move.papers, move.told).added_to(act)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """A programme's step as judged, with the plan, the dividends or the roll drawn for it."""

    desk: Desk
    plan: PlanDraft | None
    run: dividends.RunDraft | None
    rolled: Rolled
    evaluation: Evaluation[ProgrammeCircumstances]


def _evaluated(
    session: Session,
    office: Office,
    event: str,
    account: str,
    filing: Filing,
    *,
    channel: str = "explain",
    principal: str = "",
) -> _Seen:
    track = village_level(event, office.definition)
    act = f"{track.name}.{event}"
    desk = open_desk(
        session,
        office,
        account,
        filing.number,
        act=act,
        numbers=(),
        channel=channel,
        principal=principal,
    )
    programme = desk.programme
    tally = _tally(session, programme.code)
    if event == ACCEPTANCE:
        tally["case.draft"] = _waiting_drafts(session, programme.code)
    plan, plan_faults = _drafted(desk, filing) if event == PLAN_VOTE else (None, ())
    run = dividends.draft(desk, filing) if event == DISTRIBUTION else None
    rolled = roll_for(desk, event, filing)
    circumstances = ProgrammeCircumstances(
        programme=programme,
        pack=desk.pack,
        actor=desk.capacities[0],
        day=desk.day,
        evidence=filing.evidence,
        amended=amended(session, office, programme.pins, track.name),
        tally=tally,
        plan=plan.changes if plan else (),
        plan_faults=plan_faults,
        on_notice=_on_notice(desk) if event in ENDINGS else (),
        run=run.run if run else None,
        payouts=run.payouts if run else (),
        set_aside=plan.set_aside if plan else (),
        roll=rolled.frozen,
        proxy_holders=rolled.holders,
        lists=_lists(desk) if event == ROLL_VOTE else (),
        listed=listed(desk, filing) if event == ISSUE_LIST else None,
        files=_files(desk) if event == HAND_OVER else (),
    )
    evaluation = least_lacking(
        evaluate(
            track,
            event,
            programme.positions[track.name],
            replace(circumstances, actor=actor),
            filled=filing.filled,
            past=programme.past,
            parts=parts(office.definition),
        )
        for actor in desk.capacities
    )
    return _Seen(desk=desk, plan=plan, run=run, rolled=rolled, evaluation=evaluation)


def _drafted(desk: Desk, filing: Filing) -> tuple[PlanDraft | None, tuple[str, ...]]:
    """The plan over all confirmed members, and why it may not be adopted.

    There is none while the roll or the ballot is not complete.
    """
    programme = desk.programme
    if not programme.has_reached("roll_confirmed"):
        return None, ()
    try:
        ballot = PlanBallot.model_validate(filing.filled or {})
        pack = _voted_under(desk, ballot)
        scheme = pack.share_plan(ballot.scheme)
    except ValidationError:
        return None, ()
    except NotFound as error:
        return None, (f"{error.found}，{error.remedy}",)
    numbers = case_numbers(desk.session, programme.code, states={"shares": "members_confirmed"})
    cases = load_cases(desk.session, numbers, with_past=False)
    if not cases:
        return None, ()
    plan = draft(programme, cases, pack, scheme, version=ballot.version)
    return plan, plan.faults


def _voted_under(desk: Desk, ballot: PlanBallot) -> PackOnDay:
    """The pack of the day on which the meeting was held, though the vote is recorded later."""
    meeting = desk.programme.meetings.get(ballot.meeting)
    return desk.pack.on((meeting.held_on if meeting else None) or desk.day)


def _on_notice(desk: Desk) -> tuple[Case, ...]:
    numbers = cases_on_notice(desk.session, desk.programme.code)
    return tuple(load_cases(desk.session, numbers)) if numbers else ()


def _lists(desk: Desk) -> tuple[Notice, ...]:
    return tuple(running_notices(desk.session, desk.programme.code, MEMBERS_LIST.kind))


def _files(desk: Desk) -> tuple[FileLine, ...]:
    return files_of(desk.session, desk.programme.code, desk.office.definition)


def _tally(session: Session, programme: str) -> dict[str, int]:
    emptied = _emptied(session, programme)
    lines = [line for line in case_lines(session, programme) if line.number not in emptied]
    return dict(
        Counter(f"{level}.{state}" for line in lines for level, state in line.positions.items())
    )


def _emptied(session: Session, programme: str) -> set[str]:
    """Households that joined another and left nobody behind whose membership is to be decided."""
    merged = case_numbers(session, programme, states={"case": "merged"})
    cases = load_cases(session, merged, with_past=False)
    return {case.number for case in cases if not case.memberships}


def _waiting_drafts(session: Session, programme: str) -> int:
    """Households that may still sign; whoever was called on twice doesn't hold the village up."""
    drafts = load_cases(session, case_numbers(session, programme, states={"case": "draft"}))
    return sum(not was_called_on(case) for case in drafts)


def _check_list(village: Village, people: Sequence[Appointee], pack: PackOnDay) -> None:
    if faults := [*list_faults(people, NO_STAFF, pack)]:
        raise WrongUse(f"建立 {village.village_name} 的项目", "；".join(faults), "改正分工表后重试")


def _founder(village: Village, people: Sequence[Appointee], account: str, day: date) -> Actor:
    """Whoever founds a programme, as its own first staff list says."""
    asked = f"建立 {village.village_name} 的项目"
    found = table_of(people, day).capacities(account, day)
    if not found:
        raise NotFound(asked, f"分工表中没有账号 {account}", "核对账号，或补入分工表")
    actor = found[0]
    if not actor.holds(Role.TASK_FORCE):
        raise StepRefused(asked, f"{actor.name}没有工作专班岗位", "由工作专班人员建立")
    return actor


def _check_codes(village: Village) -> None:
    faults: list[Any] = [
        *division.check(village.village_code),
        *division.check(village.community_code),
        *uniform_credit_code.check(village.collective_code),
    ]
    errors = [fault.sentence for fault in faults if fault.is_error]
    if errors:
        raise WrongUse(f"建立 {village.village_name} 的项目", "；".join(errors), "改正代码后重试")
