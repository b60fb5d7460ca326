"""What the database itself refuses, whoever writes."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from tests.store.builders import booking, number, opening_case, opening_programme, record

WRONG = (
    "UPDATE shares SET units = -1",
    "UPDATE parcels SET contract_area = -1",
    "UPDATE members SET sex = '3'",
    "UPDATE members SET name = ''",
    "UPDATE members SET hukou_kind = 'RESIDENT'",
    "UPDATE members SET serial = '1'",
    "UPDATE cases SET version = -1",
    "UPDATE cases SET case_state = ''",
    "UPDATE cases SET head_hash = 'short'",
    "UPDATE members SET chain = 'nowhere'",
    "DELETE FROM cases",
    "INSERT INTO members SELECT * FROM members",
)
OF_WRONG_TYPE = (
    "UPDATE shares SET units = 'many'",
    "UPDATE members SET birth_date = '不详'",
    "UPDATE members SET traits = 'veteran'",
)


@pytest.fixture
def village(database):
    with database.writing() as session:
        record(session, opening_programme(), opening_case(), booking(5, 1))
    return database


def test_every_database_refuses_what_the_domain_refuses(village):
    for statement in WRONG:
        with pytest.raises(IntegrityError), village.writing() as session:
            session.execute(text(statement))


def test_no_database_takes_another_type(village):
    for statement in OF_WRONG_TYPE:
        with pytest.raises(DBAPIError), village.writing() as session:
            session.execute(text(statement))


def test_sqlite_takes_no_fraction(sqlite_database):
    with sqlite_database.writing() as session:
        record(session, opening_programme(), opening_case(), booking(5, 1))

    with pytest.raises(IntegrityError), sqlite_database.writing() as session:
        session.execute(text("UPDATE shares SET units = 1.5"))


def test_an_area_may_be_unknown(village):
    with village.writing() as session:
        session.execute(
            text("UPDATE parcels SET contract_area = NULL WHERE chain = :n"), {"n": number(1)}
        )
