"""What an objection does to a notice, and to whose."""

from datetime import timedelta

import pytest

from conversion.domain.notice import ObjectionState
from conversion.standards.day_count import last_day
from conversion.workflows.requirement import RequirementsUnmet
from tests.office import BOARD

OBJECTION = {"raised_by": "何大勇之妹何秀", "subject": "女儿已出嫁外县，不应列入。"}


FOUND = {"investigators": ["付永秀", "罗文彬"], "findings": "查阅户口簿，并听取双方陈述。"}


def settle(town, household, *, upheld):
    (objection,) = town.case(household).open_objections("case")
    named = {"objection": objection.serial}
    town.take("case.accept_objection", household, **named)
    town.take("case.investigate", household, **named, **FOUND)
    told = {"upheld": upheld, "reply": "已经调查核对，书面答复。"}
    town.take("case.settle", household, **named, **told)


def test_an_objection_by_a_relative_is_dismissed_and_the_notice_runs_on(town_at):
    town = town_at("posted")
    before = town.case("0002").current_notice("case")
    town.calendar.later(2)
    town.take("case.object", "0002", **OBJECTION)
    town.calendar.later(2)
    settle(town, "0002", upheld=False)

    case = town.case("0002")
    assert case.current_notice("case") == before
    assert case.objections["O01"].state is ObjectionState.DISMISSED
    town.calendar.day = before.last_day
    assert "case.window_over" in town.unmet("case.close_notice", "0002")
    town.calendar.later(1)
    town.take("case.close_notice", "0002")
    assert town.verify().is_sound


def test_an_upheld_objection_restarts_only_that_households_notice(town_at):
    town = town_at("posted")
    first = town.case("0001").current_notice("case")
    town.calendar.later(3)
    town.take("case.object", "0002", **OBJECTION)
    settle(town, "0002", upheld=True)

    renewed = town.case("0002").current_notice("case")
    assert renewed.posted_on == town.calendar.day
    assert renewed.last_day == last_day(town.calendar.day, 7).last
    assert town.case("0001").current_notice("case") == first
    town.calendar.day = first.last_day + timedelta(days=1)
    town.take("case.close_notice", "0001")
    with pytest.raises(RequirementsUnmet) as refused:
        town.take("case.close_notice", "0002")
    late = [r for r in refused.value.requirements if not r.satisfied]
    assert [r.earliest for r in late] == [renewed.last_day + timedelta(days=1)]


def test_while_an_objection_is_open_nothing_is_taken_down(town_at):
    town = town_at("posted")
    town.take("case.object", "0002", **OBJECTION)
    town.wait_for_notice("0002", "case")
    unmet = town.unmet("case.close_notice", "0002")
    assert {"position", "case.objections_settled"} <= unmet.keys()


def test_an_objection_after_the_last_day_is_too_late_but_not_one_handed_in_before(town_at):
    town = town_at("posted")
    notice = town.case("0002").current_notice("case")
    town.calendar.day = notice.last_day + timedelta(days=1)
    assert set(town.unmet("case.object", "0002", **OBJECTION)) == {"case.within_window"}
    town.take("case.object", "0002", **OBJECTION, raised_on=notice.last_day)
    assert town.case("0002").positions["case"] == "objected"


def test_who_objected_and_why_stands_in_no_public_entry(town_at):
    town = town_at("posted")
    town.take("case.object", "0002", **OBJECTION)
    assert town.case("0002").objections["O01"].raised_by == OBJECTION["raised_by"]
    assert OBJECTION["raised_by"] not in str(town.case("0002").past[-1])
    assert "出嫁" not in str(town.case("0002").past[-1])


def test_a_list_can_not_be_posted_twice(town_at):
    town = town_at("posted")
    with pytest.raises(RequirementsUnmet):
        town.take("case.post", "0001", **BOARD)
    assert len([n for n in town.case("0001").notices.values() if n.level == "case"]) == 1


