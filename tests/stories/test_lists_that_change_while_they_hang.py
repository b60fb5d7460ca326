"""What becomes of a list on the board when the household, the plan or the meeting does not wait."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from conversion.domain.notice import ObjectionState
from conversion.services import notices
from conversion.services import programme as villages
from conversion.services.filing import Filing
from conversion.workflows.board import Sheet, altered
from tests.changes import change
from tests.office import BOARD, REASON, Town
from tests.stages import a_town, next_list
from tests.village_roster import VILLAGE

OBJECTION = {"raised_by": "何大勇之妹何秀", "subject": "女儿已出嫁外县，不应列入。"}
LAWSUIT = {"course": "lawsuit", "authority": "汇川区人民法院", "paper": "（2009）汇民初字第31号"}


@pytest.fixture
def town(tmp_path) -> Iterator[Town]:
    """The first list of members hangs on the board."""
    town = a_town("landed", tmp_path)
    town.all_take("shares.propose_members", shares="open")
    town.all_take("shares.post_members", lambda _: BOARD, shares="members_proposed")
    yield town
    town.database.close()


def hanging(town: Town) -> tuple[Sheet, ...]:
    return notices.on_board(town.office, VILLAGE)


def households(town: Town) -> list[tuple[str, str]]:
    """Which household hangs on which list."""
    return [(sheet.posted.kind, part.household) for sheet in hanging(town) for part in sheet.parts]


def merged(town: Town) -> None:
    told = {"into": "0002", "moved_on": town.calendar.day, "signed": ["01"]}
    change(town, "merge", "0003", **told)


def vote(town: Town, meeting: dict[str, Any]) -> dict[str, str]:
    """What a vote on the roll lacks."""
    filing = Filing(
        number=VILLAGE, filled=meeting, evidence={"ballots": "卷1页1", "minutes": "卷1页2"}
    )
    found = villages.explain(town.office, "confirm_roll", "supervisors1", filing)
    return {r.rule: r.found for r in found.requirements if not r.satisfied}


def test_a_household_that_joined_another_keeps_no_vote_waiting(town):
    merged(town)
    town.take("shares.post_members", "0002", **BOARD)
    called = town.calendar.day
    for household in ("0001", "0002"):
        town.wait_for_notice(household, "shares")
        town.take("shares.post_next_list", household, **BOARD)
    town.wait_for_notice("0002", "shares")

    town.village("confirm_roll", **town.meeting(called))

    for household in ("0001", "0002"):
        town.take("shares.post_next_list", household, **BOARD)
    town.wait_for_notice("0002", "shares")
    for household in ("0001", "0002"):
        town.take("shares.confirm_members", household)
    called = town.calendar.day
    town.calendar.later(12)
    town.village("adopt_share_plan", **town.meeting(called), version="2010-1")
    assert town.verify().is_sound


def test_the_vote_on_the_roll_is_held_after_the_list_not_only_recorded_then(town):
    called = town.calendar.day
    next_list(town)
    early = town.meeting(called)
    town.wait_for_notice("0001", "shares")

    assert set(vote(town, early)) == {"lists_before_vote"}
    assert not vote(town, town.meeting(called))


def test_a_plan_pulled_down_early_is_posted_again(tmp_path):
    town = a_town("taken_in", tmp_path)
    town.village("propose")
    town.village("publish_plan", **BOARD)
    town.calendar.later(3)
    told = {"defect": "pulled_early", "account": "大雨后公示栏被拆走。"}
    town.village("void_notice", by="street1", found_on=town.calendar.day, **told)
    town.village("publish_plan", **BOARD)
    called = town.calendar.day
    town.calendar.later(14)
    town.village("resolve", **town.meeting(called))

    first, second = town.programme().notices.values()
    assert (first.voided_on is not None, second.closed_on is not None) == (True, True)
    assert town.verify().is_sound


def test_who_withdraws_is_on_no_board_and_no_objection_waits(town_at):
    town = town_at("posted")
    town.take("case.object", "0002", **OBJECTION)

    town.take("case.withdraw", "0002", **REASON)

    case = town.case("0002")
    assert ("household", "0002") not in households(town)
    assert not any(n.is_running for n in case.notices.values())
    assert case.objections["O01"].state is ObjectionState.NOT_ADMITTED
    assert "no_open_objection" not in town.unmet(
        "household.register_death",
        "0002",
        member="02",
        died_on=town.calendar.day,
        paper="死亡证2010-017",
    )
    assert town.verify().is_sound


def test_a_household_that_joined_another_is_on_no_board(town_at):
    town = town_at("posted")
    merged(town)

    assert ("household", "0003") not in households(town)
    assert not any(n.is_running for n in town.case("0003").notices.values())


def test_the_land_list_hangs_anew_when_a_co_holder_is_called_otherwise(tmp_path):
    town = a_town("accepted", tmp_path)
    day = town.calendar.day
    town.take("land.survey", "0001", surveyed_on=day)
    town.take("land.sign_boundaries", "0001", signed=["01", "02", "03", "05"])
    town.take("land.post", "0001", **BOARD)

    change(town, "correct_identity", "0001", member="03", name="张昊然", paper="派出所更正证明7号")

    assert town.case("0001").positions["land"] == "signed"
    assert not hanging(town)


def corrected(town: Town, household: str, member: str, name: str) -> None:
    """A case returned, and a name put right."""
    town.take("case.return_for_correction", household, by="village1", **REASON)
    row = town.case(household).members[member].model_copy(update={"name": name})
    rows = [row.model_dump(mode="json")]
    town.take("case.resubmit", household, corrected="姓名", members=rows)


def test_a_name_put_right_after_the_first_list_stands_on_the_second(town):
    corrected(town, "0001", "03", "张昊然")
    (changed,) = altered(hanging(town))
    assert changed[1].household == "0001"

    next_list(town)

    assert not [*altered(hanging(town))]


def at_the_last_list(town: Town) -> None:
    called = town.calendar.day
    next_list(town)
    town.wait_for_notice("0001", "shares")
    town.village("confirm_roll", **town.meeting(called))
    next_list(town)
    town.calendar.later(2)


def test_a_name_put_right_under_the_last_list_has_it_hang_anew(town):
    at_the_last_list(town)
    first = town.case("0001").current_notice("shares")

    corrected(town, "0001", "03", "张昊然")

    again = town.case("0001").current_notice("shares")
    assert (again.round, again.posted_on) == (3, town.calendar.day)
    assert town.case("0001").notices[first.serial].void_reason == "名单有变，重新公示"
    assert not [*altered(hanging(town))]
    other = town.case("0002").current_notice("shares")
    town.calendar.day = other.last_day + timedelta(days=1)
    assert set(town.unmet("shares.confirm_members", "0001")) == {"shares.window_over"}
    assert not town.unmet("shares.confirm_members", "0002")


def test_a_dispute_and_its_end_under_the_last_list_have_it_hang_anew(town):
    at_the_last_list(town)
    town.take("shares.dispute_membership", "0001", member="05", **LAWSUIT)
    assert not [*altered(hanging(town))]
    told = {
        "basis": "judgment",
        "paper": "（2010）遵民终字第7号",
        "effective_on": town.calendar.day,
    }

    town.take("shares.resolve_dispute", "0001", member="05", confirmed=False, **told)

    assert not [*altered(hanging(town))]
    town.wait_for_notice("0001", "shares")
    town.take("shares.confirm_members", "0001")
    assert town.case("0001").memberships["05"].standing.value == "not_confirmed"
    assert town.verify().is_sound


def test_the_public_board_shows_nothing_that_was_not_posted(town, tmp_path):
    corrected(town, "0001", "03", "张昊然")

    notices.write_board(town.office, VILLAGE, tmp_path / "board")

    page = (tmp_path / "board" / "notice-01.html").read_text(encoding="utf-8")
    assert "张昊然" not in page
    assert "张贴后有更正，以重新公示的为准" in page
    assert "何大勇" in page


def test_a_vote_is_counted_before_the_minutes_say_how_the_meeting_went(town):
    called = town.calendar.day
    next_list(town)
    town.wait_for_notice("0001", "shares")
    meeting = town.meeting(called)
    told = {"chair": "何永清", "recorder": "罗世海", "discussion": "时间不够，改日再议。"}
    off = {"put_off": ["confirm_roll", "adopt_share_plan"]}
    town.village("minute_meeting", meeting=meeting["meeting"], **told, **off)

    assert vote(town, meeting)["meeting_counted"] == "这次会议的纪要已经制成"
