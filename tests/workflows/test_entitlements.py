from dataclasses import replace
from datetime import date

import pytest

from conversion.domain.household import HukouKind
from conversion.domain.right import EntitlementStatus
from tests.builders import a_drawn_benefit, a_member
from tests.workflows.drive import (
    GROUNDS,
    WITHDRAWAL,
    Desk,
    a_department,
    a_new_case,
    an_approved_desk,
    departments_of,
    hand_over,
    hand_to_departments,
    huichuan,
    register,
    start_benefits,
)


def ready(**others) -> Desk:
    desk = an_approved_desk(**others)
    hand_over(desk)
    start_benefits(desk)
    return desk


def mapped(**others) -> Desk:
    desk = ready(**others)
    desk.take("entitlements.map")
    return desk


def acknowledged() -> Desk:
    desk = mapped()
    desk.take("entitlements.dispatch")
    for department in departments_of(desk):
        desk.take("entitlements.acknowledge", a_department(department))
    return desk


def test_every_right_reaches_its_department_and_the_statement_is_signed():
    desk = ready()

    hand_to_departments(desk)

    assert desk.case.positions["entitlements"] == "signed"
    rows = desk.case.entitlements.values()
    assert {row.status for row in rows} == {EntitlementStatus.SETTLED}
    assert all(row.receipt for row in rows)


def test_the_map_waits_for_benefits_and_for_the_police():
    desk = an_approved_desk()
    assert desk.unmet("entitlements.map") == {"benefits_assessed", "hukou_answered"}
    start_benefits(desk)
    assert desk.unmet("entitlements.map") == {"hukou_answered"}

    register(desk)

    assert desk.look("entitlements.map").permits


def test_rights_that_start_with_the_registration_are_not_lost():
    desk = mapped(members=[a_member(birth_date=date(1985, 3, 1))])

    row = next(r for r in desk.case.entitlements.values() if r.item == "urban_temporary_relief")

    assert row.since == desk.case.registrations["01"].day


def test_each_department_acknowledges_its_own_rows_and_the_last_moves_the_track():
    desk = mapped()
    desk.take("entitlements.dispatch")
    departments = departments_of(desk)

    for department in departments[:-1]:
        move = desk.take("entitlements.acknowledge", a_department(department))
        assert move.target == "dispatched"
        assert {c.row["department"] for c in move.changes if c.row} == {department}
        assert desk.unmet("entitlements.acknowledge", a_department(department)) == {
            "has_rows.dispatched"
        }
    last = desk.take("entitlements.acknowledge", a_department(departments[-1]))

    assert last.target == "acknowledged"


def test_settling_stays_until_the_last_department_too():
    desk = acknowledged()
    departments = departments_of(desk)

    told = [
        desk.take("entitlements.settle", a_department(d), receipt="接〔2010〕1号").target
        for d in departments
    ]

    assert told == ["acknowledged"] * (len(departments) - 1) + ["settled"]


@pytest.mark.parametrize("department", ["", "税务局", "林业局"])
def test_a_department_without_rows_has_nothing_to_do(department):
    desk = mapped()
    desk.take("entitlements.dispatch")

    assert desk.unmet("entitlements.acknowledge", a_department(department)) == {
        "has_rows.dispatched"
    }


def test_a_row_is_not_applicable_only_with_a_reason_and_by_its_own_department():
    desk = acknowledged()
    rows = desk.case.entitlements
    own = next(key for key, row in rows.items() if row.department == "民政局")
    others = next(key for key, row in rows.items() if row.department != "民政局")
    civil = a_department("民政局")

    def told(**not_applicable):
        return {"receipt": "接〔2010〕1号", "not_applicable": not_applicable}

    assert desk.unmet("entitlements.settle", civil, **told(**{own: ""})) >= {"form.not_applicable"}
    assert desk.unmet("entitlements.settle", civil, **told(**{others: "不适用"})) == {"rows_named"}
    assert desk.unmet("entitlements.settle", civil, **told(nonsense="不适用")) == {"rows_named"}
    desk.take("entitlements.settle", civil, **told(**{own: "本户没有这种情况"}))
    row = desk.case.entitlements[own]
    assert (row.status, row.reason, row.receipt) == (
        EntitlementStatus.NOT_APPLICABLE,
        "本户没有这种情况",
        "",
    )


def test_a_right_nobody_answers_for_is_given_a_department_when_dispatched():
    desk = mapped(drawn={"B01": a_drawn_benefit(item="高山移民补助")})
    key = "unlisted-B01/01"
    assert desk.case.entitlements[key].department == ""

    assert desk.unmet("entitlements.dispatch") == {"all_addressed"}
    assert desk.unmet("entitlements.dispatch", departments={key: "税务局"}) == {"all_addressed"}
    desk.take("entitlements.dispatch", departments={key: "民政局"})

    assert desk.case.entitlements[key].department == "民政局"


