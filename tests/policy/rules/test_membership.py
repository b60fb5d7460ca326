"""Membership: only an established finding speaks against, never marriage, study or service."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversion.domain.household import Household, HukouKind, Member
from conversion.domain.parcel import Parcel, ParcelKind
from conversion.domain.right import Membership, MembershipStanding
from conversion.errors import WrongUse
from conversion.policy.decision import FactUse
from conversion.policy.facts import HouseholdFacts
from conversion.policy.ground import Effect, Ground
from conversion.policy.pack_part import PackReference
from conversion.policy.rules.membership import propose_membership

DAY = date(2009, 12, 1)
EXCLUDING = (
    "hung_registration", "member_elsewhere", "civil_servant", "retired_public_staff",
    "lost_nationality", "declined_by_meeting", "deceased_before_base_date", "born_after_base_date",
)  # fmt: skip


def propose(pack, member, *findings, land=()):
    facts = HouseholdFacts(
        day=DAY,
        household=Household(number="1"),
        members={"01": member},
        parcels={p.serial: p for p in land},
        base_date=DAY,
    )
    return propose_membership(member, facts, pack.on(DAY), findings=findings)


def a_member(**change):
    facts = {"serial": "01", "name": "甲", "relation": "02", "sex": "2"}
    return Member(**(facts | {"birth_date": date(1980, 1, 1)} | change))


def a_ground(code, effect, **others):
    told = {"title": f"理由{code}", "clause": f"{code}。", "finding": code}
    reference = PackReference(document="shishi-fangan-2009")
    return Ground(code=code, effect=effect, reference=reference, **(told | others))


YES = a_ground("yes", Effect.CONFIRM)
NO = a_ground("no", Effect.EXCLUDE, kept_rights="土地照旧。")
FIRST = a_ground("first", Effect.CLEAR_UP, evidence=("证明", "名册"))
SHIELD = a_ground("shield", Effect.PROTECT, evidence=("证明",))


def standing_with(huichuan, grounds, *findings):
    decision = propose(replace(huichuan, grounds=grounds), a_member(), *findings)
    (row,) = decision.rows_of(Membership)
    return row.standing.value, row.grounds


@given(
    st.sampled_from(["", *"1234567"]),
    st.sampled_from(["", "10", "20", "21", "22", "30", "40"]),
    st.sampled_from("12"),
    st.sampled_from(HukouKind),
)
@settings(deadline=None)
def test_no_remark_marriage_sex_or_registration_speaks_against(huichuan, flag, marital, sex, kind):
    member = a_member(flag=flag, marital_status=marital, sex=sex, hukou_kind=kind)

    assert propose(huichuan, member).granted


@given(st.sets(st.sampled_from(["yes", "no", "first", "shield"])))
@settings(deadline=None)
def test_what_excludes_prevails_then_what_has_to_be_cleared_up_then_what_confirms(huichuan, found):
    standing, grounds = standing_with(huichuan, (YES, NO, FIRST, SHIELD), *sorted(found))

    deciding = next((code for code in ("no", "first", "yes") if code in found), None)
    answers = {"no": "not_proposed", "first": "unsettled", "yes": "proposed", None: "unsettled"}
    assert standing == answers[deciding]
    assert set(grounds) == {deciding, *({"shield"} & found)} - {None}


@pytest.mark.parametrize("finding", EXCLUDING)
def test_each_finding_is_the_only_ground_given(huichuan, finding):
    decision = propose(huichuan, a_member(), finding)

    assert not decision.granted
    assert decision.rows[0].standing is MembershipStanding.NOT_PROPOSED
    assert decision.rows[0].grounds == (finding,)
    assert decision.facts == {"findings": [finding], "hukou_kind": "agricultural"}
    assert decision.rule == "membership"


def test_an_exception_sets_a_ground_aside_and_is_told(huichuan):
    against = a_ground("no", Effect.EXCLUDE, unless=("shield", "yes"))
    pack = replace(huichuan, grounds=(YES, against, SHIELD))

    decision = propose(pack, a_member(), "yes", "no", "shield")

    assert decision.granted
    assert decision.reasons == (
        "yes。",
        "shield。",
        "查到“理由no”，因“理由shield”“理由yes”不适用。",
    )
    assert standing_with(huichuan, (YES, against, SHIELD), "no") == ("not_proposed", ("no",))


def test_what_the_person_keeps_for_a_time_stands_in_the_reason(huichuan):
    decision = propose(replace(huichuan, grounds=(NO,)), a_member(), "no")

    assert decision.reasons == ("no。土地照旧。",)
    assert decision.rows_of(Membership)[0].reason == "no。土地照旧。"
    assert decision.parameters[0].value == "no。土地照旧。"


def test_what_has_to_be_cleared_up_says_by_which_papers_each_once(huichuan):
    pack = replace(huichuan, grounds=(YES, FIRST, SHIELD))

    decision = propose(pack, a_member(), "first", "shield", "yes")

    assert decision.reasons == ("first。", "shield。", "需要的材料：证明、名册。")


def test_papers_are_not_asked_for_where_the_answer_is_clear(huichuan):
    decision = propose(replace(huichuan, grounds=(YES, SHIELD)), a_member(), "yes", "shield")

    assert decision.reasons == ("yes。", "shield。")


def test_where_nothing_was_found_the_meeting_decides(huichuan):
    nothing = "没有查到取得成员身份的理由，提交会议讨论。"
    alone = propose(replace(huichuan, grounds=(NO,)), a_member())
    shielded = propose(replace(huichuan, grounds=(SHIELD,)), a_member(), "shield")

    assert (alone.granted, alone.reasons) == (False, (nothing,))
    assert alone.rows_of(Membership)[0].reason == nothing
    assert shielded.reasons == ("shield。", nothing, "需要的材料：证明。")
    assert shielded.rows_of(Membership)[0].standing is MembershipStanding.UNSETTLED


def test_a_reason_holds_as_many_whole_sentences_as_fit_and_the_decision_all(huichuan):
    long = [a_ground(f"no{n}", Effect.EXCLUDE, clause="长" * 149 + "。") for n in range(7)]
    short = a_ground("no7", Effect.EXCLUDE, clause="短" * 99 + "。")
    pack = replace(huichuan, grounds=(*long, short))

    decision = propose(pack, a_member(), *(f"no{n}" for n in range(8)))

    assert len(decision.reasons) == 8
    assert decision.rows_of(Membership)[0].reason == ("长" * 149 + "。") * 6 + "短" * 99 + "。"


def test_whoever_is_born_on_the_base_date_counts_and_a_day_later_does_not(huichuan):
    on_the_day = propose(huichuan, a_member(birth_date=DAY))
    later = propose(huichuan, a_member(birth_date=date(2009, 12, 2)))

    assert (on_the_day.granted, later.granted) == (True, False)
    assert later.facts["findings"] == ["born_after_base_date"]


def test_each_result_says_what_was_looked_at(huichuan):
    member = a_member(flag="1")

    decision = propose(
        huichuan,
        member,
        "member_elsewhere",
        land=[Parcel(serial="P01", kind=ParcelKind.CONTRACTED)],
    )

    (line,) = decision.lines
    assert (line.key, line.title, line.result) == ("01", "成员01的成员身份", "拟不确认")
    assert line.because == decision.reasons
    assert line.facts == (
        FactUse(name="age", title="年龄（周岁）", value=29),
        FactUse(name="hukou_kind", title="户口性质", value="农业"),
        FactUse(name="flag", title="成员备注", value="外嫁女"),
        FactUse(name="land.contracted", title="本户承包地", value="有"),
        FactUse(name="findings", title="调查结论", value=["已是其他集体经济组织成员"]),
    )
    assert line.parameters == ("membership.member_elsewhere", "membership.married_out_woman")
    assert line.references == decision.references
    assert line.illustrative


def test_a_line_is_no_example_where_all_it_rests_on_is_law(huichuan):
    decision = propose(huichuan, a_member(), "deceased_after_issue")

    assert not decision.lines[0].illustrative
    assert decision.lines[0].facts[2].value == "没有"


@pytest.mark.parametrize("flag", ["5", "6", "8"])
def test_a_remark_that_no_ground_protects_leaves_no_trace(huichuan, flag):
    plain, remarked = propose(huichuan, a_member()), propose(huichuan, a_member(flag=flag))

    assert remarked == plain


def test_a_line_names_nobody(huichuan):
    told = str(propose(huichuan, a_member(name="何永清", flag="5")).trace())

    assert "何永清" not in told
    assert "1980" not in told


def test_an_unknown_finding_is_refused(huichuan):
    with pytest.raises(WrongUse, match="没有调查结论“married_out”") as refusal:
        propose(huichuan, a_member(), "married_out")

    assert "使用其中之一：admitted_by_meeting、adopted_in_fact、" in str(refusal.value)


def test_every_effect_says_what_follows():
    assert [effect.label for effect in Effect] == [
        "可以确认", "不予确认", "先核对，再提交会议讨论", "保护，不影响身份",
    ]  # fmt: skip
    assert [effect for effect in Effect if effect.is_adverse] == [Effect.EXCLUDE, Effect.CLEAR_UP]
