"""The law changes on 1 May 2025 while a village is in the middle of its work."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from conversion.domain.role import Role
from conversion.services.agenda import agenda
from conversion.services.staff_check import check_staff
from conversion.workflows.requirement import RequirementsUnmet
from tests.office import AGREED, Town
from tests.stages import a_town, of_department
from tests.village_roster import VILLAGE

LAST_OLD, FIRST_NEW = date(2025, 4, 30), date(2025, 5, 1)

AFTER_REFORM = {
    "自然资源局": "guotu1",
    "农业农村局": "nongmu1",
    "人力资源和社会保障局": "renshe1",
    "卫生健康局": "jisheng1",
    "住房和城乡建设局": "jianshe1",
}


@pytest.fixture
def town_on(tmp_path) -> Iterator[Callable[[str, date], Town]]:
    """The town at a stage, on a day of the year 2025."""
    opened: list[Town] = []

    def at(stage: str, day: date) -> Town:
        town = a_town(stage, tmp_path)
        town.calendar.day = day
        opened.append(town)
        return town

    yield at
    for town in opened:
        town.database.close()


def waiting(town, household, act, by):
    """What the countersigning says of who is still to sign."""
    return town.unmet(act, household, by=by, **AGREED)["department_due"]


# --- departments that were renamed, merged or founded ---------------------------------------------


def test_departments_that_were_renamed_go_on_signing_with_the_people_they_had(town_on):
    town = town_on("examined", LAST_OLD)
    town.take("case.countersign", "0001", by="minzheng1", **AGREED)
    town.take("case.countersign", "0001", by="weisheng1", **AGREED)
    assert "国土资源分局" in waiting(town, "0001", "case.countersign", "minzheng1")

    town.calendar.day = FIRST_NEW
    assert waiting(town, "0001", "case.countersign", "jisheng1") == (
        "卫生健康局；待会签：公安分局、自然资源局、农业农村局、人力资源和社会保障局、"
        "医疗保障局、退役军人事务局、教育局"
    )
    signers = ("gongan1", "guotu1", "nongmu1", "renshe1", "yibao1", "tuiyi1", "jiaoyu1")
    for account in signers:
        town.take("case.countersign", "0001", by=account, **AGREED)

    case = town.case("0001")
    assert case.positions["case"] == "countersigned"
    assert {"卫生局", "自然资源局", "医疗保障局"} <= set(case.countersignatures)
    assert town.verify().is_sound


def test_rows_sent_to_a_department_are_answered_by_the_one_that_took_its_place(town_on):
    town = town_on("in_force", LAST_OLD)
    town.take("entitlements.map", "0001")
    town.take("entitlements.dispatch", "0001")
    sent = {row.department for row in town.case("0001").entitlements.values()}
    assert {"国土资源分局", "农牧局", "卫生局", "人口和计划生育局"} <= sent

    town.calendar.day = FIRST_NEW
    due = {item.department for item in agenda(town.office, VILLAGE).items if item.department}
    assert {"自然资源局", "农业农村局", "卫生健康局"} <= due
    assert not due & {"国土资源分局", "农牧局", "卫生局", "人口和计划生育局"}
    today = town.office.pack("huichuan-2009", FIRST_NEW)
    own = agenda(town.office, VILLAGE, account="jisheng1").items
    assert {item.department for item in own} - {""} == {"卫生健康局"}

    for act, form in (("acknowledge", {}), ("settle", {"receipt": "接〔2025〕7号"})):
        for name in sorted({today.department_now(name) for name in sent}):
            answerer = AFTER_REFORM.get(name) or of_department(name)
            town.take(f"entitlements.{act}", "0001", by=answerer, **form)

    case = town.case("0001")
    assert case.positions["entitlements"] == "settled"
    assert {row.department for row in case.entitlements.values()} == sent
    assert town.verify().is_sound


def test_a_new_department_in_which_nobody_will_be_is_told_before_its_day_and_on_it(town_on):
    town = town_on("taken_in", LAST_OLD)
    assert _told_ahead(town) == []
    town.village("retire", by="district1", account="tuiyi1", last_day=LAST_OLD)

    assert check_staff(town.office, VILLAGE).lacks == ()
    (told,) = _told_ahead(town)
    assert told.startswith("自2025年5月1日起按政策包“村改社区政策包（2025年5月1日起的法律）”办理，")
    assert told.endswith(
        "，退役军人事务局还没有人：任用一名退役军人事务局区级部门，since 写 2025-05-01"
    )

    town.calendar.day = FIRST_NEW
    assert _told_ahead(town) == []
    lacks = check_staff(town.office, VILLAGE).lacks
    assert [lack.remedy for lack in lacks] == ["任用一名退役军人事务局区级部门"]
    town.appoint("jun", Role.DEPARTMENT, department="退役军人事务局")
    assert check_staff(town.office, VILLAGE).lacks == ()


def _told_ahead(town):
    return [found for found in check_staff(town.office, VILLAGE).findings if "政策包" in found]


def test_staff_is_appointed_under_the_names_of_the_day_on_which_the_post_begins(town_on):
    town = town_on("taken_in", date(2025, 4, 20))
    town.appoint("zhou", Role.DEPARTMENT, department="医疗保障局", since=FIRST_NEW)
    town.appoint("wang", Role.DEPARTMENT, department="农牧局")
    with pytest.raises(RequirementsUnmet, match="部门（医疗保障局）不是政策包所列的部门"):
        town.appoint("li", Role.DEPARTMENT, department="医疗保障局")

    town.calendar.day = FIRST_NEW
    town.appoint("li", Role.DEPARTMENT, department="医疗保障局")
    town.appoint("zhao", Role.DEPARTMENT, department="农牧局")
    with pytest.raises(RequirementsUnmet, match="部门（水利局）不是政策包所列的部门"):
        town.appoint("chen", Role.DEPARTMENT, department="水利局")
