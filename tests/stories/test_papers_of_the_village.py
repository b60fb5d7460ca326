"""Papers of the village: count sheets, minutes, and the lists that are hung."""

import hashlib

import pytest
from pypdf import PdfReader

from conversion.documents.render import render
from conversion.domain.notice import PaperStatus
from conversion.services import issuance
from conversion.services.reprint import reprint
from conversion.store.papers import paper_lines, sealed_facts
from conversion.workflows.posted_list import code_of
from conversion.workflows.requirement import RequirementsUnmet
from tests.office import BOARD
from tests.stories.test_meetings_and_votes import posted, unmet
from tests.village_roster import VILLAGE

TOLD = {
    "chair": "罗世海",
    "recorder": "杨秀英",
    "observers": ["周晓梅"],
    "discussion": "主持人宣读实施方案。\n\n与会人员没有其他意见。",
}
LATER = ["confirm_roll", "adopt_share_plan"]


@pytest.fixture(autouse=True)
def here(monkeypatch):
    """Papers are printed in this process: the same printing, without starting another."""
    monkeypatch.setattr(
        issuance, "render_many", lambda jobs, _: (render(j.kind, j.facts) for j in jobs)
    )


def facts_of(town, number):
    with town.database.reading() as session:
        return sealed_facts(session, VILLAGE, town.office.key)[number]


def own_papers(town):
    with town.database.reading() as session:
        return [p for p in paper_lines(session, VILLAGE) if p.chain == VILLAGE]


def voted(town, **ballots):
    """A meeting that has voted on the plan; its other matters are left for another one."""
    town.village("resolve", **town.meeting(posted(town)), **ballots)
    return list(town.programme().meetings)[-1]


def test_a_vote_leaves_a_count_sheet_that_is_made_kept_and_printed_again(town_at):
    town = town_at("taken_in")
    voted(town, counters=["吴应成", "杨秀英"], scrutineers=["李国华"])
    (waiting,) = own_papers(town)
    assert (waiting.kind, waiting.household_number) == ("count_sheet", "")

    (made,) = town.issue()
    assert made.path.parent == town.papers_folder / "村"
    paper = town.programme().papers["坪社票〔2009〕0001号"]
    assert paper.status is PaperStatus.ISSUED
    assert hashlib.sha256(made.path.read_bytes()).hexdigest() == paper.file_sha256
    town.calendar.later(900)
    assert (
        reprint(town.office, "auditor1", VILLAGE, paper.number).rendering.pdf
        == made.path.read_bytes()
    )
    assert town.issue() == []
    assert town.verify().is_sound


def test_who_counted_is_on_the_sheet_and_not_in_the_open_part_of_the_history(town_at):
    town = town_at("taken_in")
    voted(town, counters=["吴应成"])
    assert facts_of(town, "坪社票〔2009〕0001号")["tellers"]["counters"] == ["吴应成"]
    assert "counters" not in town.programme().past[-1].form


def test_the_count_sheet_of_a_failed_vote_says_that_it_failed(town_at):
    town = town_at("taken_in")
    few = town.meeting(posted(town), absent=("0001/01", "0001/02", "0001/03", "0001/05"))
    town.village("fail_vote", **few, matter="resolve")
    vote = facts_of(town, "坪社票〔2009〕0001号")["vote"]
    assert not vote["passed"]
    assert [m["title"] for m in vote["measures"] if not m["reached"]] == ["到会"]
    assert "不得据此办理后续事项" in vote["follows"]
    assert town.verify().is_sound


def test_invalid_ballots_are_counted_and_carry_nothing(town_at):
    town = town_at("taken_in")
    ballot = town.meeting(posted(town)) | {"in_favour": 4, "invalid": 4}
    with pytest.raises(RequirementsUnmet) as refused:
        town.village("resolve", **ballot)
    assert "废票4" in unmet(refused)["quorum"]
    with pytest.raises(RequirementsUnmet) as miscounted:
        town.village("resolve", **ballot | {"in_favour": 5})
    assert "应当重新计票" in unmet(miscounted)["quorum"]
    town.village("resolve", **ballot | {"in_favour": 5, "invalid": 3})
    assert town.programme().votes["V01"].invalid == 3


