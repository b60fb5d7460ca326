"""Overrides: asked for by one, granted by another, used once, and never for what protects people."""

from dataclasses import replace

import pytest

from conversion.domain.role import Role
from conversion.errors import SetupIncomplete
from conversion.workflows import definition
from conversion.workflows.definition import CASE_LEVELS, check_definition
from conversion.workflows.overriding import MAY_BE_SET_ASIDE
from tests.builders import an_actor
from tests.workflows.drive import Desk, a_new_case

REQUEST = {
    "step": "case.accept",
    "rule": "adults_signed",
    "reason": "张永强在外务工，已电话确认，委托书在途。",
}
ONE_MISSING = {"signed": ["01", "02"]}


def asked(**others):
    desk = Desk(a_new_case())
    desk.take("case.request_override", **(REQUEST | others))
    return desk


def granted(**others):
    desk = asked(**others)
    desk.take("case.grant_override", override="W01", decision_number="汇府特〔2009〕1号")
    return desk


def test_a_granted_override_meets_the_one_requirement_and_says_so():
    desk = granted()

    evaluation = desk.look("case.accept", **ONE_MISSING)

    (signed,) = [r for r in evaluation.requirements if r.rule == "adults_signed"]
    assert evaluation.permits
    assert signed.found == (
        "未签字：张永强；经特批 W01（汇府特〔2009〕1号，李文华 2009-12-01 批准）："
        "张永强在外务工，已电话确认，委托书在途"
    )


def test_an_override_serves_once():
    desk = granted()
    desk.take("case.accept", **ONE_MISSING)

    assert desk.case.overrides["W01"].used_on == desk.day
    assert desk.case.overrides["W01"].state == "已使用"
    desk.case.positions["case"] = "draft"
    assert desk.unmet("case.accept", **ONE_MISSING) == {"adults_signed"}


def test_an_override_that_is_not_needed_is_kept():
    desk = granted()

    desk.take("case.accept", signed=["01", "02", "03"])

    assert desk.case.overrides["W01"].is_usable


def test_only_the_requirement_it_was_granted_for_is_set_aside():
    desk = granted()

    assert desk.unmet("case.accept", evidence={"application": "卷1页1"}, **ONE_MISSING) == {
        "evidence.household_sheet"
    }
    assert desk.unmet("case.accept", signed=["01", "02", "77"]) == {"signers_known"}


def test_before_it_is_granted_and_after_it_is_refused_nothing_is_set_aside():
    desk = asked()
    assert desk.case.overrides["W01"].state == "待批准"
    assert desk.unmet("case.accept", **ONE_MISSING) == {"adults_signed"}

    desk.take("case.refuse_override", override="W01", reason="委托书到后再受理。")

    assert desk.case.overrides["W01"].state == "未批准"
    assert desk.unmet("case.accept", **ONE_MISSING) == {"adults_signed"}
    again = {"override": "W01", "decision_number": "汇府特〔2009〕2号"}
    assert desk.unmet("case.grant_override", **again) == {"override_waits"}


def test_who_asked_can_not_grant():
    both = replace(an_actor(account="both"), roles=(Role.TASK_FORCE, Role.DISTRICT))
    desk = Desk(a_new_case())
    desk.take("case.request_override", both, **REQUEST)

    assert desk.unmet(
        "case.grant_override", both, override="W01", decision_number="汇府特〔2009〕1号"
    ) == {"four_eyes"}


def test_the_same_is_not_asked_twice_before_it_has_served():
    desk = granted()
    assert desk.unmet("case.request_override", **REQUEST) == {"override_once"}

    desk.take("case.accept", **ONE_MISSING)
    assert desk.unmet("case.request_override", **REQUEST) == set()


@pytest.mark.parametrize(
    "beyond",
    [
        {"rule": "four_eyes"},
        {"rule": "avoidance"},
        {"rule": "role"},
        {"rule": "position"},
        {"rule": "hold"},
        {"rule": "milestone.resolved"},
        {"rule": "evidence.application"},
        {"step": "case.close_notice", "rule": "case.window_over"},
        {"step": "case.close_notice", "rule": "case.objections_settled"},
        {"step": "case.close", "rule": "tracks_settled"},
        {"step": "land.sign_boundaries", "rule": "adults_signed"},
        {"step": "hukou.file", "rule": "case_approved"},
        {"step": "nobody.does", "rule": "adults_signed"},
    ],
)
def test_what_protects_people_or_proofs_is_never_set_aside(beyond):
    desk = Desk(a_new_case())

    assert desk.unmet("case.request_override", **(REQUEST | beyond)) == {"override_admitted"}


def test_a_paper_that_can_be_brought_later_may_be_missing():
    desk = granted(rule="evidence.household_sheet")

    desk.take("case.accept", evidence={"application": "卷1页1"}, signed=["01", "02", "03"])

    assert desk.case.positions["case"] == "accepted"


def test_the_list_holds_only_what_a_step_really_asks(monkeypatch):
    monkeypatch.setattr(
        definition, "MAY_BE_SET_ASIDE", {"case.accept": {"four_eyes": "经办、审核、批准分开"}}
    )

    with pytest.raises(SetupIncomplete, match=r"可以特批的 case\.accept four_eyes"):
        check_definition()


def test_nothing_in_the_list_is_a_rule_of_time_place_person_or_another_track():
    guards = {
        (f"{track.name}.{step.event}", guard.rule): guard
        for track in CASE_LEVELS
        for step in track.steps
        for guard in step.guards
    }
    for act, rules in MAY_BE_SET_ASIDE.items():
        for rule in rules:
            guard = guards.get((act, rule))
            assert rule.startswith("evidence.") or (guard and not guard.needs)
            assert not rule.startswith("milestone.")
            assert "window" not in rule
