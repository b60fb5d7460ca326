"""What each kind of paper takes from the case, and what it refuses to say."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from conversion.documents.approval_form import APPROVAL_FORM
from conversion.documents.entitlement_statement import ENTITLEMENT_STATEMENT
from conversion.documents.household_paper import address_after
from conversion.documents.hukou_certificate import HUKOU_CERTIFICATE
from conversion.documents.kinds import kind_of
from conversion.documents.land_confirmation import LAND_CONFIRMATION
from conversion.documents.location import templates_folder
from conversion.documents.render import render
from conversion.documents.share_certificate import SHARE_CERTIFICATE
from conversion.documents.template import fill
from conversion.documents.trace import reasons_of, references_of
from conversion.domain.case import TRACKS
from conversion.domain.hold import Hold, HoldKind
from conversion.domain.household import HukouKind
from conversion.domain.notice import Countersignature, ObjectionState
from conversion.domain.override import Override
from conversion.domain.right import (
    Disposition,
    EntitlementStatus,
    Registration,
    RegistrationResult,
    ShareLot,
    Side,
)
from conversion.errors import DocumentRefused, NotFound
from tests.builders import (
    a_benefit,
    a_case,
    a_household,
    a_member,
    a_parcel,
    a_programme,
    a_village,
    an_entitlement,
    an_event,
    an_objection,
)
from tests.documents.papers import an_occasion, facts_of, text_of, the_facts


def page(kind, case):
    return fill(kind, facts_of(kind, case), templates_folder())


def test_the_approval_form_carries_every_opinion_with_its_name_and_day():
    facts = the_facts(APPROVAL_FORM)

    assert facts.village_opinion.office == "大坪村村民委员会"
    assert facts.street_opinion.name == "王志远"
    assert facts.district_opinion.opinion == "同意该户转为城镇居民。"
    assert facts.decision_number == "汇府批〔2009〕36号"
    assert [o.office for o in facts.department_opinions][:2] == [
        "汇川区农业农村局",
        "汇川区自然资源局",
    ]
    assert facts.phone == "138****1234"


def test_an_approval_form_before_review_leaves_places_to_write():
    html = page(APPROVAL_FORM, a_case(at="accepted"))

    assert "尚未公示" in html
    assert "　　年　　月　　日" in html
    assert html.count("（盖章处）") == 3, "village, street and district; no department yet"


def test_the_approval_form_counts_the_objections_of_each_notice():
    objections = {
        "O01": an_objection(),
        "O02": an_objection("O02", state=ObjectionState.OPEN, settled_on=None, reply=""),
        "O03": an_objection("O03", level="land"),
    }
    case = a_case(objections=objections)

    facts = facts_of(APPROVAL_FORM, case)

    assert [n.objections for n in facts.notices] == [2]
    assert [o.outcome for o in facts.objections] == ["不成立", "办理中", "不成立"]
    assert "何永清" not in fill(APPROVAL_FORM, facts, templates_folder())


def test_departments_stand_in_the_order_in_which_they_signed():
    rows = {
        name: Countersignature(department=name, signed_on=day, signed_by=person, opinion="同意。")
        for name, day, person in (
            ("公安局", date(2009, 9, 2), "甲"),
            ("卫生局", date(2009, 9, 2), "乙"),
            ("民政局", date(2009, 9, 1), "丙"),
        )
    }
    past = [
        replace(an_event(event="countersign", seq=n, day=date(2009, 9, 2)), actor_name=person)
        for n, person in enumerate("乙甲", start=1)
    ]

    facts = facts_of(APPROVAL_FORM, a_case(countersignatures=rows, past=tuple(past)))

    assert [o.office for o in facts.department_opinions] == ["民政局", "卫生局", "公安局"]


def test_a_requirement_set_aside_stands_on_the_approval_form_with_both_persons():
    override = Override(
        serial="W01",
        act="case.accept",
        rule="adults_signed",
        title="成年成员均已签字",
        reason="张永强在外务工，委托书在途。",
        requested_on=date(2009, 9, 1),
        requested_by="zhou",
        requester_name="周晓梅",
        granted_on=date(2009, 9, 2),
        granted_by="li",
        granter_name="李文华",
        decision="汇府特〔2009〕1号",
    )
    used = override.model_copy(update={"used_on": date(2009, 9, 3)})
    case = replace(a_case(at="approved"), overrides={"W01": used})

    assert facts_of(APPROVAL_FORM, case).set_aside[0].granter == "李文华"
    told = page(APPROVAL_FORM, case)
    assert "特批：成年成员均已签字" in told
    assert (
        "张永强在外务工，委托书在途。（周晓梅申请，李文华2009年9月2日批准，汇府特〔2009〕1号"
        in told
    )
    unused = replace(case, overrides={"W01": override})
    assert "特批" not in page(APPROVAL_FORM, unused)


def test_the_approval_form_says_which_days_the_notice_stood_still():
    case = a_case(at="approved")
    notice = case.current_notice("case")
    assert notice
    hold = Hold(
        serial="H01",
        kind=HoldKind.DISCIPLINE,
        blocks=("case",),
        authority="汇川区审计局",
        order="汇审中〔2009〕2号",
        since=notice.posted_on,
        lifted_on=notice.last_day,
    )
    other = hold.model_copy(update={"serial": "H02", "blocks": ("ledger",)})
    later = notice.last_day + timedelta(days=1)
    after = hold.model_copy(update={"serial": "H03", "since": later, "lifted_on": None})

    facts = facts_of(APPROVAL_FORM, replace(case, holds={"H01": hold, "H02": other, "H03": after}))

    (told,) = facts.standstills
    assert told.order == "汇川区审计局汇审中〔2009〕2号"
    assert "中止期间不计入公示期" in page(APPROVAL_FORM, replace(case, holds={"H01": hold}))


def test_the_approval_form_marks_tracks_that_do_not_apply():
    case = a_case()
    positions = dict(case.positions) | {"land": "not_applicable"}
    facts = facts_of(APPROVAL_FORM, a_case(positions=positions))

    assert [t.title for t in facts.tracks if not t.applied] == ["土地确权"]
    assert "□土地确权" in page(APPROVAL_FORM, a_case(positions=positions))


def test_evidence_listed_in_the_forms_is_counted():
    past = (an_event(form={"evidence": {"booklet": "a", "cards": "b"}}), an_event(seq=2))

    facts = facts_of(APPROVAL_FORM, a_case(past=past))

    assert facts.attachments == 2
    assert the_facts(APPROVAL_FORM).attachments is None


def test_the_hukou_certificate_tells_old_and_new_for_each_member():
    family = [
        a_member(),
        a_member("02", "罗玉珍", "12", "2", hukou_kind=HukouKind.NON_AGRICULTURAL),
    ]

    facts = the_facts(HUKOU_CERTIFICATE, members=family)

    assert facts.new_address == "贵州省遵义市汇川区高坪街道大坪社区六组12号"
    assert (facts.village_code, facts.community_code) == ("520303105202", "520303105012")
    assert [(m.result, m.wording_after) for m in facts.members] == [
        ("已登记", "居民户口"),
        ("无需转换", "非农业户口"),
    ]
    html = fill(HUKOU_CERTIFICATE, facts, templates_folder())
    assert "共2人，其中已登记1人、无需转换1人" in html
    assert "罗玉珍无需转换的理由：登记前已是非农业户口" in html
    assert "本证明不替代居民户口簿，以户口登记为准" in html
    assert family[0].resident_number not in html


def test_a_refused_member_is_named_with_the_reason():
    refused = Registration(
        member="01",
        result=RegistrationResult.REFUSED,
        before="农业户口",
        after="农业户口",
        reason="本人不愿转换",
    )
    case = a_case(members=1, done=TRACKS, registrations={"01": refused})

    assert "张德明不予登记的理由：本人不愿转换" in page(HUKOU_CERTIFICATE, case)


def test_no_hukou_certificate_before_the_police_answered_for_everybody():
    with pytest.raises(DocumentRefused) as refused:
        page(HUKOU_CERTIFICATE, a_case())

    assert "01" in refused.value.found
    assert "张德明" not in str(refused.value)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("遵义市高坪镇大坪村六组12号", "遵义市高坪街道大坪社区六组12号"),
        ("高坪镇大坪村六组12号", "贵州省遵义市汇川区高坪街道大坪社区六组12号"),
        ("大坪村六组12号", "贵州省遵义市汇川区高坪街道大坪社区六组12号"),
        ("", "贵州省遵义市汇川区高坪街道大坪社区六组"),
        ("遵义市人民路1号", "贵州省遵义市汇川区高坪街道大坪社区六组"),
    ],
)
def test_the_new_address_is_the_old_place_under_its_new_name(address, expected):
    assert address_after(a_household(address=address), a_village()) == expected


def test_the_share_certificate_adds_up_and_says_the_total_in_words():
    facts = the_facts(SHARE_CERTIFICATE, members=3)

    assert facts.classes == ("人口股", "农龄股")
    assert facts.class_totals == (717, 330)
    assert facts.total == sum(h.subtotal for h in facts.holders) == 1047
    html = fill(SHARE_CERTIFICATE, facts, templates_folder())
    assert "壹仟零肆拾柒股" in html
    assert "集体收益分配依据，集体资产所有权不变" in html
    assert "人口股：本户3人，每人239份，合计717份" in html
    assert html.count('<tr class="blank">') == 15


def test_the_calculation_names_people_and_tells_what_is_alike_once():
    allocated = an_event(
        "shares",
        "allocate",
        decision={
            "reasons": [
                "人口股：全村一样。",
                "人口股成员01：得239股。",
                "人口股成员02：得239股。",
                "农龄股成员01：得9股。",
            ],
            "parameters": [
                {"title": "方案总数", "illustrative": True},
                {"title": "人口股", "illustrative": False},
            ],
        },
    )

    facts = facts_of(SHARE_CERTIFICATE, a_case(members=2, done=TRACKS, past=(allocated,)))

    assert facts.calculation == (
        "人口股：全村一样。",
        "人口股张德明、罗玉珍：每人得239股。",
        "农龄股张德明：得9股。",
    )
    assert facts.examples == ("方案总数",)
    html = fill(SHARE_CERTIFICATE, facts, templates_folder())
    assert html.count('<span class="sample">示例</span>') == 4
    assert "按举例的方案总数算出" in html


def test_figures_that_rest_on_no_example_are_not_marked():
    assert "示例" not in page(SHARE_CERTIFICATE, a_case(done=TRACKS))


def test_shares_of_a_class_outside_the_plan_are_not_lost():
    lot = ShareLot(member="01", share_class="contribution", units=5)
    case = a_case(members=1, done=TRACKS, shares={lot.key: lot})

    facts = facts_of(SHARE_CERTIFICATE, case)

    assert facts.classes[-1] == "contribution"
    assert facts.total == facts.class_totals[-1] == 5


def test_no_share_certificate_without_shares_or_plan():
    with pytest.raises(DocumentRefused):
        page(SHARE_CERTIFICATE, a_case())
    case = a_case(done=TRACKS)
    occasion = an_occasion(SHARE_CERTIFICATE, case)
    unplanned = type(occasion)(
        number=occasion.number,
        day=occasion.day,
        nonce=occasion.nonce,
        case=case,
        programme=a_programme(at="dated"),
    )

    with pytest.raises(DocumentRefused) as refused:
        SHARE_CERTIFICATE.facts(unplanned)

    assert "尚未通过" in refused.value.found


def test_the_land_confirmation_lists_right_bounds_and_areas():
    facts = the_facts(LAND_CONFIRMATION, parcels=2)

    field, site = facts.parcels
    assert (field.right, site.right) == ("土地承包经营权", "宅基地使用权")
    assert (facts.sharing, facts.restrictions) == ("家庭共同共有", "无")
    html = fill(LAND_CONFIRMATION, facts, templates_folder())
    assert "东至罗世海承包地；南至村道；西至高坪河；北至张德才承包地" in html
    assert "3.31亩" in html
    assert "120.00平方米" in html
    assert "以不动产登记簿为准" in html


def test_children_hold_land_but_do_not_sign_for_it():
    child = a_member("02", "张小宝", "20", "1", date(1999, 1, 1))

    facts = the_facts(LAND_CONFIRMATION, members=[a_member(), child])

    assert [h.name for h in facts.holders] == ["张德明", "张小宝"]
    assert facts.signers == ("张德明",)


def test_parcels_held_by_some_only_name_them_and_the_other_households():
    parcel = a_parcel(joint_households=("0013",))
    case = a_case(members=2, parcels=[parcel], done=TRACKS)
    only = case.land["P01"].model_copy(update={"holders": ("02",)})
    other = only.model_copy(update={"parcel": "P02", "holders": ("01",)})
    parcels = {"P01": parcel, "P02": a_parcel("P02")}
    shared = a_case(
        members=2, done=TRACKS, parcels=list(parcels.values()), land={"P01": only, "P02": other}
    )

    html = page(LAND_CONFIRMATION, shared)

    assert "罗玉珍；与户号0013共有" in html


def test_an_open_objection_and_the_entered_period_are_printed():
    objection = an_objection(level="land", state=ObjectionState.OPEN, settled_on=None)
    period = an_event("land", "survey", form={"period": "1999年1月1日至2028年12月31日"})
    case = a_case(done=TRACKS, objections={"O01": objection}, past=(period,))

    facts = facts_of(LAND_CONFIRMATION, case)

    assert facts.restrictions == "有未办结的异议"
    assert facts.period == "1999年1月1日至2028年12月31日"


def test_no_land_confirmation_without_a_confirmed_right():
    with pytest.raises(DocumentRefused):
        page(LAND_CONFIRMATION, a_case())


def statement_of(*rows, benefits=(), **others):
    case = a_case(
        done=TRACKS,
        benefits={b.key: b for b in benefits},
        entitlements={row.key: row for row in rows},
        **others,
    )
    return facts_of(ENTITLEMENT_STATEMENT, case)


def test_the_statement_sets_kept_and_gained_side_by_side_in_the_booklets_categories():
    facts = statement_of(
        an_entitlement("care", title="老", category="居家养老"),
        an_entitlement("old", Side.KEPT, title="旧", category="医疗卫生"),
        an_entitlement("older", Side.KEPT, title="更旧", category="医疗卫生"),
        an_entitlement("land", Side.KEPT, title="地", category="土地权益"),
        an_entitlement("new", title="新", category="医疗卫生"),
    )

    health, care, land = facts.groups
    assert [g.category for g in facts.groups] == ["医疗卫生", "居家养老", "土地权益"]
    assert [(left.title, right.title) for left, right in health.pairs] == [("旧", "新")]
    assert [(health.rest_side, line.title) for line in health.rest] == [("保留", "更旧")]
    assert (care.pairs, care.rest_side, land.rest_side) == ((), "新增", "保留")
    assert not facts.has_examples
    html = fill(ENTITLEMENT_STATEMENT, facts, templates_folder())
    assert "〔保留〕更旧" in html
    assert "〔新增〕老" in html


def test_the_summary_names_land_and_collective_first_and_counts_the_rest():
    kept = [an_entitlement(f"k{n}", Side.KEPT, title=f"旧{n}") for n in range(7)]
    land = an_entitlement("land", Side.KEPT, title="承包地", category="土地权益")

    facts = statement_of(*kept, land)

    assert facts.named_kept == ("承包地", "旧0", "旧1", "旧2", "旧3", "旧4")
    html = fill(ENTITLEMENT_STATEMENT, facts, templates_folder())
    assert "承包地、旧0、旧1、旧2、旧3、旧4等8项照旧。" in html


def test_the_summary_tells_the_next_days_and_what_to_do_by_them():
    medical = an_entitlement(
        "medical",
        Side.KEPT,
        title="合作医疗",
        until=date(2009, 12, 31),
        duty="年底前办好居民医保参保手续",
    )
    over = an_entitlement("over", Side.KEPT, title="已过", until=date(2009, 10, 1))
    school = an_entitlement("school", Side.KEPT, title="原学区", until=date(2010, 8, 31))
    insured = an_entitlement("insured", title="居民医保", since=date(2010, 1, 1))

    facts = statement_of(school, insured, medical, over)

    assert facts.reminders == (
        (date(2009, 12, 31), "前办好居民医保参保手续"),
        (date(2010, 1, 1), "：居民医保开始"),
        (date(2010, 8, 31), "：原学区到期"),
    )
    html = fill(ENTITLEMENT_STATEMENT, facts, templates_folder())
    assert "2009年12月31日前办好居民医保参保手续。" in html


def test_what_begins_on_a_birthday_is_said_with_the_birthday_and_not_to_go_on_already():
    allowance = an_entitlement(
        "aged", Side.KEPT, title="高龄津贴", member="01", since=date(2010, 2, 10), since_age=80
    )
    land = an_entitlement("land", Side.KEPT, title="承包地", category="土地权益")
    work = an_entitlement("work", title="就业服务", until=date(2030, 1, 1), until_age=60)

    facts = statement_of(allowance, land, work)

    (name,) = {line.member for line in facts.kept if line.title == "高龄津贴"}
    assert facts.reminders == ((date(2010, 2, 10), f"：{name}的高龄津贴开始"),)
    html = fill(ENTITLEMENT_STATEMENT, facts, templates_folder())
    assert "承包地1项照旧。" in html
    assert "从2010年2月10日（年满80周岁）起，长期。" in html
    assert "到年满60周岁的前一天止。" in html


def test_an_amount_of_nothing_is_said_in_words():
    facts = statement_of(benefits=[a_benefit(monthly=0)])

    html = fill(ENTITLEMENT_STATEMENT, facts, templates_folder())
    assert "金额计算为零，本期不发。" in html
    assert "0.00元" not in html


def test_what_has_ended_is_told_apart_with_what_follows():
    ended = a_benefit("site", title="新申请宅基地", disposition=Disposition.ENDED, until=None)

    facts = statement_of(benefits=[ended, a_benefit()])

    assert [line.title for line in facts.kept] == ["村级水电补贴"]
    assert [line.title for line in facts.ended] == ["新申请宅基地"]
    html = fill(ENTITLEMENT_STATEMENT, facts, templates_folder())
    assert "终止：</span>新申请宅基地。" in html
    assert "从2009年9月8日起终止。" in html


def test_each_window_is_listed_once_and_named_in_its_lines():
    civil = "民政窗口（社区一楼，0851-2（示例））"
    facts = statement_of(
        an_entitlement("a", window=civil, department="民政局"),
        an_entitlement("b", window=civil, department="民政局"),
        an_entitlement("c", window=civil, department="卫生局"),
        an_entitlement("d", window="大厅", department=""),
    )

    assert facts.windows == (
        ("民政窗口", "社区一楼，0851-2（示例）", ("民政局", "卫生局")),
        ("大厅", "", ()),
    )
    html = fill(ENTITLEMENT_STATEMENT, facts, templates_folder())
    assert "【办理】民政窗口（民政局）。" in html
    assert html.count("0851-2（示例）") == 1


def test_benefits_stand_in_the_column_of_what_becomes_of_them_and_only_once():
    benefits = (
        a_benefit("welfare", title="福利"),
        a_benefit("pension", "01", title="养老", disposition=Disposition.SWITCHED),
        a_benefit("mapped", title="重复"),
    )
    rows = (
        an_entitlement("mapped", Side.KEPT, title="只说一次"),
        an_entitlement("none", title="不适用", status=EntitlementStatus.NOT_APPLICABLE),
    )
    case = a_case(
        done=TRACKS,
        benefits={b.key: b for b in benefits},
        entitlements={row.key: row for row in rows},
    )

    facts = facts_of(ENTITLEMENT_STATEMENT, case)

    assert [line.title for line in facts.kept] == ["只说一次", "福利"]
    assert [(line.title, line.member) for line in facts.gained] == [("养老", "张德明")]


def test_what_everybody_has_is_the_whole_households():
    rows = [an_entitlement(member=f"0{n}") for n in range(1, 4)]

    facts = statement_of(*rows, members=3)

    assert [line.member for line in facts.gained] == ["全户"]


def test_what_several_members_have_alike_is_one_line_in_the_booklets_order():
    rows = (
        an_entitlement("a", member="01", category="土地权益", title="地"),
        an_entitlement("job", member="01", category="劳动保障", title="培训"),
        an_entitlement("job", member="02", category="劳动保障", title="培训"),
        an_entitlement("job", member="03", category="劳动保障", title="培训", since=None),
    )
    case = a_case(done=TRACKS, benefits={}, entitlements={row.key: row for row in rows})

    facts = facts_of(ENTITLEMENT_STATEMENT, case)

    assert [(line.title, line.member) for line in facts.gained] == [
        ("培训", "张德明、罗玉珍"),
        ("培训", "张永强"),
        ("地", "张德明"),
    ]


def test_a_mapped_benefit_keeps_its_amount_and_is_not_explained_twice():
    benefit = a_benefit(
        "welfare",
        reason="村级水电补贴（保留）：保留三年。从2009年9月8日起，到2012年9月8日止（示例）。以后：自行缴费",
        then="自行缴费",
    )
    row = an_entitlement("welfare", Side.KEPT, title="村级水电补贴", duty="节约用电")
    case = a_case(done=TRACKS, benefits={benefit.key: benefit}, entitlements={row.key: row})

    (line,) = facts_of(ENTITLEMENT_STATEMENT, case).kept

    assert (line.monthly, line.disposition, line.duty) == (2000, "保留", "节约用电")
    assert (line.why, line.then) == ("保留三年。", "自行缴费")


def test_the_statement_tells_time_duty_window_remedies_and_privacy_in_plain_words():
    html = page(ENTITLEMENT_STATEMENT, a_case(done=TRACKS))

    for told in (
        "从1999年1月1日起，到承包期满或者土地被征收",
        "从2009年9月8日起，到2012年9月8日止",
        "每月20.00元",
        "【义务】",
        "【依据】",
        "0851-28620000",
        "六十日内申请行政复议，也可以自知道之日起三个月内提起行政诉讼",
        "个人信息",
        "已向本人宣读",
        "示例",
        "一式两份：农户一份，存档一份",
    ):
        assert told in html


def test_a_trace_is_quoted_with_its_references():
    event = an_event(
        decision={
            "reasons": ["因为甲", "因为乙"],
            "references": [
                {"title": "大坪村方案", "article": "第七条", "href": ""},
                {"title": "大坪村方案", "article": "第七条", "href": ""},
            ],
        }
    )

    assert reasons_of(event) == ("因为甲", "因为乙")
    assert references_of([event]) == ("《大坪村方案》第七条",)
    assert reasons_of(None) == reasons_of(an_event()) == ()


def test_an_unknown_kind_is_told_what_there_is():
    with pytest.raises(NotFound) as unknown:
        kind_of("passport")

    assert "share_certificate" in unknown.value.remedy


def test_a_land_confirmation_draws_each_outline_to_scale_with_corners_and_sides():
    field = a_parcel("P01", outline=("0.00,0.00", "44.17,0.00", "44.17,50.00", "0.00,50.00"))
    case = a_case(parcels=[field, a_parcel("P02")], done=TRACKS)

    facts = facts_of(LAND_CONFIRMATION, case)
    text = text_of(render(LAND_CONFIRMATION, facts))

    assert [parcel.serial for parcel in facts.drawn] == ["P01"]
    sketch = facts.drawn[0].sketch
    assert (sketch.scale, sketch.bar_metres, sketch.bar) == (1_000, 20, 2_000)
    assert [mark.words for mark in sketch.sides] == ["44.17", "50.00", "44.17", "50.00"]
    assert "三、宗地示意图" in text
    assert "图上2,208.50平方米" in text or "图上2208.50平方米" in text
    for words in ("J1", "J4", "44.17", "北：张德才承包地", "20米", "1:1000"):
        assert words in text
    assert "四、签名和盖章" in text


def test_a_land_confirmation_without_outlines_has_no_map():
    text = text_of(render(LAND_CONFIRMATION, the_facts(LAND_CONFIRMATION)))

    assert "示意图" not in text
    assert "三、签名和盖章" in text
