"""Holding 中止: a hold laid on a case or on a whole village, renewed, lifted, lapsed.

While a hold blocks a level the window of that level's notice doesn't run; when it ends, the days
left run on. A term that is over still blocks until its lapse is recorded, so that every day of a
stop is told.
"""

from collections.abc import Callable, Iterable
from typing import Final

from conversion.domain.collections import put
from conversion.domain.hold import Hold
from conversion.domain.role import Role
from conversion.domain.standing import Change
from conversion.policy.decision import Decision
from conversion.workflows.hold_order import (
    HOLD_IN_FORCE,
    HOLD_LAPSED,
    HOLD_MEMBER,
    HOLD_ONCE,
    HOLD_RECORDER,
    HOLD_RENEWABLE,
    HOLD_SCOPE,
    HOLD_TERM,
    Lifting,
    OfHold,
    Renewal,
    Suspension,
)
from conversion.workflows.hold_reach import ALL_RECORDERS, holds_over, own_holds
from conversion.workflows.publicity import notices_of
from conversion.workflows.resumption import resumed
from conversion.workflows.step import (
    C,
    Circumstances,
    Companion,
    Evidence,
    Part,
    ProgrammeCircumstances,
    Step,
)


def _suspend(c: Circumstances, _decision: Decision | None) -> tuple[Change, ...]:
    assert isinstance(c.form, Suspension)
    form, serial = c.form, f"H{len(own_holds(c)) + 1:02d}"
    hold = Hold(
        serial=serial,
        kind=form.kind,
        blocks=form.scope,
        authority=form.authority,
        order=form.order,
        reason=form.reason,
        member=form.member,
        since=form.since or c.day,
        until=form.until,
    )
    return (put("holds", serial, hold),)


def _renew(c: Circumstances, _decision: Decision | None) -> tuple[Change, ...]:
    assert isinstance(c.form, Renewal)
    update = {"until": c.form.until, "order": c.form.order}
    return (put("holds", c.form.hold, _named(c).model_copy(update=update)),)


def _end(c: Circumstances, _decision: Decision | None) -> tuple[Change, ...]:
    ended = _ended(c)
    before = holds_over(c)
    holds = _with_ended(before, ended, _named(c))
    return (put("holds", ended.key, ended), *resumed(notices_of(c), holds, before))


def _ended(c: Circumstances) -> Hold:
    ending = c.form.paper if isinstance(c.form, Lifting) else "期满"
    return _named(c).model_copy(update={"lifted_on": c.day, "ending": ending})


def _with_ended(holds: Iterable[Hold], ended: Hold, was: Hold) -> tuple[Hold, ...]:
    """The holds over a chain with one of them ended; two chains may use the same serial."""
    return tuple(ended if hold is was else hold for hold in holds)


def resume_households(
    c: ProgrammeCircumstances, _decision: Decision | None
) -> tuple[Companion, ...]:
    """The households' notices that a hold on the whole village had stopped run on as well."""
    ended, was = _ended(c), _named(c)
    found = []
    for case in c.on_notice:
        before = (*case.holds.values(), *c.programme.holds.values())
        changes = tuple(resumed(case.notices, _with_ended(before, ended, was), before))
        if changes:
            found.append(Companion(chain=case.number, changes=changes))
    return tuple(found)


def _named(c: Circumstances) -> Hold:
    assert isinstance(c.form, OfHold)
    return own_holds(c)[c.form.hold]


# --- the steps -----------------------------------------------------------------------------------

LIFT, LAPSE = "lift_hold", "lapse_hold"
ENDINGS: Final = (LIFT, LAPSE)
"""The steps that end a hold; on a whole village they let the households' notices run on."""


def holding_steps(
    states: Iterable[str],
    elsewhere: Callable[[C, Decision | None], tuple[Companion, ...]] | None = None,
) -> tuple[Step[C], ...]:
    """Suspending, renewing, lifting and recording a lapse, in every state of a case or a village.

    Args:
        states: all states of the level.
        elsewhere: what the end of a hold does on other chains.
    """
    everywhere = tuple(states)
    return (
        Step(
            event="suspend",
            title="登记中止",
            source=everywhere,
            target=None,
            roles=ALL_RECORDERS,
            part=Part.RECORD,
            form=Suspension,
            evidence=(Evidence(id="hold_order", title="协助执行通知书、中止通知或者核实记录"),),
            guards=(HOLD_RECORDER, HOLD_SCOPE, HOLD_MEMBER, HOLD_TERM, HOLD_ONCE),
            effect=_suspend,
            despite_holds=True,
        ),
        Step(
            event="renew_hold",
            title="中止续期",
            source=everywhere,
            target=None,
            roles=ALL_RECORDERS,
            part=Part.RECORD,
            form=Renewal,
            evidence=(Evidence(id="renewal_order", title="续期文书"),),
            guards=(HOLD_RECORDER, HOLD_IN_FORCE, HOLD_RENEWABLE),
            effect=_renew,
            despite_holds=True,
        ),
        Step(
            event=LIFT,
            title="解除中止",
            source=everywhere,
            target=None,
            roles=ALL_RECORDERS,
            part=Part.RECORD,
            form=Lifting,
            evidence=(Evidence(id="lifting_order", title="解除文书"),),
            guards=(HOLD_RECORDER, HOLD_IN_FORCE),
            effect=_end,
            elsewhere=elsewhere,
            despite_holds=True,
        ),
        Step(
            event=LAPSE,
            title="登记中止期满",
            source=everywhere,
            target=None,
            roles=(*ALL_RECORDERS, Role.SYSTEM),
            part=Part.RECORD,
            form=OfHold,
            guards=(HOLD_IN_FORCE, HOLD_LAPSED),
            effect=_end,
            elsewhere=elsewhere,
            despite_holds=True,
        ),
    )
