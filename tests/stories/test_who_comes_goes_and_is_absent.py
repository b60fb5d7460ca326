"""Marriages, adoptions, absences and returns, and what they do not take away."""

import pytest

from conversion.domain.departed import Departure
from conversion.domain.representation import RepresentationKind
from conversion.domain.right import Disposition, MembershipStanding
from conversion.errors import StepRefused
from conversion.services import household_change as service
from tests.changes import change
from tests.stages import play
from tests.village_roster import ALONE, FIVE, SOLDIER, House


def test_a_married_out_daughter_keeps_her_membership(town_at):
    town = town_at("certified")
    before = town.case("0001")
    told = {"member": "04", "married_on": town.calendar.day, "place": "绥阳县洋川镇"}
    case = change(town, "marry_out", "0001", **told)

    assert case.members["04"].flag == "1"
    assert case.memberships == before.memberships
    assert case.shares == before.shares
    assert case.land == before.land
    decision = town.decision("0001", "household.approve_change")
    assert "结婚本身不改变成员身份" in decision["reasons"][0]
    assert town.verify().is_sound


def test_only_a_membership_elsewhere_ends_hers_and_what_she_holds_stays_in_her_name(town_at):
    town = town_at("in_force")
    before = town.case("0001")
    told = {"member": "04", "member_since": town.calendar.day, "paper": "洋川社证〔2010〕2号"}
    case = change(town, "confirm_membership_elsewhere", "0001", **told)

    assert case.memberships["04"].standing is MembershipStanding.ENDED
    assert case.memberships["04"].end_ground == "member_elsewhere"
    assert case.departed["04"].departure is Departure.LEFT
    assert case.shares == before.shares
    hers = [b for b in case.benefits.values() if b.member == "04"]
    assert all(b.disposition is Disposition.ENDED for b in hers)
    assert town.verify().is_sound


def a_bride(town, **others):
    told = {"name": "陈小燕", "relation": "38", "sex": "2", "birth_date": "1989-02-09"}
    return told | {"joined_on": town.calendar.day} | others


def test_who_marries_in_after_the_base_date_is_of_the_household_and_not_of_this_roll(town_at):
    town = town_at("certified")
    before = town.case("0001")
    case = change(town, "marry_in", "0001", **a_bride(town))

    assert case.memberships["06"].standing is MembershipStanding.NOT_CONFIRMED
    assert "joined_after_base_date" in case.memberships["06"].grounds
    assert case.units == before.units
    assert all("06" in right.holders for right in case.land.values())


def test_who_married_in_before_the_base_date_is_surveyed_like_everybody(town_at):
    town = town_at("accepted")
    change(town, "marry_in", "0001", **a_bride(town, joined_on="2009-05-01"))
    play(town, "members_confirmed", after="accepted")

    case = town.case("0001")
    assert case.memberships["06"].standing is MembershipStanding.CONFIRMED
    assert town.verify().is_sound


def test_an_adopted_child_is_a_child_of_the_house(town_at):
    town = town_at("certified")
    child = {"name": "张念恩", "sex": "2", "birth_date": "2008-04-01", "joined_on": "2009-10-01"}
    assert "adopted_relation" in town.unmet("household.adopt", "0001", relation="32", **child)
    case = change(town, "adopt", "0001", relation="37", **child)

    assert case.memberships["06"].standing is MembershipStanding.CONFIRMED


def test_whom_the_roll_left_out_is_admitted_by_a_resolution(town_at):
    town = town_at("certified")
    told = {"name": "张德才", "relation": "73", "sex": "1", "birth_date": "1965-08-19"}
    case = change(town, "admit_late", "0001", **told, resolution="坪村决〔2010〕2号")

    assert case.memberships["06"].standing is MembershipStanding.CONFIRMED
    assert "omitted_from_roll" in case.memberships["06"].grounds
    assert not [lot for lot in case.shares.values() if lot.member == "06"]


def a_proxy(town, member, **others):
    told = {"member": member, "name": "冉启秀", "serial": "02", "paper": "（2010）汇证字第3号"}
    return told | {"since": town.calendar.day} | others


def test_a_prisoner_is_represented_and_nothing_says_why(town_at):
    town = town_at("certified")
    before = town.case("0002")
    case = change(town, "appoint_proxy", "0002", **a_proxy(town, "03"))

    row = case.representations["03"]
    assert row.kind is RepresentationKind.PROXY
    assert case.members == before.members
    assert case.shares == before.shares
    told = str(row) + case.changes["C01"].form + case.changes["C01"].difference
    assert not any(word in told for word in ("服刑", "监狱", "在押"))


def test_a_child_of_eight_is_heard_before_it_gets_a_guardian(town_at):
    town = town_at("certified")
    told = {"member": "04", "name": "张国强", "serial": "01", "parent": True}
    told |= {"paper": "户籍证明", "since": town.calendar.day}
    assert "ward_heard" in town.unmet("household.appoint_guardian", "0001", **told)
    case = change(town, "appoint_guardian", "0001", **told, heard=True)
    assert case.representations["04"].kind is RepresentationKind.GUARDIAN


def test_the_missing_need_not_sign(town_at):
    town = town_at("certified")
    head = {"new_head": "02", "signed": ["01", "02"]}
    assert "adults_signed" in town.unmet("household.change_head", "0002", **head)
    change(town, "declare_missing", "0002", **a_proxy(town, "03"))
    assert not town.unmet("household.change_head", "0002", **head)


def test_who_was_declared_dead_and_returns_is_a_member_again(town_at):
    town = town_at("in_force")
    before = town.case("0002")
    judged = {"member": "03", "died_on": town.calendar.day, "paper": "（2010）汇民特字第1号"}
    dead = change(town, "declare_dead", "0002", **judged)
    assert dead.departed["03"].departure is Departure.DECLARED_DEAD
    assert dead.memberships["03"].standing is MembershipStanding.ENDED

    back = {"member": "03", "returned_on": town.calendar.day, "paper": "（2010）汇民特字第9号"}
    case = change(town, "record_return", "0002", relation="22", **back)
    assert case.members == before.members
    assert case.memberships["03"].standing is MembershipStanding.CONFIRMED
    assert case.memberships["03"].ended_on is None
    assert case.shares == before.shares
    assert case.benefits.keys() == before.benefits.keys()
    assert town.verify().is_sound


def test_a_change_that_changes_nothing_is_refused(town_at):
    town = town_at("certified")
    member = town.case("0001").members["03"]
    told = {"member": "03", "paper": "泗渡所更〔2010〕3号", "name": member.name}
    assert "household_change" in town.unmet("household.correct_identity", "0001", **told)


def test_the_preview_says_what_would_change_and_writes_nothing(town_at):
    town = town_at("certified")
    before = town.case("0001")
    told = {"member": "01", "died_on": town.calendar.day, "paper": "死亡证1号", "new_head": "02"}
    filing = town.filing("household.register_death", "0001", told)
    found = service.preview(town.office, "register_death", "taskforce1", filing)

    text = "\n".join(found.difference)
    assert "成员 02：李秀英，妻" in text
    assert "李秀英，户主" in text
    assert "《股权证书》" in text
    assert found.evaluation.permits
    assert town.case("0001") == before


def test_a_roster_after_the_roll_points_to_the_changes(town_at):
    town = town_at("booked")
    grown = House(number="0004", people=("张德才 户主 男 1965-08-19",))
    with pytest.raises(StepRefused, match="conversion household"):
        town.take_in([FIVE, SOLDIER, ALONE, grown])
