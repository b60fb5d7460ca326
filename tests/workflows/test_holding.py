"""Holds on one case: what each kind stops, how it ends, and what it may not stop."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from conversion.domain.hold import EVERYTHING, Hold, HoldKind
from conversion.domain.role import Actor, Role
from conversion.workflows.definition import CASE_LEVELS, DEFINITION, INITIAL
from conversion.workflows.hold_reach import REACHES
from tests.builders import a_programme
from tests.workflows.drive import (
    GROUNDS,
    OPINION,
    PLACE,
    START,
    Desk,
    Filled,
    a_new_case,
    accept,
    certify,
    survey,
)

COURT: Filled = {
    "kind": "court",
    "authority": "汇川区人民法院",
    "order": "（2009）汇法执字第118号",
    "reason": "被执行人欠款纠纷执行一案",
    "until": date(2010, 5, 31),
}
DISCIPLINE: Filled = COURT | {
    "kind": "discipline",
    "authority": "汇川区监察局",
    "order": "汇监〔2009〕7号",
}
DISPUTE: Filled = {
    "kind": "dispute",
    "authority": "高坪街道办事处",
    "order": "高街调〔2009〕3号",
    "reason": "与邻户的地界争议",
    "blocks": ["land"],
}
DEATH: Filled = {
    "kind": "death",
    "authority": "工作专班",
    "order": "核〔2009〕1号",
    "reason": "户籍所载成员的死亡情况待核实",
    "member": "02",
}


def held(form, *, who=None, at="accepted"):
    desk = Desk(a_new_case())
    if at == "accepted":
        accept(desk)
    desk.take("case.suspend", who or REACHES[HoldKind(form["kind"])].recorded_by[0], **form)
    return desk


def blocked_levels(desk):
    """Levels of which every step that is not the hold's own is stopped."""
    return {
        track.name
        for track in CASE_LEVELS
        if all(
            "hold" in desk.unmet(f"{track.name}.{step.event}")
            for step in track.steps
            if not step.despite_holds
        )
    }


@pytest.mark.parametrize(
    ("form", "stopped", "going_on"),
    [
        (COURT, {"shares.certify", "shares.reissue"}, {"hukou.file", "case.post", "shares.book"}),
        (DISPUTE, {"land.survey", "land.issue"}, {"hukou.file", "shares.book", "case.post"}),
        (DEATH, {"benefits.assess", "case.accept", "land.sign_boundaries"}, {"case.post"}),
        (DISCIPLINE, {"case.review", "hukou.file", "land.survey"}, set()),
    ],
)
def test_each_kind_stops_what_is_its_own_and_nothing_else(form, stopped, going_on):
    desk = held(form)

    assert {act for act in stopped | going_on if "hold" in desk.unmet(act)} == stopped


def test_who_may_record_a_hold_in_one_group_records_none_in_another():
    """A clerk of the whole village who is of the task force for another group alone."""
    clerk = Actor(
        account="clerk",
        name="简明慧",
        roles=(Role.VILLAGE, Role.TASK_FORCE),
        places=((Role.TASK_FORCE, "九组"),),
    )
    desk = held(DISCIPLINE)
    group = desk.case.household.group

    assert desk.unmet("case.suspend", clerk, **COURT) == {"hold_recorder"}
    ours = replace(clerk, places=((Role.TASK_FORCE, group),))
    assert desk.unmet("case.suspend", ours, **COURT) == set()


def test_an_inquiry_stops_everything_but_the_hold_itself():
    desk = held(DISCIPLINE)

    assert blocked_levels(desk) == {track.name for track in CASE_LEVELS}
    assert "hold" not in desk.unmet("case.lift_hold", hold="H01", paper="汇监〔2010〕2号")


def test_whoever_is_stopped_is_told_by_whom_until_when_and_who_can_lift_it():
    desk = held(DISCIPLINE)

    (told,) = [r for r in desk.look("case.review", **OPINION).requirements if r.rule == "hold"]

    assert told.found == (
        "纪检监察、审计中止 H01：汇川区监察局汇监〔2009〕7号，自2009-12-01起至2010-05-31止"
    )
    assert told.remedy == "由作出中止决定的纪检监察或者审计机关解除，登记后办理"
    assert told.earliest == date(2010, 6, 1)
    assert told.who == "审计人员、区人民政府"
    assert told.clause


