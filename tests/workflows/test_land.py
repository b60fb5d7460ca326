from dataclasses import replace
from datetime import timedelta

import pytest

from tests.builders import a_member, a_parcel, a_programme, members_of
from tests.workflows.drive import (
    GROUNDS,
    OBJECTION,
    PLACE,
    SECOND_OF_STREET,
    WITHDRAWAL,
    Desk,
    a_new_case,
    accept,
    an_approved_desk,
    answer,
    confirm_land,
    survey,
)


def accepted(**others) -> Desk:
    desk = Desk(a_new_case(**others))
    accept(desk)
    return desk


def confirmed(desk: Desk) -> Desk:
    survey(desk)
    desk.wait_for_notice("land")
    desk.take("land.confirm")
    return desk


def test_every_parcel_is_surveyed_confirmed_and_registered_to_the_whole_family():
    desk = accepted()

    confirm_land(desk)

    assert desk.case.positions["land"] == "issued"
    field, site = desk.case.land["P01"], desk.case.land["P02"]
    assert (field.right, field.area) == ("土地承包经营权", 33_127)
    assert (site.right, site.area) == ("宅基地使用权", 12_000)
    assert field.holders == ("01", "02", "03")
    assert field.registration == "汇土登0012-P01"
    assert field.confirmed_on == desk.notice("land").closed_on


def test_land_asks_neither_for_hukou_nor_for_shares():
    desk = accepted()

    confirm_land(desk)

    assert desk.case.positions["hukou"] == desk.case.positions["shares"] == "open"
    assert desk.case.positions["case"] == "accepted"


def test_a_household_keeps_its_parcels_through_the_whole_conversion():
    desk = an_approved_desk()
    before = desk.case.parcels

    confirm_land(desk)

    assert desk.case.parcels == before
    assert set(desk.case.land) == set(before)


def test_a_withdrawn_household_has_its_land_confirmed():
    desk = Desk(a_new_case())
    desk.take("case.withdraw", **WITHDRAWAL)

    confirm_land(desk)

    assert desk.case.positions["land"] == "issued"


def test_measured_areas_go_before_those_of_the_roster():
    desk = accepted()

    desk.take("land.survey", surveyed_on=desk.day, areas={"P01": 34_000})

    assert {s: r.area for s, r in desk.case.land.items()} == {"P01": 34_000, "P02": 12_000}


def test_a_parcel_without_any_area_must_be_measured():
    bare = a_parcel("P01", contract_area=None, measured_area=None, name="水井湾")
    desk = accepted(parcels=[bare])

    assert desk.unmet("land.survey", surveyed_on=desk.day) == {"all_measured"}
    assert desk.look("land.survey", surveyed_on=desk.day, areas={"P01": 500}).permits


@pytest.mark.parametrize("area", [0, -1])
def test_an_area_is_more_than_nothing(area):
    desk = accepted()

    assert "form.areas" in desk.unmet("land.survey", surveyed_on=desk.day, areas={"P01": area})


def test_somebody_elses_parcel_is_not_surveyed_here():
    desk = accepted()

    assert desk.unmet("land.survey", surveyed_on=desk.day, areas={"P09": 500}) == {"all_measured"}


def test_a_survey_is_not_dated_ahead():
    desk = accepted()
    tomorrow = desk.day + timedelta(days=1)

    assert desk.unmet("land.survey", surveyed_on=tomorrow) == {"surveyed_on_past"}


def test_a_household_without_land_has_nothing_to_confirm():
    desk = accepted(parcels=0)

    assert desk.unmet("land.survey", surveyed_on=desk.day) == {"has_parcels"}
    assert desk.take("land.waive", **GROUNDS).target == "not_applicable"


def test_a_household_with_land_is_not_waived():
    assert accepted().unmet("land.waive", **GROUNDS) == {"no_parcels"}


def test_nothing_is_surveyed_before_the_household_is_accepted():
    desk = Desk(a_new_case(), programme=a_programme("drafting"))

    assert desk.unmet("land.survey", surveyed_on=desk.day) == {
        "case_under_way",
        "milestone.proposed",
    }


def test_every_adult_signs_the_boundaries_women_included():
    desk = accepted()
    desk.take("land.survey", surveyed_on=desk.day)

    evaluation = desk.look("land.sign_boundaries", signed=["01", "03"])

    rule = next(r for r in evaluation.requirements if r.rule == "adults_signed")
    assert rule.found == "未签字：罗玉珍"


def test_a_boundary_found_wrong_is_surveyed_again():
    desk = accepted()
    survey(desk)
    desk.take("land.object", **OBJECTION)
    answer(desk, "land", upheld=True)
    desk.take("land.rectify", **GROUNDS)
    desk.take("land.survey", surveyed_on=desk.day, areas={"P01": 30_000})
    desk.take("land.sign_boundaries", signed=["01", "02", "03"])
    desk.take("land.post", **PLACE)

    assert desk.notice("land").serial == "N03"
    assert desk.case.land["P01"].area == 30_000
    assert desk.unmet("land.confirm", SECOND_OF_STREET) == {"land.window_over"}


