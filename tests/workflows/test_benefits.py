from dataclasses import replace
from datetime import date, timedelta

import pytest

from conversion.documents.benefit_assessment import BENEFIT_ASSESSMENT
from conversion.domain.household import Trait
from conversion.domain.notice import Paper, PaperStatus
from conversion.domain.right import Disposition
from conversion.domain.role import Role
from tests.builders import a_benefit, a_drawn_benefit, a_member, members_of
from tests.documents.papers import facts_of
from tests.workflows.drive import (
    CIVIL_AFFAIRS_STARTER,
    GROUNDS,
    WITHDRAWAL,
    Desk,
    a_new_case,
    accept,
    an_approved_desk,
    huichuan,
    start_benefits,
)

WITHOUT_BENEFITS = replace(huichuan(), benefits=())


def succession(benefit: str, **others):
    told = {"benefit": benefit, "decision": "汇民决〔2010〕7号", "then": "转入城镇居民待遇"}
    return told | others


def test_benefits_are_assessed_read_aloud_and_put_in_force():
    desk = an_approved_desk()

    start_benefits(desk)

    assert desk.case.positions["benefits"] == "in_force"
    medical = desk.case.benefits["rural_medical/01"]
    assert medical.disposition is Disposition.TO_SWITCH
    assert medical.until
    assert medical.then
    gained = desk.case.benefits["urban_medical/01"]
    assert (gained.since - medical.until).days == 1


def test_nothing_is_assessed_before_the_approval():
    desk = Desk(a_new_case())
    accept(desk)

    assert desk.unmet("benefits.assess") == {"case_approved"}


def test_what_the_pack_does_not_know_is_kept_and_not_stopped():
    odd = a_drawn_benefit(item="高山移民补助")
    desk = an_approved_desk(drawn={"B01": odd})

    desk.take("benefits.assess")

    row = desk.case.benefits["unlisted-B01/01"]
    assert (row.disposition, row.monthly) == (Disposition.KEPT, 12_000)


@pytest.mark.parametrize(
    "told",
    [
        {"listener": "01", "read_aloud": False},
        {"listener": "09", "read_aloud": True},
        {"listener": "05", "read_aloud": True},
    ],
    ids=["not read", "a stranger", "a child"],
)
def test_benefits_are_read_aloud_to_an_adult_of_the_household(told):
    desk = an_approved_desk(members=members_of(5))
    desk.take("benefits.assess")

    assert desk.unmet("benefits.explain", **told) == {"read_aloud"}


def test_orphans_hear_for_themselves():
    desk = Desk(a_new_case(members=[a_member(birth_date=members_of(5)[4].birth_date)]))
    desk.case = replace(desk.case, positions={**desk.case.positions, "benefits": "assessed"})

    assert not desk.unmet("benefits.explain", listener="01", read_aloud=True)


def test_who_assessed_does_not_start():
    desk = an_approved_desk()
    clerk = replace(CIVIL_AFFAIRS_STARTER, roles=(Role.TASK_FORCE, Role.DEPARTMENT))
    desk.take("benefits.assess", clerk)
    desk.take("benefits.explain", listener="01", read_aloud=True)

    assert desk.unmet("benefits.start", clerk) == {"four_eyes"}


def test_no_benefit_ends_in_silence():
    desk = an_approved_desk()
    silent = a_benefit(until="2012-09-08", then="")
    ended = a_benefit("labour_levy", disposition=Disposition.ENDED, then="")
    desk.case = replace(
        desk.case,
        positions={**desk.case.positions, "benefits": "explained"},
        benefits={silent.key: silent, ended.key: ended},
    )

    evaluation = desk.look("benefits.start", CIVIL_AFFAIRS_STARTER)

    rule = next(r for r in evaluation.requirements if r.rule == "no_silent_end")
    assert rule.found == "到期后没有衔接安排：村级水电补贴"


def test_each_benefit_that_runs_out_gets_its_decision_before_the_end():
    desk = an_approved_desk()
    start_benefits(desk)
    assert desk.unmet("benefits.settle") == {"all_settled"}
    waiting = [
        key
        for key, b in desk.case.benefits.items()
        if b.disposition is Disposition.TO_SWITCH or (b.disposition is Disposition.KEPT and b.until)
    ]
    assert "village_welfare/" in waiting

    for key in waiting[:-1]:
        assert desk.take("benefits.switch", **succession(key)).target == "in_force"
        assert desk.unmet("benefits.settle") == {"all_settled"}
    desk.take("benefits.switch", **succession(waiting[-1], ends=True, then="农户去世，依法终止"))

    assert desk.case.benefits[waiting[0]].disposition is Disposition.SWITCHED
    assert desk.case.benefits[waiting[0]].then == "转入城镇居民待遇（汇民决〔2010〕7号）"
    assert desk.case.benefits[waiting[-1]].disposition is Disposition.ENDED
    assert desk.take("benefits.settle").target == "settled"


