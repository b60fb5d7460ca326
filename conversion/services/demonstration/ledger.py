"""The ledger chapter: shares inherited, sold, given, bought back, pledged, frozen; one dividend."""

from collections.abc import Mapping
from typing import Any

from conversion.domain.role import Role
from conversion.services.demonstration.forms import filled, opinion
from conversion.services.demonstration.stage import Stage

POSTED = "手续齐全，当事人到场签字，同意登记。"


def move_shares(stage: Stage) -> None:
    """A member dies; the year's income is distributed; then shares move, household by household."""
    told = stage.story["ledger"]
    _die(stage, told["death"])
    for event in ("pledge", "freeze"):
        _take(stage, event, told[event])
    stage.calendar.later(10)
    stage.village("distribute", Role.SUPERVISORS, told["dividend"])
    stage.calendar.later(20)
    _take(stage, "inherit", _inheritance(stage, told["inherit"]))
    for event in ("transfer", "give", "redeem", "divide", "cancel"):
        _take(stage, event, told[event])
    stage.calendar.later(3)
    agreed = opinion(POSTED)
    for case in stage.cases(ledger="pending"):
        stage.play("ledger.post", stage.cast(Role.SUPERVISORS), [case], agreed)
    stage.issue()


def _die(stage: Stage, told: Mapping[str, Any]) -> None:
    case = stage.household(told["household"])
    stage.play("household.register_death", stage.cast(Role.TASK_FORCE), case, _form(told))
    stage.calendar.later(2)
    case = stage.household(told["household"])
    agreed = opinion("死亡证明核对无误，同意变更。")
    stage.play("household.approve_change", stage.cast(Role.STREET, 1), case, agreed)


def _inheritance(stage: Stage, told: Mapping[str, Any]) -> Mapping[str, Any]:
    """Each class of the estate goes to the heir that the heirs agreed on."""
    (case,) = stage.household(told["household"])
    heirs = told["heirs"]
    portions = [
        {"member": heirs[lot.share_class], "units": {lot.share_class: lot.units}}
        for lot in case.shares.values()
        if lot.member == told["deceased"]
    ]
    signed = sorted({portion["member"] for portion in portions})
    form = {key: value for key, value in told.items() if key != "heirs"}
    return {**form, "portions": portions, "signed": signed}


def _take(stage: Stage, event: str, told: Mapping[str, Any]) -> None:
    cast, case = stage.cast(Role.COLLECTIVE), stage.household(told["household"])
    stage.play(f"ledger.{event}", cast, case, _form(told))


def _form(told: Mapping[str, Any]) -> Any:
    return filled({key: value for key, value in told.items() if key != "household"})
