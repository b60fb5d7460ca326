"""Births, deaths and corrections while a household converts, told at the office's window."""

import pytest

from conversion.domain.departed import Departure
from conversion.domain.household_change import ChangeState
from conversion.domain.notice import PaperStatus
from conversion.domain.right import Disposition, MembershipStanding
from conversion.workflows.requirement import RequirementsUnmet
from tests.changes import APPROVER, a_death, a_newborn, change
from tests.office import AGREED, BOARD, REASON


def test_a_widow_keeps_her_shares_after_her_husband_dies_in_the_notice_period(town_at):
    town = town_at("members_confirmed")
    called = town.calendar.day
    town.calendar.later(12)
    town.village("adopt_share_plan", **town.meeting(called), version="2010-1")
    town.all_take("shares.allocate", shares="members_confirmed")
    town.all_take("shares.post_shares", lambda _: BOARD, shares="allocated")
    before = town.case("0001")
    neighbour = town.case("0002").current_notice("shares")
    town.calendar.later(2)

    case = change(town, "register_death", "0001", **a_death(town, "01", new_head="02"))

    assert case.shares == before.shares
    assert case.head.name == "李秀英"
    assert [m.relation for m in case.members.values()] == ["02", "22", "32", "54"]
    assert case.departed["01"].departure is Departure.DIED
    assert case.memberships["02"] == before.memberships["02"]
    assert case.memberships["01"].standing is MembershipStanding.CONFIRMED
    assert case.memberships["01"].ended_on == town.calendar.day
    assert case.positions["shares"] == "allocated"
    assert case.current_notice("shares").voided_on == town.calendar.day
    assert town.case("0002").current_notice("shares") == neighbour

    town.take("shares.post_shares", "0001", **BOARD)
    town.wait_for_notice("0001", "shares")
    town.take("shares.book", "0001")
    town.take("shares.certify", "0001")
    assert town.case("0001").units == before.units
    assert town.verify().is_sound


def test_a_death_after_the_issue_ends_the_membership_and_leaves_the_shares_to_the_heirs(town_at):
    town = town_at("certified")
    before = town.case("0001")
    case = change(town, "register_death", "0001", **a_death(town, "05"))

    assert case.shares == before.shares
    assert case.memberships["05"].standing is MembershipStanding.ENDED
    assert case.memberships["05"].end_ground == "deceased_after_issue"
    (old,) = [p for p in case.papers.values() if p.kind == "share_certificate"]
    assert old.status is PaperStatus.SUPERSEDED
    town.take("shares.reissue", "0001", **REASON)
    new = town.case("0001").papers
    assert [p.replaces for p in new.values() if p.is_live and p.kind == "share_certificate"] == [
        old.number
    ]
    assert town.verify().is_sound


def test_the_decision_on_a_death_says_on_what_it_rests(town_at):
    town = town_at("certified")
    change(town, "register_death", "0001", **a_death(town, "05"))
    decision = town.decision("0001", "household.approve_change")

    assert any("继承" in reason for reason in decision["reasons"])
    assert [r["title"] for r in decision["references"]] == ["中华人民共和国继承法"]
    assert not any("王素芬" in reason for reason in decision["reasons"])


def test_the_benefits_of_the_dead_end_with_their_ground_and_those_of_others_go_on(town_at):
    town = town_at("in_force")
    before = town.case("0001").benefits
    assert {b.member for b in before.values()} >= {"01", "05"}
    case = change(town, "register_death", "0001", **a_death(town, "05"))

    for key, benefit in case.benefits.items():
        if benefit.member == "05":
            assert benefit.disposition is Disposition.ENDED
            assert "死亡" in benefit.then
        else:
            assert benefit == before[key]
    assert town.verify().is_sound


def test_the_last_of_a_household_dies_and_the_household_has_died_out(town_at):
    town = town_at("certified")
    case = change(town, "register_death", "0003", **a_death(town, "01"))

    assert case.positions["case"] == "extinct"
    assert case.units > 0
    assert case.head.name == "骆仕林"
    unmet = town.unmet("household.register_birth", "0003", **a_newborn(town))
    assert "household_goes_on" in unmet
    assert town.verify().is_sound