def test_the_first_day_of_what_follows_is_kept_and_printed_and_the_old_sheet_is_issued_anew():
    desk = an_approved_desk()
    start_benefits(desk)
    sheet = a_sheet(status=PaperStatus.ISSUED)
    desk.case = replace(desk.case, papers={sheet.number: sheet})
    funeral, medical = "funeral_custom/", "rural_medical/01"
    last, end = desk.case.benefits[medical].until, desk.case.benefits[funeral].until
    assert last
    assert end
    earlier = end - timedelta(days=30)

    desk.take("benefits.switch", **succession(medical))
    desk.take("benefits.switch", **succession(funeral, since=earlier))

    assert desk.case.benefits[medical].then_since == last + timedelta(days=1) == date(2010, 1, 1)
    assert desk.case.benefits[funeral].then_since == earlier
    assert desk.case.papers[sheet.number].status is PaperStatus.SUPERSEDED
    assert desk.take("benefits.reissue", **GROUNDS).papers == (BENEFIT_ASSESSMENT,)
    told = {(b.title, b.members): b for b in facts_of(BENEFIT_ASSESSMENT, desk.case).benefits}
    switched = told["新型农村合作医疗", (desk.case.members["01"].name,)]
    assert switched.then == "从2010年1月1日起，转入城镇居民待遇（汇民决〔2010〕7号）"
    assert not any(sentence.startswith("以后") for sentence in switched.why)


def test_what_has_no_last_day_is_switched_from_a_day_that_is_said():
    desk = an_approved_desk()
    start_benefits(desk)
    dual = a_benefit("dual_care", disposition=Disposition.DUAL, until=None)
    desk.case = replace(desk.case, benefits={**desk.case.benefits, dual.key: dual})

    assert desk.unmet("benefits.switch", **succession(dual.key)) == {"succession_joins"}
    desk.take("benefits.switch", **succession(dual.key, since=date(2012, 1, 1)))
    assert desk.case.benefits[dual.key].then_since == date(2012, 1, 1)

    ended = desk.case.benefits["village_welfare/"]
    desk.take("benefits.switch", **succession(ended.key, ends=True, then="成员大会决定终止"))
    assert desk.case.benefits[ended.key].then_since is None


@pytest.mark.parametrize("benefit", ["nonsense/01", "contracted_land/", "labour_levy/"])
def test_only_a_benefit_that_waits_is_switched(benefit):
    desk = an_approved_desk()
    start_benefits(desk)

    assert desk.unmet("benefits.switch", **succession(benefit)) == {"benefit_waits"}


def test_a_benefit_is_switched_once_and_on_a_decision():
    desk = an_approved_desk()
    start_benefits(desk)
    told = succession("rural_medical/01")

    assert desk.unmet("benefits.switch", evidence={}, **told) == {"evidence.succession_decision"}
    desk.take("benefits.switch", **told)
    assert desk.unmet("benefits.switch", **told) == {"benefit_waits"}


def test_land_and_life_long_benefits_wait_for_nobody():
    desk = an_approved_desk(members=[a_member(birth_date=date(1925, 1, 8))])
    start_benefits(desk)

    benefits = desk.case.benefits
    assert benefits["aged_allowance/01"].disposition is Disposition.FOR_LIFE
    assert benefits["contracted_land/"].disposition is Disposition.KEPT
    for key in ("aged_allowance/01", "contracted_land/"):
        assert benefits[key].until is None
        assert desk.unmet("benefits.switch", **succession(key)) == {"benefit_waits"}


def test_a_withdrawn_household_has_no_transition():
    desk = Desk(a_new_case())
    desk.take("case.withdraw", **WITHDRAWAL)

    assert desk.take("benefits.waive", **GROUNDS).target == "not_required"


def test_an_approved_household_with_benefits_is_not_waived():
    evaluation = an_approved_desk().look("benefits.waive", **GROUNDS)

    rule = next(r for r in evaluation.requirements if r.rule == "nothing_due")
    assert rule.found.startswith("应核定待遇 ")
    assert not evaluation.permits


