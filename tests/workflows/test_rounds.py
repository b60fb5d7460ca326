"""Three lists, one after another: as surveyed, as corrected, and as the meeting voted on it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from conversion.domain.notice import Notice
from conversion.domain.role import Role
from conversion.policy.pack import Pack
from conversion.workflows.posted_list import code_of
from conversion.workflows.rounds import LISTS_BEFORE_VOTE
from conversion.workflows.step import Check, ProgrammeCircumstances
from tests.builders import a_programme, an_actor
from tests.workflows.drive import (
    GROUNDS,
    OBJECTION,
    PLACE,
    Desk,
    Filled,
    a_new_case,
    accept,
    answer,
    huichuan,
    post_next_lists,
)


def posted() -> Desk:
    """A household whose first list of members hangs on the board."""
    desk = Desk(a_new_case())
    accept(desk)
    desk.take("shares.propose_members")
    desk.take("shares.post_members", **PLACE)
    return desk


def rounds(desk: Desk) -> list[tuple[int, str]]:
    """The lists posted so far, and how each ended."""
    ended = {(False, False): "on the board", (True, False): "closed", (False, True): "void"}
    return [
        (n.round, ended[n.closed_on is not None, n.voided_on is not None])
        for n in desk.case.notices.values()
    ]


def test_the_members_are_posted_three_times_each_for_its_full_time():
    desk = posted()
    assert desk.notice("shares").title == "集体经济组织成员名单公示（第一榜）"
    assert desk.unmet("shares.post_next_list", **PLACE) == {"shares.window_over"}

    post_next_lists(desk)

    assert rounds(desk) == [(1, "closed"), (2, "closed"), (3, "on the board")]
    assert desk.notice("shares").title == "集体经济组织成员名单公示（第三榜）"
    assert desk.unmet("shares.post_next_list", **PLACE) == {"list_left"}
    assert desk.take("shares.confirm_members").target == "members_confirmed"
    assert rounds(desk)[-1] == (3, "closed")


def test_nobody_is_confirmed_before_the_third_list_has_hung():
    desk = posted()
    desk.wait_for_notice("shares")
    assert desk.unmet("shares.confirm_members") == {"lists_complete"}

    desk.take("shares.post_next_list", **PLACE)
    desk.wait_for_notice("shares")

    found = next(
        r for r in desk.look("shares.confirm_members").requirements if r.rule == "lists_complete"
    )
    assert found.found == "已公示到第2榜，共3榜"


def test_the_third_list_waits_for_the_vote():
    desk = posted()
    desk.programme = a_programme("inventoried")
    desk.wait_for_notice("shares")
    desk.take("shares.post_next_list", **PLACE)
    desk.wait_for_notice("shares")

    assert desk.unmet("shares.post_next_list", **PLACE) == {"last_list_after_vote"}

    desk.programme = a_programme("roll_confirmed")
    assert desk.unmet("shares.post_next_list", **PLACE) == set()


def test_an_upheld_objection_hangs_the_same_list_again_and_a_correction_too():
    desk = posted()
    desk.wait_for_notice("shares")
    desk.take("shares.post_next_list", **PLACE)
    desk.take("shares.object", **OBJECTION)
    answer(desk, "shares", upheld=True)
    assert rounds(desk) == [(1, "closed"), (2, "void"), (2, "on the board")]
    assert desk.notice("shares").title == "集体经济组织成员名单公示（第二榜）（重新公示）"

    desk.take("shares.rectify_members", **GROUNDS)
    desk.take("shares.propose_members")
    desk.take("shares.post_members", **PLACE)

    assert rounds(desk)[2:] == [(2, "void"), (2, "on the board")]


def test_a_list_pulled_down_early_is_hung_again_as_the_same_list():
    desk = posted()
    desk.wait_for_notice("shares")
    desk.take("shares.post_next_list", **PLACE)
    desk.later(2)
    told: Filled = {
        "defect": "pulled_early",
        "found_on": desk.day,
        "account": "大雨后公示栏被拆走。",
    }
    desk.take("shares.void_notice", **told)
    desk.take("shares.post_members", **PLACE)

    assert rounds(desk) == [(1, "closed"), (2, "void"), (2, "on the board")]


@pytest.mark.parametrize(
    ("found", "unmet"),
    [
        ({"intact": True, "code": "right"}, set()),
        ({"intact": True, "code": "0000ffff"}, {"shares.found_as_posted"}),
        ({"intact": False}, {"shares.found_as_posted"}),
        ({"removed_at": "25:00"}, {"form.removed_at", "shares.found_as_posted"}),
    ],
)
def test_a_list_is_taken_down_only_as_it_was_hung(found, unmet):
    desk = posted()
    desk.wait_for_notice("shares")
    if found.get("code") == "right":
        found["code"] = code_of(desk.notice("shares").content_sha256).lower()

    assert desk.unmet("shares.post_next_list", **PLACE, **found) == unmet


def test_hours_and_photos_of_hanging_and_taking_down_are_kept():
    desk = posted()
    post_next_lists(desk)

    first = desk.case.notices["N01"]

    assert first.posting_proof.startswith("09:30 ")
    assert first.removal_proof.startswith("17:00 ")


def test_the_digest_is_of_the_table_that_hangs():
    desk = posted()
    before = desk.notice("shares").content_sha256
    renamed = desk.case.members["02"].model_copy(update={"name": "何小红"})
    desk.case = replace(desk.case, members={**desk.case.members, "02": renamed})
    desk.wait_for_notice("shares")
    desk.take("shares.post_next_list", **PLACE)

    assert desk.notice("shares").content_sha256 != before


def vote(*lists: Notice, day: date) -> Check:
    """What the vote finds of the lists on the board on a day."""
    return LISTS_BEFORE_VOTE.test(
        ProgrammeCircumstances(
            programme=a_programme("inventoried"),
            pack=huichuan().on(day),
            actor=an_actor(Role.SUPERVISORS),
            day=day,
            lists=lists,
        )
    )


def test_the_vote_waits_for_the_second_list_of_every_household():
    desk = posted()
    first = desk.notice("shares")
    desk.wait_for_notice("shares")
    assert vote(first, day=desk.day).found.endswith("尚有 1 户的第2榜未公示期满")

    desk.take("shares.post_next_list", **PLACE)
    second = desk.notice("shares")
    running = vote(first, second, day=second.last_day)
    assert (running.satisfied, running.earliest) == (False, second.last_day + timedelta(days=1))

    desk.wait_for_notice("shares")
    assert vote(second, day=desk.day).satisfied
    assert vote(day=desk.day).satisfied


def one_list() -> Pack:
    """A pack of an office that posts its members once."""
    pack = huichuan()
    period = pack.parameters["notice.members"]
    once = {"value": {"days": 7, "working_days": True}}
    values = {day: value.model_copy(update=once) for day, value in period.values.items()}
    once_posted = period.model_copy(update={"values": values})
    return replace(pack, parameters={**pack.parameters, "notice.members": once_posted})


def test_a_pack_may_do_with_one_list():
    desk = Desk(a_new_case(), pack=one_list())
    accept(desk)
    desk.take("shares.propose_members")
    desk.take("shares.post_members", **PLACE)
    desk.wait_for_notice("shares")

    assert desk.notice("shares").title == "集体经济组织成员名单公示"
    assert desk.unmet("shares.post_next_list", **PLACE) == {"list_left"}
    assert desk.take("shares.confirm_members").target == "members_confirmed"
