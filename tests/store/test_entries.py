import pytest

from conversion.errors import NotFound
from conversion.store.entries import all_entries, entries_of, log_head, node
from tests.store.builders import VILLAGE, accepting, number, opening_case, opening_programme, record


def test_a_chain_and_the_log_tell_the_same_acts(database):
    with database.writing() as session:
        record(session, opening_programme(), opening_case(1), opening_case(2), accepting(1))

    with database.reading() as session:
        log = list(all_entries(session, VILLAGE))
        assert [(e.idx, e.chain, e.seq) for e in log] == [
            (0, VILLAGE, 1),
            (1, number(1), 1),
            (2, number(2), 1),
            (3, number(1), 2),
        ]
        assert entries_of(session, number(1)) == [log[1], log[3]]
        assert [e.ciphertext is None for e in log] == [True, False, False, True]


def test_two_programmes_keep_two_logs(database):
    with database.writing() as session:
        for code in ("p", "q"):
            record(session, opening_programme(code), programme=code)

    with database.reading() as session:
        assert [e.idx for code in ("p", "q") for e in all_entries(session, code)] == [0, 0]
        assert log_head(session, "p").root() != log_head(session, "q").root()


def test_what_the_log_does_not_reach_is_named(database):
    with database.reading() as session:
        with pytest.raises(NotFound, match="999"):
            log_head(session, "999")
        with pytest.raises(NotFound, match="3, 7"):
            node(session, VILLAGE, 3, 7)
        assert entries_of(session, "999") == []
