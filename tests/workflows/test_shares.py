from dataclasses import replace
from datetime import date

import pytest

from conversion.domain.right import Membership, MembershipStanding, ShareLot
from conversion.domain.role import Role
from conversion.workflows.membership import Survey
from tests.builders import a_member, a_programme, members_of
from tests.workflows.drive import (
    GROUNDS,
    OBJECTION,
    PLACE,
    WITHDRAWAL,
    Desk,
    a_new_case,
    accept,
    allot,
    answer,
    certify,
    confirm_members,
    post_next_lists,
)

HUNG = {"01": ("hung_registration",)}


def accepted(**others) -> Desk:
    desk = Desk(a_new_case(**others))
    accept(desk)
    return desk


def standings(desk: Desk) -> dict[str, str]:
    return {m.member: m.standing.value for m in desk.case.memberships.values()}


def test_members_are_confirmed_and_get_their_shares():
    desk = accepted()

    certify(desk)

    assert desk.case.positions["shares"] == "certified"
    assert standings(desk) == dict.fromkeys(["01", "02", "03"], "confirmed")
    assert {key: lot.units for key, lot in desk.case.shares.items()} == {
        "01/population": 239,
        "02/population": 239,
        "03/population": 239,
    }
    assert desk.case.units == 717


def test_the_calculation_is_part_of_the_allocation():
    desk = accepted()
    confirm_members(desk)
    allot(desk)

    move = desk.take("shares.allocate")

    assert move.decision
    assert move.decision.facts["household_units"] == 717
    assert any("合计717股" in reason for reason in move.decision.reasons)


def test_no_household_is_surveyed_before_it_is_accepted_or_the_base_date_is_fixed():
    assert Desk(a_new_case()).unmet("shares.propose_members") == {"may_be_surveyed"}
    desk = accepted()
    desk.programme = a_programme("resolved")
    assert desk.unmet("shares.propose_members") == {"milestone.dated", "base_date_over"}


def test_the_base_date_counts_to_its_last_minute():
    desk = accepted()
    desk.programme = a_programme("dated", base_date=desk.day)

    base = next(
        r for r in desk.look("shares.propose_members").requirements if r.rule == "base_date_over"
    )

    assert not base.satisfied
    assert base.earliest == date(2009, 12, 2)
    desk.later()
    assert desk.look("shares.propose_members").permits


def test_a_withdrawn_household_keeps_its_membership_and_shares():
    desk = Desk(a_new_case())
    desk.take("case.withdraw", **WITHDRAWAL)

    certify(desk)

    assert desk.case.positions["shares"] == "certified"


def test_findings_name_members_and_codes_that_exist():
    desk = accepted()

    stranger = desk.unmet("shares.propose_members", findings={"09": ["civil_servant"]})
    nonsense = desk.unmet("shares.propose_members", findings={"01": ["married_away"]})

    assert stranger == {"findings_of_members"}
    assert nonsense == {"findings_known"}


def test_marriage_study_service_and_prison_exclude_nobody():
    flags = ("1", "2", "3", "4", "5", "7")
    people = [
        a_member(),
        *(a_member(f"{n:02d}", "张三", "97", flag=f) for n, f in enumerate(flags, 2)),
    ]
    desk = accepted(members=people)

    desk.take("shares.propose_members")

    assert set(standings(desk).values()) == {"proposed"}


def test_a_list_leaves_nobody_of_the_household_out():
    desk = accepted()
    desk.take("shares.propose_members")
    late = members_of(4)[3]
    desk.case = replace(desk.case, members={**desk.case.members, "04": late})

    assert desk.unmet("shares.post_members", **PLACE) == {"everyone_decided"}
    desk.take("shares.rectify_members", **GROUNDS)
    desk.take("shares.propose_members")
    desk.take("shares.post_members", **PLACE)
    assert set(standings(desk)) == {"01", "02", "03", "04"}


def test_a_member_who_joins_during_the_notice_holds_the_confirmation_up():
    desk = accepted()
    desk.take("shares.propose_members")
    desk.take("shares.post_members", **PLACE)
    desk.case = replace(desk.case, members={**desk.case.members, "04": members_of(4)[3]})
    desk.wait_for_notice("shares")

    assert desk.unmet("shares.post_next_list", **PLACE) == {"everyone_decided"}
    assert "everyone_decided" in desk.unmet("shares.confirm_members")


def test_an_upheld_objection_can_change_the_list():
    desk = accepted()
    desk.take("shares.propose_members")
    desk.take("shares.post_members", **PLACE)
    desk.take("shares.object", **OBJECTION)
    assert "shares.objections_settled" in desk.unmet("shares.rectify_members", **GROUNDS)
    answer(desk, "shares", upheld=True)

    desk.take("shares.rectify_members", **GROUNDS)
    confirm_members(desk, HUNG)

    assert standings(desk) == {"01": "not_confirmed", "02": "confirmed", "03": "confirmed"}
    assert [(n.round, bool(n.voided_on)) for n in desk.case.notices.values()] == [
        (1, True),
        (1, True),
        (1, False),
        (2, False),
        (3, False),
    ]


def test_members_are_confirmed_by_the_vote_and_the_supervisors():
    desk = accepted()
    desk.take("shares.propose_members")
    desk.take("shares.post_members", **PLACE)
    post_next_lists(desk)
    desk.programme = a_programme("inventoried")

    assert desk.unmet("shares.confirm_members") == {"milestone.roll_confirmed"}
    assert "role" in desk.unmet("shares.confirm_members", Role.COLLECTIVE)


