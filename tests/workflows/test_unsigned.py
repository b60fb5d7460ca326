"""A household that signs nothing: what its silence opens, and what stays its own."""

from datetime import timedelta
from typing import Any

import pytest

from conversion.domain.role import Role
from tests.builders import an_actor
from tests.workflows.drive import START, Desk, a_new_case, certify

WITNESSES = ("何永清", "罗世海")
ACT = "case.record_unsigned"


def a_call(days: int, witnesses: tuple[str, ...] = WITNESSES) -> dict[str, Any]:
    return {
        "delivered_on": START - timedelta(days=days),
        "address": "坪山村一组3号",
        "response": "refused" if days % 2 else "absent",
        "witnesses": witnesses,
    }


def unmet(desk: Desk, *calls: dict[str, Any], **others: Any) -> set[str]:
    return desk.unmet(ACT, deliveries=calls, **others)


def test_two_calls_open_the_survey_and_the_household_may_sign_any_day_after():
    desk = Desk(a_new_case())
    assert desk.unmet("shares.propose_members") == {"may_be_surveyed"}

    desk.take(ACT, deliveries=[a_call(9), a_call(4)])

    assert desk.case.positions["case"] == "draft"
    certify(desk)
    assert desk.case.positions["shares"] == "certified"
    grown = [s for s, m in desk.case.members.items() if m.age_on(desk.day) >= 18]
    desk.take("case.accept", signed=grown)
    assert desk.case.positions["case"] == "accepted"


def test_silence_moves_nothing_that_is_the_households_own():
    desk = Desk(a_new_case())
    desk.take(ACT, deliveries=[a_call(9), a_call(4)])
    certify(desk)

    assert "case_approved" in desk.unmet("hukou.file")
    assert "case_approved" in desk.unmet("benefits.assess")
    assert "nothing_due" in desk.unmet("hukou.waive", reason="本户没有申请。")
    assert "case_under_way" in desk.unmet("land.survey", surveyed_on=desk.day)
    assert "case_under_way" in desk.unmet("household.register_birth")
    assert "position" in desk.unmet("case.review", opinion="同意上报。")


@pytest.mark.parametrize(
    ("calls", "lacking"),
    [
        ((a_call(9),), {"delivered_twice"}),
        ((a_call(9), a_call(9)), {"delivered_twice"}),
        ((a_call(9), a_call(-1)), {"delivered_twice"}),
        ((a_call(9), a_call(4, ("何永清",))), {"delivery_witnessed"}),
        ((a_call(9), a_call(4, ("何永清", " 何永清 "))), {"delivery_witnessed"}),
        ((a_call(9), a_call(4, ("何永清", "张德明"))), {"delivery_witnessed"}),
    ],
    ids=["once", "twice a day", "ahead", "one witness", "the same twice", "of the household"],
)
def test_a_call_counts_on_its_own_day_before_two_who_are_nobodys(calls, lacking):
    assert unmet(Desk(a_new_case()), *calls) == lacking


def test_whoever_delivers_is_no_witness():
    desk = Desk(a_new_case())
    witness = an_actor(Role.TASK_FORCE, name="何永清")

    assert desk.unmet(ACT, witness, deliveries=[a_call(9), a_call(4)]) == {"delivery_witnessed"}


def test_each_call_has_its_receipt():
    desk = Desk(a_new_case())
    lacking = desk.unmet(ACT, evidence={}, deliveries=[a_call(9), a_call(4)])

    assert lacking == {"evidence.first_delivery", "evidence.second_delivery"}


def test_who_recorded_the_calls_does_not_confirm_the_members():
    desk = Desk(a_new_case())
    both = an_actor(Role.TASK_FORCE, account="both", roles=tuple(Role))
    desk.take(ACT, both, deliveries=[a_call(9), a_call(4)])

    assert "four_eyes" in desk.unmet("shares.confirm_members", both)


def test_a_household_that_has_signed_is_not_recorded_as_silent():
    desk = Desk(a_new_case())
    grown = [s for s, m in desk.case.members.items() if m.age_on(desk.day) >= 18]
    desk.take("case.accept", signed=grown)

    assert "position" in unmet(desk, a_call(9), a_call(4))
