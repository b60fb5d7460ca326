"""The staff of a village: who may act where and when, for whom, and whether they are enough."""

from datetime import timedelta

import pytest

from conversion.domain.role import Role
from conversion.errors import NotFound, StepRefused, WrongUse
from conversion.services import programme as villages
from conversion.services import progress
from conversion.services.agenda import agenda
from conversion.services.staff_check import check_staff
from conversion.services.village_files import read_village
from conversion.workflows.requirement import RequirementsUnmet
from tests.office import AGREED, SAMPLE, START, Town, people
from tests.village_roster import HOUSES, VILLAGE, House

OTHER_GROUP = House(
    number="0004",
    people=("骆仕海 户主 男 1960-08-09 组别=二组 农龄=35",),
    plots=("承包地 0.90",),
)


def unmet(error):
    return {r.rule for r in error.value.requirements if not r.satisfied}


def on_leave(town, *, days=4, **others):
    """A leave of the village's first clerk, for whom a group leader stands in."""
    since = town.calendar.day
    leave = {"since": since, "until": since + timedelta(days=days), "ground": "年休假"}
    persons = {"account": "group1", "principal": "village1"}
    return town.village("substitute", **(persons | leave | others))


def test_a_substitute_signs_for_the_clerk_on_leave_and_is_still_barred_from_her_own_case(town_at):
    town = town_at("founded")
    town.appoint("group1", Role.GROUP, place="一组", kin=["0002"])
    town.appoint("village1", Role.VILLAGE, kin=["0003"])
    assert "role" in town.unmet("case.review", "0001", by="group1", **AGREED)

    on_leave(town)
    town.take("case.review", "0001", by="group1", **AGREED)
    event = town.case("0001").last("case.review")
    assert (event.actor, event.on_behalf) == ("group1", "village1")
    assert (event.actor_name, event.roles) == ("冉应伦（代万绍文）", (Role.VILLAGE,))
    assert set(town.unmet("case.review", "0002", by="group1", **AGREED)) == {"avoidance"}
    assert set(town.unmet("case.review", "0003", by="group1", **AGREED)) == {"avoidance"}

    for account in ("group1", "village1"):
        town.appoint(account, Role.DISTRICT)
        assert "four_eyes" in town.unmet("case.approve", "0001", by=account)
    assert town.verify().is_sound


def test_a_substitution_holds_on_its_days_and_not_a_day_longer(town_at):
    town = town_at("founded")
    on_leave(town, days=4)
    town.calendar.later(4)
    town.take("case.review", "0001", by="group1", **AGREED)
    town.calendar.later(1)
    with pytest.raises(RequirementsUnmet) as refused:
        town.take("case.review", "0002", by="group1", **AGREED)
    assert unmet(refused) == {"role"}


def test_who_comes_back_early_takes_the_work_back(town_at):
    town = town_at("founded")
    on_leave(town)
    town.village("end_substitution", by="taskforce2", substitution="S01")
    assert set(town.unmet("case.review", "0001", by="group1", **AGREED)) == {"role"}


def test_a_substitute_says_for_whom_and_acts_for_nobody_else(town_at):
    town = town_at("founded")
    on_leave(town)
    filing = town.filing("case.review", "0001", AGREED)
    with pytest.raises(StepRefused, match="没有代理 village2"):
        progress.take(town.office, "case.review", "group1", filing, principal="village2")
    progress.take(town.office, "case.review", "group1", filing, principal="village1")
    assert town.case("0001").last("case.review").on_behalf == "village1"


@pytest.mark.parametrize(
    "wrong",
    [
        {"account": "village1"},
        {"account": "nobody"},
        {"since": START.replace(year=2030)},
        {"since": START.replace(year=2008), "until": START.replace(year=2008, month=12)},
        {"principal": "retired"},
    ],
    ids=["oneself", "unknown", "backwards", "past", "no post"],
)
def test_a_substitution_that_makes_no_sense_is_refused(town_at, wrong):
    town = town_at("founded")
    town.appoint("retired", Role.VILLAGE, name="石永年")
    before = town.calendar.day
    town.village("retire", by="district1", account="retired", last_day=before)
    town.calendar.later(1)
    with pytest.raises(RequirementsUnmet) as refused:
        on_leave(town, **wrong)
    assert unmet(refused) == {"stand_in_sound"}


