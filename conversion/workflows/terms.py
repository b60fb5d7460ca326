"""The running terms of a case: what is due of whom until when, computed from how it stands.

Nothing is stored of a term: its first day is that of the act that began it, its days are those of
the pack on that day, whatever another pack says since, counted by 民法典 200-203, and days on which
a hold stopped its level don't count. A
migration has nothing to begin anew either: the term goes on as the new procedures have it, from
the day of the act that led to the state under its old name.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from conversion.domain.case import Case
from conversion.domain.event import Event
from conversion.domain.hold import Hold
from conversion.domain.notice import Objection
from conversion.domain.programme import Programme
from conversion.domain.role import Role
from conversion.policy.deadline import Deadline
from conversion.policy.pack import PackOnDay
from conversion.policy.parameter_shape import Period, ReminderDays, shaped
from conversion.standards.day_count import Pause, last_day_with_pauses
from conversion.workflows.hold_reach import REACHES
from conversion.workflows.migration import moved_from
from conversion.workflows.step import CaseCircumstances, Track
from conversion.workflows.succession import awaits_successor
from conversion.workflows.term import Due, Term

Levels = Sequence[Track[CaseCircumstances]]


def terms_of(case: Case, programme: Programme, pack: PackOnDay, levels: Levels) -> list[Due]:
    """Every term that runs on a case, soonest first.

    Args:
        case: as it stands; `programme`: its village, whose holds stop it too.
        programme: see case.
        pack: on the day of the question; a deadline of which the pack had no value on the first
            day begins no term.
        levels: the procedures of the case.
    """
    holds = (*case.holds.values(), *programme.holds.values())
    found = [
        *(due for track in levels for due in _of_level(track, case, programme, pack)),
        *_of_objections(case, pack, levels, holds),
        *_of_benefits(case, pack, levels),
        *_of_holds(case.holds.values(), pack),
    ]
    return sorted(found, key=lambda due: (due.last, due.subject))


# --- one term after the other -----------------------------------------------------------------


def _of_level(
    track: Track[CaseCircumstances], case: Case, programme: Programme, pack: PackOnDay
) -> Iterator[Due]:
    begun = _begun(track, case)
    since = _first_day(track.name, begun, case, programme) if begun else None
    if begun is None or since is None:
        return
    event, term = begun
    departments = term.departments(case, pack) if term.departments else ("",)
    for department in departments:
        parts = (f"{track.name}.{term.deadline}", str(event.seq), department)
        due = _counted(
            pack,
            term.deadline,
            (*case.holds.values(), *programme.holds.values()),
            subject="/".join(filter(None, parts)),
            level=track.name,
            since=since,
            roles=term.roles,
            department=department,
        )
        yield from due


def _first_day(
    level: str, begun: tuple[Event, Term], case: Case, programme: Programme
) -> date | None:
    """The day a term runs from; None while it waits for the village."""
    event, term = begun
    if term.milestone:
        reached = programme.reached_on(term.milestone)
        return max(event.day, reached) if reached else None
    notice = case.current_notice(level)
    return notice.last_day if term.after_notice and notice else event.day


def _begun(track: Track[CaseCircumstances], case: Case) -> tuple[Event, Term] | None:
    """The act by which a level came to where it stands, and the term which that act begins."""
    state = case.positions.get(track.name, track.initial)
    steps = [step for step in track.steps if step.target == state]
    if not any(step.term for step in steps):
        return None
    arrival = _arrival(track.name, state, case.past)
    if arrival is None:
        return None
    alike = [s for s in steps if s.event == arrival.event]
    own = [s.term for s in alike if arrival.source in s.source] or [s.term for s in alike]
    # Back from an objection, the notice still runs: what it waits for is what posting began.
    of_notice = [s.term for s in steps if s.term and s.term.after_notice]
    term = next((term for term in (*own, *of_notice) if term), None)
    return (arrival, term) if term else None


def _arrival(level: str, state: str, past: Sequence[Event]) -> Event | None:
    """The act by which a level came to a state; a migration on the way only gave it its name."""
    for event in reversed(past):
        if event.level == level and event.target == state != event.source:
            return event
        state = moved_from(event, level) or state
    return None


def _of_objections(
    case: Case, pack: PackOnDay, levels: Levels, holds: Sequence[Hold]
) -> Iterator[Due]:
    for objection in case.objections.values():
        if objection.state.is_settled:
            continue
        yield from _counted(
            pack,
            Deadline.OBJECTION_REPLY,
            holds,
            subject=f"{objection.level}.{Deadline.OBJECTION_REPLY}/{objection.serial}",
            level=objection.level,
            since=objection.raised_on,
            roles=_answering(objection, levels),
        )


def _answering(objection: Objection, levels: Levels) -> tuple[Role, ...]:
    """Who answers: the first of the offices that may, on the objection's level."""
    steps = (s for t in levels if t.name == objection.level for s in t.steps_named("settle"))
    return tuple(role for step in steps for role in step.roles[:1])