def test_a_hold_moves_nothing_and_all_goes_on_from_there_when_it_is_lifted():
    desk = held(DISCIPLINE)
    before = dict(desk.case.positions)

    desk.take("case.lift_hold", Role.AUDITOR, hold="H01", paper="汇监〔2010〕2号")

    assert desk.case.positions == before
    assert desk.case.holds["H01"].lifted_on == START
    assert desk.unmet("case.review", **OPINION) == set()


def test_an_unlifted_hold_whose_term_is_over_blocks_until_its_lapse_is_recorded():
    desk = held(DISCIPLINE)
    desk.day = date(2010, 5, 31)
    assert desk.unmet("case.lapse_hold", Role.AUDITOR, hold="H01") == {"hold_lapsed"}

    desk.later()
    (told,) = [r for r in desk.look("case.review", **OPINION).requirements if r.rule == "hold"]
    assert not told.satisfied
    assert "期限已满而未登记" in told.found
    assert told.remedy == "登记 H01 中止期满（lapse_hold）后办理"
    assert told.earliest is None

    desk.take("case.lapse_hold", hold="H01")
    assert desk.case.holds["H01"].ending == "期满"
    assert desk.unmet("case.review", **OPINION) == set()


def test_a_term_is_renewed_before_it_ends_and_not_after():
    desk = held(COURT)
    renewal: Filled = {"hold": "H01", "order": "（2010）汇法执字第9号", "until": date(2010, 11, 30)}
    desk.day = date(2010, 5, 31)
    desk.take("case.renew_hold", **renewal)
    assert desk.case.holds["H01"].until == date(2010, 11, 30)
    assert desk.case.holds["H01"].order == "（2010）汇法执字第9号"

    desk.day = date(2010, 12, 1)
    late = renewal | {"until": date(2011, 5, 31)}
    assert desk.unmet("case.renew_hold", **late) == {"hold_renewable"}


@pytest.mark.parametrize(
    ("form", "who", "unmet"),
    [
        (COURT, Role.DISTRICT, {"hold_recorder"}),
        (COURT | {"blocks": ["hukou"]}, Role.TASK_FORCE, {"hold_scope"}),
        (COURT | {"blocks": ["shares"]}, Role.TASK_FORCE, {"hold_scope"}),
        (COURT | {"until": None}, Role.TASK_FORCE, {"hold_term"}),
        (COURT | {"until": date(2009, 11, 30)}, Role.TASK_FORCE, {"hold_term"}),
        (COURT | {"since": date(2009, 12, 2)}, Role.TASK_FORCE, {"hold_term"}),
        (DISPUTE | {"blocks": []}, Role.STREET, {"hold_scope"}),
        (DISPUTE | {"blocks": ["hukou"]}, Role.STREET, {"hold_scope"}),
        (DEATH | {"member": ""}, Role.VILLAGE, {"hold_member"}),
        (DEATH | {"member": "77"}, Role.VILLAGE, {"hold_member"}),
        (DISCIPLINE, Role.TASK_FORCE, {"hold_recorder"}),
    ],
)
def test_a_hold_is_refused_that_its_kind_does_not_allow(form, who, unmet):
    desk = Desk(a_new_case())

    assert desk.unmet("case.suspend", who, **form) == unmet


def test_one_order_is_recorded_once_while_it_is_in_force():
    desk = held(COURT)
    assert desk.unmet("case.suspend", **COURT) == {"hold_once"}

    desk.take("case.lift_hold", hold="H01", paper="（2010）汇法执字第118号之一")
    assert desk.unmet("case.suspend", **COURT) == set()
    assert desk.unmet("case.lift_hold", hold="H01", paper="又一次") == {"hold_in_force"}


