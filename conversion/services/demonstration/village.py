"""The village's own chapters: the plan and its vote, the applications taken, the approval."""

from conversion.domain.role import Role
from conversion.services.demonstration.forms import BOARD, ballot, call, signed
from conversion.services.demonstration.stage import Stage


def plan(stage: Stage) -> None:
    """The plan is proposed, posted and voted on, and the base date is fixed."""
    stage.village("propose", Role.TASK_FORCE)
    stage.calendar.later(1)
    stage.village("publish_plan", Role.VILLAGE, {"place": BOARD, "posted_at": "09:30"})
    meeting = call(stage, "resolve")
    found = {"removed_at": "16:30", "intact": True}
    stage.village("resolve", Role.VILLAGE, ballot(stage, meeting) | found)
    stage.calendar.later(2)
    stage.village("fix_base_date", Role.COLLECTIVE, {"base_date": stage.story["base_date"]})


def accept(stage: Stage) -> None:
    """Every application is taken, and the assets are counted."""
    account = stage.cast(Role.TASK_FORCE)
    stage.play("case.accept", account, stage.cases(case="draft"), signed(stage))
    stage.calendar.later(3)
    report = {
        "asset_value": stage.story["asset_value"],
        "report": "遵评报字〔2009〕第118号（示例）",
    }
    stage.village("verify_assets", Role.SUPERVISORS, report)


def approve_village(stage: Stage) -> None:
    """The district approves, and the community is founded."""
    opinion = {"opinion": "同意。", "number": stage.story["decision_number"]}
    stage.village("approve", Role.DISTRICT, opinion)
    stage.calendar.later(3)
    stage.village("found_community", Role.STREET)
