from dataclasses import replace
from datetime import date, timedelta

import pytest

from conversion.domain.notice import ObjectionState
from conversion.workflows.publicity import current_notice
from tests.builders import a_member, an_objection
from tests.workflows.drive import (
    GROUNDS,
    OBJECTION,
    OPINION,
    PLACE,
    Desk,
    a_new_case,
    accept,
    answer,
    survey,
)

PLACES = {"case": "on_notice", "land": "on_notice", "shares": "members_on_notice"}
CLOSE = {"case": "close_notice", "land": "confirm", "shares": "confirm_members"}


def posted(level: str) -> Desk:
    """A household whose list of a level hangs on the board."""
    desk = Desk(a_new_case())
    accept(desk)
    if level == "case":
        desk.take("case.review", **OPINION)
        desk.take("case.post", **PLACE)
    elif level == "land":
        survey(desk)
    else:
        desk.take("shares.propose_members")
        desk.take("shares.post_members", **PLACE)
    return desk


@pytest.mark.parametrize("level", PLACES)
def test_a_list_is_posted_with_its_window_and_the_digest_of_its_text(level):
    desk = posted(level)
    notice = desk.notice(level)

    assert desk.case.positions[level] == PLACES[level]
    assert notice.level == level
    assert notice.posted_on == date(2009, 12, 1)
    assert notice.last_day > notice.posted_on
    assert len(notice.content_sha256) == 64
    assert notice.closed_on is None


@pytest.mark.parametrize("level", PLACES)
def test_no_list_is_posted_without_a_photo(level):
    desk = posted(level)
    before = {"case": "reviewed", "land": "signed", "shares": "members_proposed"}
    desk.case.positions[level] = before[level]  # type: ignore[index]  # the driver's own dict
    post = {"case": "case.post", "land": "land.post", "shares": "shares.post_members"}[level]

    assert desk.unmet(post, evidence={}, **PLACE) == {"evidence.posting_photo"}


@pytest.mark.parametrize("level", PLACES)
def test_an_objection_is_admitted_to_the_end_of_the_last_day(level):
    desk = posted(level)
    desk.day = desk.notice(level).last_day
    assert desk.look(f"{level}.object", **OBJECTION).permits

    desk.later()

    assert desk.unmet(f"{level}.object", **OBJECTION) == {f"{level}.within_window"}


def test_an_objection_that_came_in_time_may_be_registered_later():
    desk = posted("case")
    came_in = desk.notice("case").last_day
    desk.day = came_in + timedelta(days=2)

    desk.take("case.object", **OBJECTION, raised_on=came_in)

    assert desk.case.objections["O01"].raised_on == came_in
    assert desk.unmet("case.close_notice") == {"position", "case.objections_settled"}


@pytest.mark.parametrize("shift", [-1, 1])
def test_an_objection_is_dated_neither_before_the_posting_nor_ahead(shift):
    desk = posted("case")

    assert desk.unmet("case.object", **OBJECTION, raised_on=desk.day + timedelta(days=shift)) == {
        "case.within_window"
    }


def test_nobody_objects_before_anything_is_posted():
    desk = Desk(a_new_case())
    accept(desk)

    assert desk.unmet("case.object", **OBJECTION) == {"position", "case.within_window"}


def test_the_same_objection_is_registered_once():
    desk = posted("case")
    desk.take("case.object", **OBJECTION)

    assert desk.unmet("case.object", **OBJECTION) == {"case.objected_once"}
    assert desk.look("case.object", **OBJECTION | {"raised_by": "郭正平"}).permits


def test_an_objection_answered_may_be_raised_again_within_the_window():
    desk = posted("case")
    desk.take("case.object", **OBJECTION)
    answer(desk, "case", upheld=False)

    desk.take("case.object", **OBJECTION)

    assert [o.serial for o in desk.case.open_objections("case")] == ["O02"]


@pytest.mark.parametrize("level", PLACES)
def test_a_dismissed_objection_lets_the_window_run_on(level):
    desk = posted(level)
    last_day = desk.notice(level).last_day
    desk.later(2)
    desk.take(f"{level}.object", **OBJECTION)

    answer(desk, level, upheld=False)

    assert desk.notice(level).last_day == last_day
    assert desk.case.objections["O01"].state is ObjectionState.DISMISSED
    assert desk.case.objections["O01"].settled_on == desk.day
    assert desk.case.positions[level] == PLACES[level]


