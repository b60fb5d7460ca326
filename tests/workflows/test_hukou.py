from datetime import date, timedelta

import pytest

from conversion.domain.household import HukouKind
from conversion.domain.right import RegistrationResult
from conversion.workflows.facts import household_facts
from tests.builders import a_member, a_programme, members_of
from tests.workflows.drive import (
    GROUNDS,
    OPINION,
    REFUSAL,
    WITHDRAWAL,
    Desk,
    a_new_case,
    accept,
    an_approved_desk,
    approve,
    register,
)

SOLDIER = a_member("02", "张永强", "22", flag="4")
TOWNSMAN = a_member("02", "张永强", "22", hukou_kind=HukouKind.NON_AGRICULTURAL)


def approved_by_police(**others) -> Desk:
    desk = an_approved_desk(**others)
    desk.take("hukou.file")
    desk.take("hukou.check", **OPINION)
    desk.take("hukou.approve", **OPINION)
    return desk


def receipt(desk: Desk, **others):
    return {"receipt": "户登0012", "registered_on": desk.day} | others


def test_a_whole_household_is_registered_and_gets_its_booklet():
    desk = an_approved_desk()

    register(desk)
    desk.take("hukou.hand_over")

    assert desk.case.positions["hukou"] == "handed_over"
    for row in desk.case.registrations.values():
        assert (row.result, row.before, row.after) == (
            RegistrationResult.REGISTERED,
            "农业户口",
            "居民户口",
        )
        assert (row.day, row.receipt) == (desk.day, "户登0012")


def test_the_resident_number_never_changes():
    desk = an_approved_desk()
    numbers = {s: m.resident_number for s, m in desk.case.members.items()}

    register(desk)

    assert {s: m.resident_number for s, m in desk.case.members.items()} == numbers


def test_a_partial_household_is_answered_member_by_member():
    people = [*members_of(3), a_member("04", "张永刚", "23", hukou_kind="non_agricultural")]
    desk = approved_by_police(members=people)

    answers = {"refused": {"02": "在他处另有户口"}, "excepted": {"03": "在外服役"}}
    desk.take("hukou.register", **receipt(desk, **answers))

    results = {s: (r.result.value, r.after, r.reason) for s, r in desk.case.registrations.items()}
    assert results["01"] == ("registered", "居民户口", "")
    assert results["02"] == ("refused", "农业户口", "在他处另有户口")
    assert results["03"] == ("excepted", "农业户口", "在外服役")
    assert results["04"][:2] == ("not_required", "非农业户口")
    assert all(r.reason for r in desk.case.registrations.values() if r.result != "registered")


def test_a_soldier_keeps_the_registration_of_the_service():
    desk = approved_by_police(members=[a_member(), SOLDIER])

    desk.take("hukou.register", **receipt(desk))

    assert desk.case.registrations["02"].result is RegistrationResult.EXCEPTED


def test_nobody_from_outside_stands_on_a_receipt():
    desk = approved_by_police()

    told = receipt(desk, refused={"09": "查无此人"})

    assert desk.unmet("hukou.register", **told) == {"members_named"}


def test_a_member_has_one_answer():
    desk = approved_by_police()
    twice = receipt(desk, refused={"02": "另有户口"}, excepted={"02": "在外服役"})

    assert desk.unmet("hukou.register", **twice) == {"answers_agree"}


def test_a_receipt_that_registers_nobody_is_a_refusal():
    desk = approved_by_police()
    nobody = receipt(desk, refused=dict.fromkeys(["01", "02", "03"], "另有户口"))

    assert desk.unmet("hukou.register", **nobody) == {"answers_agree"}
    assert desk.take("hukou.refuse", **REFUSAL).target == "refused"


@pytest.mark.parametrize("shift", [1, -400])
def test_the_registration_lies_between_the_approval_and_today(shift):
    desk = approved_by_police()
    told = receipt(desk, registered_on=desk.day + timedelta(days=shift))

    assert desk.unmet("hukou.register", **told) == {"registered_in_time"}


def test_transitions_start_on_the_day_of_the_register_not_of_the_clerk():
    desk = approved_by_police()
    registered_on = desk.day
    desk.later(9)

    desk.take("hukou.register", receipt="户登0012", registered_on=registered_on)

    facts = household_facts(desk.look("hukou.hand_over").circumstances)
    assert facts.registered_on == registered_on


def test_nothing_is_filed_before_the_district_approves():
    desk = Desk(a_new_case())
    accept(desk)

    assert desk.unmet("hukou.file") == {"case_approved"}


def test_the_police_alone_examine_approve_and_register():
    desk = an_approved_desk()
    for event, roles in {
        "check": {"police_station"},
        "approve": {"county_police"},
        "register": {"police_station"},
        "refuse": {"county_police"},
    }.items():
        assert set(desk.step(f"hukou.{event}").roles) == roles


def test_the_police_return_and_the_task_force_files_again():
    desk = an_approved_desk()
    desk.take("hukou.file")
    desk.take("hukou.return_for_correction", **GROUNDS)
    desk.take("hukou.resubmit", corrected="补交身份证复印件")
    desk.take("hukou.check", **OPINION)

    assert desk.take("hukou.approve", **OPINION).target == "approved"


def test_a_household_already_registered_is_waived_and_not_filed():
    desk = an_approved_desk(members=[a_member(hukou_kind=HukouKind.NON_AGRICULTURAL)])

    assert desk.unmet("hukou.file") == {"registration"}
    assert desk.take("hukou.waive", **GROUNDS).target == "not_required"


def test_a_household_with_one_to_convert_is_not_waived():
    desk = an_approved_desk(members=[a_member(), TOWNSMAN])

    evaluation = desk.look("hukou.waive", **GROUNDS)

    waiver = next(r for r in evaluation.requirements if r.rule == "nothing_due")
    assert waiver.found == "张德明应报公安机关办理"
    assert not evaluation.permits


def test_no_waiver_before_the_household_is_known_and_approved():
    case = a_new_case(members=[a_member(hukou_kind=HukouKind.NON_AGRICULTURAL)])

    assert Desk(case).unmet("hukou.waive", **GROUNDS) == {"nothing_due"}


def test_a_withdrawn_household_is_waived():
    desk = Desk(a_new_case())
    desk.take("case.withdraw", **WITHDRAWAL)

    assert desk.take("hukou.waive", **GROUNDS).target == "not_required"


def test_where_the_police_refuse_the_transition_is_waived_and_the_case_can_end():
    desk = an_approved_desk()
    desk.take("hukou.file")
    desk.take("hukou.refuse", **REFUSAL)

    desk.take("benefits.waive", **GROUNDS)
    desk.take("entitlements.waive", **GROUNDS)

    assert desk.case.positions["benefits"] == "not_required"
    assert desk.case.done_on("hukou.refuse") == desk.day
    assert desk.day > date(2009, 12, 1)


def test_a_household_transfers_its_hukou_while_the_village_has_not_begun_on_its_assets():
    desk = Desk(a_new_case(), programme=a_programme("approved", assets="open"))
    accept(desk)
    approve(desk)

    register(desk)

    assert desk.case.positions["hukou"] == "registered"
    assert desk.case.positions["shares"] == "open"
