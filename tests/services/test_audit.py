"""A clean history is never blamed, and what was lawfully erased is counted, not missed."""

from dataclasses import replace
from random import Random

import pytest

from conversion.errors import NotFound, StepRefused
from conversion.services import audit
from conversion.services.erasure import erase
from conversion.store.database import Database
from conversion.store.entries import entries_of, erase_personal
from tests.office import AGREED, BOARD, REASON, Town, number_of
from tests.stages import play
from tests.village_roster import ALONE, FIVE, SOLDIER, VILLAGE


@pytest.mark.parametrize(
    "stage", ["taken_in", "accepted", "members_confirmed", "certified", "signed"]
)
def test_a_village_at_any_stage_is_sound(stage, town_at):
    report = town_at(stage).verify()
    assert report.findings == ()
    assert report.is_sound
    assert (report.programme, report.chains, report.erased) == (VILLAGE, 4, 0)


@pytest.mark.parametrize("seed", range(4))
def test_whatever_the_office_does_the_history_stays_sound(seed, town_at):
    """Steps at random, most of them refused: no false alarm, and no refused step leaves a trace."""
    town, random = town_at("accepted", seed=seed), Random(seed)
    day, named = town.calendar.day, {"objection": "O01"}
    acts = {
        "land.survey": {"surveyed_on": day},
        "land.sign_boundaries": {"signed": ["01", "02", "03", "05"]},
        "land.post": BOARD,
        "land.object": {"raised_by": "邻居", "subject": "界址有误"},
        "land.accept_objection": named,
        "land.decline_objection": named
        | {"reason": "与公示无关。", "remedies": "可以向街道反映。"},
        "land.investigate": named | {"investigators": ["何一", "何二"], "findings": "已经核对。"},
        "land.settle": named | {"upheld": random.random() < 0.5, "reply": "已经核对。"},
        "land.void_notice": {"defect": "altered", "found_on": day, "account": "名单有涂改"},
        "land.rectify": REASON,
        "shares.propose_members": {},
        "shares.post_members": BOARD,
        "case.return_for_correction": REASON,
        "case.resubmit": {"corrected": "已补交"},
        "case.withdraw": REASON,
        "case.review": AGREED,
    }
    before = begun = town.verify().entries
    for _ in range(25):
        act = random.choice(list(acts))
        outcomes = town.take_many(act, ["0001", "0002", "0003"], lambda _, act=act: acts[act])
        written = sum(outcome.receipt is not None for outcome in outcomes)
        report = town.verify()
        assert report.findings == ()
        assert report.entries == before + written
        before = report.entries
        town.calendar.later(random.randrange(4))
    assert before > begun


def test_it_is_sound_on_both_databases(database: Database, tmp_path):
    town = Town(database, tmp_path)
    play(town, "accepted")
    report = town.verify()
    assert report.is_sound
    assert report.entries == 14
    with database.writing() as session:
        edit = f"UPDATE members SET name = '张国福' WHERE chain = '{number_of('0002')}'"
        session.connection().exec_driver_sql(edit)
    assert {f.chain for f in town.verify().findings} == {number_of("0002")}


def test_it_tells_how_far_it_is(town_at):
    town, told = town_at("accepted"), list[int]()
    report = audit.verify(town.office, VILLAGE, told=told.append)
    assert told == list(range(1, report.entries + 1))


def test_the_root_is_the_same_every_time_and_another_after_every_act(town_at):
    town = town_at("accepted")
    root = town.verify().root
    assert town.verify().root == root
    town.take("case.return_for_correction", "0003", by="village1", **REASON)
    assert town.verify().root != root


def test_a_programme_that_is_not_there_is_not_found(town_at):
    with pytest.raises(NotFound):
        audit.verify(town_at("taken_in").office, "520303105299")


def test_payloads_lawfully_erased_are_counted_and_blame_nobody(town_at):
    town = town_at("certified")
    seqs = with_payload(town, "0001")
    for seq in seqs:
        erase_in(town, "0001", seq)
    report = town.verify()
    assert report.findings == ()
    assert report.erased == len(seqs) >= 2


def test_a_payload_that_vanished_without_a_record_names_the_case(town_at):
    town = town_at("certified")
    with town.database.writing() as session:
        erase_personal(session, number_of("0001"), 1)
    (finding,) = town.verify().findings
    assert finding.chain == number_of("0001")
    assert "没有依法删除的记录" in finding.sentence


def test_only_the_district_erases(town_at):
    town = town_at("certified")
    with pytest.raises(StepRefused):
        erase(town.office, "taskforce1", number_of("0001"), 1, ground="本人申请删除")
    assert town.verify().erased == 0


def erase_in(town, household, seq):
    erase(town.office, "district1", number_of(household), seq, ground="本人申请，保存期限已满")


def test_what_was_set_after_an_erasure_is_still_watched(town_at):
    """The roster's payload is erased; a correction after it is not."""
    town = town_at("reviewed")
    town.take("case.return_for_correction", "0001", by="village1", **REASON)
    head = town.case("0001").head.model_copy(update={"phone": "10008510001"})
    town.take("case.resubmit", "0001", corrected="补电话", members=[head.model_dump(mode="json")])
    erase_in(town, "0001", 1)
    assert town.verify().is_sound
    tampered = "UPDATE members SET phone = '10008519999' WHERE chain = :case AND serial = '01'"
    with town.database.writing() as session:
        session.connection().exec_driver_sql(tampered, {"case": number_of("0001")})
    assert {f.chain for f in town.verify().findings} == {number_of("0001")}


def test_an_erased_case_is_still_watched_in_all_that_is_not_personal(town_at):
    town = town_at("certified")
    erase_in(town, "0001", 1)
    with town.database.writing() as session:
        tampered = "UPDATE shares SET units = units + 1 WHERE chain = :case"
        session.connection().exec_driver_sql(tampered, {"case": number_of("0001")})
    assert {f.chain for f in town.verify().findings} == {number_of("0001")}


def test_the_wrong_key_opens_nothing(town_at):
    town = town_at("taken_in")
    town.office = replace(town.office, key=bytes(32))
    blamed = {f.chain for f in town.verify().findings}
    assert blamed == {VILLAGE, *(number_of(h.number) for h in (FIVE, SOLDIER, ALONE))}


def with_payload(town, household):
    with town.database.reading() as session:
        entries = entries_of(session, number_of(household))
    return [entry.seq for entry in entries if entry.ciphertext]
