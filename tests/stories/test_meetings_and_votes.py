"""A meeting is called, its roll frozen; who came is signed in; a vote carries its matter or fails."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from conversion.store.office_tables import VOTERS
from conversion.workflows.requirement import RequirementsUnmet
from tests.office import BOARD
from tests.stages import play


def unmet(error):
    return {r.rule: r.found for r in error.value.requirements if not r.satisfied}


def posted(town):
    """The plan posted, and its notice run out; the day it was posted."""
    called = town.calendar.day
    town.village("propose")
    town.village("publish_plan", **BOARD)
    town.calendar.later(14)
    return called


def test_a_vote_that_misses_its_quorum_is_recorded_as_failed_and_called_again(town_at):
    town = town_at("taken_in")
    few = town.meeting(posted(town), absent=("0001/01", "0001/02", "0001/03", "0001/05"))
    with pytest.raises(RequirementsUnmet):
        town.village("resolve", **few)
    town.village("fail_vote", **few, matter="resolve")
    assert not town.programme().votes["V01"].passed
    assert town.programme().state == "on_notice"
    with pytest.raises(RequirementsUnmet) as twice:
        town.village("resolve", **few)
    assert unmet(twice) == {"meeting_counted": "这次会议已就此表决，不能重复登记"}

    again = town.calendar.day
    town.calendar.later(12)
    town.village("resolve", **town.meeting(again))
    assert [v.passed for v in town.programme().votes.values()] == [False, True]
    assert town.verify().is_sound


def test_a_son_votes_by_written_proxy_for_his_mother_but_not_for_a_neighbour(town_at):
    town = town_at("taken_in")
    called = posted(town)
    with pytest.raises(RequirementsUnmet) as refused:
        town.meeting(called, proxies={"0001/02": "0001/03", "0003/01": "0001/03"})
    assert unmet(refused) == {"on_roll": "0003/01 委托 0001/03：受托人不是同一户的成员"}

    ballot = town.meeting(called, proxies={"0001/02": "0001/03"})
    town.village("resolve", **ballot)
    vote = town.programme().votes["V01"]
    assert (vote.eligible, vote.present, vote.proxies) == (8, 8, 1)
    assert town.verify().is_sound


def test_an_attendance_sheet_with_faults_is_given_back_with_all_of_them(town_at):
    town = town_at("taken_in")
    meeting = town.call(posted(town))
    sheet = {
        "present": ["0001/01", "0001/01", "0001/04", "0009/01"],
        "proxies": {"0001/02": "0001/03", "0001/05": "0001/04"},
    }
    with pytest.raises(RequirementsUnmet) as refused:
        town.village("record_attendance", meeting=meeting, held_on=town.calendar.day, **sheet)
    told = unmet(refused)["on_roll"]
    assert told.count("；") == 4
    for fault in ("0001/01 签到 2 次", "0001/04 不在应到名册上", "受托人没有到会"):
        assert fault in told


def test_the_roll_is_frozen_on_the_day_of_the_notice(town_at):
    """张欣怡 comes of age between the notice and the meeting; she is not on the roll."""
    town = town_at("taken_in")
    town.calendar.day = date(2014, 9, 1)
    called = posted(town)
    meeting = town.call(called)
    assert town.calendar.day > date(2014, 9, 10)
    assert "0001/04" not in town.roll(meeting)


def test_a_changed_roll_is_found_out(town_at):
    town = town_at("resolved")
    with town.database.writing() as session:
        session.execute(update(VOTERS).where(VOTERS.c.member == "01").values(attendance="absent"))
    (found,) = town.verify().findings
    assert "会议 M01 的签到与登记时封存的摘要不符" in found.sentence


def test_representatives_may_no_longer_adopt_a_share_plan_from_may_2025(town_at):
    town = town_at("taken_in")
    town.calendar.day = date(2025, 4, 1)
    play(town, "resolved", after="taken_in")
    call = {
        "body": "representatives_meeting",
        "matters": ["confirm_roll", "adopt_share_plan"],
        "place": "村委会",
        "representatives": ["0001/01", "0002/01", "0003/01"],
    }
    town.calendar.day = date(2025, 4, 18)
    with pytest.raises(RequirementsUnmet) as refused:
        town.village("call_meeting", **call, planned_on=date(2025, 5, 1))
    (requirement,) = [r for r in refused.value.requirements if not r.satisfied]
    assert "应当由成员大会表决" in requirement.found
    assert "农村集体经济组织法" in requirement.clause
    town.village("call_meeting", **call, planned_on=date(2025, 4, 30))
    assert town.roll("M02") == ["0001/01", "0002/01", "0003/01"]
    assert town.calendar.day + timedelta(days=12) == date(2025, 4, 30)
