"""The village's own chapters: the plan and its vote, the applications taken, the approval."""

from datetime import timedelta

from conversion.domain.role import Role
from conversion.services.demonstration.forms import BOARD, call, filled, hold_vote, signed
from conversion.services.demonstration.land import survey_and_post
from conversion.services.demonstration.stage import Stage


def plan(stage: Stage) -> None:
    """The plan is proposed, posted and voted on, and the base date is fixed."""
    stage.village("propose", Role.TASK_FORCE)
    stage.calendar.later(1)
    stage.village("publish_plan", Role.VILLAGE, {"place": BOARD, "posted_at": "09:30"})
    meeting = call(stage, "resolve")
    hold_vote(stage, meeting, "resolve", {"removed_at": "16:30", "intact": True})
    stage.calendar.later(2)
    stage.village("fix_base_date", Role.COLLECTIVE, {"base_date": stage.story["base_date"]})


def accept(stage: Stage) -> None:
    """Every application is taken but of one household that signs nothing; assets are counted."""
    account, silent = stage.cast(Role.TASK_FORCE), stage.story["unsigned"]["household"]
    applying = [c for c in stage.cases(case="draft") if c.household.number != silent]
    stage.play("case.accept", account, applying, signed(stage))
    stage.calendar.later(3)
    _call_on(stage)
    report = {
        "asset_value": stage.story["asset_value"],
        "report": "遵评报字〔2009〕第118号（示例）",
    }
    stage.village("verify_assets", Role.SUPERVISORS, report)


def _call_on(stage: Stage) -> None:
    """Two calls before witnesses, after which the household has still signed nothing."""
    told, today = stage.story["unsigned"], stage.calendar.day
    days = (today - timedelta(days=2), today)
    both = {"address": told["address"], "witnesses": told["witnesses"]}
    calls = [
        both | {"delivered_on": day, "response": response}
        for day, response in zip(days, told["responses"], strict=True)
    ]
    case, account = stage.household(told["household"]), stage.cast(Role.TASK_FORCE)
    stage.play("case.record_unsigned", account, case, filled({"deliveries": calls}))


def sign_late(stage: Stage) -> None:
    """The household that signed nothing signs after all; its land is posted for itself."""
    number = stage.story["unsigned"]["household"]
    stage.play("case.accept", stage.cast(Role.TASK_FORCE), stage.household(number), signed(stage))
    stage.calendar.later(2)
    survey_and_post(stage, stage.household(number))


def approve_village(stage: Stage) -> None:
    """The district approves, and the community is founded."""
    opinion = {"opinion": "同意。", "number": stage.story["decision_number"]}
    stage.village("approve", Role.DISTRICT, opinion)
    stage.calendar.later(3)
    stage.village("found_community", Role.STREET)