def test_minutes_wait_until_each_matter_of_the_notice_is_voted_or_put_off(town_at):
    town = town_at("taken_in")
    meeting = voted(town)
    with pytest.raises(RequirementsUnmet) as early:
        town.village("minute_meeting", meeting=meeting, **TOLD)
    found = unmet(early)["matters_decided"]
    assert found == "confirm_roll 还没有登记表决；adopt_share_plan 还没有登记表决"
    with pytest.raises(RequirementsUnmet) as denied:
        town.village("minute_meeting", meeting=meeting, **TOLD, put_off=[*LATER, "resolve", "x"])
    told = unmet(denied)["matters_decided"]
    assert told == "resolve 已经表决，不能写成没有提交表决；x 不是会议通知所列的事项"

    town.village("minute_meeting", meeting=meeting, **TOLD, put_off=LATER)
    (sheet, minutes) = sorted(own_papers(town), key=lambda p: p.kind)
    assert (sheet.kind, minutes.number) == ("count_sheet", "坪社纪〔2009〕0001号")
    facts = facts_of(town, minutes.number)
    assert facts["discussion"] == ["主持人宣读实施方案。", "与会人员没有其他意见。"]
    assert [vote["serial"] for vote in facts["votes"]] == ["V01"]
    assert facts["put_off"] == ["《集体经济组织成员名单》", "《折股量化方案》"]
    town.issue()
    assert town.verify().is_sound


def test_minutes_of_a_meeting_that_was_not_held_or_has_minutes_already_are_refused(town_at):
    town = town_at("taken_in")
    meeting = voted(town)
    town.village("minute_meeting", meeting=meeting, **TOLD, put_off=LATER)
    with pytest.raises(RequirementsUnmet) as twice:
        town.village("minute_meeting", meeting=meeting, **TOLD, put_off=LATER)
    assert set(unmet(twice)) == {"meeting_unminuted"}
    with pytest.raises(RequirementsUnmet) as unknown:
        town.village("minute_meeting", meeting="M09", **TOLD)
    assert set(unmet(unknown)) == {"meeting_held", "matters_decided"}
    assert [p.number for p in own_papers(town) if p.kind == "meeting_minutes"] == [
        "坪社纪〔2009〕0001号"
    ]


def test_the_program_stops_between_page_and_record_and_the_next_run_makes_the_same(
    town_at, monkeypatch
):
    town = town_at("taken_in")
    voted(town)
    with monkeypatch.context() as patch:
        patch.setattr(issuance, "record", stopped)
        with pytest.raises(KeyboardInterrupt):
            town.issue()
    (waiting,) = own_papers(town)
    assert waiting.status is PaperStatus.PENDING
    (aside,) = (town.papers_folder / "村").iterdir()
    before = aside.read_bytes()
    town.calendar.later(40)
    (made,) = town.issue()
    assert made.path.read_bytes() == before
    assert [*made.path.parent.iterdir()] == [made.path]
    assert town.verify().is_sound


def stopped(*_):
    raise KeyboardInterrupt


def test_papers_of_village_and_households_are_made_in_one_run(town_at):
    town = town_at("landed")
    made = town.issue()
    assert {p.path.parent.name for p in made} == {"村", "0001", "0002", "0003"}
    assert town.verify().is_sound


def test_a_list_is_printed_before_it_hangs_and_its_codes_are_those_that_are_sealed(town_at):
    town = town_at("landed")
    town.all_take("shares.propose_members", shares="open")
    town.village("issue_list", kind="members", group="一组")
    town.all_take("shares.post_members", lambda _: BOARD, shares="members_proposed")

    (made,) = [p for p in town.issue() if "公示" in p.number]
    text = "".join(page.extract_text() for page in PdfReader(made.path).pages)

    assert made.path.parent.name == "村"
    for household in town.households():
        case = town.case(household)
        assert code_of(case.current_notice("shares").content_sha256) in text
        for member in case.members.values():
            assert member.name in text
            assert member.resident_number not in text
    assert town.verify().is_sound


def test_no_list_is_printed_where_nothing_can_hang(town_at):
    town = town_at("landed")

    with pytest.raises(RequirementsUnmet) as refused:
        town.village("issue_list", kind="shares")

    assert [r.rule for r in refused.value.unmet] == ["list_drawn"]
    assert "0 户" in str(refused.value)
