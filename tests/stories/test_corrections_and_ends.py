"""How a case comes back, and how it ends without a change of hukou."""

import pytest

from conversion.domain.notice import PaperStatus
from conversion.workflows.requirement import RequirementsUnmet
from tests.office import AGREED, BOARD, REASON, REFUSAL
from tests.stages import approval, play

WAIVED = ("hukou", "benefits", "entitlements")


def test_a_returned_household_corrects_its_papers_and_converts(town_at):
    town = town_at("reviewed")
    town.take("case.return_for_correction", "0001", by="village1", reason="请补正长女的姓名。")
    assert town.case("0001").positions["case"] == "returned"
    with pytest.raises(RequirementsUnmet):
        town.take("case.post", "0001", **BOARD)

    daughter = town.case("0001").members["04"].model_copy(update={"name": "张欣宜"})
    row = daughter.model_dump(mode="json")
    town.take("case.resubmit", "0001", corrected="已更正长女姓名", members=[row])
    town.take("case.review", "0001", **AGREED)
    play(town, "approved", after="reviewed")

    case = town.case("0001")
    assert case.positions["case"] == "approved"
    assert case.members["04"].name == "张欣宜"
    assert [e.event for e in case.past].count("review") == 2
    assert town.verify().is_sound


def test_a_household_corrected_after_the_departments_signed_is_signed_again(town_at):
    town = town_at("countersigned")
    assert town.case("0001").countersignatures
    town.take("case.return_for_correction", "0001", by="district1", **REASON)
    town.take("case.resubmit", "0001", corrected="已补交材料")
    assert not town.case("0001").countersignatures
    assert town.verify().is_sound


def test_a_refused_household_still_keeps_its_land_and_its_shares(town_at):
    town = town_at("countersigned")
    before = town.case("0001")
    town.take("case.refuse", "0001", **REFUSAL)

    after = town.case("0001")
    assert after.positions["case"] == "refused"
    assert (after.land, after.shares) == (before.land, before.shares)
    assert after.positions["land"] == "issued"
    assert after.positions["shares"] == "certified"
    assert {p.status for p in after.papers.values()} == {PaperStatus.PENDING}
    for track in WAIVED:
        town.take(f"{track}.waive", "0001", **REASON)
    with pytest.raises(RequirementsUnmet):
        town.take("case.approve", "0001", **approval(after))
    assert town.verify().is_sound


def test_a_household_that_withdraws_keeps_its_shares(town_at):
    """It withdraws while its shares are on notice; they are booked all the same."""
    town = town_at("members_confirmed")
    town.take("case.withdraw", "0003", **REASON)
    play(town, "certified", after="members_confirmed")

    case = town.case("0003")
    assert case.positions["case"] == "withdrawn"
    assert case.positions["shares"] == "certified"
    assert case.units > 0
    assert not case.registrations
    assert town.verify().is_sound


def test_a_soldier_is_excepted_while_the_family_converts(town_at):
    town = town_at("registered")
    results = {s: r.result.value for s, r in town.case("0002").registrations.items()}
    assert results == {"01": "registered", "02": "registered", "03": "excepted"}

    soldier = town.case("0002").registrations["03"]
    assert soldier.after == soldier.before
    assert soldier.reason
    assert "03" in {lot.member for lot in town.case("0002").shares.values()}
    assert town.case("0002").positions["hukou"] == "handed_over"


def test_a_household_that_has_ended_goes_no_way_any_more(town_at):
    town = town_at("accepted")
    town.take("case.withdraw", "0001", **REASON)
    for act, form in (
        ("case.review", AGREED),
        ("case.resubmit", {"corrected": "又来申请"}),
        ("case.withdraw", REASON),
    ):
        with pytest.raises(RequirementsUnmet):
            town.take(act, "0001", **form)
