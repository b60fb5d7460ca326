"""A record put right after the approval, and an approval taken back."""

from dataclasses import replace

import pytest

from conversion.documents.approval_form import APPROVAL_FORM
from conversion.documents.hukou_certificate import HUKOU_CERTIFICATE
from conversion.documents.land_confirmation import LAND_CONFIRMATION
from conversion.documents.share_certificate import SHARE_CERTIFICATE
from conversion.domain.notice import PaperStatus
from conversion.domain.role import Role
from conversion.workflows.cross_rule import CROSS_RULES
from conversion.workflows.definition import CASE_LEVELS, level
from conversion.workflows.exploration import explore
from conversion.workflows.reopening import RERUNS, RESTS_ON
from tests.builders import an_actor
from tests.workflows.drive import (
    GROUNDS,
    OPINION,
    REFUSAL,
    Filled,
    an_approved_desk,
    hand_over,
    hand_to_departments,
    start_benefits,
)
from tests.workflows.test_paper_life import a_paper

CORRECTION: Filled = {"corrected": "登记的姓名有误", "decision_number": "汇府更〔2010〕3号"}
REVOCATION: Filled = REFUSAL | {"decision_number": "汇府撤〔2010〕1号"}
PAPERS = {
    "审1": a_paper("审1"),
    "户1": a_paper("户1", HUKOU_CERTIFICATE),
    "股1": a_paper("股1", SHARE_CERTIFICATE),
    "地1": a_paper("地1", LAND_CONFIRMATION),
}


def a_finished_desk():
    """Hukou, benefits and statement done, with the papers of a household."""
    desk = an_approved_desk()
    hand_over(desk)
    start_benefits(desk)
    hand_to_departments(desk)
    desk.case = replace(desk.case, papers=dict(PAPERS))
    return desk


def reopened(*tracks):
    desk = a_finished_desk()
    desk.take("case.reopen", **GROUNDS, tracks=list(tracks))
    return desk


def live(desk):
    return {number for number, paper in desk.case.papers.items() if paper.is_live}


def test_what_is_named_runs_again_and_what_rests_on_it_too():
    desk = reopened("hukou")
    assert desk.case.positions["case"] == "correcting"
    assert desk.case.positions["hukou"] == "handed_over"

    desk.take("case.correct", **CORRECTION)

    assert desk.case.positions["case"] == "approved"
    assert desk.case.positions["hukou"] == "approved"
    assert desk.case.positions["entitlements"] == "open"
    assert desk.case.positions["benefits"] == "in_force"
    assert live(desk) == {"审1", "股1", "地1"}
    assert desk.case.papers["户1"].status is PaperStatus.SUPERSEDED
    assert desk.case.papers["户1"].end_reason == "更正（汇府更〔2010〕3号）"


def test_what_ran_again_ends_again_and_leaves_no_row_behind():
    desk = reopened("benefits")
    desk.take("case.correct", **CORRECTION)
    stale = next(iter(desk.case.benefits.values())).model_copy(update={"item": "gone"})
    desk.case = replace(desk.case, benefits={**desk.case.benefits, stale.key: stale})

    start_benefits(desk)
    hand_to_departments(desk)

    assert stale.key not in desk.case.benefits
    assert desk.case.positions["entitlements"] == "signed"


def test_while_a_case_is_being_corrected_nothing_is_registered_on_its_approval():
    desk = an_approved_desk()
    desk.take("hukou.file")
    desk.take("case.reopen", **GROUNDS)

    desk.take("hukou.check", **OPINION)
    desk.take("hukou.approve", **OPINION)
    receipt: Filled = {"receipt": "户登1", "registered_on": desk.day}
    assert desk.unmet("hukou.register", **receipt) == {"case_approved"}


def test_a_corrected_name_supersedes_every_paper_that_prints_it():
    desk = reopened()
    wife = desk.case.members["02"].model_copy(update={"name": "罗玉贞"})

    desk.take("case.correct", **CORRECTION, members=[wife.model_dump(mode="json")])

    assert desk.case.members["02"].name == "罗玉贞"
    assert live(desk) == set()
    assert desk.case.positions["hukou"] == "handed_over"
    desk.case = replace(desk.case, positions={**desk.case.positions, "hukou": "handed_over"})
    assert desk.take("hukou.reissue", **GROUNDS).papers == (HUKOU_CERTIFICATE,)
    assert desk.take("case.reissue", **GROUNDS).papers == (APPROVAL_FORM,)


def test_a_corrected_telephone_touches_the_form_alone():
    desk = reopened()
    home = desk.case.household.model_copy(update={"phone": "13885209999"})

    desk.take("case.correct", **CORRECTION, household=home.model_dump(mode="json"))

    assert live(desk) == {"户1", "股1", "地1"}


