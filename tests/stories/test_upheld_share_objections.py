"""Shares that were posted wrong are put right by the answer to the objection."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from conversion.domain.notice import Paper, PaperStatus
from conversion.services import holdings
from conversion.workflows.lists import SHARES_LIST
from tests.builders import an_actor
from tests.office import BOARD, Town, number_of
from tests.stages import a_town
from tests.stories.test_shares_on_the_move import with_cap
from tests.village_roster import VILLAGE
from tests.window import Window
from tests.workflows.drive import Desk

FOUND = {"investigators": ["付永秀", "罗文彬"], "findings": "查阅农龄底册，并听取双方陈述。"}
TEN = {"farming": 10}
REPLY = "农龄漏计，经查属实，予以更正。"


@pytest.fixture
def town(tmp_path) -> Iterator[Town]:
    """Everybody's shares hang on the board."""
    town = a_town("members_confirmed", tmp_path)
    called = town.calendar.day
    town.calendar.later(12)
    town.village("adopt_share_plan", **town.meeting(called), version="2010-1")
    town.all_take("shares.allocate", shares="members_confirmed")
    town.all_take("shares.post_shares", lambda _: BOARD, shares="allocated")
    yield town
    town.database.close()


def units(town: Town, household: str, member: str = "01", share_class: str = "farming") -> int:
    lot = town.case(household).shares.get(f"{member}/{share_class}")
    return lot.units if lot else 0


def objected(town: Town, household: str) -> dict[str, str]:
    """An objection come in, admitted and investigated; what its answer names."""
    serial = f"O{len(town.case(household).objections) + 1:02d}"
    town.take("shares.object", household, raised_by="本人", subject=f"农龄少计，第{serial}件")
    named = {"objection": serial}
    town.take("shares.accept_objection", household, by="street1", **named)
    town.take("shares.investigate", household, by="street1", **named, **FOUND)
    return named


def upheld(town: Town, household: str, *moved) -> dict[str, Any]:
    return objected(town, household) | {"upheld": True, "reply": REPLY, "moved": list(moved)}


def settle(town: Town, household: str, *moved) -> None:
    town.take("shares.settle", household, by="street1", **upheld(town, household, *moved))


def counted_too_much(town: Town, household: str = "0003") -> None:
    """Units go back to the reserve, so that there is something in it."""
    settle(town, household, {"giver": "01", "receiver": "reserve", "units": TEN})


def says_what_is_so(town: Town, household: str) -> bool:
    case = town.case(household)
    desk = Desk(case, programme=town.programme())
    seen = desk.circumstances(an_actor(), desk.step("shares.settle"))
    notice = case.current_notice("shares")
    return notice is not None and notice.content_sha256 == SHARES_LIST.digest(seen)


def sound(town: Town) -> bool:
    return not holdings.check(town.office, VILLAGE).faults and town.verify().is_sound


def book(town: Town, *households: str, certify: bool = False) -> None:
    for household in households:
        town.wait_for_notice(household, "shares")
        town.take("shares.book", household)
        if certify:
            town.take("shares.certify", household)


def certificate(town: Town, household: str) -> Paper:
    papers = town.case(household).papers.values()
    (live,) = (p for p in papers if p.kind == "share_certificate" and p.is_live)
    return live


def test_a_farmer_whose_years_were_miscounted_gets_his_units_from_the_reserve(town):
    counted_too_much(town)
    before, first = units(town, "0001"), town.case("0001").current_notice("shares")
    town.calendar.later(2)

    settle(town, "0001", {"giver": "reserve", "receiver": "01", "units": TEN})

    case = town.case("0001")
    assert units(town, "0001") == before + 10
    assert case.positions["shares"] == "shares_on_notice"
    assert list(case.postings.values())[-1].model_dump(include={"transaction", "kind"}) == {
        "transaction": f"{number_of('0001')}/O01",
        "kind": "correction",
    }
    again = case.current_notice("shares")
    assert again.posted_on == town.calendar.day
    assert again.content_sha256 != first.content_sha256
    assert says_what_is_so(town, "0001")
    assert sound(town)
    book(town, "0001", certify=True)
    assert sound(town)


def test_who_had_too_many_hangs_anew_in_another_household_and_both_books_say_the_same(town):
    mine, theirs = units(town, "0001"), units(town, "0002")
    first = town.case("0003").current_notice("shares")
    town.calendar.later(10)

    settle(town, "0001", {"giver": "0002/01", "receiver": "01", "units": TEN})

    assert (units(town, "0001"), units(town, "0002")) == (mine + 10, theirs - 10)
    for household in ("0001", "0002"):
        assert town.case(household).current_notice("shares").posted_on == town.calendar.day
        assert says_what_is_so(town, household)
    assert town.case("0003").current_notice("shares") == first
    here, there = (list(town.case(h).postings.values())[-1] for h in ("0001", "0002"))
    assert here.model_dump(exclude={"serial"}) == there.model_dump(exclude={"serial"})
    town.calendar.day = first.last_day
    town.calendar.later(1)
    assert "shares.window_over" in town.unmet("shares.book", "0002")
    assert sound(town)


