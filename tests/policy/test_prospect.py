"""Everything that the rules give one household, before anybody has decided anything."""

from dataclasses import replace
from datetime import date

import pytest

from conversion.domain.household import HukouKind
from conversion.domain.right import Membership, MembershipStanding, ReservedLot, ShareLot
from conversion.policy.prospect import (
    MONTHLY,
    PAID,
    Measure,
    ProspectChapter,
    findings_in,
    happened,
    prospect,
    supposed_roll,
)
from tests.policy.family import DAY, a_family

LOTS = (
    ShareLot(member="01", share_class="population", units=333),
    ShareLot(member="01", share_class="farming", units=0),
    ReservedLot(member="03", share_class="population", units=334),
)


@pytest.fixture
def office(huichuan):
    return huichuan.on(DAY)


def told(facts, pack, lots=(), findings=None):
    roll = supposed_roll(facts, pack, findings or {})
    return {line.place: line for line in prospect(facts, pack, roll, lots)}


def test_every_member_and_every_right_has_its_line(office):
    lines = told(a_family(), office)

    assert [*dict.fromkeys(chapter for chapter, _, _ in lines)] == [
        ProspectChapter.MEMBERSHIP,
        ProspectChapter.REGISTRATION,
        ProspectChapter.BENEFIT,
        ProspectChapter.ENTITLEMENT,
    ]
    medical = lines[ProspectChapter.BENEFIT, "rural_medical", "01"]
    assert (medical.result, medical.since, medical.until) == ("待转换", DAY, date(2009, 12, 31))
    assert (medical.favours, medical.illustrative, medical.amount) == (True, True, None)
    member = lines[ProspectChapter.MEMBERSHIP, "membership", "01"]
    assert (member.title, member.result, member.illustrative) == ("成员身份", "是成员", False)
    assert lines[ProspectChapter.REGISTRATION, "registration", "02"].title == "户口登记"
    assert (medical.title, medical.until_event) == ("新型农村合作医疗", "")
    assert medical.reason.startswith("新型农村合作医疗（待转换）：")
    grant = lines[ProspectChapter.BENEFIT, "rural_minimum_living", ""]
    assert (grant.amount, grant.measure) == (6500, MONTHLY)
    assert lines[ProspectChapter.BENEFIT, "new_homestead", ""].favours is False
    assert lines[ProspectChapter.REGISTRATION, "registration", "02"].result == "拟登记为居民户口"
    assert lines[ProspectChapter.REGISTRATION, "registration", "02"].reason == (
        "由农业户口登记为居民户口。"
    )


def test_a_benefit_stands_once_and_not_again_among_the_rights(office):
    lines = told(a_family(), office)
    rights = {key for chapter, key, _ in lines if chapter is ProspectChapter.ENTITLEMENT}

    assert rights == rights & {row.id for row in office.entitlements}
    kept = lines[ProspectChapter.ENTITLEMENT, "homestead_right", ""]
    assert (kept.result, kept.until_event) == ("保留", "依法征收并补偿安置")
    assert (kept.title, kept.since, kept.until) == ("宅基地使用权和房屋所有权", DAY, None)
    assert (kept.reason, kept.illustrative) == (
        "宅基地和房子还是您家的，转户口不收回。",
        False,
    )
    assert lines[ProspectChapter.ENTITLEMENT, "job_training", "01"].result == "新增"


def test_whoever_is_registered_already_needs_nothing(office):
    family = a_family()
    resident = family.members["02"].model_copy(update={"hukou_kind": HukouKind.RESIDENT})
    lines = told(replace(family, members={**family.members, "02": resident}), office)

    line = lines[ProspectChapter.REGISTRATION, "registration", "02"]
    assert (line.result, line.reason) == ("无需转换", "本来就是居民户口，无需转换。")


