from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from conversion.domain.collections import put
from conversion.domain.event import Event
from conversion.domain.programme import Programme
from conversion.domain.role import Actor, Role
from conversion.domain.standing import Change
from conversion.workflows.definition import PARTS, village_level
from conversion.workflows.engine import Evaluation, advance, evaluate, step_at
from conversion.workflows.publicity import Removal
from conversion.workflows.step import ProgrammeCircumstances
from tests.builders import a_meeting, a_plan, a_programme, an_actor
from tests.workflows.drive import AS_POSTED, OPINION, PLACE, START, Filled, huichuan

PLAN = (put("plan", "plan", a_plan()),)
INSTRUMENT = OPINION | {"number": "汇府复〔2010〕12号"}


class Village:
    """One programme at one desk, and the day."""

    def __init__(self, at: str = "drafting", **others: Any) -> None:
        self.programme = a_programme(at, **others)
        self.day = START
        self.tally: dict[str, int] = {}
        self.plan: tuple[Change, ...] = PLAN

    def look(
        self, event: str, who: Actor | None = None, **form: Any
    ) -> Evaluation[ProgrammeCircumstances]:
        track = village_level(event)
        state = self.programme.positions[track.name]
        step = step_at(track, event, state)
        seen = ProgrammeCircumstances(
            programme=self.programme,
            pack=huichuan().on(self.day),
            actor=who or an_actor(step.roles[0]),
            day=self.day,
            evidence={e.id: "卷1" for e in step.evidence},
            tally=self.tally,
            plan=self.plan,
        )
        past = self.programme.past
        found = AS_POSTED if issubclass(step.form, Removal) else {}
        filled = {**found, **form}
        return evaluate(track, event, state, seen, filled=filled, past=past, parts=PARTS)

    def unmet(self, event: str, who: Actor | None = None, **form: Any) -> set[str]:
        return {r.rule for r in self.look(event, who, **form).requirements if not r.satisfied}

    def take(self, event: str, who: Actor | None = None, **form: Any) -> str:
        evaluation = self.look(event, who, **form)
        move = advance(evaluation)
        target = move.target or evaluation.state
        self.programme = after(self.programme, evaluation, target, move.changes, self.day)
        return target

    def ballot(self, **others: Any) -> dict[str, Any]:
        """The ballots of a meeting held today; what is told of the meeting goes into its row."""
        meeting = a_meeting(f"M{len(self.programme.meetings) + 1:02d}", held_on=self.day)
        told = {"noticed_on": self.day - timedelta(days=12)} | others
        meeting = meeting.model_copy(
            update={k: v for k, v in told.items() if k not in {"in_favour", "against", "abstained"}}
        )
        meetings = {**self.programme.meetings, meeting.serial: meeting}
        self.programme = replace(self.programme, meetings=meetings)
        counts = {"meeting": meeting.serial, "in_favour": 80, "against": 6, "abstained": 4}
        return counts | {k: v for k, v in others.items() if k in counts}


def after(
    programme: Programme,
    evaluation: Evaluation[ProgrammeCircumstances],
    target: str,
    changes: tuple[Change, ...],
    day: date,
) -> Programme:
    """The programme once a move is recorded."""
    actor = evaluation.circumstances.actor
    event = Event(
        seq=programme.version + 1,
        at=datetime.combine(day, time(2, 30), UTC),
        day=day,
        actor=actor.account,
        actor_name=actor.name,
        roles=actor.roles,
        level=evaluation.track.name,
        event=evaluation.step.event,
        source=evaluation.state,
        target=target,
        form={},
    )
    return programme.after(event, changes)


def on_notice() -> Village:
    village = Village()
    village.take("propose")
    village.take("publish_plan", **PLACE)
    (notice,) = village.programme.notices.values()
    village.day = notice.last_day + timedelta(days=1)
    return village


