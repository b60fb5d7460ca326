"""The staff's own chapter: a week of leave with a substitute, and a newcomer who stands back."""

from datetime import timedelta

from conversion.domain.role import Actor, Role
from conversion.services.demonstration.forms import opinion
from conversion.services.demonstration.stage import Stage

AGREED = opinion("情况属实，同意上报。")


def leave_week(stage: Stage) -> None:
    """A group leader reviews for the clerk on leave; a new clerk leaves his own household alone."""
    _leave(stage)
    _newcomer(stage)
    stage.calendar.later(7)


def _leave(stage: Stage) -> None:
    told = stage.story["leave"]
    leave = {
        "account": told["substitute"],
        "principal": told["principal"],
        "since": stage.calendar.day,
        "until": stage.calendar.day + timedelta(days=told["days"] - 1),
        "ground": told["ground"],
    }
    stage.village("substitute", Role.TASK_FORCE, leave)
    for household in told["households"]:
        substitute = _person(stage, told["substitute"])
        stage.play("case.review", (substitute,), stage.household(household), AGREED)


def _newcomer(stage: Stage) -> None:
    told = stage.story["newcomer"]
    person = {name: told[name] for name in ("account", "name", "resident_number")}
    people = [person | {"roles": [Role.VILLAGE.value]}]
    stage.village("appoint", Role.DISTRICT, {"people": people})
    cast = (_person(stage, told["account"]), *stage.cast(Role.VILLAGE, 1))
    for household in told["households"]:
        stage.play("case.review", cast, stage.household(household), AGREED)


def _person(stage: Stage, account: str) -> Actor:
    return stage.programme().staff_table.capacities(account, stage.calendar.day)[0]
