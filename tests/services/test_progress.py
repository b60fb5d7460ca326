"""Moving cases: one by one, in batches, at two desks at once, and through faults."""

from contextlib import closing
from dataclasses import replace
from threading import Barrier, Thread

import pytest

from conversion.errors import CaseChanged, ConversionError, DocumentRefused, NotFound, WrongUse
from conversion.services import issuance, progress
from conversion.services.desk import open_desk
from conversion.services.filing import Filing
from conversion.store import append as append_module
from conversion.store.append import Receipt
from conversion.store.chains import load_case
from conversion.store.database import Database
from conversion.store.series import next_numbers
from conversion.workflows.engine import advance
from conversion.workflows.requirement import RequirementsUnmet
from tests.office import AGREED, REASON, Town, number_of
from tests.stages import play
from tests.village_roster import VILLAGE


def test_a_batch_with_one_refused_case_reports_it_and_moves_the_others(town_at):
    town = town_at("founded")
    town.take("case.withdraw", "0002", **REASON)
    outcomes = town.take_many("case.review", ["0001", "0002", "0003"], lambda _: AGREED)
    assert [o.number for o in outcomes] == [number_of(h) for h in ("0001", "0002", "0003")]
    assert [o.receipt is not None for o in outcomes] == [True, False, True]
    assert isinstance(outcomes[1].refusal, RequirementsUnmet)
    assert [o.receipt.chain for o in outcomes if o.receipt] == [
        number_of("0001"),
        number_of("0003"),
    ]
    assert town.households(case="reviewed") == ["0001", "0003"]
    assert town.verify().is_sound


def test_a_batch_of_nothing_does_nothing(town_at):
    assert progress.take_many(town_at("taken_in").office, "case.accept", "taskforce1", []) == []


def test_a_batch_that_names_a_case_twice_is_refused_whole(town_at):
    town = town_at("founded")
    with pytest.raises(WrongUse):
        town.take_many("case.review", ["0001", "0001"], lambda _: AGREED)
    assert town.households(case="reviewed") == []


def test_a_batch_with_a_case_that_is_not_there_is_refused_whole(town_at):
    town = town_at("founded")
    filings = [Filing(number=number_of(h), filled=AGREED) for h in ("0001", "0099")]
    with pytest.raises(NotFound):
        progress.take_many(town.office, "case.review", "village1", filings)
    assert town.households(case="reviewed") == []


@pytest.mark.parametrize("act", ["case.fly", "weather.review", "case", "", "programme.approve"])
def test_a_step_that_does_not_exist_is_wrong_use(act, town_at):
    town = town_at("taken_in")
    with pytest.raises(WrongUse):
        progress.take(town.office, act, "village1", Filing(number=number_of("0001")))


def test_an_unknown_account_does_nothing(town_at):
    town = town_at("taken_in")
    with pytest.raises(NotFound):
        town.take("case.accept", "0001", by="nobody", signed=["01"])


def test_explaining_writes_nothing_and_names_everything_at_once(town_at):
    town = town_at("taken_in")
    before = town.verify()
    bare = Filing(number=number_of("0001"), filled=None)
    found = progress.explain(town.office, "case.accept", "village1", bare)
    unmet = {r.rule for r in found.requirements if not r.satisfied}
    assert {"role", "form", "milestone.resolved", "evidence.application"} <= unmet
    assert town.verify() == before


def test_a_refused_step_writes_nothing(town_at):
    town = town_at("taken_in")
    before = town.verify()
    with pytest.raises(RequirementsUnmet):
        town.take("case.accept", "0001", signed=["01"])
    assert town.verify() == before


def test_of_two_desks_with_one_case_the_slower_is_told(database, tmp_path):
    """Both have read it; the second to write was decided on a case that is no more."""
    town = Town(database, tmp_path)
    play(town, "accepted")
    number, act = number_of("0001"), "case.withdraw"
    filing = town.filing(act, "0001", REASON)
    with database.reading() as session:
        desk = open_desk(
            session, town.office, "taskforce1", VILLAGE, act=act, numbers=[number], channel="cli"
        )
        case = load_case(session, number)
        evaluation = desk.evaluate(act, case, filing)
        move = advance(evaluation)
        slower = desk.act(evaluation, move, chain=number, version=case.version)
    town.take("case.return_for_correction", "0001", by="village1", **REASON)
    before = town.verify()
    with pytest.raises(CaseChanged), database.writing() as session:
        replace(desk, session=session).record([slower])
    assert town.verify() == before
    assert town.case("0001").positions["case"] == "returned"


