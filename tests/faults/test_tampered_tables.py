"""Whoever edits the tables alone is found out by replay, and the report names the case."""

import pytest

from tests.faults.tampering import blamed, tamper, the_file
from tests.office import Town, number_of
from tests.village_roster import VILLAGE

FIVE = number_of("0001")
OF_FIVE = f"WHERE chain = '{FIVE}'"
HEAD_OF_FIVE = f"WHERE number = '{FIVE}'"

EDITS = {
    "a share count": f"UPDATE shares SET units = units + 1 {OF_FIVE} AND member = '01'",
    "a share holder": f"UPDATE shares SET member = '09' {OF_FIVE} AND member = '01'",
    "all shares gone": f"DELETE FROM shares {OF_FIVE}",
    "a member's name": f"UPDATE members SET name = '张国福' {OF_FIVE} AND serial = '02'",
    "a member's birth": f"UPDATE members SET birth_date = '1970-01-01' {OF_FIVE}",
    "a birth of no day": f"UPDATE members SET birth_date = '昨天' {OF_FIVE}",
    "a birth of a number": f"UPDATE members SET birth_date = 7 {OF_FIVE}",
    "holders of no list": f"UPDATE land SET holders = '张国强' {OF_FIVE}",
    "a member gone": f"DELETE FROM members {OF_FIVE} AND serial = '05'",
    "a track's state": f"UPDATE cases SET land_state = 'open' {HEAD_OF_FIVE}",
    "the case's state": f"UPDATE cases SET case_state = 'approved' {HEAD_OF_FIVE}",
    "a track without state": f"UPDATE cases SET hukou_state = NULL {HEAD_OF_FIVE}",
    "a paper's status": f"UPDATE papers SET status = 'void' {OF_FIVE}",
    "a paper's digest": f"UPDATE papers SET file_sha256 = '{'ab' * 32}' {OF_FIVE}",
    "an area of land": f"UPDATE land SET area = area * 2 {OF_FIVE}",
    "a notice's last day": f"UPDATE notices SET last_day = '2009-12-02' {OF_FIVE}",
    "a membership": f"UPDATE memberships SET standing = 'not_confirmed' {OF_FIVE}",
    "the household's address": f"UPDATE household SET address = '别处' {OF_FIVE}",
    "the name in the lists": f"UPDATE cases SET head_name = '李四' {HEAD_OF_FIVE}",
    "the group in the lists": f"UPDATE cases SET group_name = '九组' {HEAD_OF_FIVE}",
    "the 户号 in the lists": f"UPDATE cases SET household_number = '0002' {HEAD_OF_FIVE}",
    "the chain's version": f"UPDATE cases SET version = version - 1 {HEAD_OF_FIVE}",
    "the chain's newest hash": f"UPDATE cases SET head_hash = '{'0' * 64}' {HEAD_OF_FIVE}",
    "the case's village": f"UPDATE cases SET programme = 'elsewhere' {HEAD_OF_FIVE}",
    "the case's row": f"DELETE FROM cases {HEAD_OF_FIVE}",
    "a posting's units": f"UPDATE postings SET units = units + 1 {OF_FIVE}",
    "a posting gone": f"DELETE FROM postings {OF_FIVE} AND serial = 'L001'",
    "the procedures it goes by": f"UPDATE pins SET sha256 = '{'0' * 64}' {OF_FIVE}",
    "the allotment table": f"UPDATE allotments SET units = units + 1 {OF_FIVE} AND member = '02'",
    "an allotment gone": f"DELETE FROM allotments {OF_FIVE} AND member = '02'",
}

PROGRAMME_EDITS = {
    "a vote's count": "UPDATE votes SET in_favour = in_favour + 1",
    "the base date": "UPDATE base_date SET day = '2009-06-30'",
    "the plan's total": "UPDATE plan SET total_units = total_units + 1",
    "the plan's mode past reading": "UPDATE plan SET total_units = 'viel'",
    "the plan's digest": f"UPDATE plan SET allotment_sha256 = '{'0' * 64}'",
    "a class of shares": "UPDATE share_classes SET units = units + 1",
    "the milestone": "UPDATE programmes SET state = 'accepted'",
    "an allotment below nothing": f"UPDATE allotments SET units = -5 {OF_FIVE}",
    "a meeting's roll": "UPDATE meetings SET eligible = eligible + 1",
    "a meeting held on no day": "UPDATE meetings SET held_on = '昨天'",
    "a meeting of no size": "UPDATE meetings SET eligible = 'viele'",
    "who was at a meeting": "UPDATE voters SET attendance = 'absent'",
    "an attendance past reading": "UPDATE voters SET attendance = 'vielleicht'",
    "somebody off the roll": "DELETE FROM voters WHERE member = '01'",
    "a clerk's name": "UPDATE programme_staff SET name = '李四'",
    "a clerk's kin": "UPDATE programme_staff SET kin = '[]' WHERE kin <> '[]'",
    "a post": "UPDATE posts SET role = 'district' WHERE role = 'village'",
    "a post of no role": "UPDATE posts SET role = 'king'",
    "the village's procedures": f"UPDATE programme_pins SET sha256 = '{'0' * 64}'",
    "procedures kept since no day": "UPDATE definitions SET since = '昨天'",
    "the kept procedures": "UPDATE definitions SET data = data || ' '",
    "the programme's newest hash": f"UPDATE programmes SET head_hash = '{'0' * 64}'",
}


def edit(town: Town, statement: str) -> None:
    with the_file(town) as file:
        file.execute("PRAGMA ignore_check_constraints = ON")
        assert file.execute(statement).rowcount > 0


@pytest.mark.parametrize("statement", EDITS.values(), ids=EDITS.keys())
def test_an_edit_of_a_case_is_found_and_the_case_is_named(statement: str, town: Town) -> None:
    edit(town, statement)
    assert FIVE in blamed(town.verify())


@pytest.mark.parametrize("statement", PROGRAMME_EDITS.values(), ids=PROGRAMME_EDITS.keys())
def test_an_edit_of_the_programme_is_found(statement: str, town: Town) -> None:
    edit(town, statement)
    assert VILLAGE in blamed(town.verify())


def test_nobody_else_is_blamed(town: Town) -> None:
    edit(town, EDITS["a share count"])
    assert blamed(town.verify()) == {FIVE}


def test_one_case_past_reading_hides_no_fault_of_another(town: Town) -> None:
    edit(town, EDITS["a birth of no day"])
    tamper(town, f"UPDATE shares SET units = 1 WHERE chain = '{number_of('0003')}'")
    assert blamed(town.verify()) == {FIVE, number_of("0003")}


def test_a_case_that_was_never_opened_is_found(town: Town) -> None:
    columns = "programme, version, head_hash, case_state, household_number, group_name, head_name"
    invented = number_of("0066")
    tamper(
        town,
        f"INSERT INTO cases (number, {columns}) SELECT '{invented}', {columns} "
        f"FROM cases {HEAD_OF_FIVE}",
    )
    assert invented in blamed(town.verify())
