"""One person's work at a desk: what is sealed in the open, and what can be erased."""

import json
from datetime import date

import pytest

from conversion.errors import NotFound
from conversion.history.commitment import open_personal
from conversion.history.entry import Entry
from conversion.services.desk import open_desk
from conversion.standards.chinese_date import format_day
from conversion.store.entries import entries_of
from tests.office import BOARD, KEY, number_of
from tests.village_roster import VILLAGE


def newest(town, household):
    """The newest entry of a case, with its opened payload."""
    with town.database.reading() as session:
        stored = entries_of(session, number_of(household))[-1]
    entry = Entry.from_bytes(stored.bytes)
    if entry.commitment is None or stored.ciphertext is None:
        return entry, {}
    return entry, open_personal(stored.ciphertext, KEY, entry.commitment)


def test_personal_fields_are_sealed_outside_the_entry(town_at):
    town = town_at("posted")
    told = {"raised_by": "邻居郑某", "subject": "人数不对"}
    town.take("case.object", "0001", **told)
    entry, payload = newest(town, "0001")
    assert payload["form"] == told
    assert "郑某" not in entry.to_bytes().decode()
    assert "evidence" not in payload["form"]


def test_no_name_and_no_number_of_a_member_stands_in_an_opening(town_at):
    town = town_at("taken_in")
    with town.database.reading() as session:
        (opening,) = entries_of(session, number_of("0001"))
    for member in town.case("0001").members.values():
        assert member.name not in opening.bytes.decode()
        assert member.resident_number not in opening.bytes.decode()


def test_why_a_household_is_answered_so_stands_in_no_entry(town_at):
    """What it draws, its grounds and reasons are erasable; which rule answered what is not."""
    town = town_at("in_force")
    case = town.case("0001")
    sentences = {
        *(row.reason for row in case.memberships.values()),
        *(row.reason for row in case.benefits.values()),
        *(row.title for row in case.benefits.values()),
        *(member.name for member in case.people.values()),
    }
    with town.database.reading() as session:
        leaves = [e.bytes.decode() for e in entries_of(session, number_of("0001"))]
    assert len(sentences) > 10
    assert not [s for s in sentences if s and any(s in leaf for leaf in leaves)]
    decided = [Entry.from_bytes(leaf.encode()).data.get("decision") for leaf in leaves]
    assert {"rule": "transitional_benefit", "granted": True} in decided


def test_no_day_that_tells_a_birthday_stands_in_the_open_though_rights_begin_and_end_on_it(town_at):
    town = town_at("signed")
    case = town.case("0001")
    (girl,) = [m.serial for m in case.members.values() if m.name == "张欣怡"]
    work = case.benefits[f"employment_service/{girl}"]
    assert (work.since, work.since_age) == (date(2012, 9, 10), 16)
    assert case.entitlements[work.key].since == work.since

    with town.database.reading() as session:
        sealed = [stored.bytes.decode() for stored in entries_of(session, number_of("0001"))]

    for member in case.members.values():
        for right in (*case.benefits.values(), *case.entitlements.values()):
            told = [
                *([right.since] if right.since_age is not None else []),
                *([right.until] if right.until_age is not None else []),
            ]
            for day in (member.birth_date, *told):
                assert not any(day.isoformat() in entry for entry in sealed)
                assert not any(format_day(day) in entry for entry in sealed)


def test_the_entry_says_who_when_how_and_under_which_rules(town_at):
    town = town_at("reviewed")
    town.take("case.post", "0001", **BOARD)
    entry, _ = newest(town, "0001")
    assert (entry.actor, entry.act) == ("village1", "case.post")
    assert (entry.source, entry.target) == ("reviewed", "on_notice")
    assert entry.data["day"] == town.calendar.day.isoformat()
    assert entry.data["channel"] == "cli"
    assert entry.policy
    assert entry.policy.pack == "huichuan-2009"
    assert entry.data["form"]["evidence"]["posting_photo"]
    assert entry.data["grounds"]
    assert json.dumps(entry.data["decision"], ensure_ascii=False)


@pytest.mark.parametrize(("account", "programme"), [("nobody", VILLAGE), ("village1", "5203")])
def test_nobody_sits_at_a_desk_that_is_not_there(account, programme, town_at):
    town = town_at("taken_in")
    with pytest.raises(NotFound), town.database.reading() as session:
        open_desk(
            session, town.office, account, programme, act="case.post", numbers=[], channel="cli"
        )


def test_the_plan_is_read_only_for_steps_on_shares(town_at):
    town = town_at("booked")
    with town.database.reading() as session:
        desks = [
            open_desk(
                session, town.office, "collective1", VILLAGE, act=act, numbers=numbers, channel="x"
            )
            for act, numbers in (
                ("shares.certify", [number_of("0001")]),
                ("shares.certify", [number_of("0001"), number_of("0002")]),
                ("case.close", [number_of("0001")]),
            )
        ]
    alone, together, other = (desk.lots for desk in desks)
    assert alone[number_of("0001")] == together[number_of("0001")]
    assert other == {}