def test_no_shares_before_the_plan_is_adopted():
    desk = accepted()
    confirm_members(desk)
    allot(desk)
    desk.programme = a_programme("roll_confirmed")

    assert desk.unmet("shares.allocate") == {"milestone.plan_adopted"}


def test_a_household_of_which_nobody_is_a_member_gets_no_shares():
    desk = accepted(members=1, parcels=0)
    confirm_members(desk, HUNG)

    assert desk.unmet("shares.allocate") == {"someone_is_member"}
    assert desk.take("shares.waive", **GROUNDS).target == "not_required"


def test_a_household_with_a_member_or_a_dispute_is_not_waived():
    desk = accepted(members=1)
    confirm_members(desk)
    assert desk.unmet("shares.waive", **GROUNDS) == {"nobody_is_member"}

    disputed = Membership(member="01", standing=MembershipStanding.DISPUTED)
    desk.case = replace(desk.case, memberships={"01": disputed})

    assert desk.unmet("shares.waive", **GROUNDS) == {"nobody_is_member"}


@pytest.mark.parametrize("change", ["one missing", "a stranger", "nobody"])
def test_the_plan_allots_to_exactly_the_confirmed_members(change):
    desk = accepted()
    confirm_members(desk, HUNG)
    allot(desk)
    desk.allotment = {
        "one missing": {"02/population": 239},
        "a stranger": {**desk.allotment, "01/population": 239},
        "nobody": {},
    }[change]

    assert desk.unmet("shares.allocate") == {"allotted"}


@pytest.mark.parametrize("act", ["book", "certify"])
def test_shares_are_booked_and_certified_to_confirmed_members_only(act):
    desk = accepted()
    confirm_members(desk, HUNG)
    allot(desk)
    desk.take("shares.allocate")
    desk.take("shares.post_shares", **PLACE)
    desk.wait_for_notice("shares")
    if act == "certify":
        desk.take("shares.book")
    stray = ShareLot(member="01", share_class="population", units=1)
    desk.case = replace(desk.case, shares={**desk.case.shares, stray.key: stray})

    evaluation = desk.look(f"shares.{act}")

    rule = next(r for r in evaluation.requirements if r.rule == "only_members_hold")
    assert rule.found == "未确认成员持有份额：01"
    assert not evaluation.permits


def test_shares_hang_their_own_time_and_objections():
    desk = accepted()
    confirm_members(desk)
    allot(desk)
    desk.take("shares.allocate")
    desk.take("shares.post_shares", **PLACE)
    desk.take("shares.object", **OBJECTION)

    assert desk.case.positions["shares"] == "shares_objected"
    assert answer(desk, "shares", upheld=True).target == "shares_on_notice"
    assert desk.notice("shares").kind == "shares"
    assert desk.unmet("shares.book") == {"shares.window_over"}
    desk.wait_for_notice("shares")
    assert desk.take("shares.book").target == "booked"


def test_who_proposed_the_members_does_not_confirm_them():
    desk = accepted()
    both = replace(desk.person(desk.step("shares.propose_members"), None), roles=tuple(Role))
    desk.take("shares.propose_members", both)
    desk.take("shares.post_members", **PLACE)
    post_next_lists(desk)

    assert desk.unmet("shares.confirm_members", both) == {"four_eyes"}


def test_a_household_with_somebody_unsettled_waits_until_it_is_cleared_up():
    desk = accepted()
    desk.take("shares.propose_members", findings={"02": ("double_entry",)})
    desk.take("shares.post_members", **PLACE)
    post_next_lists(desk)
    looked = desk.look("shares.confirm_members").requirements
    waits = next(r for r in looked if r.rule == "everyone_settled")

    assert standings(desk)["02"] == "unsettled"
    assert desk.unmet("shares.confirm_members") == {"everyone_settled"}
    assert waits.found == "成员身份暂未确定：02"

    desk.take("shares.rectify_members", **GROUNDS)
    desk.take("shares.propose_members", findings={"02": ("double_entry", "cleared_here")})

    assert standings(desk)["02"] == "proposed"


def test_a_survey_may_find_each_thing_that_the_pack_has_a_ground_for_once_and_in_its_order():
    desk = Desk(a_new_case())
    pack = desk.pack.on(desk.day)

    choices = Survey.choices(pack)

    codes = [choice.code for choice in choices]
    assert codes == list(dict.fromkeys(g.finding for g in pack.grounds if g.finding))
    assert choices[codes.index("unborn_on_base_date")].meaning == "先核对，再提交会议讨论"
    assert choices[codes.index("declared_missing")].clause == "《中华人民共和国民法通则》第二十一条"
    assert choices[0].clause == "《“村改社区”工作实施方案》（汇办发〔2009〕108号），示例"


def test_whoever_is_unsettled_may_be_left_to_a_court_and_the_household_goes_on():
    desk = accepted()
    desk.programme = a_programme("approved", assets="roll_confirmed")
    desk.take("shares.propose_members", findings={"02": ("moved_back",)})
    desk.take("shares.post_members", **PLACE)
    post_next_lists(desk)

    desk.take(
        "shares.dispute_membership", evidence={"dispute_acceptance": "卷5页2"},
        member="02", course="lawsuit", authority="区人民法院", paper="（2009）民初1号",
    )  # fmt: skip

    assert "everyone_settled" not in desk.unmet("shares.confirm_members")
    assert standings(desk)["02"] == "disputed"