def test_the_district_may_name_further_papers_but_only_living_ones():
    desk = reopened()
    assert desk.unmet("case.correct", **CORRECTION, papers=["股9"]) == {"papers_known"}

    desk.take("case.correct", **CORRECTION, papers=["股1"])

    assert live(desk) == {"审1", "户1", "地1"}


def test_nothing_runs_again_that_has_not_run():
    desk = an_approved_desk()

    assert desk.unmet("case.reopen", **GROUNDS, tracks=["hukou"]) == {"can_run_again"}
    assert desk.unmet("case.reopen", **GROUNDS, tracks=["shares"]) == {"can_run_again"}
    assert desk.unmet("case.reopen", **GROUNDS, tracks=["water"]) == {"can_run_again"}


def test_a_correction_brings_nobody_in_and_is_granted_by_another():
    desk = reopened()
    stranger = desk.case.members["02"].model_copy(update={"serial": "09"})
    rows = [stranger.model_dump(mode="json")]
    assert desk.unmet("case.correct", **CORRECTION, members=rows) == {"nobody_new"}

    opener = an_actor(Role.DISTRICT, account=desk.case.past[-1].actor)
    assert desk.unmet("case.correct", opener, **CORRECTION) == {"four_eyes"}


def test_what_was_right_is_left_as_it_was():
    desk = reopened("hukou")
    before = desk.case

    desk.take("case.leave_uncorrected", **OPINION)

    assert desk.case.positions == dict(before.positions) | {"case": "approved"}
    assert live(desk) == set(PAPERS)


def test_a_later_reopening_runs_only_what_it_names_itself():
    desk = reopened("hukou", "benefits")
    desk.take("case.leave_uncorrected", **OPINION)
    desk.take("case.reopen", **GROUNDS, tracks=["benefits"])

    desk.take("case.correct", **CORRECTION)

    assert desk.case.positions["hukou"] == "handed_over"
    assert desk.case.positions["benefits"] == "open"


def test_every_state_that_runs_again_is_one_of_its_track():
    for name, back in RERUNS.items():
        assert {*back, *back.values()} <= level(name).states.keys()
        assert set(level(name).final) <= back.keys()
    assert set(RESTS_ON) <= set(RERUNS)


def test_without_what_rests_on_it_going_back_first_the_rules_between_tracks_would_break():
    def careless(track):
        steps = tuple(replace(step, rewinds_after={}) for step in track.steps)
        return replace(track, steps=steps) if track.name == "case" else track

    found = explore(tuple(careless(track) for track in CASE_LEVELS), CROSS_RULES)

    assert [fault for fault in found.faults if "保险不断档" in fault]


# --- revoking ------------------------------------------------------------------------------------


def test_a_revoked_approval_recalls_what_rests_on_it_and_leaves_land_and_shares():
    desk = a_finished_desk()
    before = desk.case

    desk.take("case.revoke", **REVOCATION)

    after = desk.case
    assert after.positions["case"] == "revoked"
    assert after.papers["审1"].status is PaperStatus.RECALLED
    assert after.papers["户1"].end_reason == "撤销批准（汇府撤〔2010〕1号）"
    assert live(desk) == {"股1", "地1"}
    assert (after.land, after.shares, after.memberships, after.registrations) == (
        before.land,
        before.shares,
        before.memberships,
        before.registrations,
    )
    others = {name: at for name, at in after.positions.items() if name != "case"}
    assert others == {name: at for name, at in before.positions.items() if name != "case"}


def test_shares_and_land_go_on_after_a_revocation_and_what_waits_for_it_is_waived():
    desk = an_approved_desk()
    desk.take("benefits.assess")
    desk.take("case.revoke", **REVOCATION)

    assert "case_approved" in desk.unmet("hukou.file")
    desk.take("hukou.waive", **GROUNDS)
    desk.take("benefits.waive", **GROUNDS)
    desk.take("entitlements.waive", **GROUNDS)
    assert not desk.case.benefits
    desk.take("shares.propose_members")
    desk.take("land.survey", surveyed_on=desk.day)


def test_a_judgment_may_name_further_papers():
    desk = a_finished_desk()

    desk.take("case.revoke", **REVOCATION, papers=["股1"])

    assert live(desk) == {"地1"}


@pytest.mark.parametrize("act", ["case.revoke", "case.reopen"])
def test_before_the_approval_there_is_nothing_to_reopen_or_to_revoke(act):
    desk = an_approved_desk()
    desk.case = replace(desk.case, positions={**desk.case.positions, "case": "countersigned"})

    assert "position" in desk.unmet(act)
