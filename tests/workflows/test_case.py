from dataclasses import replace
from datetime import date, timedelta

import pytest

from conversion.domain.case import TRACK_TITLES
from conversion.domain.household import HukouKind
from conversion.domain.notice import Paper, PaperStatus
from conversion.workflows.closing import MAY_CLOSE
from conversion.workflows.engine import advance
from tests.builders import a_member, a_programme, members_of
from tests.workflows.drive import (
    GROUNDS,
    OBJECTION,
    OPINION,
    PLACE,
    REFUSAL,
    WITHDRAWAL,
    Desk,
    a_department,
    a_new_case,
    accept,
    an_approved_desk,
    answer,
    approve,
    certify,
    confirm_land,
    countersign,
    hand_over,
    hand_to_departments,
    run_notice,
    start_benefits,
)


def test_a_household_converts_from_application_to_archive():
    desk = an_approved_desk()
    hand_over(desk)
    certify(desk)
    confirm_land(desk)
    start_benefits(desk)
    hand_to_departments(desk)

    desk.take("case.close")
    desk.take("case.archive")

    assert desk.case.positions == {
        "case": "archived",
        "hukou": "handed_over",
        "shares": "certified",
        "land": "issued",
        "benefits": "in_force",
        "entitlements": "signed",
        "household": "settled",
        "ledger": "settled",
    }
    assert [n.closed_on is not None for n in desk.case.notices.values()] == [True] * 6
    assert len(desk.case.countersignatures) == 8


# --- accepting ------------------------------------------------------------------------------------


def test_a_village_that_has_not_resolved_takes_no_application_in():
    desk = Desk(a_new_case(), programme=a_programme("on_notice"))

    assert desk.unmet("case.accept", signed=["01", "02", "03"]) == {"milestone.resolved"}


@pytest.mark.parametrize(
    "people",
    [
        [a_member("01", relation="10"), a_member("02", "罗玉珍", "12")],
        [a_member("01"), a_member("02", "罗玉珍", "02")],
    ],
    ids=["no head", "two heads"],
)
def test_a_household_has_one_head(people):
    assert Desk(a_new_case(members=people)).unmet("case.accept", signed=["01", "02"]) == {
        "one_head"
    }


def test_a_number_may_lack_only_with_a_remark():
    bare = a_member("02", "张小宝", "42", birth_date=date(2009, 11, 2), resident_number="")
    told = bare.model_copy(update={"remark": "正在办理户口登记"})

    assert Desk(a_new_case(members=[a_member(), bare])).unmet("case.accept", signed=["01"]) == {
        "numbers_complete"
    }
    assert not Desk(a_new_case(members=[a_member(), told])).unmet("case.accept", signed=["01"])


def test_each_adult_signs_and_a_minor_need_not():
    desk = Desk(a_new_case(members=members_of(5)))

    refusal = desk.look("case.accept", signed=["01", "02", "03"])
    signed = next(r for r in refusal.requirements if r.rule == "adults_signed")

    assert signed.found == "未签字：陈小燕"
    assert desk.look("case.accept", signed=["01", "02", "03", "04"]).permits


def test_nobody_from_outside_signs_for_a_household():
    requirement = next(
        r
        for r in Desk(a_new_case())
        .look("case.accept", signed=["01", "02", "03", "77"])
        .requirements
        if r.rule == "signers_known"
    )

    assert not requirement.satisfied
    assert requirement.found == "本户没有成员 77"


def test_orphans_are_signed_for_by_their_guardian():
    orphan = a_member(birth_date=date(1996, 5, 1))
    desk = Desk(a_new_case(members=[orphan]))

    assert desk.unmet("case.accept", signed=["01"]) == {"adults_signed"}
    assert desk.look("case.accept", signed=["01"], guardian="叔父张德才").permits