def test_a_village_becomes_a_community_milestone_by_milestone():
    village = on_notice()
    village.take("resolve", **village.ballot())
    village.take("fix_base_date", base_date=date(2009, 11, 30))
    village.take("verify_assets", asset_value=3_684_000_000, report="遵评报字〔2009〕第118号")
    village.take("confirm_roll", **village.ballot())
    village.day += timedelta(days=1)
    village.take("adopt_share_plan", **village.ballot(), version="2009-1")
    village.take("approve", **INSTRUMENT)
    village.take("found_community")
    village.take("accept", **OPINION)
    village.take("archive")

    programme = village.programme
    assert programme.positions == {"programme": "archived", "assets": "plan_adopted"}
    assert programme.base_date == date(2009, 11, 30)
    assert [v.matter for v in programme.votes.values()] == [
        "resolve",
        "confirm_roll",
        "adopt_share_plan",
    ]
    assert programme.plan == a_plan()
    assert programme.reached_on("founded") == village.day


def test_the_approval_never_waits_for_the_share_plan():
    village = Village("dated")

    village.take("approve", **INSTRUMENT)
    village.take("found_community")

    assert village.programme.positions == {"programme": "founded", "assets": "open"}
    assert village.programme.has_reached("approved")
    assert not village.programme.has_reached("inventoried")


def test_the_assets_never_wait_for_the_approval():
    village = Village("dated")

    village.take("verify_assets", asset_value=1, report="遵评报字〔2009〕第118号")
    village.take("confirm_roll", **village.ballot())
    village.day += timedelta(days=1)
    village.take("adopt_share_plan", **village.ballot(), version="2009-1")

    assert village.programme.positions == {"programme": "dated", "assets": "plan_adopted"}


def test_the_assets_are_verified_as_of_the_base_date():
    village = Village("resolved")
    report: Filled = {"asset_value": 1, "report": "遵评报字〔2009〕第118号"}

    assert village.unmet("verify_assets", **report) == {"milestone.dated"}


def test_the_meeting_waits_for_the_notice_of_the_plan():
    village = on_notice()
    after_notice = village.ballot()
    village.day -= timedelta(days=1)

    assert village.unmet("resolve", **after_notice) == {"programme.window_over"}


def test_a_meeting_held_while_the_plan_was_still_posted_does_not_count():
    village = on_notice()
    early = village.ballot(held_on=village.day - timedelta(days=1))

    assert village.unmet("resolve", **early) == {"met_after_notice"}


def test_a_vote_that_misses_its_quorum_is_not_recorded_as_passed():
    village = on_notice()

    assert village.unmet("resolve", **village.ballot(in_favour=40, against=46)) == {"quorum"}
    assert village.unmet("resolve", **village.ballot(eligible=200)) == {"quorum"}
    assert village.unmet("resolve", **village.ballot(in_favour=90)) == {"quorum"}
    late_call = village.ballot(noticed_on=village.day - timedelta(days=3))
    assert village.unmet("resolve", **late_call) == {"quorum"}
    assert village.programme.votes == {}
    assert village.take("resolve", **village.ballot()) == "resolved"


def test_a_body_that_may_not_decide_is_told_who_may():
    village = on_notice()

    evaluation = village.look("resolve", **village.ballot(body="task_force"))

    rule = next(r for r in evaluation.requirements if r.rule == "quorum")
    assert "不能表决这一事项" in rule.found


def test_the_reasons_of_a_rule_read_as_sentences_one_after_another():
    village = on_notice()

    evaluation = village.look("resolve", **village.ballot())

    rule = next(r for r in evaluation.requirements if r.rule == "quorum")
    assert rule.found.count("。") > 1
    assert not rule.found.endswith("。")
    assert "。；" not in rule.found