@pytest.mark.parametrize("level", PLACES)
def test_an_upheld_objection_restarts_the_window_of_this_household(level):
    desk, neighbour = posted(level), posted(level)
    first = desk.notice(level)
    desk.later(3)
    desk.take(f"{level}.object", **OBJECTION)

    answer(desk, level, upheld=True)

    again = desk.notice(level)
    assert (first.serial, again.serial) == ("N01", "N02")
    assert again.posted_on == desk.day
    assert again.last_day > first.last_day
    assert again.title == first.title + "（重新公示）"
    assert neighbour.notice(level) == first
    desk.day = first.last_day + timedelta(days=1)
    closing = desk.look(f"{level}.{CLOSE[level]}").requirements
    window = next(r for r in closing if r.rule == f"{level}.window_over")
    assert window.earliest == again.last_day + timedelta(days=1)


def test_a_list_posted_anew_says_what_is_so_by_then():
    desk = posted("case")
    first = desk.notice("case")
    newborn = a_member("09", "张安", "41", birth_date=date(2009, 12, 2))
    desk.case = replace(desk.case, members={**desk.case.members, "09": newborn})
    desk.take("case.object", **OBJECTION)

    answer(desk, "case", upheld=True)

    assert desk.notice("case").content_sha256 != first.content_sha256


def test_a_second_restart_does_not_pile_up_the_title():
    desk = posted("case")
    for serial in ("O01", "O02"):
        desk.take("case.object", **OBJECTION)
        answer(desk, "case", upheld=True, objection=serial)

    assert desk.notice("case").title == "村改社区农户情况公示（重新公示）"


@pytest.mark.parametrize("serial", ["O02", "O99"])
def test_an_answer_names_an_objection_that_waits(serial):
    desk = posted("case")
    desk.take("case.object", **OBJECTION)

    assert desk.unmet("case.settle", objection=serial, upheld=False, reply="经核查不成立") == {
        "case.objection_open"
    }
    assert desk.unmet("case.settle", objection="第一件", upheld=False, reply="经核查不成立") == {
        "form.objection",
        "case.objection_open",
    }


def test_an_objection_of_one_track_is_not_answered_in_another():
    desk = posted("case")
    desk.take("case.object", **OBJECTION)
    desk.take("land.survey", surveyed_on=desk.day)
    desk.take("land.sign_boundaries", signed=["01", "02", "03"])
    desk.take("land.post", **PLACE)
    desk.take("land.object", **OBJECTION | {"subject": "东至界线有误"})

    assert desk.unmet("land.settle", objection="O01", upheld=True, reply="经核查成立") == {
        "land.objection_open"
    }
    answer(desk, "land", upheld=True, objection="O02")
    assert desk.notice("case").serial == "N01"
    assert desk.notice("land").serial == "N03"


def test_an_answered_objection_is_not_answered_twice():
    desk = posted("case")
    desk.take("case.object", **OBJECTION)
    desk.take("case.object", **OBJECTION | {"raised_by": "郭正平"})
    answer(desk, "case", upheld=False)

    assert desk.unmet("case.settle", objection="O01", upheld=True, reply="改为成立") == {
        "case.objection_open"
    }


def test_a_hundred_objections_can_all_be_answered():
    old = {f"O{n:02d}": an_objection(f"O{n:02d}") for n in range(1, 100)}
    desk = posted("case")
    object.__setattr__(desk.case, "objections", old)

    desk.take("case.object", **OBJECTION)

    assert answer(desk, "case", upheld=True, objection="O100").target == "on_notice"


def test_the_newest_notice_is_the_one_with_the_highest_number():
    desk = posted("case")
    one = desk.notice("case")
    many = {f"N{n}": one.model_copy(update={"serial": f"N{n}"}) for n in (10, 100, 99)}
    object.__setattr__(desk.case, "notices", dict(sorted(many.items())))

    seen = desk.look("case.close_notice").circumstances
    newest = current_notice(seen, "case")

    assert newest
    assert newest.serial == "N100"


def test_names_on_the_board_change_the_digest():
    one, two = posted("case"), Desk(a_new_case(members=[a_member(name="张德民")]))
    accept(two)
    two.take("case.review", **OPINION)
    two.take("case.post", **PLACE)

    assert one.notice("case").content_sha256 != two.notice("case").content_sha256


def test_a_returned_case_is_posted_anew_and_its_old_notice_no_longer_counts():
    desk = posted("case")
    desk.wait_for_notice("case")
    desk.take("case.close_notice")
    desk.take("case.return_for_correction", **GROUNDS)
    desk.take("case.resubmit", corrected="补正地址")
    desk.take("case.review", **OPINION)
    desk.take("case.post", **PLACE)

    assert desk.unmet("case.close_notice") == {"case.window_over"}


def test_the_hundredth_notice_is_newer_than_the_ninety_ninth():
    desk = posted("case")
    first = desk.notice("case")
    rows = {s: first.model_copy(update={"serial": s}) for s in ("N100", "N99")}
    desk.case = replace(desk.case, notices=dict(sorted(rows.items())))

    assert desk.notice("case").serial == "N100"
