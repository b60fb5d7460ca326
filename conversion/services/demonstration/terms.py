"""The chapters of days that pass: a batch, a reply that is late, a benefit near its end, sweeps."""

from datetime import date, timedelta
from typing import Final

from conversion.domain.case import Case
from conversion.domain.role import Role
from conversion.errors import HistoryBroken, StepRefused
from conversion.services.batches import Order, Scope, run
from conversion.services.demonstration.forms import answer, filled
from conversion.services.demonstration.notices import posted
from conversion.services.demonstration.stage import Stage
from conversion.services.sweep import Sweep, sweep
from conversion.workflows.succession import awaits_successor

LATE: Final = 14
"""Days after which a reply is late under any of the pack's terms."""
AHEAD: Final = timedelta(days=30)


def let_a_reply_be_late(stage: Stage) -> None:
    """Two cases go ahead in a batch; an objection is answered only once the street is told."""
    told = stage.story["late_reply"]
    village, households = stage.cast(Role.VILLAGE), tuple(told["households"])
    order = Order(
        programme=stage.code,
        act="case.review",
        account=village[0].account,
        scope=Scope(households=households),
        form={"opinion": told["opinion"]},
    )
    report = run(stage.office, order)
    refused = [reason for case in report.cases for reason in case.reasons]
    if refused:
        raise StepRefused("演示成批初审", "；".join(refused), "核对故事文件的户号")
    stage.play("case.post", village, _households(stage, households), posted)
    first = stage.household(households[0])
    raised = {"raised_by": told["raised_by"], "subject": told["subject"]}
    stage.play("case.object", stage.cast(Role.TASK_FORCE), first, filled(raised))
    stage.calendar.later(LATE)
    _swept_twice(stage)
    answer(stage, "case", households[0], village, told)


def let_a_benefit_run_out(stage: Stage) -> None:
    """Thirty days before a benefit's day everybody is told; what follows is decided in time."""
    told = stage.story["expiring_benefit"]
    (case,) = stage.household(told["household"])
    waiting = [b for b in case.benefits.values() if b.until and awaits_successor(b)]
    benefit = min(waiting, key=lambda b: (b.until or date.max, b.key))
    assert benefit.until
    stage.calendar.go_to(benefit.until - AHEAD)
    _swept_twice(stage)
    decided = {"benefit": benefit.key, "decision": told["decision"], "then": told["then"]}
    department = stage.cast(Role.DEPARTMENT, department=told["department"])
    stage.play("benefits.switch", department, stage.household(told["household"]), filled(decided))


def _households(stage: Stage, numbers: tuple[str, ...]) -> list[Case]:
    return [case for number in numbers for case in stage.household(number)]


def _swept_twice(stage: Stage) -> Sweep:
    """Once is as good as twice: what the first told, the second does not tell again."""
    first, second = sweep(stage.office), sweep(stage.office)
    if second.did_anything:
        raise HistoryBroken("演示巡查", "第二次巡查又写了记录", "核对巡查的条件")
    return first