def _of_benefits(case: Case, pack: PackOnDay, levels: Levels) -> Iterator[Due]:
    """A benefit in force until a day, and what follows not yet decided: never ended silently."""
    if case.positions.get("benefits") != "in_force" or not pack.has(_BENEFIT_MARKS):
        return
    marks = shaped(pack.use(_BENEFIT_MARKS), ReminderDays)
    steps = (s for t in levels if t.name == "benefits" for s in t.steps_named("switch"))
    roles = next((step.roles for step in steps), ())
    for key, benefit in case.benefits.items():
        if benefit.until and awaits_successor(benefit):
            yield Due(
                subject=f"benefits.until/{key}",
                matter=f"衔接待遇：{benefit.title}",
                member=benefit.member if benefit.member in case.members else "",
                level="benefits",
                since=benefit.since,
                last=benefit.until,
                roles=roles,
                ahead=marks,
                never_silent=True,
            )


def _of_holds(holds: Iterable[Hold], pack: PackOnDay) -> Iterator[Due]:
    """The term of a hold ends on the day of its order: nothing moves it, and nothing stops it."""
    for hold in holds:
        if hold.is_in_force and hold.until:
            yield Due(
                subject=f"hold/{hold.serial}/{hold.until:%Y-%m-%d}",
                matter=f"{hold.kind.label} {hold.serial} 期满：续期或者登记期满",
                level="case",
                since=hold.since,
                last=hold.until,
                roles=REACHES[hold.kind].recorded_by,
                ahead=_marks(pack),
            )


# --- counting ---------------------------------------------------------------------------------


def _counted(
    pack: PackOnDay,
    deadline: Deadline,
    holds: Sequence[Hold],
    *,
    subject: str,
    level: str,
    since: date,
    roles: tuple[Role, ...],
    department: str = "",
) -> Iterator[Due]:
    name = f"deadline.{deadline}"
    begun = pack.on(since)
    if not begun.has(name):
        return
    period = shaped(begun.use(name), Period)
    stops = [hold for hold in holds if hold.stops(level)]
    pauses = [Pause(first=h.since, last=h.lifted_on) for h in stops if h.lifted_on]
    counted = last_day_with_pauses(since, period.days, pauses, working_days=period.working_days)
    yield Due(
        subject=subject,
        matter=f"{deadline.label}（{department}）" if department else deadline.label,
        level=level,
        since=since,
        last=counted.last,
        roles=roles,
        department=department,
        suspended=any(hold.is_in_force for hold in stops),
        provisional=counted.provisional,
        ahead=_marks(pack),
    )


def _marks(pack: PackOnDay) -> tuple[int, ...]:
    return shaped(pack.use(_MARKS), ReminderDays) if pack.has(_MARKS) else ()


_MARKS = "deadline.reminder_days"
_BENEFIT_MARKS = "benefits.reminder_days"