def test_an_objection_goes_step_by_step_and_every_day_is_kept(town_at):
    town = town_at("posted")
    raised = town.calendar.day
    town.take("case.object", "0002", **OBJECTION)
    named = {"objection": "O01"}
    answer = named | {"upheld": False, "reply": "已经书面答复。"}
    assert set(town.unmet("case.investigate", "0002", **named, **FOUND)) == {"case.objection_open"}
    assert set(town.unmet("case.settle", "0002", **answer)) == {"case.objection_open"}

    town.calendar.later(1)
    town.take("case.accept_objection", "0002", **named)
    alone = named | FOUND | {"investigators": ["付永秀", "付永秀"]}
    assert set(town.unmet("case.investigate", "0002", **alone)) == {"case.two_investigators"}
    town.calendar.later(1)
    town.take("case.investigate", "0002", **named, **FOUND)
    town.calendar.later(1)
    town.take("case.settle", "0002", **answer)

    objection = town.case("0002").objections["O01"]
    days = (objection.raised_on, objection.accepted_on, objection.investigated_on)
    assert days == tuple(raised + timedelta(days=n) for n in range(3))
    assert objection.settled_on == town.calendar.day
    assert "付永秀" in objection.findings
    assert town.verify().is_sound


def test_who_took_an_objection_in_does_not_decide_it(town_at):
    town = town_at("posted")
    town.take("case.object", "0002", by="village1", **OBJECTION)
    unmet = town.unmet("case.accept_objection", "0002", by="village1", objection="O01")
    assert set(unmet) == {"case.objection_other_hand"}
    assert not town.unmet("case.accept_objection", "0002", by="street1", objection="O01")


def test_an_objection_beside_the_point_is_not_admitted_and_told_what_can_be_done(town_at):
    town = town_at("posted")
    before = town.case("0002").current_notice("case")
    town.take("case.object", "0002", **OBJECTION)
    told = {"reason": "所提事项不是公示内容。", "remedies": "可以向街道办事处反映。"}
    town.take("case.decline_objection", "0002", objection="O01", **told)

    case = town.case("0002")
    assert case.objections["O01"].state is ObjectionState.NOT_ADMITTED
    assert case.objections["O01"].reply.endswith(told["remedies"])
    assert (case.positions["case"], case.current_notice("case")) == ("on_notice", before)


def test_a_list_pulled_early_is_void_and_hangs_anew_for_its_full_time(town_at):
    town = town_at("posted")
    first = town.case("0001").current_notice("case")
    town.calendar.later(2)
    found = {"defect": "pulled_early", "account": "巡查发现公示栏已空。"}
    late = found | {"found_on": town.calendar.day + timedelta(days=1)}
    assert set(town.unmet("case.void_notice", "0001", **late)) == {"case.void_in_time"}
    town.take("case.void_notice", "0001", **found, found_on=town.calendar.day)

    void = town.case("0001").notices[first.serial]
    assert (void.voided_on, void.is_running) == (town.calendar.day, False)
    assert void.void_reason == "公示期未满即被撤下：巡查发现公示栏已空。"
    assert "position" in town.unmet("case.close_notice", "0001")
    town.take("case.post", "0001", **BOARD)
    assert town.case("0001").current_notice("case").last_day > first.last_day
    assert "case.window_over" in town.unmet("case.close_notice", "0001")
    town.wait_for_notice("0001", "case")
    town.take("case.close_notice", "0001")
    assert town.verify().is_sound


def test_what_came_down_after_its_time_was_not_pulled_early(town_at):
    town = town_at("posted")
    town.wait_for_notice("0001", "case")
    told = {"defect": "pulled_early", "found_on": town.calendar.day, "account": "公示栏已空。"}
    assert set(town.unmet("case.void_notice", "0001", **told)) == {"case.void_in_time"}


def test_a_notice_keeps_where_its_photos_lie(town_at):
    town = town_at("posted")
    town.wait_for_notice("0001", "case")
    town.take("case.close_notice", "0001")
    notice = town.case("0001").current_notice("case")
    assert notice.posting_proof.startswith("09:30 张贴照片")
    assert notice.removal_proof.startswith("17:00 期满取证照片")


def test_the_plans_notice_is_taken_down_with_the_vote(town_at):
    (notice,) = town_at("resolved").programme().notices.values()

    assert not notice.is_running
    assert notice.removal_proof.startswith("17:00 期满取证照片")