def test_nobody_makes_himself_a_substitute_or_a_clerk(town_at):
    town = town_at("founded")
    with pytest.raises(RequirementsUnmet) as refused:
        on_leave(town, by="taskforce1", account="taskforce1")
    assert unmet(refused) == {"staff_not_oneself"}
    with pytest.raises(RequirementsUnmet) as refused:
        town.appoint("taskforce1", Role.DISTRICT, by="taskforce1", kin=[])
    assert unmet(refused) == {"staff_not_oneself"}


def test_a_group_leader_acts_only_in_his_group(town_at):
    town = town_at("resolved")
    town.take_in([*HOUSES, OTHER_GROUP])
    by_group = {"0001": "group1", "0004": "group2"}
    for household, other in (("0001", "group2"), ("0004", "group1")):
        refused = town.unmet("land.sign_boundaries", household, by=other)
        assert refused["role"].endswith("组）")
        own = town.unmet("land.sign_boundaries", household, by=by_group[household])
        assert "role" not in own


def test_who_works_for_two_departments_signs_once_for_each(town_at):
    town = town_at("examined")
    town.appoint("minzheng1", Role.DEPARTMENT, department="卫生局")

    waited = {i.department for i in agenda(town.office, VILLAGE, account="minzheng1").items}
    assert waited == {"民政局", "卫生局"}
    for _ in waited:
        town.take("case.countersign", "0001", by="minzheng1", **AGREED)
        town.calendar.later(1)
    assert "department_due" in town.unmet("case.countersign", "0001", by="minzheng1", **AGREED)
    signed = {row.department for row in town.case("0001").countersignatures.values()}
    assert signed == waited
    assert check_staff(town.office, VILLAGE).lacks == ()
    assert town.verify().is_sound


def test_a_substitute_signs_for_each_department_of_the_principal(town_at):
    town = town_at("examined")
    town.appoint("minzheng1", Role.DEPARTMENT, department="卫生局")
    on_leave(town, principal="minzheng1")

    for _ in range(2):
        town.take("case.countersign", "0001", by="group1", **AGREED)

    assert len(town.case("0001").countersignatures) == 2


def test_an_explanation_names_the_people_who_could_act(town_at):
    town = town_at("founded")
    town.appoint("village1", Role.VILLAGE, kin=["0001"])
    filing = town.filing("case.review", "0001", AGREED)
    found = progress.explain(town.office, "case.review", "district1", filing)
    (role,) = [r for r in found.requirements if r.rule == "role"]
    assert role.who == "村级经办人（简明慧）"


def test_a_post_that_has_not_begun_or_has_ended_carries_nothing(town_at):
    town = town_at("founded")
    today = town.calendar.day
    tomorrow = today + timedelta(days=1)
    town.appoint("village9", Role.VILLAGE, name="何满", since=tomorrow, until=tomorrow)
    assert set(town.unmet("case.review", "0001", by="village9", **AGREED)) == {"role"}
    town.calendar.later(1)
    assert not town.unmet("case.review", "0001", by="village9", **AGREED)
    town.calendar.later(1)
    assert set(town.unmet("case.review", "0001", by="village9", **AGREED)) == {"role"}


def test_one_person_with_two_accounts_is_refused(town_at):
    town = town_at("founded")
    number = town.case("0001").head.resident_number
    town.appoint("village8", Role.VILLAGE, name="张国强", resident_number=number)
    with pytest.raises(RequirementsUnmet) as refused:
        town.appoint("district8", Role.DISTRICT, name="张国强", resident_number=number)
    assert unmet(refused) == {"staff_list_sound"}
    assert "village8" in str(refused.value)
    with pytest.raises(RequirementsUnmet):
        town.appoint("village7", Role.VILLAGE, resident_number=number[:-1] + "0")