def test_a_member_comes_of_age_on_the_birthday():
    young = a_member("02", "张永芳", "32", birth_date=date(1991, 12, 2))
    desk = Desk(a_new_case(members=[a_member(), young]), day=date(2009, 12, 1))

    assert desk.look("case.accept", signed=["01"]).permits
    desk.later()
    assert desk.unmet("case.accept", signed=["01"]) == {"adults_signed"}


# --- return and resubmission -----------------------------------------------------------------------


def test_a_case_can_be_returned_from_every_desk_before_the_approval():
    for stop in ("accepted", "reviewed", "noticed", "examined", "countersigned"):
        desk = Desk(a_new_case(positions={"case": stop}))
        assert desk.take("case.return_for_correction", **GROUNDS).target == "returned"


def test_a_corrected_household_is_reviewed_and_posted_again():
    desk = Desk(a_new_case())
    accept(desk)
    run_notice(desk)
    desk.take("case.return_for_correction", **GROUNDS)
    corrected = desk.case.members["02"].model_copy(update={"name": "罗玉真"})

    desk.take("case.resubmit", corrected="姓名用字更正", members=[corrected.model_dump()])
    approve(desk)

    assert desk.case.members["02"].name == "罗玉真"
    assert list(desk.case.notices) == ["N01", "N02"]
    assert desk.case.notices["N01"].content_sha256 != desk.case.notices["N02"].content_sha256
    assert desk.case.positions["case"] == "approved"


def test_departments_sign_again_after_a_correction():
    desk = Desk(a_new_case())
    accept(desk)
    run_notice(desk)
    desk.take("case.examine", **OPINION)
    countersign(desk)
    desk.take("case.return_for_correction", **GROUNDS)
    assert len(desk.case.countersignatures) == 8

    desk.take("case.resubmit", corrected="补交宅基地证明")

    assert desk.case.countersignatures == {}
    approve(desk)
    assert desk.case.positions["case"] == "approved"


# --- notice ------------------------------------------------------------------------------------------


def on_notice() -> Desk:
    desk = Desk(a_new_case())
    accept(desk)
    desk.take("case.review", **OPINION)
    desk.take("case.post", **PLACE)
    return desk


def test_a_notice_is_not_taken_down_before_its_last_day_is_over():
    desk = on_notice()
    notice = desk.notice("case")
    assert (notice.posted_on, notice.days, notice.last_day) == (
        date(2009, 12, 1),
        7,
        date(2009, 12, 8),
    )

    desk.day = notice.last_day
    window = next(
        r for r in desk.look("case.close_notice").requirements if r.rule == "case.window_over"
    )

    assert not window.satisfied
    assert window.earliest == date(2009, 12, 9)
    desk.later()
    assert desk.take("case.close_notice").target == "noticed"
    assert desk.notice("case").closed_on == date(2009, 12, 9)


def test_a_case_in_dispute_waits_for_every_answer():
    desk = on_notice()
    desk.take("case.object", **OBJECTION)
    desk.take("case.object", **OBJECTION | {"subject": "地址有误，请核对"})
    desk.wait_for_notice("case")

    assert desk.unmet("case.close_notice") == {"position", "case.objections_settled"}
    first = answer(desk, "case", upheld=False, objection="O01")
    assert first.target == "objected"
    last = answer(desk, "case", upheld=False, objection="O02")
    assert last.target == "on_notice"
    assert desk.take("case.close_notice").target == "noticed"


# --- countersigning -------------------------------------------------------------------------------


def examined() -> Desk:
    desk = Desk(a_new_case())
    accept(desk)
    run_notice(desk)
    desk.take("case.examine", **OPINION)
    return desk


def test_a_department_signs_once_and_only_one_that_is_asked():
    desk = examined()
    desk.take("case.countersign", a_department("民政局"), **OPINION)

    for name in ("民政局", "林业局", "", "税务局"):
        assert desk.unmet("case.countersign", a_department(name), **OPINION) == {"department_due"}
    row = desk.case.countersignatures["民政局"]
    assert (row.signed_by, row.opinion) == ("陈国栋", "情况属实，同意。")


