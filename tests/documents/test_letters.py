"""What the offices write to a household: by GB/T 9704, and what it can do about it."""

from dataclasses import replace
from typing import Any

import pytest

from conversion.documents.kinds import HOUSEHOLD_KINDS, kind_of
from conversion.documents.render import render
from conversion.domain.role import Role
from conversion.errors import DocumentRefused
from tests.builders import a_case, a_member, a_programme
from tests.documents.letters import ITEMS, LOST, STATUTORY, a_void_list_of_the_village
from tests.documents.papers import DAY, an_occasion, opened, text_of, the_facts

LETTERS = tuple(kind for kind in HOUSEHOLD_KINDS if kind.letter)
LONG = "买买提艾力·阿卜杜热合曼·吐尔逊尼亚孜·阿布都克里木"


def printed(kind, **others):
    return text_of(render(kind_of(kind), the_facts(kind_of(kind), **others)))


@pytest.mark.parametrize("kind", LETTERS, ids=lambda k: k.id)
@pytest.mark.parametrize("head", [LONG, "张𣒍𮧵龘"])
def test_a_letter_has_sender_number_addressee_signature_and_imprint(kind, head):
    facts = the_facts(kind, members=[a_member(name=head), a_member("02", "罗玉珍", "12", "2")])

    text = text_of(render(kind, facts))

    assert text.startswith(facts.issuing_office + "坪社" + kind.series + "〔2009〕7号")
    assert f"{facts.addressee}：" in text
    assert head in text
    assert "（盖章处）" in text
    assert f"{facts.issuing_office}2009年10月12日印发" in text


@pytest.mark.parametrize("kind", LETTERS, ids=lambda k: k.id)
@pytest.mark.parametrize("members", [1, 5, 12])
def test_the_last_words_of_a_letter_say_where_to_ask_and_go_with_the_seal(kind, members):
    last = opened(render(kind, the_facts(kind, members=members))).pages[-1].extract_text()

    assert "（盖章处）" in last
    assert "0851-28620000" in last


@pytest.mark.parametrize("kind", LETTERS, ids=lambda k: k.id)
def test_a_letter_of_a_case_that_is_not_so_far_is_refused(kind):
    before = replace(an_occasion(kind, a_case()), case=a_case(at="draft"))

    with pytest.raises(DocumentRefused, match=r"没有办到这一步|没有被认定无效的公示"):
        kind.facts(before)


def test_a_lost_certificate_is_sought_by_its_number_and_nothing_is_told_of_how_it_was_lost():
    text = printed("loss_announcement", members=2)

    assert "各村民小组、全体村民：" in text
    assert f"张德明户（户号0012）声明遗失《股权证书》（编号{LOST}），申请补发" in text
    assert "公告期自2009年10月12日至2009年11月11日（30个自然日），张贴于村务公开栏" in text
    assert "请在公告期内到该窗口提出书面异议；有异议的，不予补发" in text
    assert "期满没有异议的，补发新证，原证书同日作废" in text


def test_a_certificate_in_place_of_a_lost_one_says_so():
    kind = kind_of("land_confirmation")
    facts = the_facts(kind).model_copy(update={"replaces": LOST, "reissued": True})

    assert f"补发：{LOST}遗失，已经公告作废，由本件代替。" in text_of(render(kind, facts))


def test_a_receipt_says_what_was_handed_in_and_what_comes_next_until_when():
    text = printed("acceptance_receipt", members=3)

    assert "张德明（户主）、罗玉珍（妻）、张永强（长子），共3人。签字人：张德明、罗玉珍。" in text
    assert "《村改社区申请审批表》《入户核查表》" in text
    assert "村级初审（2009年11月6日以前）" in text
    assert "不是批准" in text
    assert "转居不以交回承包地、宅基地为条件" in text


def test_all_that_an_application_lacks_is_told_at_once_with_its_last_day():
    facts = the_facts(kind_of("correction_request"))
    text = text_of(render(kind_of("correction_request"), facts))

    assert facts.issuing_office == "大坪村村民委员会"
    assert [f"{n}．{item}" in text for n, item in enumerate(ITEMS, 1)] == [True, True]
    assert "请在2009年10月19日以前交到" in text
    assert "没有列出的，不再要求补正" in text