def test_a_certified_household_is_posted_again_and_gets_a_certificate_of_what_it_has_now(town):
    waiting = upheld(town, "0001", {"giver": "0002/01", "receiver": "01", "units": TEN})
    book(town, "0002", certify=True)
    old = certificate(town, "0002")

    town.take("shares.settle", "0001", by="street1", **waiting)

    case = town.case("0002")
    assert case.positions["shares"] == "allocated"
    assert case.papers[old.number].status is PaperStatus.SUPERSEDED
    assert sound(town)
    town.take("shares.post_shares", "0002", **BOARD)
    assert says_what_is_so(town, "0002")
    book(town, "0002", certify=True)
    assert certificate(town, "0002").replaces == old.number
    assert sound(town)


def test_the_answer_moves_no_more_than_there_is(town):
    answer = upheld(town, "0001")

    def unmet(giver: str, receiver: str, **units: int) -> Any:
        moved = [{"giver": giver, "receiver": receiver, "units": units}]
        return town.unmet("shares.settle", "0001", by="street1", **answer | {"moved": moved})

    assert "预留股余0股" in unmet("reserve", "01", farming=1)["share_transaction"]
    held = units(town, "0002")
    assert "不足" in unmet("0002/01", "01", farming=held + 1)["share_transaction"]
    assert set(unmet("01", "01", farming=1)) == {"redress_for_cause"}
    assert set(unmet("reserve", "0009/01", farming=1)) >= {"redress_parties"}
    assert set(unmet("02", "77", farming=1)) >= {"redress_parties"}
    assert not unmet("02", "01", farming=1)
    everything = {k.partition("/")[2]: n.units for k, n in town.case("0003").shares.items()}
    assert set(unmet("0003/01", "01", **everything)) == {"redress_leaves_shares"}
    capped = with_cap(1, 100, applies_to=["allocation"])
    town.office = replace(town.office, packs={"huichuan-2009": capped})
    assert set(unmet("02", "01", farming=1)) == {"redress_cap"}


def test_a_dismissed_objection_moves_nothing_and_who_took_it_in_does_not_answer_it(town):
    answer = upheld(town, "0001", {"giver": "02", "receiver": "01", "units": TEN})
    told = answer | {"upheld": False}

    assert set(town.unmet("shares.settle", "0001", by="street1", **told)) == {"redress_for_cause"}

    named = {"raised_by": "村民何大勇", "subject": "本户农龄少计"}
    town.take("shares.object", "0002", by="village1", **named)
    unmet = town.unmet("shares.accept_objection", "0002", by="village1", objection="O01")
    assert set(unmet) == {"shares.objection_other_hand"}


def test_frozen_units_stay_where_they_are(town):
    answer = upheld(town, "0001", {"giver": "0002/01", "receiver": "01", "units": TEN})
    book(town, "0002")
    order = {"authority": "汇川区人民法院", "order": "（2010）汇执字第8号"}
    town.take("ledger.freeze", "0002", member="01", **order)

    unmet = town.unmet("shares.settle", "0001", by="street1", **answer)

    assert "冻结" in unmet["share_transaction"]


def test_a_household_with_an_objection_of_its_own_answers_that_first(town):
    answer = upheld(town, "0001", {"giver": "0002/01", "receiver": "01", "units": TEN})
    objected(town, "0002")

    unmet = town.unmet("shares.settle", "0001", by="street1", **answer)

    assert set(unmet) == {"redress_others_open"}
    assert number_of("0002") in unmet["redress_others_open"]


def test_the_office_moves_the_shares_at_the_window(town, monkeypatch, capsys):
    window = Window(town, monkeypatch, capsys)
    named = objected(town, "0001") | {"upheld": True, "reply": REPLY}
    moved = {"giver": "0002/01", "receiver": "01", "units": {"farming": units(town, "0002") + 1}}

    refused = window.advance("0001", "shares.settle", by="street1", **named, moved=[moved])
    done = window.advance(
        "0001", "shares.settle", by="street1", **named, moved=[moved | {"units": TEN}]
    )

    assert refused.code == 1
    assert "不足" in refused.err
    assert (done.code, done.err) == (0, "")
    assert "更正" in window.run("share", "ledger", "0002").out
    assert window.run("share", "check").code == 0
    assert window.run("history", "verify").code == 0