def test_shares_are_told_class_by_class_and_what_is_reserved_as_such(office):
    lines = told(a_family(), office, LOTS)

    shares = [line for place, line in lines.items() if place[0] is ProspectChapter.SHARES]
    assert [(s.title, s.member, s.result, s.amount, s.favours) for s in shares] == [
        ("人口股", "01", "配给", 333, True),
        ("农龄股", "01", "不配", 0, False),
        ("人口股", "03", "预留", 334, False),
    ]
    assert {s.measure for s in shares} == {Measure("股", whole=100_000)}
    assert {s.illustrative for s in shares} == {True}
    assert shares[0].reason == ""
    assert shares[2].reason == office.share_plan().statements.disputed.text


def test_the_right_to_the_collectives_income_follows_the_lots(office):
    roll = {"01": Membership(member="01", standing=MembershipStanding.NOT_CONFIRMED)}
    facts = replace(a_family(), members={"01": a_family().members["01"]})

    def has_income(lots):
        lines = {line.place for line in prospect(facts, office, roll, lots)}
        return (ProspectChapter.BENEFIT, "collective_income", "") in lines

    assert not has_income(())
    assert not has_income(LOTS[2:])
    assert has_income(LOTS)


def test_what_people_decided_of_a_membership_stands_and_the_rest_is_proposed(office):
    decided = {
        "01": MembershipStanding.NOT_CONFIRMED,
        "02": MembershipStanding.DISPUTED,
        "03": MembershipStanding.ENDED,
        "04": MembershipStanding.PROPOSED,
    }
    rows = {s: Membership(member=s, standing=standing) for s, standing in decided.items()}
    lines = told(a_family(memberships=rows), office)

    found = {m: line for (c, _, m), line in lines.items() if c is ProspectChapter.MEMBERSHIP}
    assert {m: (line.result, line.favours) for m, line in found.items()} == {
        "01": ("不是成员", False),
        "02": ("有争议", False),
        "03": ("已终止", False),
        "04": ("是成员", True),
        "05": ("是成员", True),
    }
    assert found["05"].reason.startswith("户口在本村")


def test_a_finding_speaks_against_membership_only_where_the_pack_has_a_ground_for_it(office):
    findings = {"05": ("hung_registration",), "04": ("left_for_the_moon",)}
    roll = supposed_roll(a_family(), office, findings)

    assert roll["05"].standing is MembershipStanding.NOT_CONFIRMED
    assert roll["05"].grounds == ("hung_registration",)
    assert roll["04"].standing is MembershipStanding.CONFIRMED


def test_what_a_survey_found_is_read_back_from_the_grounds(office):
    rows = (
        Membership(
            member="05",
            standing=MembershipStanding.NOT_PROPOSED,
            grounds=("hung_registration", "married_out_woman", "a_ground_long_gone"),
        ),
        Membership(
            member="01", standing=MembershipStanding.CONFIRMED, grounds=("registered_here",)
        ),
    )

    assert findings_in(rows, office.grounds) == {"05": ("hung_registration",), "01": ()}


@pytest.mark.parametrize(
    ("approved", "registered", "counted"),
    [
        (None, None, (DAY, DAY)),
        (date(2009, 10, 1), date(2009, 11, 1), (date(2009, 10, 1), date(2009, 11, 1))),
        (date(2010, 3, 3), None, (DAY, DAY)),
    ],
)
def test_what_has_not_happened_by_the_day_is_taken_to_happen_on_it(approved, registered, counted):
    facts = happened(a_family(approved_on=approved, registered_on=registered))

    assert (facts.approved_on, facts.registered_on) == counted


def test_chapters_have_their_chinese_names():
    assert [chapter.label for chapter in ProspectChapter] == [
        "成员身份",
        "户口登记",
        "股份",
        "过渡期待遇",
        "权益",
    ]


def test_amounts_are_told_with_how_often_they_are_paid():
    assert [measure.said(123456) for measure in PAID.values()] == [
        "1,234.56元/月",
        "1,234.56元/年",
        "1,234.56元（一次）",
    ]
    assert len(set(PAID.values())) == 3