def test_a_list_with_one_person_twice_founds_no_village(town_at):
    town = town_at("founded")
    number = town.case("0001").head.resident_number
    twice = [p.model_copy(update={"resident_number": number}) for p in people()[:2]]
    village = read_village(SAMPLE / "village.yaml")
    other = village.model_copy(update={"village_code": "520303105203"})
    with pytest.raises(WrongUse, match="是同一个人"):
        villages.register_village(town.office, other, [*twice, *people()[2:]], "taskforce1")


def test_a_clerk_of_the_village_stands_back_from_his_own_household_by_itself(town_at):
    """Who delivers no list of kin is found in the roster, and in no other household by guess."""
    town = town_at("founded")
    number = town.case("0002").head.resident_number
    town.appoint("village9", Role.VILLAGE, name="何大勇", resident_number=number)
    assert set(town.unmet("case.review", "0002", by="village9", **AGREED)) == {"avoidance"}
    assert not town.unmet("case.review", "0001", by="village9", **AGREED)
    assert (
        "何大勇（village9）是户号 0002 的成员，已自动回避该户"
        in check_staff(town.office, VILLAGE).findings
    )
    assert number not in str(town.programme().past[-1].form)


def test_people_of_one_village_are_nobody_in_another(town_at):
    town = town_at("taken_in")
    village = read_village(SAMPLE / "village.yaml")
    other = village.model_copy(update={"village_code": "520303105203"})
    list_of_other = [p for p in people() if p.account != "village1"]
    villages.register_village(town.office, other, list_of_other, "taskforce1")
    filing = town.filing("case.review", "0001", AGREED)
    found = progress.explain(town.office, "case.review", "village1", filing)
    assert found.circumstances.actor.holds(Role.VILLAGE)
    with pytest.raises(NotFound, match="village1"):
        villages.explain(
            town.office, "publish_plan", "village1", type(filing)(number="520303105203")
        )


def test_the_staff_of_the_sample_is_enough_on_every_household(town_at):
    town = town_at("taken_in")
    report = check_staff(town.office, VILLAGE)
    assert not report.lacks
    assert report.households.witness.keys() == {"0001", "0002", "0003"}
    assert report.village.witness[""]["村改社区项目·区人民政府批复"] == "district1"


def test_a_village_whose_staff_cannot_carry_the_approval_is_told_which_post_is_missing(town_at):
    town = town_at("taken_in")
    for account in ("district1", "district2"):
        town.village("retire", by="taskforce1", account=account)
    town.calendar.later(1)
    (lack,) = [k for k in check_staff(town.office, VILLAGE).lacks if "案件·批准”" in k.found]
    assert lack.households == ("0001", "0002", "0003")
    assert lack.remedy == "任用一名区人民政府"

    town.appoint("taskforce3", Role.DISTRICT, by="taskforce1")
    assert not check_staff(town.office, VILLAGE).lacks


def test_one_person_who_would_have_to_check_herself_is_told(town_at):
    """Both the street's examiner and its confirmation of land, and nobody else left there."""
    town = town_at("taken_in")
    town.village("retire", by="taskforce1", account="street2")
    town.appoint("street1", Role.STREET, kin=["0002"], by="taskforce1")
    town.calendar.later(1)
    lacks = check_staff(town.office, VILLAGE).lacks
    (alone,) = [k for k in lacks if "只有" in k.found]
    assert alone.households == ("0001", "0003")
    assert "贺昌明" in alone.found
    assert "镇（街道）" in alone.remedy
    (kin,) = [k for k in lacks if k.households == ("0002",)]
    assert "案件·镇（街道）审核" in kin.found


def test_the_staff_of_a_village_is_proven_like_everything_else(town_at):
    town: Town = town_at("founded")
    town.appoint("village9", Role.VILLAGE, name="何满", place="一组")
    town.village("retire", by="district1", account="village9", role=Role.VILLAGE)
    assert town.verify().is_sound
    posts = town.programme().posts
    assert posts["village9/village/一组"].until == town.calendar.day
