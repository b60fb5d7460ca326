"""The share chapters: who is a member, and what each member holds."""

from conversion.domain.case import Case
from conversion.domain.role import Role
from conversion.services.demonstration.forms import (
    ballot,
    call,
    filled,
    next_posted,
    object_and_settle,
    posted,
    taken_down,
)
from conversion.services.demonstration.stage import Form, Stage


def confirm_members(stage: Stage) -> None:
    """Members are surveyed, posted three times, objected to, voted on and confirmed."""
    found = stage.story["findings"]
    account = stage.cast(Role.COLLECTIVE)

    def survey(case: Case) -> Form:
        return {"findings": found.get(case.household.number, {})}

    stage.play("shares.propose_members", account, stage.cases(shares="open"), survey)
    stage.play("shares.post_members", account, stage.cases(shares="members_proposed"), posted)
    stage.calendar.later(2)
    object_and_settle(stage, "shares", account, stage.cast(Role.VILLAGE))
    _post_next_list(stage)
    meeting = call(stage, "confirm_roll")
    stage.wait_for_notices("shares", stage.cases(shares="members_on_notice"))
    stage.village("confirm_roll", Role.SUPERVISORS, ballot(stage, meeting))
    _post_next_list(stage)
    stage.wait_for_notices("shares", stage.cases(shares="members_on_notice"))
    supervisors = stage.cast(Role.SUPERVISORS)
    posted_last = stage.cases(shares="members_on_notice")
    stage.play("shares.confirm_members", supervisors, posted_last, taken_down("shares"))
    reason = {"reason": "经成员会议表决，本户没有确认为成员的人，不享有份额。"}
    strangers = [c for c in stage.cases(shares="members_confirmed") if not _is_member_household(c)]
    stage.play("shares.waive", supervisors, strangers, filled(reason))


def _post_next_list(stage: Stage) -> None:
    on_board = stage.cases(shares="members_on_notice")
    stage.wait_for_notices("shares", on_board)
    account = stage.cast(Role.COLLECTIVE)
    stage.play("shares.post_next_list", account, on_board, next_posted("shares"))


def _is_member_household(case: Case) -> bool:
    return any(m.standing == "confirmed" for m in case.memberships.values())


def allot_shares(stage: Stage) -> None:
    """The plan is adopted, and each member's shares are allotted, posted, booked, certified."""
    meeting = call(stage, "adopt_share_plan")
    vote = ballot(stage, meeting) | {"version": f"{stage.calendar.day.year}-1"}
    stage.village("adopt_share_plan", Role.SUPERVISORS, vote)
    account = stage.cast(Role.COLLECTIVE)
    stage.play("shares.allocate", account, stage.cases(shares="members_confirmed"))
    stage.play("shares.post_shares", account, stage.cases(shares="allocated"), posted)
    stage.wait_for_notices("shares", stage.cases(shares="shares_on_notice"))
    posted_shares = stage.cases(shares="shares_on_notice")
    stage.play("shares.book", stage.cast(Role.SUPERVISORS), posted_shares, taken_down("shares"))
    stage.calendar.later(5)
    stage.play("shares.certify", account, stage.cases(shares="booked"))
    stage.issue()
