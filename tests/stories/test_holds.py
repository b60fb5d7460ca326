"""What a freeze, an inquiry and a dispute stop, and that nothing is lost by them."""

from datetime import date, timedelta

import pytest

from conversion.services.recording import Issued, Unissued
from conversion.workflows.requirement import RequirementsUnmet
from tests.office import AGREED, BOARD

FREEZE = {
    "kind": "court",
    "authority": "汇川区人民法院",
    "order": "（2010）汇法执字第18号",
    "reason": "户主欠款纠纷执行一案",
    "until": date(2010, 12, 31),
}
INQUIRY = {
    "kind": "discipline",
    "authority": "汇川区审计局",
    "order": "汇审中〔2010〕2号",
    "reason": "核查集体资产台账",
    "until": date(2010, 12, 31),
}
DISPUTE = {
    "kind": "dispute",
    "authority": "大连路街道办事处",
    "order": "大街调〔2010〕6号",
    "reason": "与邻户地界争议",
    "blocks": ["land"],
}


def test_a_court_freeze_stops_the_shares_but_not_the_hukou(town_at):
    town = town_at("booked")
    town.take("case.suspend", "0001", **FREEZE)

    with pytest.raises(RequirementsUnmet, match="法院冻结 H01：汇川区人民法院"):
        town.take("shares.certify", "0001")
    town.village("approve", **AGREED, number="汇府复〔2010〕12号")
    town.take("case.review", "0001", **AGREED)
    town.take("case.post", "0001", **BOARD)
    before = town.case("0001").current_notice("case")

    town.calendar.later(3)
    town.take("case.lift_hold", "0001", paper="（2010）汇法执字第18号之一", hold="H01")
    assert town.case("0001").current_notice("case") == before
    town.take("shares.certify", "0001")
    assert town.case("0001").positions["shares"] == "certified"
    assert town.verify().is_sound


def test_a_notice_runs_on_where_it_stopped_when_the_hold_is_lifted(town_at):
    town = town_at("posted")
    posted = town.case("0001").current_notice("case")
    town.calendar.later(3)
    town.take("case.suspend", "0001", by="auditor1", **INQUIRY)
    town.calendar.day = posted.last_day + timedelta(days=10)
    assert "hold" in town.unmet("case.close_notice", "0001")
    town.take("case.lift_hold", "0001", by="auditor1", hold="H01", paper="汇审解〔2010〕1号")

    resumed = town.case("0001").current_notice("case")
    assert resumed.last_day >= town.calendar.day + timedelta(days=posted.days - 2)
    assert resumed.serial == posted.serial
    assert "case.window_over" in town.unmet("case.close_notice", "0001")
    town.wait_for_notice("0001", "case")
    town.take("case.close_notice", "0001")
    assert town.case("0002").current_notice("case").last_day == posted.last_day
    assert town.verify().is_sound


def test_an_audit_of_the_village_stops_every_household_and_all_notices_run_on_together(town_at):
    town = town_at("posted")
    before = {h: town.case(h).current_notice("case") for h in ("0001", "0002")}
    town.calendar.later(2)
    town.village("suspend", by="auditor1", **INQUIRY)
    for act in ("case.close_notice", "hukou.file", "land.reissue"):
        assert "hold" in town.unmet(act, "0002")

    town.calendar.later(30)
    town.village("lift_hold", by="auditor1", hold="H01", paper="汇审解〔2010〕1号")

    for household, notice in before.items():
        resumed = town.case(household).current_notice("case")
        assert resumed.last_day >= town.calendar.day + timedelta(days=notice.days - 1)
        assert town.case(household).past[-1].act == "programme.lift_hold"
    town.wait_for_notice("0001", "case")
    town.take("case.close_notice", "0001")
    assert town.verify().is_sound


def test_a_dispute_over_land_keeps_the_land_as_it_is_and_nothing_else(town_at):
    town = town_at("landed")
    land = town.case("0003").land
    town.take("case.suspend", "0003", by="street1", **DISPUTE)

    assert "hold" in town.unmet("land.reissue", "0003", reason="换发一份")
    town.take("shares.propose_members", "0003")
    assert town.case("0003").land == land
    assert town.case("0003").positions["land"] == "issued"
    assert town.verify().is_sound


def test_a_lapsed_term_blocks_until_somebody_records_it(town_at):
    town = town_at("reviewed")
    town.take("case.suspend", "0001", by="auditor1", **(INQUIRY | {"until": date(2010, 6, 30)}))
    town.calendar.day = date(2010, 7, 1)

    assert "期限已满而未登记" in town.unmet("case.post", "0001", **BOARD)["hold"]
    town.take("case.lapse_hold", "0001", hold="H01")
    town.take("case.post", "0001", **BOARD)
    assert town.verify().is_sound


def test_a_court_freezes_one_household_and_never_a_village(town_at):
    town = town_at("resolved")

    with pytest.raises(RequirementsUnmet, match="这类中止只针对一户"):
        town.village("suspend", **FREEZE)

    assert not town.programme().holds


def test_a_term_is_renewed_on_a_further_order_and_history_keeps_both(town_at):
    town = town_at("approved")
    town.take("case.suspend", "0001", **FREEZE)
    further = {"hold": "H01", "order": "（2010）汇法执字第18号之一", "until": date(2011, 6, 30)}
    town.calendar.day = FREEZE["until"]
    town.take("case.renew_hold", "0001", **further)

    renewed = town.case("0001").holds["H01"]
    assert (renewed.order, renewed.until) == (further["order"], further["until"])
    orders = [
        e.form["order"] for e in town.case("0001").past if e.level == "case" and "order" in e.form
    ]
    assert orders == [FREEZE["order"], further["order"]]
    assert town.verify().is_sound


def test_a_certificate_whose_number_was_drawn_before_a_freeze_is_not_made_until_it_is_lifted(
    town_at,
):
    town = town_at("certified")
    town.take("case.suspend", "0001", **FREEZE)

    failed = [paper for paper in town.issue() if isinstance(paper, Unissued)]
    assert [paper.number for paper in failed] == ["坪社股证〔2010〕0001号"]
    assert "法院冻结 H01（汇川区人民法院（2010）汇法执字第18号）有效，文书停发" in failed[0].reason
    assert "由作出冻结的人民法院解除" in failed[0].reason

    town.take("case.lift_hold", "0001", paper="（2010）汇法执字第18号之一", hold="H01")
    (made,) = town.issue()
    assert (made.number, isinstance(made, Issued)) == (failed[0].number, True)
    assert town.verify().is_sound


def test_an_inquiry_into_the_whole_village_stops_the_papers_of_all(town_at):
    town = town_at("landed")
    town.village("suspend", by="auditor1", **INQUIRY)

    assert {type(paper) for paper in town.issue()} == {Unissued}

    town.village("lift_hold", by="auditor1", hold="H01", paper="汇审解〔2010〕1号")
    assert {type(paper) for paper in town.issue()} == {Issued}
