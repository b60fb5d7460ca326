"""Chains that a writer keeps for itself: nobody moves them meanwhile, and nobody else waits."""

from collections.abc import Iterator

import pytest

from conversion.errors import StoreUnavailable
from conversion.store.chains import load_case
from conversion.store.database import Database
from conversion.store.heads import lock_heads
from tests.store.builders import VILLAGE, accepting, number, opening_case, opening_programme, record


@pytest.fixture
def village(postgresql_url) -> Iterator[Database]:
    """A programme with two cases; SQLite has one writer at a time, and needs no such care."""
    database = Database(postgresql_url, busy_timeout=1000)
    with database.writing() as session:
        record(session, opening_programme(), opening_case(1), opening_case(2))
    yield database
    database.close()


@pytest.mark.parametrize("held", [VILLAGE, number(2)])
def test_who_holds_one_chain_keeps_nobody_from_another(village, held):
    """What is recorded of a case refers to the programme, and must not wait for its holder."""
    with village.writing() as holder:
        lock_heads(holder, VILLAGE, [held])
        with village.writing() as other:
            record(other, accepting(1))

    with village.reading() as session:
        assert load_case(session, number(1)).positions["case"] == "accepted"


def test_nobody_moves_a_chain_that_is_held(village):
    with village.writing() as holder:
        lock_heads(holder, VILLAGE, [number(1)])
        with pytest.raises(StoreUnavailable), village.writing() as other:
            record(other, accepting(1))

    with village.reading() as session:
        assert load_case(session, number(1)).positions["case"] == "draft"