def test_an_approved_household_under_a_pack_without_benefits_is_not_stuck():
    desk = an_approved_desk()
    desk.pack = WITHOUT_BENEFITS

    assert desk.unmet("benefits.assess") == {"transitional_benefit"}
    assert desk.take("benefits.waive", **GROUNDS).target == "not_required"


def a_sheet(number: str = "待核1", **others):
    return Paper.model_validate(
        {"number": number, "kind": BENEFIT_ASSESSMENT.id, "template": "1"}
        | {"prepared_on": date(2009, 12, 1), "facts_sha256": "ab" * 32}
        | others
    )


def test_the_assessment_is_a_paper_to_be_read_aloud_and_signed():
    desk = an_approved_desk()

    assert desk.take("benefits.assess").papers == (BENEFIT_ASSESSMENT,)


def test_the_income_that_is_told_is_counted_and_what_is_not_told_stays_open():
    poor = a_member(traits=[Trait.MINIMUM_LIVING])
    told, untold = (an_approved_desk(members=[poor]) for _ in range(2))

    told.take("benefits.assess", monthly_income=5_000)
    untold.take("benefits.assess")

    assert told.case.benefits["urban_minimum_living/"].monthly == 13_000
    assert untold.case.benefits["urban_minimum_living/"].monthly is None


def test_what_was_declared_counts_on_when_it_is_assessed_again_and_nothing_is_said_anew():
    soldier = a_member(traits=[Trait.MINIMUM_LIVING, Trait.VETERAN], birth_date=date(1945, 1, 1))
    desk = an_approved_desk(members=[soldier])
    desk.take("benefits.assess", monthly_income=5_000, service_years={"01": 4})
    first = desk.case.benefits["urban_minimum_living/"].monthly
    desk.case = replace(
        desk.case, positions={**desk.case.positions, "benefits": "open"}, benefits={}
    )

    desk.take("benefits.assess")

    assert desk.case.benefits["urban_minimum_living/"].monthly == first == 13_000
    assert {key: d.service_years for key, d in desk.case.declarations.items()} == {
        "01": 4,
        "household": None,
    }
    desk.case = replace(
        desk.case, positions={**desk.case.positions, "benefits": "open"}, benefits={}
    )

    desk.take("benefits.assess", monthly_income=0)

    assert desk.case.benefits["urban_minimum_living/"].monthly == 18_000


def test_years_of_service_are_those_of_the_households_people():
    desk = an_approved_desk(members=[a_member(traits=[Trait.VETERAN])])

    assert not desk.unmet("benefits.assess", service_years={"01": 4})
    assert desk.unmet("benefits.assess", service_years={"09": 4}) == {"members_named"}
    assert "form.service_years" in desk.unmet("benefits.assess", service_years={"01": 61})
    assert "form.service_years" in desk.unmet("benefits.assess", service_years={"01": -1})
    assert "form.monthly_income" in desk.unmet("benefits.assess", monthly_income=-1)


def test_a_sheet_that_a_change_outdated_is_issued_anew_before_it_is_read_aloud():
    desk = an_approved_desk()
    desk.take("benefits.assess")
    old = a_sheet(status=PaperStatus.SUPERSEDED)
    desk.case = replace(desk.case, papers={old.number: old})

    assert desk.unmet("benefits.explain", listener="01", read_aloud=True) == {"assessment_counts"}
    assert desk.take("benefits.reissue", reason="户内变更后换发").papers == (BENEFIT_ASSESSMENT,)
    new = a_sheet("待核2", replaces=old.number)
    desk.case = replace(desk.case, papers={old.number: old, new.number: new})

    assert not desk.unmet("benefits.explain", listener="01", read_aloud=True)


def test_a_household_without_benefits_has_no_sheet_that_says_otherwise():
    desk = an_approved_desk()
    desk.take("benefits.assess")
    issued = a_sheet(status=PaperStatus.ISSUED, file_sha256="cd" * 32)
    desk.case = replace(desk.case, papers={issued.number: issued})
    desk.pack = WITHOUT_BENEFITS

    desk.take("benefits.waive", **GROUNDS)

    assert desk.case.benefits == {}
    ended = desk.case.papers[issued.number]
    assert (ended.status, ended.end_reason) == (PaperStatus.RECALLED, "确认无过渡期待遇")
