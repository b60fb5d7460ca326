"""Registering the village, and the milestones that households wait for."""

import pytest

from conversion.errors import NotFound, StepRefused, WrongUse
from conversion.services import programme as villages
from conversion.services.filing import Filing
from conversion.services.village_files import read_village
from conversion.workflows.requirement import RequirementsUnmet
from tests.office import SAMPLE, people
from tests.village_roster import VILLAGE


def ballot(town, **others):
    called = town.calendar.day
    town.calendar.later(12)
    return town.meeting(called, **others)


def test_a_village_is_registered_once(town_at):
    town = town_at("taken_in")
    with pytest.raises(WrongUse):
        town.register()
    assert town.verify().is_sound


@pytest.mark.parametrize(
    "wrong",
    [
        {"village_code": "520303105"},
        {"community_code": "999999003010"},
        {"collective_code": "N2520303MF000Y0910"},
    ],
)
def test_a_village_with_a_wrong_code_is_not_registered(wrong, town_at):
    village = read_village(SAMPLE / "village.yaml")
    fresh = {"village_code": "520303105203"}
    with pytest.raises(WrongUse):
        villages.register_village(
            town_at("taken_in").office,
            village.model_copy(update=fresh | wrong),
            people(),
            "taskforce1",
        )


def test_a_village_under_a_pack_that_is_not_there_is_not_registered(town_at):
    village = read_village(SAMPLE / "village.yaml")
    fresh = {"village_code": "520303105203", "pack": "nirgendwo"}
    with pytest.raises(NotFound):
        villages.register_village(
            town_at("taken_in").office, village.model_copy(update=fresh), people(), "taskforce1"
        )


def test_no_household_is_accepted_before_the_villagers_resolved(town_at):
    town = town_at("taken_in")
    assert "milestone.resolved" in town.unmet("case.accept", "0003", signed=["01"])


def test_explaining_the_vote_on_the_plan_writes_nothing(town_at):
    town = town_at("members_confirmed")
    before = town.verify()
    filing = Filing(number=VILLAGE, filled=None)
    found = villages.explain(town.office, "adopt_share_plan", "supervisors1", filing)
    assert not found.permits
    assert town.verify() == before


def test_a_plan_that_misses_its_majority_leaves_no_allotment(town_at):
    town = town_at("members_confirmed")
    counted = ballot(town, in_favour=5, against=3)
    before = town.verify()
    with pytest.raises(RequirementsUnmet):
        town.village("adopt_share_plan", **counted, version="1")
    assert town.programme().plan is None
    assert town.verify() == before


@pytest.mark.parametrize("version", ["", "   ", "2010-1" * 9, None, 7])
def test_a_plan_with_an_impossible_version_is_refused_in_plain_words(version, town_at):
    town = town_at("members_confirmed")
    with pytest.raises(RequirementsUnmet):
        town.village("adopt_share_plan", **ballot(town), version=version)
    assert town.programme().plan is None


def test_the_plan_carries_the_version_as_it_was_voted(town_at):
    town = town_at("members_confirmed")
    town.village("adopt_share_plan", **ballot(town), version=" 2010-1 ")
    plan = town.programme().plan
    assert plan
    assert plan.version == "2010-1"
    assert plan.asset_value == 3_684_000_000
    assert town.verify().is_sound


def test_a_vote_that_overtakes_a_milestone_is_refused(town_at):
    town = town_at("accepted")
    with pytest.raises(RequirementsUnmet):
        town.village("adopt_share_plan", **ballot(town), version="2010-1")


def test_the_village_is_not_accepted_while_a_case_is_under_way(town_at):
    town = town_at("signed")
    with pytest.raises(RequirementsUnmet) as refused:
        town.village("accept", opinion="经验收合格。")
    assert {r.rule for r in refused.value.requirements if not r.satisfied} == {"cases_ended"}


def test_the_vote_waits_for_every_household(town_at):
    town = town_at("landed")
    called = town.calendar.day
    town.take("shares.propose_members", "0001")
    town.calendar.later(12)
    with pytest.raises(RequirementsUnmet) as refused:
        town.village("confirm_roll", **town.meeting(called))
    assert {r.rule for r in refused.value.requirements if not r.satisfied} == {"roll_complete"}


def test_only_the_task_force_opens_a_villages_programme(town_at):
    town = town_at("taken_in")
    village = read_village(SAMPLE / "village.yaml")
    other = village.model_copy(update={"village_code": "520303105203", "village_name": "坪水村"})
    with pytest.raises(StepRefused):
        villages.register_village(town.office, other, people(), "auditor1")
    with pytest.raises(NotFound, match="分工表中没有账号"):
        villages.register_village(town.office, other, people(), "nobody")
