"""One household opens to nobody; its people are members all the same, and the village goes on."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from conversion.services import holdings
from conversion.services import programme as villages
from conversion.services.filing import Filing
from tests.office import AGREED, BOARD, Town, adults
from tests.stages import a_town, next_list
from tests.village_roster import ALONE, FIVE, SOLDIER, VILLAGE, House
from tests.window import Window

SILENT = "0003"


@pytest.fixture
def town(tmp_path) -> Iterator[Town]:
    """All but one have signed."""
    town = a_town("resolved", tmp_path)
    for household in ("0001", "0002"):
        town.take("case.accept", household, signed=adults(town.case(household), town.calendar.day))
    town.village("verify_assets", asset_value=3_684_000_000, report="遵评报字〔2009〕第118号")
    town.calendar.later(10)
    yield town
    town.database.close()


def calls(town: Town) -> list[dict[str, Any]]:
    return [
        {
            "delivered_on": f"{town.calendar.day - timedelta(days=days)}",
            "address": "坪山村一组",
            "response": response,
            "witnesses": ["何永清", "罗世海"],
        }
        for days, response in ((8, "absent"), (3, "refused"))
    ]


def vote(town: Town, event: str, **others: Any) -> None:
    called = town.calendar.day
    town.calendar.later(12)
    town.village(event, **town.meeting(called), **others)


def test_one_silent_household_holds_the_roll_up_until_it_is_surveyed_ex_officio(town):
    town.all_take("shares.propose_members", case="accepted")
    assert set(town.unmet("shares.propose_members", SILENT)) == {"may_be_surveyed"}

    town.take("case.record_unsigned", SILENT, deliveries=calls(town))
    town.take("shares.propose_members", SILENT)
    town.all_take("shares.post_members", lambda _: BOARD, shares="members_proposed")
    next_list(town)
    town.wait_for_notice("0001", "shares")
    vote(town, "confirm_roll")
    next_list(town)
    town.wait_for_notice("0001", "shares")
    town.all_take("shares.confirm_members", shares="members_on_notice")
    vote(town, "adopt_share_plan", version="2010-1")
    town.all_take("shares.allocate", shares="members_confirmed")
    town.all_take("shares.post_shares", lambda _: BOARD, shares="allocated")
    town.wait_for_notice("0001", "shares")
    town.all_take("shares.book", shares="shares_on_notice")

    case = town.case(SILENT)
    assert (case.positions["case"], case.positions["shares"]) == ("draft", "booked")
    assert case.units > 0
    assert town.verify().is_sound
    assert not holdings.check(town.office, VILLAGE).faults

    town.village("approve", **AGREED, number="汇府复〔2010〕12号")
    for act in ("hukou.file", "benefits.assess", "land.survey", "entitlements.map"):
        assert town.unmet(act, SILENT)
    town.take("case.accept", SILENT, signed=["01"])
    town.take("case.review", SILENT, **AGREED)
    assert town.verify().is_sound


def test_where_and_before_whom_the_door_stayed_shut_stands_in_no_public_entry(town):
    town.take("case.record_unsigned", SILENT, deliveries=calls(town))

    (event,) = (e for e in town.case(SILENT).past if e.event == "record_unsigned")
    assert "罗世海" not in str(event)
    assert event.form["evidence"].keys() == {"first_delivery", "second_delivery"}


def test_a_roster_no_longer_changes_who_was_surveyed(town):
    town.take("case.record_unsigned", SILENT, deliveries=calls(town))
    town.take("shares.propose_members", SILENT)
    longer = House(number=SILENT, people=(*ALONE.people, "骆小妹 长女 女 1990-08-09"))

    intake = town.take_in((FIVE, SOLDIER, longer))

    assert not intake.committed
    assert "已提出成员身份意见" in str(intake.findings)


def test_the_village_is_accepted_without_waiting_for_a_signature_that_never_comes(town):
    def waiting() -> str:
        filing = Filing(number=VILLAGE, filled=AGREED)
        found = villages.explain(town.office, "accept", "district1", filing).requirements
        return next(r.found for r in found if r.rule == "cases_ended")

    assert waiting() == "尚有 3 户未办到"
    town.take("case.record_unsigned", SILENT, deliveries=calls(town))
    assert waiting() == "尚有 2 户未办到"


def test_the_office_records_two_calls_at_the_window(town, monkeypatch, capsys):
    window = Window(town, monkeypatch, capsys)
    first, second = calls(town)
    told = {"by": "taskforce1"}

    once = window.advance(SILENT, "case.record_unsigned", **told, deliveries=[first, first])
    twice = window.advance(SILENT, "case.record_unsigned", **told, deliveries=[first, second])

    assert once.code == 1
    assert "在不同的日子送达两次以上" in once.err
    assert (twice.code, twice.err) == (0, "")
    assert "登记两次送达未签" in window.run("case", "timeline", SILENT).out
    assert window.advance(SILENT, "shares.propose_members", by="collective1").code == 0
    assert window.run("history", "verify").code == 0
