"""Who must not decide: whoever had a hand in it, whoever is near kin, a meeting too small."""

from datetime import timedelta

import pytest

from conversion.domain.role import Role
from conversion.workflows.requirement import RequirementsUnmet
from tests.office import AGREED
from tests.stages import approval
from tests.village_roster import VILLAGE


def unmet(error):
    return {r.rule for r in error.value.requirements if not r.satisfied}


def test_an_approver_who_examined_is_refused(town_at):
    """The same person came over from the street office to the district."""
    town = town_at("countersigned")
    town.appoint("street1", Role.DISTRICT)
    before = town.verify().root
    with pytest.raises(RequirementsUnmet) as refused:
        town.take("case.approve", "0001", by="street1", **approval(town.case("0001")))
    assert unmet(refused) == {"four_eyes"}
    assert town.verify().root == before
    town.take("case.approve", "0001", by="district1", **approval(town.case("0001")))


def test_who_took_the_application_in_can_not_examine_it_in_another_office(town_at):
    town = town_at("accepted")
    town.appoint("taskforce1", Role.VILLAGE)
    with pytest.raises(RequirementsUnmet) as refused:
        town.take("case.return_for_correction", "0001", by="taskforce1", reason="材料不齐全。")
    assert unmet(refused) == {"four_eyes"}


def test_a_clerk_with_a_relative_stands_back(town_at):
    town = town_at("founded")
    town.appoint("village9", Role.VILLAGE, name="何满", kin=["0002"])
    outcomes = town.take_many(
        "case.review", ["0001", "0002", "0003"], lambda _: AGREED, by="village9"
    )
    assert [o.refusal is None for o in outcomes] == [True, False, True]
    assert {r.rule for r in outcomes[1].refusal.requirements if not r.satisfied} == {"avoidance"}
    town.take("case.review", "0002", by="village2", **AGREED)
    assert town.households(case="reviewed") == ["0001", "0002", "0003"]


@pytest.mark.parametrize(
    "counts",
    [
        {"absent": ("0001/01", "0001/02", "0001/03", "0001/05")},
        {"in_favour": 4, "against": 4},
        {"in_favour": 9},
        {"in_favour": 8, "against": 1},
    ],
    ids=["half came", "half agreed", "more voices than people", "more ballots than people"],
)
def test_a_vote_that_misses_its_quorum_cannot_be_recorded_as_passed(counts, town_at):
    town = town_at("taken_in")
    called = town.calendar.day
    town.village("propose")
    town.village("publish_plan", place="村务公开栏", posted_at="09:30")
    town.calendar.later(14)
    ballot = town.meeting(called, **counts)
    before = town.verify().root
    with pytest.raises(RequirementsUnmet) as refused:
        town.village("resolve", **ballot)
    assert unmet(refused) == {"quorum"}
    assert not town.programme().votes
    assert town.verify().root == before
    town.village("resolve", **town.meeting(called))
    assert town.programme().votes["V01"].passed


def test_a_meeting_called_too_late_decides_nothing(town_at):
    town = town_at("taken_in")
    town.village("propose")
    town.village("publish_plan", place="村务公开栏", posted_at="09:30")
    town.calendar.later(14)
    with pytest.raises(RequirementsUnmet) as refused:
        town.meeting(town.calendar.day - timedelta(days=9))
    assert unmet(refused) == {"quorum"}
    assert town.programme().code == VILLAGE
    assert town.programme().state == "on_notice"