def test_a_newborn_after_the_base_date_shares_the_household_s_shares(town_at):
    town = town_at("certified")
    before = town.case("0001")
    case = change(town, "register_birth", "0001", **a_newborn(town))

    assert case.members["06"].name == "张安然"
    assert case.memberships["06"].standing is MembershipStanding.NOT_CONFIRMED
    assert "born_after_base_date" in case.memberships["06"].grounds
    assert case.units == before.units
    assert all("06" in right.holders for right in case.land.values())
    assert town.verify().is_sound


def test_a_newborn_of_before_the_base_date_is_a_member_by_birth(town_at):
    town = town_at("members_confirmed")
    case = change(town, "register_birth", "0001", **a_newborn(town, birth_date="2009-11-20"))

    assert case.memberships["06"].standing is MembershipStanding.CONFIRMED


def test_the_notice_of_a_household_starts_anew_and_no_other(town_at):
    town = town_at("posted")
    other = town.case("0002").current_notice("case")
    case = change(town, "register_birth", "0001", **a_newborn(town))

    assert case.positions["case"] == "reviewed"
    assert case.current_notice("case").voided_on
    assert town.case("0002").current_notice("case") == other


def test_two_clerks_cannot_change_one_household_at_once(town_at):
    town = town_at("certified")
    town.take("household.register_birth", "0001", **a_newborn(town))
    unmet = town.unmet("household.register_death", "0001", by="taskforce2", **a_death(town, "05"))
    assert "position" in unmet

    town.take("household.drop_change", "0001", **REASON)
    change(town, "register_death", "0001", **a_death(town, "05"))
    states = [ch.state for ch in town.case("0001").changes.values()]
    assert states == [ChangeState.DROPPED, ChangeState.APPLIED]


def test_who_proposed_a_change_does_not_approve_it(town_at):
    town = town_at("certified")
    town.take("household.register_birth", "0001", **a_newborn(town))
    unmet = town.unmet("household.approve_change", "0001", by="taskforce1", **AGREED)
    assert {"role", "four_eyes"} <= set(unmet)


def test_a_corrected_number_reaches_every_paper_and_keeps_every_link(town_at):
    town = town_at("certified")
    before = town.case("0001")
    told = {"member": "03", "paper": "泗渡所更〔2010〕3号", "name": "张昊然"}
    case = change(town, "correct_identity", "0001", **told)

    assert case.members["03"].name == "张昊然"
    assert (case.memberships, case.shares, case.land) == (
        before.memberships,
        before.shares,
        before.land,
    )
    assert {p.kind for p in case.papers.values() if p.status is PaperStatus.SUPERSEDED} == {
        "share_calculation",
        "share_certificate",
        "land_confirmation",
    }
    assert town.verify().is_sound


def test_nobody_is_registered_in_two_households(town_at):
    town = town_at("certified")
    taken = town.case("0002").members["03"]
    told = a_newborn(town) | {"resident_number": taken.resident_number}
    assert {"not_elsewhere", "newcomer_papers"} <= set(
        town.unmet("household.register_birth", "0001", **told)
    )


def test_a_change_of_head_rebases_everybody_and_is_undone(town_at):
    town = town_at("certified")
    before = town.case("0001")
    told = {"new_head": "03", "signed": ["01", "02", "03", "05"], "relations": {}}
    case = change(town, "change_head", "0001", **told)
    assert {s: m.relation for s, m in case.members.items()} == {
        "01": "51",
        "02": "52",
        "03": "02",
        "04": "77",
        "05": "62",
    }

    town.take("household.undo_change", "0001", by=APPROVER, change="C01", **REASON)
    assert town.case("0001").members == before.members
    assert town.case("0001").changes["C01"].state is ChangeState.UNDONE
    assert town.verify().is_sound


def test_what_has_changed_since_keeps_a_change_from_being_undone_and_is_named(town_at):
    town = town_at("certified")
    change(town, "register_birth", "0001", **a_newborn(town))
    named = {"member": "06", "paper": "泗渡所更〔2010〕4号", "name": "张安"}
    change(town, "correct_identity", "0001", **named)
    told = {"change": "C01", **REASON}

    with pytest.raises(RequirementsUnmet, match="成员 06"):
        town.take("household.undo_change", "0001", by=APPROVER, **told)
    town.take("household.undo_change", "0001", by=APPROVER, change="C02", **REASON)
    town.take("household.undo_change", "0001", by=APPROVER, **told)
    assert "06" not in town.case("0001").members
    assert town.verify().is_sound
