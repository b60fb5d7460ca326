import threading
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from conversion.errors import StoreUnavailable
from conversion.store.chains import case_numbers, programmes
from conversion.store.database import Database
from conversion.store.entries import log_head
from tests.store.builders import VILLAGE, opening_case, opening_programme, record


def test_a_new_database_is_built_once_and_then_current(empty_database_url):
    database = Database(empty_database_url)

    assert not database.is_current()
    database.migrate()
    database.migrate()
    assert database.is_current()
    database.close()


def test_a_database_without_tables_asks_to_be_built(empty_database_url):
    database = Database(empty_database_url)

    with pytest.raises(StoreUnavailable, match=r"conversion db migrate"), database.reading():
        pass
    database.close()


def test_a_missing_file_is_not_created_by_reading(tmp_path):
    file = tmp_path / "conversion.db"

    with (
        pytest.raises(StoreUnavailable, match=f"{file}：文件不存在"),
        Database(f"sqlite:///{file}").writing(),
    ):
        pass
    assert not file.exists()


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(StoreUnavailable, match=f"目录 {tmp_path / 'none'} 不存在"):
        Database(f"sqlite:///{tmp_path / 'none' / 'conversion.db'}").migrate()


def test_a_database_of_a_newer_version_is_left_alone(database, database_url):
    with database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    newer = Database(database_url)

    for attempt in (newer.migrate, lambda: newer.reading().__enter__()):
        with pytest.raises(StoreUnavailable, match=r"更新的版本（9999）"):
            attempt()
    newer.close()


def test_a_file_that_is_no_database_is_called_damaged(tmp_path):
    file = tmp_path / "conversion.db"
    file.write_bytes(b"this is a letter, not a database. " * 100)

    with pytest.raises(StoreUnavailable, match="已损坏或不是数据库"):
        Database(f"sqlite:///{file}").migrate()


def enter(database: Database, code: str = VILLAGE, *, then_fail: bool = False) -> None:
    """One transaction: look, then open a programme."""
    with database.writing() as session:
        programmes(session)
        record(session, opening_programme(code), programme=code)
        session.flush()
        if then_fail:
            raise RuntimeError


def test_a_session_that_fails_leaves_nothing(database):
    with pytest.raises(RuntimeError):
        enter(database, then_fail=True)

    with database.reading() as session:
        assert programmes(session) == []


def test_a_locked_database_says_who_to_wait_for(sqlite_database):
    impatient = Database(f"sqlite:///{sqlite_database.name}", busy_timeout=50)

    with sqlite_database.writing() as session:
        record(session, opening_programme())
        with pytest.raises(StoreUnavailable, match="另一个程序正在写入"):
            enter(impatient)
    impatient.close()


def test_a_locked_row_on_a_server_says_the_same(postgresql_url):
    patient, impatient = Database(postgresql_url), Database(postgresql_url, busy_timeout=50)

    with patient.writing() as session:
        record(session, opening_programme())
        session.flush()
        with pytest.raises(StoreUnavailable, match="另一个程序正在写入"):
            enter(impatient)
    patient.close()
    impatient.close()


def test_a_reader_waits_for_no_writer(database):
    with database.writing() as writer:
        record(writer, opening_programme())
        writer.flush()
        with database.reading() as reader:
            assert programmes(reader) == []


def test_a_reading_session_sees_one_moment(database):
    with database.reading() as reader:
        before = programmes(reader)
        with database.writing() as writer:
            record(writer, opening_programme())

        assert programmes(reader) == before == []


def import_with_pages(database: Database, pages: int) -> None:
    with database.writing() as session:
        session.execute(text(f"PRAGMA max_page_count = {pages}"))
        record(
            session, opening_programme(), *[opening_case(household) for household in range(1, 100)]
        )


def test_a_full_disk_loses_the_step_and_nothing_else(sqlite_database):
    with sqlite_database.reading() as session:
        pages = session.execute(text("PRAGMA page_count")).scalar_one()

    for room in (1, 5, 20, 60):
        with pytest.raises(StoreUnavailable, match="磁盘已满"):
            import_with_pages(sqlite_database, pages + room)
        with sqlite_database.reading() as session:
            assert session.execute(text("PRAGMA integrity_check")).scalar() == "ok"
            assert programmes(session) == []

    import_with_pages(sqlite_database, pages + 10_000)
    with sqlite_database.reading() as session:
        assert len(case_numbers(session, VILLAGE)) == log_head(session, VILLAGE).size - 1 == 99


def test_a_server_that_does_not_answer(tmp_path):
    away = Database(f"postgresql+psycopg://postgres@/conversion?host={tmp_path}")

    with pytest.raises(StoreUnavailable, match="数据库服务器没有应答"), away.reading():
        pass


def test_a_database_that_the_server_does_not_have(postgresql):
    absent = Database(postgresql.url("absent"))

    with pytest.raises(StoreUnavailable, match="数据库不存在"), absent.reading():
        pass
    absent.close()


def test_a_reading_session_cannot_write(database):
    with database.reading() as session, pytest.raises(DBAPIError):
        session.execute(text("DELETE FROM programmes"))
    enter(database)

    with database.reading() as session:
        assert len(programmes(session)) == 1


def test_a_password_is_in_no_message():
    database = Database("postgresql+psycopg://clerk:secret@localhost/conversion")

    assert "secret" not in database.name


def test_an_unknown_fault_is_not_explained_away(database):
    with pytest.raises(DBAPIError), database.reading() as session:
        session.execute(text("SELECT nothing FROM nowhere"))


def test_sqlite_keeps_what_it_acknowledged(sqlite_database):
    with sqlite_database.reading() as session:
        assert session.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert session.execute(text("PRAGMA synchronous")).scalar() == 2
        assert session.execute(text("PRAGMA foreign_keys")).scalar() == 1


def test_writers_stand_in_line_and_none_is_turned_away(database):
    accounts = [f"{account:02d}" for account in range(16)]
    clerks = [threading.Thread(target=enter, args=(database, account)) for account in accounts]
    for clerk in clerks:
        clerk.start()
    for clerk in clerks:
        clerk.join()

    with database.reading() as session:
        assert programmes(session) == accounts


def test_a_path_with_a_percent_sign_is_a_path(tmp_path):
    folder = tmp_path / "100%"
    folder.mkdir()
    database = Database(f"sqlite:///{folder / 'conversion.db'}")
    database.migrate()

    assert Path(database.name).exists()
    database.close()