def test_a_department_that_does_not_countersign_is_not_waited_for():
    desk = examined()
    countersign(desk)

    assert desk.case.positions["case"] == "countersigned"
    assert "街道办事处" not in desk.case.countersignatures


# --- refusal and withdrawal ------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["noticed", "examined", "countersigned"])
def test_a_refusal_gives_reasons_clause_and_remedies(state):
    desk = Desk(a_new_case(positions={"case": state}))

    assert desk.unmet("case.refuse", **GROUNDS) == {"form.clause", "form.remedies"}
    assert desk.take("case.refuse", **REFUSAL).target == "refused"


def test_a_household_withdraws_until_the_approval_and_not_after():
    for state in ("draft", "accepted", "returned", "on_notice", "objected", "countersigned"):
        desk = Desk(a_new_case(positions={"case": state}))
        assert desk.take("case.withdraw", **WITHDRAWAL).target == "withdrawn"
    approved = an_approved_desk()
    assert approved.unmet("case.withdraw", **WITHDRAWAL) == {"position"}


def test_a_withdrawal_is_the_households_own():
    desk = Desk(a_new_case())

    assert desk.unmet("case.withdraw", evidence={}, **WITHDRAWAL) == {"evidence.withdrawal_request"}


@pytest.mark.parametrize("end", ["case.withdraw", "case.refuse"])
def test_shares_and_land_go_on_when_the_conversion_ends(end):
    desk = Desk(a_new_case())
    accept(desk)
    run_notice(desk)
    desk.take(end, **REFUSAL) if end == "case.refuse" else desk.take(end, **WITHDRAWAL)

    certify(desk)
    confirm_land(desk)
    for track in ("hukou", "benefits", "entitlements"):
        desk.take(f"{track}.waive", **GROUNDS)

    assert desk.case.positions["shares"] == "certified"
    assert desk.case.positions["land"] == "issued"
    assert desk.unmet("hukou.file") == {"position", "case_approved"}
    assert desk.unmet("benefits.assess") == {"position", "case_approved"}


# --- closing -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("track", MAY_CLOSE)
def test_a_case_closes_only_when_each_track_is_final_or_resting(track):
    settled = {name: states[0] for name, states in MAY_CLOSE.items()}
    for state in ("open", *MAY_CLOSE[track]):
        desk = Desk(a_new_case(positions={"case": "approved", **settled, track: state}))
        evaluation = desk.look("case.close", filled={})
        closing = next(r for r in evaluation.requirements if r.rule == "tracks_settled")
        assert evaluation.permits == (state in MAY_CLOSE[track])
        assert evaluation.permits or closing.found == f"未办结：{TRACK_TITLES[track]}"


def test_a_case_is_archived_when_its_papers_are_printed():
    pending = Paper(
        number="坪社权告〔2009〕0001号",
        kind="entitlement_statement",
        template="1",
        prepared_on=date(2009, 12, 1),
        facts_sha256="ab" * 32,
    )
    case = a_new_case(positions={"case": "closed"}, papers={pending.number: pending})
    issued = pending.model_copy(update={"status": PaperStatus.ISSUED})

    assert Desk(case).unmet("case.archive") == {"papers_issued"}
    assert not Desk(replace(case, papers={issued.number: issued})).unmet("case.archive")


def test_a_household_of_residents_is_converted_without_the_police():
    people = [a_member(hukou_kind=HukouKind.NON_AGRICULTURAL)]
    desk = an_approved_desk(members=people, parcels=0)

    desk.take("hukou.waive", **GROUNDS)
    certify(desk)
    desk.take("land.waive", **GROUNDS)
    start_benefits(desk)
    hand_to_departments(desk)

    assert desk.take("case.close").target == "closed"
    assert not desk.case.registrations


def test_time_runs_on_working_days_and_years_end():
    desk = on_notice()
    desk.day = desk.notice("case").last_day + timedelta(days=200)

    assert advance(desk.look("case.close_notice")).target == "noticed"