def test_a_refusal_gives_facts_reasons_law_and_remedies():
    facts = the_facts(kind_of("refusal_decision"), at="countersigned")
    text = text_of(render(kind_of("refusal_decision"), facts))

    assert facts.issuing_office == "汇川区人民政府"
    assert facts.day == DAY
    places = [
        text.index(part)
        for part in (
            "一、申请和办理经过",
            "高坪街道办事处：",
            "二、事实和理由",
            "空挂户",
            "三、依据和决定",
            "依照“村改社区”工作实施方案（示例），决定对你户的转居申请不予批准。",
            "四、救济途径",
            "向遵义市人民政府申请行政复议",
            STATUTORY,
        )
    ]
    assert places == sorted(places)
    assert "不影响集体经济组织成员身份、土地权利和已经登记的份额" in text


def test_whoever_objects_is_told_that_it_is_looked_into_by_others_and_until_when():
    facts = the_facts(kind_of("objection_acceptance"))
    text = text_of(render(kind_of("objection_acceptance"), facts))

    assert (facts.addressee, facts.serial) == ("何永清", "O01")
    assert "“该户承包地东至界线应以石坎为准”" in text
    assert "在2009年10月21日以前书面答复" in text
    assert "登记异议的人不参加调查和答复" in text


def test_an_answer_says_outcome_findings_reasons_and_where_to_turn():
    facts = the_facts(kind_of("objection_reply"))
    text = text_of(render(kind_of("objection_reply"), facts))

    parts = (
        "异议不成立。",
        "调查人：王志远、何永清。",
        "经实地核对，原界线与合同一致",
        "可以请求高坪街道办事处",
        STATUTORY,
    )
    assert sorted(text.index(part) for part in parts) == [text.index(part) for part in parts]
    assert "不张贴公布" in text


def test_a_village_committees_answer_names_no_remedies_against_an_office():
    kind = kind_of("objection_reply")
    occasion = an_occasion(kind, a_case())
    answer = replace(occasion.case.past[-1], roles=(Role.VILLAGE,))
    case = replace(occasion.case, past=(*occasion.case.past[:-1], answer))

    facts: Any = kind.facts(replace(occasion, case=case))

    assert facts.issuing_office == "大坪村村民委员会"
    assert facts.statutory == ""


def test_a_correction_is_told_line_by_line_with_what_runs_again_and_what_counts_no_more():
    text = printed("rectification_notice")

    assert "谁的哪一项更正前更正后张德明民族汉族苗族" in text
    assert "重新办理：户口转移、权利义务对接" in text
    assert (
        "失效，请交回高坪街道便民服务中心3号窗口，换发新的：《户口转换证明》坪社户转〔2009〕0003号"
        in text
    )


def test_a_correction_not_granted_says_so_and_where_to_turn():
    kind = kind_of("rectification_notice")
    occasion = an_occasion(kind, a_case())
    kept = replace(
        occasion.case.past[-1], event="leave_uncorrected", form={"opinion": "与户口簿一致。"}
    )
    case = replace(occasion.case, past=(*occasion.case.past[:-1], kept))

    text = text_of(render(kind, kind.facts(replace(occasion, case=case, told=None))))

    assert "不予更正通知书" in text
    assert "原登记不变：与户口簿一致。" in text
    assert "行政复议" in text


def test_a_void_list_is_told_where_it_hung_without_more_of_the_household_than_lists_say():
    facts = the_facts(kind_of("void_announcement"), members=4)
    text = text_of(render(kind_of("void_announcement"), facts))

    assert facts.about == "六组张德明户（户号0012）"
    assert "公示期未满即被撤下：六组的榜被人撕走。这次公示无效，现予作废。" in text
    assert "公示期从头计算" in text
    assert "罗玉珍" not in text


def test_a_void_list_of_the_village_is_told_to_all():
    kind = kind_of("village_void_announcement")
    occasion = a_void_list_of_the_village(kind.number("坪社", 2009, 7))

    text = text_of(render(kind, kind.facts(occasion)))

    assert text.startswith("高坪街道办事处坪社村废〔2009〕7号作废公告各村民小组、全体村民：")
    assert "张贴的《实施方案公示》" in text
    with pytest.raises(DocumentRefused, match="没有被认定无效的公示"):
        kind.facts(replace(occasion, programme=a_programme(at="proposed", past=())))


def test_a_revocation_says_on_which_decision_what_to_bring_back_and_what_stays():
    text = printed("revocation_notice")

    for words in (
        "转居批准（汇府批〔2009〕36号），已依照汇府撤〔2010〕1号撤销",
        "请在收到本通知后交回高坪街道便民服务中心3号窗口缴销",
        "《户口转换证明》坪社户转〔2009〕0003号",
        "承包地、宅基地、成员身份和份额不因撤销而改变",
        STATUTORY,
    ):
        assert words in text