def test_the_department_of_a_known_right_is_not_rewritten():
    desk = mapped()
    key, row = next(iter(desk.case.entitlements.items()))
    other = next(d.name for d in huichuan().departments if d.name != row.department)

    desk.take("entitlements.dispatch", departments={key: other})

    assert desk.case.entitlements[key].department == row.department


def test_the_statement_is_signed_for():
    desk = acknowledged()
    for department in departments_of(desk):
        desk.take("entitlements.settle", a_department(department), receipt="接〔2010〕1号")

    assert desk.unmet("entitlements.sign_statement", evidence={}) == {
        "evidence.statement_signature"
    }


def test_residents_from_before_have_their_rights_mapped_too():
    desk = an_approved_desk(members=[a_member(hukou_kind=HukouKind.NON_AGRICULTURAL)])
    desk.take("hukou.waive", **GROUNDS)
    start_benefits(desk)

    assert desk.take("entitlements.map").target == "mapped"


def test_a_withdrawn_household_has_nothing_to_hand_over():
    desk = Desk(a_new_case())
    desk.take("case.withdraw", **WITHDRAWAL)

    assert desk.take("entitlements.waive", **GROUNDS).target == "not_required"


def test_an_approved_household_is_waived_only_when_nothing_is_due():
    desk = an_approved_desk()
    assert desk.unmet("entitlements.waive", **GROUNDS) == {"nothing_due"}

    desk.pack = replace(huichuan(), benefits=(), entitlements=())
    desk.take("benefits.waive", **GROUNDS)
    assert desk.unmet("entitlements.waive", **GROUNDS) == {"nothing_due"}
    register(desk)

    assert desk.unmet("entitlements.map") == {"entitlement"}
    assert desk.take("entitlements.waive", **GROUNDS).target == "not_required"


OLD = [a_member(birth_date=date(1940, 3, 1)), a_member("02", "罗玉珍", "12", "2")]


def test_who_is_old_chooses_how_to_be_cared_for():
    desk = mapped(members=OLD)

    desk.take("entitlements.dispatch", modes={"home_care/01": "日托"})

    assert desk.case.entitlements["home_care/01"].mode == "日托"
    others = [row.mode for key, row in desk.case.entitlements.items() if key != "home_care/01"]
    assert set(others) == {""}


def test_nobody_has_to_choose():
    desk = mapped(members=OLD)

    desk.take("entitlements.dispatch")

    assert desk.case.entitlements["home_care/01"].mode == ""


@pytest.mark.parametrize(
    ("key", "mode"),
    [("home_care/01", "住院"), ("home_care/02", "日托"), ("village_clinic/", "日托")],
    ids=["no such mode", "not sixty", "given in one way only"],
)
def test_only_what_the_community_offers_to_this_person_is_chosen(key, mode):
    desk = mapped(members=OLD)

    evaluation = desk.look("entitlements.dispatch", modes={key: mode})

    (rule,) = [r for r in evaluation.requirements if not r.satisfied]
    assert rule.rule == "modes_offered"
    assert rule.found == f"本社区没有这样的方式：{key}"
    assert rule.remedy == "从中选一种填写：home_care/01：上门服务、日托、邻里互助、日间照料"


def test_a_household_without_old_people_has_nothing_to_choose():
    desk = mapped(members=[a_member(birth_date=date(1985, 3, 1))])

    evaluation = desk.look("entitlements.dispatch", modes={"home_care/01": "日托"})

    (rule,) = [r for r in evaluation.requirements if not r.satisfied]
    assert rule.remedy == "从中选一种填写：本户没有要选方式的事项"


def test_a_community_that_offers_one_mode_gives_that():
    desk = mapped(members=OLD)
    village = desk.programme.village.model_copy(update={"community_name": "北新社区"})
    desk.programme = replace(desk.programme, village=village)

    assert desk.unmet("entitlements.dispatch", modes={"home_care/01": "日托"}) == {"modes_offered"}
    assert not desk.unmet("entitlements.dispatch", modes={"home_care/01": "邻里互助"})


def test_the_statement_offers_only_what_the_community_gives():
    desk = ready(members=OLD)
    village = desk.programme.village.model_copy(update={"community_name": "航天社区"})
    desk.programme = replace(desk.programme, village=village)

    desk.take("entitlements.map")

    row = desk.case.entitlements["home_care/01"]
    assert row.title == "居家养老服务（可选上门服务、日托）"
