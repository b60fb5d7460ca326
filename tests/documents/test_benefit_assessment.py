"""The 过渡期待遇核定表: what is sealed is what it says, whatever the pack has come to say since."""

from dataclasses import replace
from datetime import date

import pytest

from conversion.documents.benefit_assessment import BENEFIT_ASSESSMENT
from conversion.documents.render import render
from conversion.domain.case import TRACKS
from conversion.domain.household import DrawnBenefit, HukouKind, Trait
from conversion.domain.right import Benefit, Disposition
from conversion.policy.facts import HouseholdFacts
from conversion.policy.rules.transitional_benefit import assess_benefits
from tests.builders import a_benefit, a_case, a_member
from tests.documents.papers import facts_of, text_of
from tests.office import packs

DAY = date(2009, 11, 30)
GRANDFATHER = a_member("03", "张正国", "51", "1", date(1928, 1, 8))
FAMILY = (
    a_member(),
    a_member("02", "罗玉珍", "12", "2", date(1960, 11, 4)),
    GRANDFATHER,
    a_member("04", "张浩然", "41", "1", date(2000, 5, 30), traits=[Trait.STUDENT]),
)


def assessed(members=FAMILY, approved_on=DAY, **facts):
    """A case whose benefits are assessed by the pack of 2009, with the decision in its past."""
    case = a_case(members=members, parcels=2, done=TRACKS)
    seen = HouseholdFacts(
        day=DAY,
        household=case.household,
        members=case.members,
        parcels=case.parcels,
        approved_on=approved_on,
        **facts,
    )
    decision = assess_benefits(seen, packs()["huichuan-2009"].on(DAY))
    past = tuple(
        replace(e, decision=decision.trace()) if e.act == "benefits.assess" else e
        for e in case.past
    )
    return replace(case, past=past, benefits={b.key: b for b in decision.rows_of(Benefit)})


def sheet(case):
    return facts_of(BENEFIT_ASSESSMENT, case)


def of_title(facts, title):
    (found,) = [benefit for benefit in facts.benefits if benefit.title == title]
    return found


def test_each_benefit_says_what_becomes_of_it_how_much_and_why():
    found = of_title(sheet(assessed()), "种粮直接补贴和农资综合补贴")

    assert found.members == ("全户",)
    assert found.disposition == "保留"
    assert found.had == ""
    assert found.days == "从2009年11月30日起，直到承包地依法征收或者依法改变用途"
    assert found.paid == "每年195.00元"
    assert found.formula == "每亩60.00元 × 3.25亩 ＝ 195.00元/年"
    assert found.why == (
        "补贴跟着承包地走，不跟户口走，地还种着就照发。",
        "户内有承包地（有承包地），符合。",
        "从批准之日起算（2009年11月30日），到承包地依法征收或者依法改变用途。",
    )
    assert found.duty == "不撂荒，不改变耕地用途"
    assert found.department == "农牧局"
    assert found.illustrative


def test_relief_that_comes_to_nothing_is_said_to_be_nothing_and_not_granted_with_a_sum():
    poor = a_member(traits=[Trait.MINIMUM_LIVING])

    found = of_title(sheet(assessed([poor], monthly_income=18_000)), "城市居民最低生活保障")

    assert found.paid == "本期不发"
    assert found.formula == "每人180.00元 × 1人 － 180.00元 ＝ 0.00元/月"
    assert "按标准与收入之差计算为零，本期不发。" in found.why


def test_what_was_drawn_before_is_told():
    drawn = {"01": DrawnBenefit(serial="01", item="种粮直补", monthly=4_500)}

    found = of_title(sheet(assessed(drawn=drawn)), "种粮直接补贴和农资综合补贴")

    assert (found.had, found.paid) == ("种粮直补，每月45.00元", "每月45.00元")
    assert not found.illustrative


def test_what_several_have_alike_is_one_item_and_what_differs_bears_the_name():
    found = of_title(sheet(assessed()), "新型农村社会养老保险")

    assert found.members == ("张德明", "罗玉珍", "张正国")
    assert found.why[-3:] == (
        "张德明：年满16周岁（51周岁），符合。",
        "罗玉珍：年满16周岁（49周岁），符合。",
        "张正国：年满16周岁（81周岁），符合。",
    )
    assert "户口性质为农业（农业），符合。" in found.why
    assert found.paid == "另行核定后告知"


def test_what_everybody_has_is_the_whole_households():
    assert of_title(sheet(assessed()), "新型农村合作医疗").members == ("全户",)


def test_what_follows_is_told_once():
    found = of_title(sheet(assessed()), "新型农村合作医疗")

    assert found.then.startswith("从次年1月1日起")
    assert not any(found.then in sentence for sentence in found.why)


@pytest.mark.parametrize(
    ("title", "days"),
    [
        ("高龄津贴", "从2009年11月30日起，终身享受"),
        ("新型农村合作医疗", "从2009年11月30日起，到2009年12月31日止"),
        ("城镇居民基本医疗保险", "从2010年1月1日起，长期有效"),
        ("一事一议筹资筹劳", "从2009年11月30日起停止"),
        ("承包地", "从2009年11月30日起，直到承包期满或者依法征收"),
    ],
)
def test_from_when_until_when_is_said_in_words(title, days):
    assert of_title(sheet(assessed()), title).days == days


