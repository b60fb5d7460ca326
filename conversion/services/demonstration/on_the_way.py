"""What comes between: an override, an inquiry, a freeze, a correction and a revocation."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from conversion.documents.land_confirmation import LAND_CONFIRMATION
from conversion.domain.case import Case
from conversion.domain.notice import PaperStatus
from conversion.domain.role import Role
from conversion.services.demonstration.forms import adults, filled, opinion
from conversion.services.demonstration.notices import posted
from conversion.services.demonstration.stage import Form, Stage


def set_aside(stage: Stage) -> None:
    """One application is taken without the signature of somebody away, by leave of the district."""
    told = stage.story["override"]
    number, task_force = told["household"], stage.cast(Role.TASK_FORCE)
    asked = {"step": "case.accept", "rule": "adults_signed", "reason": told["reason"]}
    stage.play("case.request_override", task_force, stage.household(number), filled(asked))
    stage.calendar.later(1)
    (case,) = stage.household(number)
    (override,) = case.overrides
    leave = {"override": override, "decision_number": told["decision_number"]}
    stage.play("case.grant_override", stage.cast(Role.DISTRICT), [case], filled(leave))

    def all_but_one(case: Case) -> Form:
        return {"signed": [s for s in adults(stage, case) if s != told["absent"]]}

    stage.play("case.accept", task_force, stage.household(number), all_but_one)


def inquire(stage: Stage) -> None:
    """Work stands still: an inquiry whose term lapses, a dispute, a death to be cleared up."""
    told = stage.story["inquiry"]
    number, village = told["household"], stage.cast(Role.VILLAGE)
    agreed = opinion("情况属实，同意上报。")
    stage.play("case.review", village, stage.household(number), agreed)
    stage.play("case.post", village, stage.household(number), posted)
    stage.calendar.later(2)
    until = stage.calendar.day + timedelta(days=told["days"])
    auditor = stage.cast(Role.AUDITOR)
    form = _hold("discipline", told) | {"until": until}
    stage.play("case.suspend", auditor, stage.household(number), filled(form))
    stage.calendar.go_to(until + timedelta(days=1))
    (case,) = stage.household(number)
    (hold,) = case.holds
    stage.play("case.lapse_hold", auditor, [case], filled({"hold": hold}))
    _clear_up(stage)


def _clear_up(stage: Stage) -> None:
    """A dispute is renewed once and settled; somebody said to be dead turns out to be alive."""
    told, task_force = stage.story["clearing"], stage.cast(Role.TASK_FORCE)
    dispute, death = told["dispute"], told["death"]
    until = stage.calendar.day + timedelta(days=dispute["days"])
    disputed = _hold("dispute", dispute) | {"blocks": dispute["blocks"], "until": until}
    stage.play("case.suspend", task_force, stage.household(dispute["household"]), filled(disputed))
    missed = _hold("death", death) | {"member": death["member"]}
    stage.play("case.suspend", task_force, stage.household(death["household"]), filled(missed))
    stage.calendar.later(3)
    longer = {"hold": "H01", "order": dispute["renewal"], "until": until + timedelta(days=30)}
    stage.play("case.renew_hold", task_force, stage.household(dispute["household"]), filled(longer))
    for ended in (dispute, death):
        _lift(stage, ended)


def freeze(stage: Stage) -> None:
    """A court freezes one household's shares; its hukou goes on meanwhile."""
    told = stage.story["freeze"]
    until = stage.calendar.day + timedelta(days=told["days"])
    form = _hold("court", told) | {"until": until}
    case = stage.household(told["household"])
    stage.play("case.suspend", stage.cast(Role.TASK_FORCE), case, filled(form))


def correct(stage: Stage) -> None:
    """The freeze is lifted; one record is found wrong, put right, and its papers issued anew."""
    _lift(stage, stage.story["freeze"])
    told = stage.story["correction"]
    number, task_force = told["household"], stage.cast(Role.TASK_FORCE)
    reopening = {"reason": told["reason"], "tracks": ["hukou"]}
    stage.play("case.reopen", task_force, stage.household(number), filled(reopening))
    stage.calendar.later(3)

    def corrected(case: Case) -> Form:
        row = case.members[told["member"]].model_dump(mode="json") | told["rows"]
        decision = {"corrected": told["corrected"], "decision_number": told["decision_number"]}
        return decision | {"members": [row]}

    stage.play("case.correct", stage.cast(Role.DISTRICT), stage.household(number), corrected)
    stage.calendar.later(2)
    receipt = {"receipt": told["receipt"], "registered_on": stage.calendar.day}
    station = stage.cast(Role.POLICE_STATION)
    stage.play("hukou.register", station, stage.household(number), filled(receipt))
    stage.play("hukou.hand_over", task_force, stage.household(number))
    _issue_anew(stage, number)
    stage.issue()
    _bring_back(stage, number)
    _miss(stage, number)


def _miss(stage: Stage, number: str) -> None:
    """What was just issued anew is missed, sought in public, and found again."""
    (case,) = stage.household(number)
    lost = next(
        p.number
        for p in case.papers.values()
        if p.kind == LAND_CONFIRMATION.id and p.status is PaperStatus.ISSUED
    )
    village = stage.cast(Role.VILLAGE)
    told = {
        "number": lost,
        "declared_by": case.head.name,
        "circumstances": "搬家时遗失，多方寻找未果。",
        "place": "村务公开栏",
    }
    stage.play("case.declare_loss", village, [case], filled(told))
    stage.calendar.later(2)
    stage.play("case.find_paper", village, stage.household(number), filled({"number": lost}))


def revoke(stage: Stage) -> None:
    """An approval got by false papers is taken back; what rests on it is recalled."""
    told = stage.story["revocation"]
    number, keys = told["household"], ("reason", "clause", "remedies", "decision_number")
    form = {key: told[key] for key in keys}
    stage.play("case.revoke", stage.cast(Role.DISTRICT), stage.household(number), filled(form))
    stage.calendar.later(7)
    _bring_back(stage, number)


def _lift(stage: Stage, told: Mapping[str, Any]) -> None:
    (case,) = stage.household(told["household"])
    (hold,) = case.holds
    form = {"hold": hold, "paper": told["lifted_by"]}
    stage.play("case.lift_hold", stage.cast(Role.TASK_FORCE), [case], filled(form))


def _issue_anew(stage: Stage, number: str) -> None:
    reason = filled({"reason": "更正后换发。"})
    for act, role in (
        ("case.reissue", Role.TASK_FORCE),
        ("shares.reissue", Role.COLLECTIVE),
        ("land.reissue", Role.TASK_FORCE),
    ):
        stage.play(act, stage.cast(role), stage.household(number), reason)


def _bring_back(stage: Stage, number: str) -> None:
    """Every page that counts no more is handed in."""
    (case,) = stage.household(number)
    for paper in [p for p in case.papers.values() if p.is_outstanding]:
        form = {"number": paper.number, "returned_on": stage.calendar.day}
        task_force = stage.cast(Role.TASK_FORCE)
        stage.play("case.recall_paper", task_force, stage.household(number), filled(form))


def _hold(kind: str, told: dict[str, Any]) -> dict[str, Any]:
    return {"kind": kind} | {key: told[key] for key in ("authority", "order", "reason")}
