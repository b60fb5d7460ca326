"""The case chapters: reviewed, returned, posted, withdrawn, examined, refused, approved."""

from conversion.domain.case import Case
from conversion.domain.role import Actor, Role
from conversion.services.demonstration.forms import filled, opinion
from conversion.services.demonstration.notices import (
    object_and_settle,
    posted,
    print_lists,
    taken_down,
)
from conversion.services.demonstration.stage import Form, Stage


def review(stage: Stage) -> None:
    """Cases are reviewed and posted; one is returned, one objected to, one withdrawn."""
    village = stage.cast(Role.VILLAGE)
    agreed = opinion("情况属实，同意上报。")
    stage.play("case.review", village, stage.cases(case="accepted"), agreed)
    returned = stage.story["return"]
    household = returned["household"]
    reason = {"reason": returned["reason"], "items": returned["items"]}
    stage.play("case.return_for_correction", village, stage.household(household), filled(reason))
    stage.calendar.later(3)
    corrected = {"corrected": returned["corrected"]}
    stage.play(
        "case.resubmit", stage.cast(Role.TASK_FORCE), stage.household(household), filled(corrected)
    )
    stage.play("case.review", village, stage.household(household), agreed)
    reviewed = stage.cases(case="reviewed")
    print_lists(stage, "household", reviewed)
    stage.play("case.post", village, reviewed, posted)
    stage.calendar.later(2)
    object_and_settle(stage, "case", stage.cast(Role.TASK_FORCE), village)
    stage.wait_for_notices("case", stage.cases(case="on_notice"))
    on_board = stage.cases(case="on_notice")
    stage.play("case.close_notice", village, on_board, taken_down("case"))
    _withdraw(stage)


def _withdraw(stage: Stage) -> None:
    told = stage.story["withdrawal"]
    reason = {"reason": told["reason"]}
    case = stage.household(told["household"])
    stage.play("case.withdraw", stage.cast(Role.TASK_FORCE), case, filled(reason))


def approve(stage: Stage) -> None:
    """Street and departments examine; the district refuses one case and approves the rest."""
    examined = opinion("经审核，材料齐全，符合条件，同意上报。")
    stage.play("case.examine", stage.cast(Role.STREET), stage.cases(case="noticed"), examined)
    stage.calendar.later(3)
    for department in _countersigning(stage):
        account = stage.cast(Role.DEPARTMENT, department=department)
        stage.play("case.countersign", account, stage.cases(case="examined"), opinion("同意。"))
    stage.calendar.later(4)
    district = stage.cast(Role.DISTRICT)
    _refuse(stage, district)
    prefix = stage.story["approval_number"]

    def approval(case: Case) -> Form:
        text = f"{prefix}{int(case.household.number)}号"
        return {"opinion": "同意该户成员按规定登记为居民户口。", "decision_number": text}

    stage.play("case.approve", district, stage.cases(case="countersigned"), approval)
    stage.issue()
    _deliver_refusal(stage)


def _countersigning(stage: Stage) -> list[str]:
    pack = stage.office.pack(stage.programme().village.pack, stage.calendar.day)
    return [d.name for d in pack.pack.departments if d.countersigns]


def _refuse(stage: Stage, district: tuple[Actor, ...]) -> None:
    told = stage.story["refusal"]
    form = {key: told[key] for key in ("reason", "clause", "remedies")}
    stage.play("case.refuse", district, stage.household(told["household"]), filled(form))


def _deliver_refusal(stage: Stage) -> None:
    """The decision is brought to the door; the head hears it and won't sign."""
    told, task_force = stage.story["refusal"], stage.cast(Role.TASK_FORCE)
    (case,) = stage.household(told["household"])
    numbers = [p.number for p in case.papers.values() if p.kind == "refusal_decision"]
    stage.play("case.prepare_delivery", task_force, [case], filled({"papers": numbers}))
    stage.issue()
    stage.calendar.later(1)
    left = {"papers": numbers, "delivered_on": stage.calendar.day} | told["delivery"]
    stage.play("case.record_delivery", task_force, stage.household(told["household"]), filled(left))
