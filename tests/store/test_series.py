import threading

import pytest

from conversion.errors import WrongUse
from conversion.store.series import next_numbers

STATEMENT = "statement"


def test_numbers_run_on_by_kind_and_year(database):
    with database.writing() as session:
        assert list(next_numbers(session, "p", STATEMENT, 2009)) == [1]
        assert list(next_numbers(session, "p", STATEMENT, 2009, 3)) == [2, 3, 4]
        assert list(next_numbers(session, "p", STATEMENT, 2010)) == [1]
        assert list(next_numbers(session, "p", "certificate", 2009)) == [1]
        assert list(next_numbers(session, "q", STATEMENT, 2009)) == [1]


def test_two_windows_never_draw_one_number(database):
    drawn: list[int] = []

    def draw() -> None:
        for _ in range(10):
            with database.writing() as session:
                numbers = next_numbers(session, "p", STATEMENT, 2009, 2)
            drawn.extend(numbers)

    windows = [threading.Thread(target=draw) for _ in range(2)]
    for window in windows:
        window.start()
    for window in windows:
        window.join()

    assert sorted(drawn) == list(range(1, 41))


def test_a_failed_act_gives_its_number_back(database):
    with database.writing() as session:
        next_numbers(session, "p", STATEMENT, 2009)
        session.rollback()

    with database.writing() as session:
        assert list(next_numbers(session, "p", STATEMENT, 2009)) == [1]


def test_no_number_is_not_a_number(database):
    with pytest.raises(WrongUse), database.writing() as session:
        next_numbers(session, "p", STATEMENT, 2009, 0)
