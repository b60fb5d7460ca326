"""Definitions of the procedures as kept: once, by their hash, and who is pinned to which."""

from datetime import date

import pytest

from conversion.errors import NotFound, WrongUse
from conversion.store.definitions import all_definitions, find_definition, keep_definition

FIRST, SECOND = "a" * 64, "ab" * 32
DAY = date(2009, 12, 1)


@pytest.fixture
def kept(database):
    with database.writing() as session:
        keep_definition(session, SECOND, "村".encode(), date(2010, 1, 4))
        keep_definition(session, FIRST, b"{}", DAY)
    return database


def test_a_definition_is_kept_once_with_the_day_it_was_first_known(kept):
    with kept.writing() as session:
        keep_definition(session, FIRST, b"{}", date(2011, 1, 4))

    with kept.reading() as session:
        found = [(d.sha256, d.data, d.since) for d in all_definitions(session)]
    assert found == [(FIRST, b"{}", DAY), (SECOND, "村".encode(), date(2010, 1, 4))]


def test_a_definition_is_found_by_the_beginning_of_its_id(kept):
    with kept.reading() as session:
        assert find_definition(session, "ab").data == "村".encode()
        with pytest.raises(WrongUse, match="有 2 个版本"):
            find_definition(session, "a")


@pytest.mark.parametrize("unknown", ["b", "", "%"])
def test_an_unknown_definition_is_not_found(unknown, kept):
    with kept.reading() as session, pytest.raises(NotFound, match="conversion definition list"):
        find_definition(session, unknown)
