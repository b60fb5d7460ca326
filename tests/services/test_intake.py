"""Delivering rosters at the window: all or nothing, and never the same thing twice."""

from dataclasses import replace

import pytest

from conversion.domain.role import Role
from conversion.errors import StepRefused, WorkbookUnreadable
from conversion.history.commitment import open_personal, personal_changes
from conversion.history.entry import Entry
from conversion.services import programme as villages
from conversion.services.intake import commit_roster, stage_roster
from conversion.services.village_files import read_village
from conversion.store.entries import entries_of
from tests.office import KEY, REASON, SAMPLE, number_of, people
from tests.village_roster import ALONE, FIVE, HOUSES, SOLDIER, VILLAGE, House, write_roster

MOVED = replace(ALONE, people=("骆仕林 户主 男 1955-08-09 农龄=35 联系电话=13885201234",))
NEW = House(number="0004", people=("母廷芳 户主 女 1966-01-02 农龄=20",))
WRONG = House(number="0005", people=("江朝芬 妻 女 1970-03-04",))
OTHER_VILLAGE = "520303105203"


def codes(intake):
    return {finding.code for finding in intake.findings if finding.is_error}


def last_changes(town, household):
    """Collection and key of every row in the newest entry of a case."""
    with town.database.reading() as session:
        stored = entries_of(session, number_of(household))[-1]
    entry = Entry.from_bytes(stored.bytes)
    assert stored.ciphertext
    assert entry.commitment
    personal = open_personal(stored.ciphertext, KEY, entry.commitment)
    changes = personal_changes(personal)
    return entry.act, [(change.collection, change.key) for change in changes]


def test_the_same_file_twice_changes_nothing(town_at):
    town = town_at("taken_in")
    before = town.verify()
    again = town.take_in()
    assert again.committed == ()
    assert not again.has_errors
    assert town.verify() == before


def test_staging_writes_nothing(town_at, tmp_path):
    town = town_at("taken_in")
    before = town.verify()
    path = write_roster(tmp_path / "新.xlsx", [*HOUSES, NEW])
    intake = stage_roster(town.office, VILLAGE, town.read(path))
    assert [h.number for h in intake.staging.households if h.outcome == "new"] == ["0004"]
    assert intake.committed == ()
    assert town.verify() == before


def test_a_household_changed_in_draft_is_amended_with_the_changed_rows_only(town_at):
    town = town_at("taken_in")
    taken = town.take_in([FIVE, SOLDIER, MOVED, NEW])
    assert set(taken.committed) == {number_of("0003"), number_of("0004")}
    assert last_changes(town, "0003")[0] == "case.amend"
    assert ("members", "01") in last_changes(town, "0003")[1]
    assert not {"parcels", "drawn"} & {name for name, _ in last_changes(town, "0003")[1]}
    assert (town.case("0001").version, town.case("0003").version) == (1, 2)
    assert town.verify().is_sound


def test_a_member_gone_from_the_file_is_taken_out_of_the_draft(town_at):
    town = town_at("taken_in")
    smaller = replace(FIVE, people=FIVE.people[:4], benefits=())
    town.take_in([smaller, SOLDIER, ALONE])
    assert list(town.case("0001").members) == ["01", "02", "03", "04"]
    assert ("members", "05") in last_changes(town, "0001")[1]
    assert town.verify().is_sound


def test_a_household_changed_after_acceptance_is_refused_with_a_finding(town_at):
    town = town_at("accepted")
    before = town.verify()
    refused = town.take_in([FIVE, SOLDIER, MOVED, NEW])
    assert codes(refused) == {"staging.frozen"}
    assert refused.committed == ()
    assert town.verify() == before


def test_one_fault_in_the_file_and_nothing_is_written(town_at):
    town = town_at("taken_in")
    before = town.verify()
    refused = town.take_in([*HOUSES, NEW, WRONG])
    assert refused.has_errors
    assert refused.committed == ()
    assert town.verify() == before


def test_faulty_households_can_be_left_out_and_are_named(town_at):
    town = town_at("taken_in")
    taken = town.take_in([*HOUSES, NEW, WRONG], leave_out_faulty=True)
    assert taken.committed == (number_of("0004"),)
    assert taken.roster.left_out == ("0005",)
    assert town.verify().chains == 5


def test_a_household_that_no_longer_fits_the_case_can_be_left_out_too(town_at):
    town = town_at("accepted")
    taken = town.take_in([FIVE, SOLDIER, MOVED, NEW], leave_out_faulty=True)
    assert taken.committed == (number_of("0004"),)
    assert taken.roster.left_out == ("0003",)
    assert not taken.has_errors
    assert town.case("0003").head.phone == ""


def test_a_person_in_another_villages_case_is_found(town_at, tmp_path):
    town = town_at("taken_in")
    village = read_village(SAMPLE / "village.yaml")
    update = {"village_code": OTHER_VILLAGE, "village_name": "坪水村"}
    other = village.model_copy(update=update)
    villages.register_village(town.office, other, people(), "taskforce1")
    path = write_roster(tmp_path / "坪水村.xlsx", [ALONE])
    refused = commit_roster(town.office, OTHER_VILLAGE, "taskforce1", town.read(path))
    assert codes(refused) == {"staging.elsewhere"}
    assert refused.committed == ()


def test_whoever_is_not_of_the_task_force_takes_nothing_in(town_at, tmp_path):
    town = town_at("taken_in")
    path = write_roster(tmp_path / "新.xlsx", [NEW])
    for account in ("village1", "auditor1", "district1"):
        with pytest.raises(StepRefused):
            commit_roster(town.office, VILLAGE, account, town.read(path))
    assert town.verify().chains == 4


def test_a_file_that_is_no_workbook_is_refused(town_at, tmp_path):
    town = town_at("taken_in")
    path = tmp_path / "花名册.xlsx"
    path.write_bytes(b"PK\x03\x04 not a workbook")
    with pytest.raises(WorkbookUnreadable):
        town.read(path)


def test_what_was_withdrawn_is_not_opened_again_by_the_next_roster(town_at):
    town = town_at("accepted")
    town.take("case.withdraw", "0003", **REASON)
    before = town.verify()
    assert town.take_in().committed == ()
    assert town.verify() == before


def test_nobody_takes_in_a_roster_that_touches_near_kin(town_at):
    town = town_at("taken_in")
    town.appoint("taskforce1", Role.TASK_FORCE, kin=["0003"])
    with pytest.raises(StepRefused, match="近亲属"):
        town.take_in([FIVE, SOLDIER, MOVED])
    assert town.case("0003").version == 1


def test_no_new_household_comes_by_roster_once_the_roll_is_confirmed(town_at):
    town = town_at("certified")
    before = town.verify()
    with pytest.raises(StepRefused, match="成员名册已表决确认"):
        town.take_in([FIVE, SOLDIER, ALONE, NEW])
    assert town.verify() == before