def test_of_two_clerks_at_the_same_moment_one_is_told(postgresql_url, tmp_path, monkeypatch):
    """Only where two can write at once: both decide on the same case before either has written."""
    real, together, told = progress._decide, Barrier(2), list[object]()

    def at_once(*arguments):
        together.wait(timeout=20)
        return real(*arguments)

    def clerk(account):
        try:
            told.append(town.take("case.withdraw", "0001", by=account, **REASON))
        except ConversionError as refusal:
            told.append(refusal)

    with closing(Database(postgresql_url)) as database:
        town = Town(database, tmp_path)
        play(town, "accepted")
        before = town.verify().entries
        monkeypatch.setattr(progress, "_decide", at_once)
        clerks = [Thread(target=clerk, args=[f"taskforce{n}"]) for n in (1, 2)]
        for thread in clerks:
            thread.start()
        for thread in clerks:
            thread.join()
        assert sorted((type(answer) for answer in told), key=str) == [CaseChanged, Receipt]
        assert town.verify().entries == before + 1
        assert town.verify().is_sound


BROKEN = ("save_heads", "write_rows", "describe_cases", "_append_to_log", "_insert_entries")


@pytest.mark.parametrize("place", [*BROKEN, "_insert_nodes"])
def test_a_fault_at_any_place_of_recording_leaves_no_trace(place, town_at, monkeypatch):
    town = town_at("booked")
    before = town.verify()
    with monkeypatch.context() as patch:
        patch.setattr(append_module, place, fault_after(getattr(append_module, place)))
        with pytest.raises(OSError, match="disk"):
            town.take("shares.certify", "0001")
    assert town.verify() == before
    assert town.households(shares="booked") == ["0001", "0002", "0003"]
    town.take("shares.certify", "0001")
    assert numbers(town, "0001")[-1] == "坪社股证〔2010〕0001号"


def fault_after(real):
    def broken(*arguments, **named):
        real(*arguments, **named)
        raise OSError("disk")

    return broken


def test_a_paper_that_must_not_be_issued_refuses_its_case_only_and_leaves_no_gap(
    town_at, monkeypatch
):
    town, real = town_at("booked"), issuance._with_nonce

    def without_head(desk, occasion):
        if occasion.case.number == number_of("0002"):
            raise DocumentRefused("制发股权证书", "缺少户主", "补登户主")
        return real(desk, occasion)

    monkeypatch.setattr(issuance, "_with_nonce", without_head)
    outcomes = town.take_many("shares.certify", ["0001", "0002", "0003"])
    assert [isinstance(o.refusal, DocumentRefused) for o in outcomes] == [False, True, False]
    assert town.households(shares="booked") == ["0002"]
    assert [*numbers(town, "0001"), *numbers(town, "0003")] == [
        "坪社股证〔2010〕0001号",
        "坪社股证〔2010〕0002号",
    ]
    assert town.verify().is_sound


def test_a_fault_after_a_number_is_drawn_gives_it_back(town_at, monkeypatch):
    town = town_at("booked")
    before = town.verify()
    with monkeypatch.context() as patch:
        patch.setattr(issuance, "_paper", fault_after(issuance._paper))
        with pytest.raises(OSError, match="disk"):
            town.take_many("shares.certify", ["0001", "0002"])
    assert town.verify() == before
    with town.database.writing() as session:
        assert list(next_numbers(session, VILLAGE, "share_certificate", 2010)) == [1]


def numbers(town, household):
    return [p for p in town.case(household).papers if "股证" in p]


def test_numbers_have_no_gap_over_two_batches_and_a_refusal_between(town_at):
    town = town_at("booked")
    town.take_many("shares.certify", ["0003"])
    again = town.take_many("shares.certify", ["0003", "0001"])
    assert [o.refusal is None for o in again] == [False, True]
    with pytest.raises(RequirementsUnmet):
        town.take("shares.certify", "0002", by="village1")
    town.take("shares.certify", "0002")
    found = [numbers(town, household) for household in ("0003", "0001", "0002")]
    assert found == [[f"坪社股证〔2010〕{n:04}号"] for n in (1, 2, 3)]


def test_the_role_is_looked_up_when_the_step_is_taken(town_at):
    """A role given up yesterday decides nothing today."""
    town = town_at("founded")
    town.village("retire", by="district1", account="village1", last_day=town.calendar.day)
    town.calendar.later(1)
    with pytest.raises(RequirementsUnmet):
        town.take("case.review", "0001", by="village1", **AGREED)