def test_benefits_stand_in_the_booklets_order():
    categories = list(dict.fromkeys(b.category for b in sheet(assessed()).benefits))

    assert categories == [
        "劳动保障",
        "计划生育",
        "子女入学",
        "社会救助",
        "医疗卫生",
        "居家养老",
        "安全环境",
        "土地权益",
        "集体资产",
    ]


def test_who_turns_eighty_later_sees_the_birthday_on_the_sheet_and_its_end_by_the_age():
    members = (*FAMILY[:2], a_member("03", "张正国", "51", "1", date(1930, 2, 10)))

    facts = sheet(assessed(members))

    allowance = of_title(facts, "高龄津贴")
    assert allowance.members == ("张正国",)
    assert allowance.days == "从2010年2月10日（年满80周岁）起，终身享受"
    assert "年满80周岁（79周岁），届时符合。" in allowance.why
    assert "从年满80周岁之日起算（2010年2月10日），终身。" in allowance.why
    work = of_title(facts, "城镇就业服务和失业登记")
    assert work.members == ("张德明", "罗玉珍")
    assert work.days == "从2009年11月30日起，到年满60周岁的前一天止"
    printed = text_of(render(BENEFIT_ASSESSMENT, facts)).replace("\n", "")
    assert "从2010年2月10日（年满80周岁）起，终身享受" in printed


def test_who_nearly_has_it_is_told_why_not():
    members = (*FAMILY[:2], a_member("03", "张正国", "51", "1", date(1934, 12, 1)))

    facts = sheet(assessed(members))

    told = {(a.title, a.member): a.why for a in facts.refused}
    assert told[("高龄津贴", "")] == "年满80周岁（74周岁），不符合。"
    assert "农村五保供养" in facts.unconcerned
    assert not {a.title for a in facts.refused} & set(facts.unconcerned)


def test_the_person_who_misses_what_others_have_is_named():
    cousin = a_member("02", "罗玉珍", "12", "2", hukou_kind=HukouKind.NON_AGRICULTURAL)

    facts = sheet(assessed((a_member(), cousin)))

    told = {(a.title, a.member): a.why for a in facts.refused}
    assert told[("新型农村合作医疗", "罗玉珍")] == "户口性质为农业（非农业），不符合。"


def test_what_begins_later_is_told_apart():
    facts = sheet(assessed(approved_on=None))

    assert facts.benefits == ()
    told = {a.title: a.why for a in facts.waiting}
    assert told["承包地"].endswith("承包地：从批准之日起算，现在还不能起算，届时另行核定。")


def test_the_summary_names_what_stays_first():
    summary = sheet(assessed()).summary

    assert [label for label, _ in summary] == ["保留", "终身保留", "待转换", "新增", "终止"]
    assert "承包地" in dict(summary)["保留"]
    assert dict(summary)["终止"] == ("一事一议筹资筹劳", "新申请宅基地")


def test_each_department_gives_its_opinion_on_its_own_items():
    facts = sheet(assessed())

    opinions = dict(facts.opinions)
    assert sorted(n for numbers in opinions.values() for n in numbers) == list(
        range(1, len(facts.benefits) + 1)
    )
    numbers = opinions["农牧局"]
    assert {facts.benefits[n - 1].department for n in numbers} == {"农牧局"}


def test_whoever_came_later_has_the_reason_of_the_row_itself():
    case = assessed()
    late = a_benefit("village_clinic", title="村卫生室", monthly=None, yearly=100_00, member="04")
    once = a_benefit("settling", title="安家补助", monthly=None, once=500_00)

    facts = sheet(replace(case, benefits={**case.benefits, late.key: late, once.key: once}))

    found = of_title(facts, "村卫生室")
    assert found.why == ("村民会议决定转居后保留三年",)
    assert (found.paid, found.formula, found.category) == ("每年100.00元", "", "其他待遇")
    assert of_title(facts, "安家补助").paid == "一次性500.00元"


def test_a_benefit_of_somebody_who_has_left_is_still_told():
    case = assessed()
    odd = a_benefit("odd", title="旧待遇", member="09", disposition=Disposition.ENDED, until=None)

    facts = sheet(replace(case, benefits={**case.benefits, odd.key: odd}))

    assert of_title(facts, "旧待遇").members == ("全户",)


def test_without_an_assessment_the_rows_speak_for_themselves():
    case = replace(a_case(done=TRACKS), past=())

    facts = sheet(case)

    assert (facts.assessor, facts.waiting, facts.refused, facts.unconcerned) == ("", (), (), ())
    assert next(b.why for b in facts.benefits) == ("村民会议决定转居后保留三年",)


def test_the_sheet_says_who_assessed_where_to_object_and_where_to_sign():
    text = text_of(render(BENEFIT_ASSESSMENT, sheet(assessed())))

    for words in (
        "核定人：周晓梅",
        "核定日期：2009年9月24日",
        "听取人（签名）",
        "宣读人（签名）",
        "见证人（签名）",
        "本人按指印",
        "主管部门意见",
        "可以自知道之日起六十日内申请行政复议",
        "没有作出决定的，原来的待遇照旧，不断档",
        "每亩60.00元×3.25亩＝195.00元/年",
    ):
        assert words in text, words


def test_only_what_is_an_example_is_marked_so():
    facts = sheet(assessed())
    plain = facts.model_copy(
        update={"benefits": tuple(b for b in facts.benefits if not b.illustrative)}
    )

    assert "示例的数额" in text_of(render(BENEFIT_ASSESSMENT, facts))
    assert "示例的数额" not in text_of(render(BENEFIT_ASSESSMENT, plain))
