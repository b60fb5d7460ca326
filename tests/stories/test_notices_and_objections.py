"""What an objection does to a notice, and to whose."""

from datetime import timedelta

import pytest

from conversion.domain.notice import ObjectionState
from conversion.workflows.requirement import RequirementsUnmet
from tests.office import BOARD

OBJECTION = {"raised_by": "何大勇之妹何秀", "subject": "女儿已出嫁外县，不应列入。"}


def settle(town, household, *, upheld):
    (objection,) = town.case(household).open_objections("case")
    told = {"objection": objection.serial, "upheld": upheld, "reply": "已经调查核对，书面答复。"}
    town.take("case.settle", household, **told)


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
    assert renewed.last_day == town.calendar.day + timedelta(days=7)
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