def test_a_parcel_in_dispute_is_not_rectified_or_confirmed():
    desk = accepted()
    survey(desk)
    desk.take("land.object", **OBJECTION)
    desk.wait_for_notice("land")

    assert desk.unmet("land.confirm") == {"position", "land.objections_settled"}
    assert desk.unmet("land.rectify", **GROUNDS) == {"position", "land.objections_settled"}


def test_a_member_who_came_after_the_survey_is_not_left_out():
    desk = accepted()
    survey(desk)
    late = members_of(4)[3]
    desk.case = replace(desk.case, members={**desk.case.members, "04": late})
    desk.wait_for_notice("land")

    evaluation = desk.look("land.confirm")

    rule = next(r for r in evaluation.requirements if r.rule == "holders_complete")
    assert rule.found == "漏列共有人：陈小燕"
    desk.take("land.rectify", **GROUNDS)
    survey(desk)
    desk.wait_for_notice("land")
    assert desk.look("land.confirm").permits


def test_who_settled_for_the_street_does_not_confirm():
    desk = accepted()
    survey(desk)
    desk.take("land.object", **OBJECTION)
    answer(desk, "land", upheld=False)
    desk.wait_for_notice("land")

    assert desk.unmet("land.confirm") == {"four_eyes"}
    assert desk.look("land.confirm", SECOND_OF_STREET).permits


@pytest.mark.parametrize(
    ("numbers", "unmet"),
    [
        ({"P01": "汇土登1"}, {"all_registered"}),
        ({"P01": "汇土登1", "P02": "汇土登2", "P03": "汇土登3"}, {"all_registered"}),
        ({"P01": "汇土登1", "P02": ""}, {"form.registrations"}),
        ({}, {"all_registered"}),
    ],
)
def test_the_register_answers_for_each_parcel(numbers, unmet):
    desk = confirmed(accepted())

    found = desk.unmet("land.register", registered_on=desk.day, registrations=numbers)

    assert unmet <= found
    assert not desk.look("land.register", registered_on=desk.day, registrations=numbers).permits


def test_a_registration_is_not_dated_ahead():
    desk = confirmed(accepted())
    numbers = {"P01": "汇土登1", "P02": "汇土登2"}
    tomorrow = desk.day + timedelta(days=1)

    assert desk.unmet("land.register", registered_on=tomorrow, registrations=numbers) == {
        "registered_on_past"
    }


def test_a_child_is_a_holder_too():
    child = a_member("02", "张浩然", "20", birth_date=members_of(5)[4].birth_date)
    desk = accepted(members=[a_member(), child])

    desk.take("land.survey", surveyed_on=desk.day)

    assert desk.case.land["P01"].holders == ("01", "02")


FIELD = [[0, 0], [44.17, 0], [44.17, 50], [0, 50], [0, 0]]
"""A ring as GeoJSON has it: 2208.50 m², which are the 3.3127 亩 of the builder's field."""


def test_an_outline_is_kept_with_the_parcel():
    desk = accepted()

    desk.take("land.survey", surveyed_on=desk.day, outlines={"P01": FIELD})

    assert desk.case.parcels["P01"].outline == (
        "0.00,0.00",
        "44.17,0.00",
        "44.17,50.00",
        "0.00,50.00",
    )
    assert desk.case.parcels["P02"].outline == ()


@pytest.mark.parametrize(
    ("outlines", "told"),
    [
        ({"P09": FIELD}, "P09不是本户的地块"),
        ({"P01": [[0, 0], [10, 0]]}, "P01少于3个界址点"),
        ({"P01": [[0, 0], [40, 50], [40, 0], [0, 50]]}, "P01界线自相交叉"),
        ({"P01": [[0, 0], [48, 0], [48, 50], [0, 50]]}, "P01图上面积 2400.00 平方米"),
        ({"P02": ["0,0", "12,0", "12,11", "0,11"]}, "P02图上面积 132.00 平方米"),
    ],
)
def test_an_outline_that_can_not_be_the_parcels_is_told(outlines, told):
    desk = accepted()

    look = desk.look("land.survey", surveyed_on=desk.day, outlines=outlines)

    (unmet,) = [r for r in look.requirements if not r.satisfied]
    assert (unmet.rule, told in unmet.found) == ("outlines_sound", True), unmet.found


def test_the_measured_area_of_the_same_survey_is_what_an_outline_is_held_against():
    desk = accepted()
    larger = [[0, 0], [48, 0], [48, 50], [0, 50]]

    look = desk.look(
        "land.survey", surveyed_on=desk.day, areas={"P01": 36_000}, outlines={"P01": larger}
    )

    assert look.permits


def test_a_corner_is_figures_to_the_centimetre():
    desk = accepted()

    wrong = {"P01": ["0,0", "甲,0", "0,9"]}
    unmet = desk.unmet("land.survey", surveyed_on=desk.day, outlines=wrong)
    assert any(rule.startswith("form.outlines") for rule in unmet)