def test_a_hold_that_nobody_laid_is_neither_lifted_nor_renewed_nor_lapsed():
    desk = Desk(a_new_case())

    assert "hold_in_force" in desk.unmet("case.lift_hold", hold="H09", paper="解除一号")
    assert desk.unmet("case.lapse_hold", hold="H09") == {"hold_in_force", "hold_lapsed"}
    renewal: Filled = {"hold": "H09", "order": "续一号", "until": date(2011, 1, 1)}
    assert "hold_renewable" in desk.unmet("case.renew_hold", **renewal)


def test_a_hold_on_the_village_stops_every_household():
    hold = Hold(
        serial="H01",
        kind=HoldKind.DISCIPLINE,
        blocks=(EVERYTHING,),
        authority="汇川区审计局",
        order="汇审〔2009〕4号",
        since=START,
        until=date(2010, 1, 31),
    )
    desk = Desk(a_new_case(), programme=replace(a_programme("founded"), holds={"H01": hold}))

    (told,) = [r for r in desk.look("case.accept", signed=["01"]).requirements if r.rule == "hold"]

    assert not told.satisfied
    assert told.found.startswith("全村纪检监察、审计中止 H01")


def test_a_notice_runs_on_where_it_stopped():
    """Seven days, three of them gone when the dispute begins, four left after it."""
    desk = Desk(a_new_case())
    accept(desk)
    survey(desk)
    notice = desk.notice("land")
    desk.later(4)
    desk.take("case.suspend", **DISPUTE)
    desk.later(60)
    lifted = desk.day
    desk.take("case.lift_hold", hold="H01", paper="高街调〔2010〕1号")

    resumed = desk.notice("land")
    left = notice.days - 3
    assert resumed.last_day >= lifted + timedelta(days=left)
    assert resumed.last_day <= lifted + timedelta(days=left + 10)  # at most a holiday more
    assert "land.window_over" in desk.unmet("land.confirm")
    desk.day = resumed.last_day + timedelta(days=1)
    assert "land.window_over" not in desk.unmet("land.confirm")


def test_two_holds_on_one_notice_let_it_run_on_only_when_both_have_ended():
    desk = Desk(a_new_case())
    accept(desk)
    survey(desk)
    before = desk.notice("land").last_day
    desk.later(2)
    desk.take("case.suspend", **DISPUTE)
    desk.take("case.suspend", **(DISPUTE | {"order": "高街调〔2009〕4号"}))
    desk.later(10)
    desk.take("case.lift_hold", hold="H01", paper="解除一号")
    assert desk.notice("land").last_day == before
    desk.later(10)
    desk.take("case.lift_hold", hold="H02", paper="解除二号")
    assert desk.notice("land").last_day >= desk.day + timedelta(days=6)


def test_a_notice_taken_down_before_the_hold_is_left_alone():
    desk = Desk(a_new_case())
    accept(desk)
    certify(desk)
    before = desk.case.notices
    desk.take("case.suspend", Role.AUDITOR, **(DISCIPLINE | {"until": date(2010, 12, 31)}))
    desk.later(5)
    desk.take("case.lift_hold", Role.AUDITOR, hold="H01", paper="汇监〔2010〕2号")

    assert desk.case.notices == before


def test_a_freeze_of_the_shares_leaves_their_notice_running():
    desk = held(COURT)
    desk.take("case.review", **OPINION)
    desk.take("case.post", **PLACE)
    before = desk.notice("case")
    desk.later(3)
    desk.take("case.lift_hold", hold="H01", paper="（2010）汇法执字第118号之一")

    assert desk.notice("case") == before


def test_a_withdrawn_case_can_still_be_frozen():
    desk = Desk(a_new_case())
    accept(desk)
    desk.take("case.withdraw", **GROUNDS)

    desk.take("case.suspend", **COURT)

    assert desk.case.holds["H01"].is_in_force


def test_whatever_a_hold_may_block_is_a_level_or_an_act_that_there_is():
    levels = {EVERYTHING, *INITIAL, *(track.name for track in DEFINITION), "household", "ledger"}
    acts = {f"{track.name}.{step.event}" for track in DEFINITION for step in track.steps}

    for kind, reach in REACHES.items():
        assert set(reach.usual) <= set(reach.may), kind
        assert set(reach.may) <= levels | acts
        assert not ({"hukou", "case"} & set(reach.may)) or kind is HoldKind.DISCIPLINE
