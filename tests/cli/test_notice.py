"""Lists at the command line: drawn up, hung, compared with the file, and put on the public board."""

import re

import pytest
from sqlalchemy import update

from conversion.store.case_tables import CASE_TABLES
from tests.office import BOARD, number_of
from tests.stages import next_list


def rename(town, household):
    """Somebody writes another name into a row, past every step."""
    members = CASE_TABLES["members"]
    with town.database.writing() as session:
        own = (members.c.chain == number_of(household), members.c.serial == "01")
        session.execute(update(members).where(*own).values(name="何小红"))


@pytest.fixture
def posted(counter_at):
    """A village whose first list of members hangs on the board."""
    counter = counter_at("landed")
    town = counter.town
    town.all_take("shares.propose_members", shares="open")
    town.all_take("shares.post_members", lambda _: BOARD, shares="members_proposed")
    return counter


def test_a_list_is_drawn_up_before_it_hangs_and_says_the_same_afterwards(counter_at):
    counter = counter_at("landed")
    town = counter.town
    town.all_take("shares.propose_members", shares="open")

    (drawn,) = counter.run("notice", "draft", "--kind", "members", "--json").json
    town.all_take("shares.post_members", lambda _: BOARD, shares="members_proposed")

    assert drawn["title"] == "集体经济组织成员名单公示（第一榜）"
    assert drawn["columns"] == ["户号", "村民小组", "姓名", "与户主关系", "成员身份"]
    sealed = [town.case(h["household"]).current_notice("shares") for h in drawn["households"]]
    assert [h["sha256"] for h in drawn["households"]] == [n.content_sha256 for n in sealed]


def test_the_next_list_is_drawn_up_while_the_one_before_hangs(posted):
    (drawn,) = posted.run("notice", "draft", "--kind", "members", "--json").json
    assert (drawn["round"], drawn["rounds"]) == (2, 3)

    next_list(posted.town)
    (drawn,) = posted.run("notice", "draft", "--kind", "members", "--json").json
    assert drawn["title"] == "集体经济组织成员名单公示（第三榜）"


def test_only_the_households_of_one_group_are_drawn_up(posted):
    draft = ("notice", "draft", "--kind", "members", "--json", "--group")

    (own,) = posted.run(*draft, "一组").json

    assert {line[1] for h in own["households"] for line in h["lines"]} == {"一组"}
    assert posted.run(*draft, "二组").json == []


def test_a_kind_of_list_that_does_not_exist_names_those_that_do(posted):
    answer = posted.run("notice", "draft", "--kind", "people")

    assert answer.code == 2
    assert "members（集体经济组织成员名单公示）" in answer.err


def test_nothing_is_drawn_up_where_nothing_can_hang(counter_at):
    answer = counter_at("taken_in").run("notice", "draft", "--kind", "shares")

    assert (answer.code, answer.out.strip()) == (0, "没有可以张贴的户。")


def test_what_hangs_is_listed_with_its_days_and_code(posted):
    hanging = posted.run("notice", "list", "--json").json
    every = posted.run("notice", "list", "--all", "--json").json

    assert {n["state"] for n in hanging} == {"公示中"}
    assert {n["title"] for n in every} > {n["title"] for n in hanging}
    assert "村改社区实施方案公示" in {n["title"] for n in every if not n["household"]}
    notice = posted.town.case("0001").current_notice("shares")
    own = next(n for n in hanging if n["household"] == "0001")
    assert own["code"] == notice.content_sha256[:8].upper()


def test_a_notice_whose_day_is_past_reading_is_told_instead_of_failing(posted):
    with posted.town.database.writing() as session:
        session.connection().exec_driver_sql("PRAGMA ignore_check_constraints = ON")
        edit = f"UPDATE notices SET last_day = '2010-13-41' WHERE chain = '{number_of('0001')}'"
        session.connection().exec_driver_sql(edit)

    answer = posted.run("notice", "list")

    assert answer.code == 1
    assert "notices" in answer.err
    assert "已不成形" in answer.err


def test_one_notice_shows_its_text_its_proofs_and_that_nothing_changed(posted):
    notice = posted.town.case("0001").current_notice("shares")

    shown = posted.run("notice", "show", "0001", notice.serial)

    assert shown.code == 0
    assert "09:30" in shown.out
    assert notice.content_sha256 in shown.out
    assert "与张贴时一致" in shown.out
    assert posted.run("notice", "show", "0001", "N99").code == 1


def test_a_list_that_no_longer_says_what_was_posted_is_found(posted):
    assert posted.run("notice", "verify").code == 0
    rename(posted.town, "0002")

    answer = posted.run("notice", "verify", "--json")

    assert answer.code == 1
    assert [a["household"] for a in answer.json["altered"]] == ["0002"]
    assert "void_notice" in posted.run("notice", "verify").out


def test_a_clerk_reads_the_code_off_the_board(posted):
    town = posted.town
    town.wait_for_notice("0001", "shares")
    posted.on(town.calendar.day)
    code = town.case("0001").current_notice("shares").content_sha256[:8]
    told = ["--form", "removed_at=16:40", "--form", "intact=true", "--form", "place=村务公开栏"]
    told += ["--form", "posted_at=17:00", "--evidence", "removal_photo=照片5"]
    told += ["--evidence", "posting_photo=照片6", "--as", "collective1"]
    step = ("case", "advance", "0001", "shares.post_next_list", *told)

    wrong = posted.run(*step, "--form", "code=00000000")
    assert wrong.code == 1
    assert code.upper() in wrong.err

    assert posted.run(*step, "--form", f"code={code}").code == 0


def test_the_public_board_has_every_name_and_no_number_of_a_person(posted, tmp_path):
    folder = tmp_path / "board"

    answer = posted.run("notice", "board", folder, "--json")

    index = (folder / "index.html").read_text(encoding="utf-8")
    page = (folder / "notice-01.html").read_text(encoding="utf-8")
    assert answer.json["files"] == ["index.html", "notice-01.html"]
    assert 'lang="zh-CN"' in index
    assert "集体经济组织成员名单公示（第一榜）" in index
    for number in posted.town.households():
        for member in posted.town.case(number).members.values():
            assert member.name in page
    assert not re.search(r"\d{17}[\dXx]|1\d{10}", index + page)


def test_the_board_forgets_lists_that_hang_no_more(posted, tmp_path):
    folder = tmp_path / "board"
    posted.run("notice", "board", folder)
    told = {
        "defect": "altered",
        "account": "有人改动榜上姓名。",
        "found_on": posted.town.calendar.day,
    }
    for number in posted.town.households(shares="members_on_notice"):
        posted.town.take("shares.void_notice", number, **told)

    posted.run("notice", "board", folder)

    assert [f.name for f in folder.iterdir()] == ["index.html"]
    assert "今日没有正在公示的名单" in (folder / "index.html").read_text(encoding="utf-8")


def test_a_board_that_cannot_be_written_is_wrong_use(posted, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")

    assert posted.run("notice", "board", tmp_path / "file" / "board").code == 2