def test_the_attendance_of_a_meeting_to_come_is_not_recorded():
    village = on_notice()
    tomorrow = village.day + timedelta(days=1)
    meeting = a_meeting(planned_on=tomorrow, held_on=None, present=None)
    village.programme = replace(village.programme, meetings={"M01": meeting})
    sheet: Filled = {"meeting": "M01", "held_on": tomorrow, "present": []}

    assert village.unmet("record_attendance", **sheet) == {"held_on_past"}


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ({"held_on": None}, "这次会议还没有登记签到"),
        ({"matters": ("confirm_roll",)}, "会议通知没有列出这一事项"),
    ],
)
def test_ballots_are_counted_only_of_a_meeting_that_met_on_the_matter(told, found):
    village = on_notice()

    requirements = village.look("resolve", **village.ballot(**told)).requirements

    assert next(r for r in requirements if r.rule == "meeting_counted").found == found


def test_a_vote_that_carries_is_not_recorded_as_failed_nor_is_a_miscount():
    village = on_notice()
    carried = village.ballot() | {"matter": "resolve"}
    miscounted = village.ballot(in_favour=91) | {"matter": "resolve"}

    assert village.unmet("fail_vote", **carried) == {"quorum"}
    assert village.unmet("fail_vote", **miscounted) == {"quorum"}


@pytest.mark.parametrize(
    ("state", "event", "rule", "waiting"),
    [
        ("inventoried", "confirm_roll", "roll_complete", "shares.open"),
        ("inventoried", "confirm_roll", "roll_complete", "shares.members_proposed"),
        ("roll_confirmed", "adopt_share_plan", "members_confirmed", "shares.members_on_notice"),
        ("roll_confirmed", "adopt_share_plan", "members_confirmed", "shares.members_objected"),
        ("founded", "accept", "cases_ended", "case.objected"),
        ("founded", "accept", "cases_ended", "case.approved"),
    ],
)
def test_the_village_waits_for_its_households(state, event, rule, waiting):
    village = Village(state)
    village.day += timedelta(days=1)
    forms: dict[str, Filled] = {
        "confirm_roll": village.ballot(),
        "adopt_share_plan": village.ballot() | {"version": "2009-1"},
        "accept": OPINION,
    }
    village.tally = {waiting: 2, "case.withdrawn": 1, "shares.members_confirmed": 3}

    requirements = village.look(event, **forms[event]).requirements

    found = next(r for r in requirements if r.rule == rule)
    assert not found.satisfied
    assert found.found == "尚有 2 户未办到"
    village.tally = {"case.withdrawn": 1, "case.closed": 3, "shares.members_confirmed": 3}
    assert village.look(event, **forms[event]).permits


def test_a_plan_is_voted_on_only_once_it_is_computed():
    village = Village("roll_confirmed")
    village.plan = ()

    village.day += timedelta(days=1)
    assert village.unmet("adopt_share_plan", **village.ballot(), version="1") == {"plan_computed"}


def test_every_open_state_of_a_case_keeps_the_village_from_acceptance():
    for state in ("draft", "accepted", "returned", "reviewed", "noticed", "examined"):
        village = Village("founded")
        village.tally = {f"case.{state}": 1}
        assert village.unmet("accept", **OPINION) == {"cases_ended"}


def test_who_recorded_the_vote_does_not_approve_for_the_district():
    village = Village("roll_confirmed")
    both = replace(an_actor(), account="both", roles=(Role.SUPERVISORS, Role.DISTRICT))
    village.day += timedelta(days=1)
    village.take("adopt_share_plan", both, **village.ballot(), version="2009-1")

    assert village.unmet("approve", both, **INSTRUMENT) == {"four_eyes"}
    assert village.take("approve", **INSTRUMENT) == "approved"


def test_a_meeting_before_the_roll_was_confirmed_decides_no_share_plan():
    village = Village("roll_confirmed")

    voted_on = village.programme.reached_on("roll_confirmed")
    told = village.ballot(held_on=voted_on)

    assert "met_after_roll" in village.unmet("adopt_share_plan", **told, version="2009-1")
