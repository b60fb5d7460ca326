"""Papers of a meeting print what its notice, its roll and its sealed decision say."""

import json
from dataclasses import replace

import pytest

from conversion.documents.count_sheet import COUNT_SHEET, Tellers
from conversion.documents.location import templates_folder
from conversion.documents.meeting_minutes import MEETING_MINUTES, Course
from conversion.documents.render import render
from conversion.documents.template import fill
from conversion.documents.vote_record import vote_record
from tests.documents.papers import after_the_meeting, facts_of_meeting, text_of

FAILED = {"passed": False, "present": 45, "proxies": 0, "in_favour": 43, "against": 0}


def text(kind, **told):
    return text_of(render(kind, facts_of_meeting(kind, **told)))


def test_the_count_sheet_says_what_was_required_and_what_was_reached():
    page = text(COUNT_SHEET)

    for said in (
        "坪社票〔2009〕0007号",
        "大坪村村民会议计票单",
        "《村改社区实施方案》（表决V01）",
        "应到人数100人",
        "实到人数90人（含书面委托4人）",
        "摘要abababababababab",
        "附案卷：村卷1页3",
        "同意反对弃权废票收回合计未收回701252891",
        "会前通知提前10天（通知当日不计）10天15天达到",
        "到会超过2分之1（以应到100计）51人90人达到",
        "同意超过2分之1（以实到90计）46票70票达到",
        "《中华人民共和国村民委员会组织法》第八条、第十七条（示例）",
        "表决结果：通过",
        "计票人（吴应成）",
        "监票人（李国华）",
        "（盖章处）",
    ):
        assert said in page, said


def test_the_count_sheet_of_a_failed_vote_says_that_it_failed_why_and_what_follows():
    page = text(COUNT_SHEET, **FAILED)

    assert "到会超过2分之1（以应到100计）51人45人没有达到" in page
    assert "表决结果：未通过" in page
    assert "没有通过《村改社区实施方案》（到会没有达到法定要求）" in page
    assert "不得据此办理后续事项" in page
    assert "重新通知、召开会议" in page


def test_tellers_that_nobody_named_have_empty_places_to_sign():
    page = text(COUNT_SHEET, told=Tellers())

    assert "计票人：" in page
    assert "监票人：" in page


def test_the_majority_is_that_of_the_sealed_decision_whatever_the_rule_says_today():
    programme = after_the_meeting()
    sealed = programme.past[-1]
    decision = json.loads(json.dumps(sealed.decision).replace("46", "68"))
    past = (replace(sealed, decision=decision),)

    record = vote_record(programme.votes["V01"], replace(programme, past=past))

    assert record.measures[2].least == 68


def test_a_body_that_could_not_decide_has_its_reasons_in_place_of_measures():
    page = text(COUNT_SHEET, passed=False, body="representatives_meeting")

    assert "村民代表会议不能表决这一事项" in page
    assert "未通过" in page


def test_the_minutes_tell_the_meeting_in_order():
    page = text(MEETING_MINUTES)

    said = (
        "大坪村村民会议纪要",
        "坪社纪〔2009〕0007号",
        "主持人：罗世海",
        "记录人：杨秀英",
        "本人到会86人，书面委托4人",
        "列席：吴应成、李国华",
        "于2009年5月5日发出通知",
        "会议听取了方案的说明。",
        "同意70票，反对12票，弃权5票，废票2票，未收回1票",
        "会议通过《村改社区实施方案》",
        "《集体经济组织成员名单》、《折股量化方案》没有提交本次会议表决",
        "附件：应到名册、签到册及委托书（村卷1页3）",
    )
    assert [page.find(sentence) for sentence in said] == sorted(page.find(s) for s in said)
    assert all(sentence in page for sentence in said)


def test_minutes_of_a_failed_vote_say_so():
    page = text(MEETING_MINUTES, **FAILED)

    assert "会议没有通过《村改社区实施方案》（到会没有达到法定要求）" in page


def test_a_long_discussion_goes_on_to_further_pages():
    told = Course(
        meeting="M01",
        chair="罗世海",
        recorder="杨秀英",
        observers=(),
        discussion=tuple(f"第{n}位发言人说：土地的权利不变，大家放心。" for n in range(60)),
        put_off=(),
    )

    printed = render(MEETING_MINUTES, facts_of_meeting(MEETING_MINUTES, told=told))

    assert printed.pages > 3
    assert "第59位发言人" in text_of(printed)
    assert "列席：无" in text_of(printed)


@pytest.mark.parametrize("kind", [COUNT_SHEET, MEETING_MINUTES], ids=lambda k: k.id)
def test_seals_are_places_and_never_drawn(kind):
    html = fill(kind, facts_of_meeting(kind), templates_folder())

    assert html.count("（盖章处）") == 1
    assert "<img" not in html
    assert "<svg" not in html
