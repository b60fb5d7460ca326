"""An act goes into its bytes and comes back whole, or not at all."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversion.domain.standing import Change, Json
from conversion.errors import HistoryBroken
from conversion.history.canonical import canonical
from conversion.history.entry import Entry
from tests.history.builders import ENTRY


def test_an_entry_comes_back_from_its_bytes():
    assert Entry.from_bytes(ENTRY.to_bytes()) == ENTRY


@given(
    seq=st.integers(1, 10**6),
    at=st.datetimes(timezones=st.just(UTC)).map(lambda at: at.replace(microsecond=0)),
    roles=st.lists(st.sampled_from(["preparer", "reviewer", "approver"])).map(tuple),
    source=st.none() | st.just("open"),
    target=st.none() | st.just("allocated"),
    commitment=st.none() | st.just("0f" * 32),
    policy=st.none() | st.just(ENTRY.policy),
    papers=st.just(()) | st.just(ENTRY.papers * 2),
)
@settings(deadline=None)
def test_every_entry_comes_back_from_its_bytes(**facts):
    entry = replace(ENTRY, **facts)

    assert Entry.from_bytes(entry.to_bytes()) == entry


def test_the_bytes_say_version_and_algorithm_and_write_the_time_in_utc():
    record = json.loads(ENTRY.to_bytes())

    assert (record["v"], record["alg"], record["at"]) == (1, "sha256", "2024-05-06T01:30:00Z")


def test_the_level_of_an_act_is_its_first_word():
    assert replace(ENTRY, act="shares.allocate").level == "shares"


def test_the_rows_that_an_act_changed_are_read_from_its_data():
    data: dict[str, Json] = {
        "changes": [
            {"collection": "shares", "key": "01", "row": {"units": 100}},
            {"collection": "shares", "key": "02", "row": None},
        ]
    }

    assert replace(ENTRY, data=data).changes() == (
        Change(collection="shares", key="01", row={"units": 100}),
        Change(collection="shares", key="02", row=None),
    )


def test_an_act_without_changes_changes_nothing():
    assert replace(ENTRY, data={}).changes() == ()
    assert replace(ENTRY, data={}).moves() == {}


@pytest.mark.parametrize(
    "changes",
    [
        {},
        None,
        ["shares"],
        [{"collection": "shares", "key": "01"}],
        [{"collection": "shares", "key": 1, "row": None}],
        [{"collection": "shares", "key": "01", "row": []}],
        [{"collection": "shares", "key": "01", "row": None, "why": ""}],
    ],
)
def test_changes_of_another_shape_are_refused(changes):
    with pytest.raises(HistoryBroken):
        replace(ENTRY, data={"changes": changes}).changes()


@pytest.mark.parametrize("moves", [None, [], {"land": 1}, {"land": None}])
def test_moves_of_another_shape_are_refused(moves):
    with pytest.raises(HistoryBroken):
        replace(ENTRY, data={"moves": moves}).moves()


@pytest.mark.parametrize(
    "facts",
    [
        {"seq": 0},
        {"previous": "AB" * 32},
        {"previous": "ab" * 31},
        {"at": datetime(2024, 5, 6)},
        {"at": datetime(2024, 5, 6, microsecond=1, tzinfo=UTC)},
        {"at": datetime(2024, 5, 6, tzinfo=timezone(timedelta(hours=8)))},
        {"act": "allocate"},
        {"act": "shares."},
        {"commitment": "none"},
    ],
    ids=str,
)
def test_an_entry_that_its_bytes_could_not_hold_is_not_made(facts):
    with pytest.raises(HistoryBroken):
        replace(ENTRY, **facts)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("v", 2),
        ("v", True),
        ("alg", "sm3"),
        ("log", None),
        ("chain", 1),
        ("seq", "1"),
        ("seq", True),
        ("seq", 0),
        ("at", "2024-05-06T01:30:00"),
        ("at", "2024-05-06T09:30:00+08:00"),
        ("at", "2024-05-06 01:30:00Z"),
        ("at", "0001-01-01T00:00:00+23:00"),
        ("at", "2024-13-06T01:30:00Z"),
        ("actor", ["wang"]),
        ("roles", "preparer"),
        ("roles", [1]),
        ("source", 1),
        ("policy", {"pack": "haigang-2024"}),
        ("policy", {"pack": "haigang-2024", "sha256": "ab"}),
        ("policy", {"pack": "haigang-2024", "sha256": "ab" * 32, "note": ""}),
        ("policy", "haigang-2024"),
        ("papers", None),
        ("papers", [{"kind": "share_notice"}]),
        (
            "papers",
            [{"kind": "a", "number": "1", "template": "1", "facts_sha256": "ab" * 32, "note": ""}],
        ),
        ("commitment", "no"),
        ("data", []),
        ("note", "one member more"),
    ],
)
def test_bytes_that_are_no_entry_are_refused(name, value):
    record = json.loads(ENTRY.to_bytes()) | {name: value}

    with pytest.raises(HistoryBroken):
        Entry.from_bytes(canonical(record))


@pytest.mark.parametrize("name", json.loads(ENTRY.to_bytes()))
def test_an_entry_with_a_member_missing_is_refused(name):
    record = json.loads(ENTRY.to_bytes())
    del record[name]

    with pytest.raises(HistoryBroken):
        Entry.from_bytes(canonical(record))


def test_an_entry_whose_bytes_were_prettily_rewritten_is_refused():
    with pytest.raises(HistoryBroken):
        Entry.from_bytes(json.dumps(json.loads(ENTRY.to_bytes())).encode())
