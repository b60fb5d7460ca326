from datetime import UTC, date, datetime

import pytest

from conversion.domain.role import Role
from conversion.domain.standing import Json
from conversion.errors import HistoryBroken
from conversion.history.canonical import canonical
from conversion.store.sealed_event import SealedEvent

RECORD: dict[str, Json] = {
    "act": "case.approve",
    "actor": "district1",
    "alg": "sha256",
    "at": "2010-03-02T01:30:00Z",
    "chain": "520303105202-0001",
    "data": {"actor_name": "郝荣华", "day": "2010-03-02", "form": {"opinion": "同意。"}},
    "roles": ["district"],
    "seq": 12,
    "source": "countersigned",
    "target": "approved",
}


def test_an_event_tells_everything_that_was_sealed():
    event = SealedEvent(canonical(RECORD))

    assert (event.act, event.actor, event.actor_name) == ("case.approve", "district1", "郝荣华")
    assert (event.seq, event.source, event.target) == (12, "countersigned", "approved")
    assert (event.day, event.roles) == (date(2010, 3, 2), (Role.DISTRICT,))
    assert event.at == datetime(2010, 3, 2, 1, 30, tzinfo=UTC)
    assert (event.form, event.decision) == ({"opinion": "同意。"}, None)


def test_who_did_what_is_known_without_reading_the_rest():
    beginning = canonical(RECORD)[:60]
    event = SealedEvent(beginning)

    assert (event.act, event.actor) == ("case.approve", "district1")
    with pytest.raises(HistoryBroken):
        _ = event.form


def test_a_strange_account_is_read_as_it_was_written():
    event = SealedEvent(canonical(RECORD | {"actor": 'a"b\\c'}))

    assert event.actor == 'a"b\\c'


def test_what_is_no_entry_is_refused_at_once():
    with pytest.raises(HistoryBroken):
        SealedEvent(b"nothing")


def test_what_an_event_does_not_have_is_not_read_for():
    with pytest.raises(AttributeError):
        _ = SealedEvent(canonical(RECORD)).weather
