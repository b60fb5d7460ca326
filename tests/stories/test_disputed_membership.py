"""A membership in dispute waits for its judge, and the village doesn't wait for either."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from conversion.domain.notice import ObjectionState, PaperStatus
from conversion.services import holdings
from tests.changes import a_death
from tests.office import BOARD, Town, number_of
from tests.stages import a_town, next_list
from tests.village_roster import VILLAGE
from tests.window import Window

LAWSUIT = {"course": "lawsuit", "authority": "汇川区人民法院", "paper": "（2009）汇民初字第31号"}
FOUND = {"investigators": ["付永秀", "罗文彬"], "findings": "查阅户籍底册，并听取双方陈述。"}


@pytest.fixture
def town(tmp_path) -> Iterator[Town]:
    """The first list of members hangs on the board."""
    town = a_town("landed", tmp_path)
    town.all_take("shares.propose_members", shares="open")
    town.all_take("shares.post_members", lambda _: BOARD, shares="members_proposed")
    yield town
    town.database.close()


def dispute(town: Town, household: str, member: str) -> None:
    town.take("shares.dispute_membership", household, member=member, **LAWSUIT)


def judgment(town: Town, member: str, *, confirmed: bool) -> dict[str, Any]:
    told = {"member": member, "confirmed": confirmed, "basis": "judgment"}
    return told | {"paper": "（2010）遵民终字第7号", "effective_on": town.calendar.day}


def judged(town: Town, household: str, member: str, *, confirmed: bool) -> None:
    told = judgment(town, member, confirmed=confirmed)
    town.take("shares.resolve_dispute", household, **told)


def confirm(town: Town) -> None:
    """The other two lists, the vote between them, and the confirmation."""
    called = town.calendar.day
    next_list(town)
    town.wait_for_notice("0001", "shares")
    town.village("confirm_roll", **town.meeting(called))
    next_list(town)
    town.wait_for_notice("0001", "shares")
    town.all_take("shares.confirm_members", shares="members_on_notice")


def adopt(town: Town) -> None:
    called = town.calendar.day
    town.calendar.later(12)
    town.village("adopt_share_plan", **town.meeting(called), version="2010-1")


def certify(town: Town, *households: str) -> None:
    for household in households:
        town.take("shares.allocate", household)
        town.take("shares.post_shares", household, **BOARD)
    for household in households:
        town.wait_for_notice(household, "shares")
        town.take("shares.book", household)
        town.take("shares.certify", household)


def standing(town: Town, household: str, member: str) -> str:
    return town.case(household).memberships[member].standing.value


def lots(town: Town, household: str, member: str) -> dict[str, int]:
    rows = town.case(household).shares.values()
    return {lot.share_class: lot.units for lot in rows if lot.member == member}


def kept(town: Town, household: str) -> dict[str, int]:
    """What is set aside in a household, without what is nothing."""
    rows = town.case(household).reserved.values()
    return {lot.share_class: lot.units for lot in rows if lot.units}


def sound(town: Town) -> bool:
    return not holdings.check(town.office, VILLAGE).faults and town.verify().is_sound


def test_four_of_five_get_their_shares_and_the_fifth_when_the_court_has_spoken(town):
    dispute(town, "0001", "05")
    confirm(town)
    adopt(town)

    aside = kept(town, "0001")
    classes = town.programme().share_classes.values()
    assert aside == {c.share_class: c.reserved for c in classes if c.reserved}
    certify(town, "0001", "0002", "0003")
    assert not lots(town, "0001", "05")
    assert standing(town, "0001", "05") == "disputed"
    assert sound(town)
    totals = {t.share_class: t for t in holdings.check(town.office, VILLAGE).totals}
    assert {name: totals[name].set_aside for name in aside} == aside

    shown = {"share_calculation", "share_certificate"}
    old = [p.number for p in town.case("0001").papers.values() if p.kind in shown]
    judged(town, "0001", "05", confirmed=True)

    case = town.case("0001")
    assert lots(town, "0001", "05") == aside
    assert not case.reserved
    assert {p.kind.value for p in case.postings.values()} == {"allocation", "release"}
    assert {case.papers[number].status for number in old} == {PaperStatus.SUPERSEDED}
    assert sorted(p.replaces for p in case.papers.values() if p.replaces) == sorted(old)
    assert sound(town)


def test_a_household_of_which_only_the_disputed_member_is_left_waits_alone(town):
    dispute(town, "0003", "01")
    confirm(town)
    adopt(town)
    certify(town, "0001", "0002")
    assert town.case("0003").positions["shares"] == "members_confirmed"
    assert "nobody_is_member" in town.unmet("shares.waive", "0003", reason="不享有份额。")
    assert "someone_is_member" in town.unmet("shares.allocate", "0003")
    aside = kept(town, "0003")

    judged(town, "0003", "01", confirmed=True)
    certify(town, "0003")

    assert lots(town, "0003", "01") == aside
    assert town.case("0003").positions["shares"] == "certified"
    assert sound(town)


def test_who_is_no_member_after_all_leaves_the_units_to_the_collective(town):
    dispute(town, "0003", "01")
    confirm(town)
    adopt(town)
    reserve = sum(c.reserved for c in town.programme().share_classes.values())

    judged(town, "0003", "01", confirmed=False)
    town.take("shares.waive", "0003", reason="经生效判决，不是成员。")

    assert not town.case("0003").reserved
    totals = holdings.check(town.office, VILLAGE).totals
    assert sum(t.reserve for t in totals) == reserve > 0
    assert sound(town)


def test_a_list_that_hangs_says_anew_what_the_household_has_once_the_dispute_is_over(town):
    dispute(town, "0001", "05")
    confirm(town)
    adopt(town)
    town.take("shares.allocate", "0001")
    town.take("shares.post_shares", "0001", **BOARD)
    first = town.case("0001").current_notice("shares")
    town.calendar.later(2)

    judged(town, "0001", "05", confirmed=True)

    again = town.case("0001").current_notice("shares")
    assert again.serial != first.serial
    assert again.content_sha256 != first.content_sha256
    assert again.posted_on == town.calendar.day
    assert sound(town)


def test_an_objection_that_a_court_has_to_decide_is_referred_and_holds_nothing_up(town):
    told = {"raised_by": "何秀", "subject": "李秀英户口不在本村，不应列入。"}
    town.take("shares.object", "0001", by="collective1", **told)
    referral = {"member": "02", "objection": "O01", **LAWSUIT}
    unmet = town.unmet("shares.dispute_membership", "0001", by="village1", **referral)
    assert not unmet
    wrong = town.unmet("shares.dispute_membership", "0001", **referral | {"objection": "O07"})
    assert set(wrong) == {"shares.objection_open"}

    town.take("shares.dispute_membership", "0001", **referral)

    case = town.case("0001")
    assert case.positions["shares"] == "members_on_notice"
    assert case.objections["O01"].state is ObjectionState.REFERRED
    assert "移送汇川区人民法院诉讼" in case.objections["O01"].reply
    confirm(town)
    assert standing(town, "0001", "02") == "disputed"
    assert sound(town)


def test_a_dispute_needs_a_list_and_comes_before_the_plan(town):
    def unmet(member: str, household: str = "0001") -> Any:
        return town.unmet("shares.dispute_membership", household, member=member, **LAWSUIT)

    assert set(unmet("09")) == {"dispute_decidable"}
    dispute(town, "0001", "05")
    assert set(unmet("05")) == {"dispute_decidable"}
    confirm(town)
    assert not unmet("04")
    adopt(town)
    assert set(unmet("04")) == {"dispute_before_plan"}


def test_a_dispute_ends_by_a_paper_in_force_about_somebody_in_dispute(town):
    dispute(town, "0001", "05")
    told = judgment(town, "05", confirmed=True)
    tomorrow = told | {"effective_on": town.calendar.day + timedelta(days=1)}

    other = town.unmet("shares.resolve_dispute", "0001", **told | {"member": "04"})
    early = town.unmet("shares.resolve_dispute", "0001", **tomorrow)

    assert set(other) == {"membership_in_dispute"}
    assert set(early) == {"effective_on_past"}


def test_what_is_set_aside_for_one_goes_to_nobody_else(town):
    dispute(town, "0003", "01")
    confirm(town)
    adopt(town)
    for household in ("0001", "0002"):
        town.take("shares.allocate", household)
        town.take("shares.post_shares", household, **BOARD)
    town.take("shares.object", "0001", raised_by="张国强", subject="农龄少计十年")
    named = {"objection": "O01"}
    town.take("shares.accept_objection", "0001", by="street1", **named)
    town.take("shares.investigate", "0001", by="street1", **named, **FOUND)
    moved = [{"giver": "reserve", "receiver": "01", "units": {"farming": 10}}]

    answer = {**named, "upheld": True, "reply": "农龄少计属实。", "moved": moved}
    unmet = town.unmet("shares.settle", "0001", by="street1", **answer)

    assert "其中为争议成员预留" in unmet["share_transaction"]


def test_a_list_proposed_again_leaves_the_dispute_and_its_end_as_they_are(town):
    dispute(town, "0001", "05")
    dispute(town, "0001", "04")
    judged(town, "0001", "04", confirmed=False)

    town.take("shares.rectify_members", "0001", reason="补正名单后重新提出。")
    town.take("shares.propose_members", "0001")

    assert (standing(town, "0001", "05"), standing(town, "0001", "04")) == (
        "disputed",
        "not_confirmed",
    )
    assert standing(town, "0001", "01") == "proposed"


def test_who_dies_before_the_judgment_is_judged_all_the_same_and_the_estate_has_the_shares(town):
    dispute(town, "0001", "05")
    confirm(town)
    adopt(town)
    certify(town, "0001")
    aside = kept(town, "0001")
    town.take("household.register_death", "0001", **a_death(town, "05"))
    town.take("household.approve_change", "0001", opinion="情况属实，同意。")
    assert standing(town, "0001", "05") == "disputed"

    judged(town, "0001", "05", confirmed=True)

    assert lots(town, "0001", "05") == aside
    assert sound(town)


def test_the_office_records_a_dispute_and_its_end_at_the_window(town, monkeypatch, capsys):
    window = Window(town, monkeypatch, capsys)
    began = window.advance(
        "0001", "shares.dispute_membership", by="street1", member="05", **LAWSUIT
    )
    assert (began.code, began.err) == (0, "")
    assert "有争议" in window.run("case", "show", "0001").out
    confirm(town)
    adopt(town)
    certify(town, "0001")

    told = judgment(town, "05", confirmed=True)
    told["effective_on"] = f"{told['effective_on']}"
    early = window.advance(
        "0001", "shares.resolve_dispute", by="supervisors1", **told | {"effective_on": "2030-01-01"}
    )
    ended = window.advance("0001", "shares.resolve_dispute", by="supervisors1", **told)

    assert early.code == 1
    assert "据实填写文书生效日期" in early.err
    assert (ended.code, ended.err) == (0, "")
    assert "预留股兑现" in window.run("share", "ledger", "0001").out
    assert window.run("share", "check").code == 0
    assert window.run("history", "verify").code == 0
    assert number_of("0001") in window.run("case", "timeline", "0001").out
