"""The hukou chapter: filed, checked, approved, registered, handed over."""

from collections.abc import Callable

from conversion.domain.case import Case
from conversion.domain.role import Role
from conversion.services.demonstration.forms import opinion
from conversion.services.demonstration.stage import Form, Stage


def transfer_hukou(stage: Stage) -> None:
    """The police register every member who converts; one soldier is excepted."""
    task_force, station = stage.cast(Role.TASK_FORCE), stage.cast(Role.POLICE_STATION)
    stage.play("hukou.file", task_force, stage.cases(hukou="open", case="approved"))
    stage.calendar.later(3)
    checked = opinion("经核对人口信息，同意上报。")
    stage.play("hukou.check", station, stage.cases(hukou="filed"), checked)
    county = stage.cast(Role.COUNTY_POLICE)
    stage.play("hukou.approve", county, stage.cases(hukou="checked"), opinion("同意登记。"))
    stage.calendar.later(4)
    stage.play("hukou.register", station, stage.cases(hukou="approved"), _police_receipt(stage))
    stage.calendar.later(7)
    stage.play("hukou.hand_over", task_force, stage.cases(hukou="registered"))
    stage.issue()


def _police_receipt(stage: Stage) -> Callable[[Case], Form]:
    excepted, day = stage.story["excepted"], stage.calendar.day

    def receipt(case: Case) -> Form:
        number = case.household.number
        return {
            "receipt": f"户登{day.year}{number}",
            "registered_on": day,
            "excepted": excepted.get(number, {}),
        }

    return receipt
