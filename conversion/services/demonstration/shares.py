"""The share chapters: who is a member, and what each member holds."""

from collections.abc import Mapping
from typing import Any

from conversion.domain.case import Case
from conversion.domain.role import Role
from conversion.services.demonstration.forms import call, filled, hold_vote
from conversion.services.demonstration.notices import (
    next_posted,
    object_and_settle,
    object_to,
    posted,
    print_lists,
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
    proposed = stage.cases(shares="members_proposed")
    print_lists(stage, "members", proposed)
    stage.play("shares.post_members", account, proposed, posted)
    stage.calendar.later(2)
    object_and_settle(stage, "shares", account, stage.cast(Role.VILLAGE))
    _dispute(stage)
    _post_next_list(stage, 2)
    meeting = call(stage, "confirm_roll", after=stage.last_day("shares", "members_on_notice"))
    hold_vote(stage, meeting, "confirm_roll")
    _post_next_list(stage, 3)
    stage.wait_for_notices("shares", stage.cases(shares="members_on_notice"))
    supervisors = stage.cast(Role.SUPERVISORS)
    posted_last = stage.cases(shares="members_on_notice")
    stage.play("shares.confirm_members", supervisors, posted_last, taken_down("shares"))
    reason = {"reason": "经成员会议表决，本户没有确认为成员的人，不享有份额。"}
    strangers = [c for c in stage.cases(shares="members_confirmed") if not _is_member_household(c)]
    stage.play("shares.waive", supervisors, strangers, filled(reason))


def _dispute(stage: Stage) -> None:
    """A membership is before the court; the others of the household are confirmed meanwhile."""
    told = stage.story["dispute"]
    form = {key: told[key] for key in ("member", "course", "authority", "paper")}
    street = stage.cast(Role.STREET)
    stage.play("shares.dispute_membership", street, _of(stage, told), filled(form))


def _of(stage: Stage, told: Mapping[str, Any]) -> list[Case]:
    return stage.household(told["household"])


def _post_next_list(stage: Stage, number: int) -> None:
    on_board = stage.cases(shares="members_on_notice")
    stage.wait_for_notices("shares", on_board)
    print_lists(stage, "members", on_board, number)
    account = stage.cast(Role.COLLECTIVE)
    stage.play("shares.post_next_list", account, on_board, next_posted("shares"))


def _is_member_household(case: Case) -> bool:
    return any(m.standing == "confirmed" for m in case.memberships.values())


def allot_shares(stage: Stage) -> None:
    """The plan is adopted, and each member's shares are allotted, posted, booked, certified."""
    meeting = call(stage, "adopt_share_plan")
    hold_vote(stage, meeting, "adopt_share_plan", {"version": f"{meeting.planned_on.year}-1"})
    account = stage.cast(Role.COLLECTIVE)
    stage.play("shares.allocate", account, stage.cases(shares="members_confirmed"))
    allocated = stage.cases(shares="allocated")
    print_lists(stage, "shares", allocated)
    stage.play("shares.post_shares", account, allocated, posted)
    stage.calendar.later(2)
    object_to(stage, "shares", "share_redress", account, stage.cast(Role.VILLAGE))
    stage.wait_for_notices("shares", stage.cases(shares="shares_on_notice"))
    posted_shares = stage.cases(shares="shares_on_notice")
    stage.play("shares.book", stage.cast(Role.SUPERVISORS), posted_shares, taken_down("shares"))
    stage.calendar.later(5)
    stage.play("shares.certify", account, stage.cases(shares="booked"))
    stage.issue()
    _resolve(stage)


def _resolve(stage: Stage) -> None:
    """The court has decided; the member gets what the plan set aside, and a new certificate."""
    told = stage.story["dispute"]
    stage.calendar.later(3)
    ended = {key: told["outcome"][key] for key in ("confirmed", "basis", "paper")}
    form = {"member": told["member"], "effective_on": stage.calendar.day} | ended
    supervisors = stage.cast(Role.SUPERVISORS)
    stage.play("shares.resolve_dispute", supervisors, _of(stage, told), filled(form))
    stage.issue()
