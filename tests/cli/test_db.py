"""An office's first command, and the question whether its database can be worked with."""

import sqlite3

from conversion.store.database import Database


def test_a_new_office_gets_tables_and_a_key_that_only_it_can_read(empty_counter):
    assert empty_counter.run("db", "migrate").code == 0

    key = empty_counter.settings.key_file
    assert key.stat().st_mode & 0o077 == 0
    assert empty_counter.run("db", "status", "--json").json == {
        "database": str(empty_counter.folder / "village.db"),
        "is_current": True,
        "key_file": str(key),
        "has_key": True,
        "programmes": [],
    }


def test_migrating_again_keeps_the_key_and_what_is_stored(counter):
    key = counter.settings.key_file.read_text(encoding="ascii")

    assert counter.run("db", "migrate").code == 0
    assert counter.settings.key_file.read_text(encoding="ascii") == key
    assert counter.run("db", "status", "--json").json["programmes"] == [
        {"code": "520303105202", "cases": 2, "entries": 3}
    ]


def test_before_the_first_migration_status_says_what_to_do(empty_counter):
    answer = empty_counter.run("db", "status")

    assert answer.code == 1
    assert "conversion db migrate" in answer.out


def test_a_key_that_can_not_be_written_is_a_sentence(empty_counter, monkeypatch):
    monkeypatch.setenv("CONVERSION_KEY_FILE", str(empty_counter.folder / "没有" / "village.key"))

    answer = empty_counter.run("db", "migrate")
    assert answer.code == 1
    assert "目录不存在或不可写" in answer.err


def test_a_command_without_database_names_the_remedy(empty_counter):
    empty_counter.run("db", "migrate")
    (empty_counter.folder / "village.db").unlink()

    answer = empty_counter.run("village", "list")
    assert answer.code == 1
    assert "请先运行 conversion db migrate" in answer.err


def test_a_lost_key_is_a_sentence(counter):
    counter.settings.key_file.unlink()

    answer = counter.run("case", "show", "0001")
    assert answer.code == 1
    assert "从备份恢复密钥" in answer.err


def test_a_database_that_another_program_is_writing_is_a_sentence(counter, monkeypatch):
    monkeypatch.setattr("conversion.bootstrap.Database", lambda url: Database(url, busy_timeout=50))
    other = sqlite3.connect(counter.folder / "village.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        answer = counter.run(
            "user", "appoint", _one_clerk(counter.folder), "--as", "district1",
            "--evidence", "appointment_paper=卷1",
        )  # fmt: skip
    finally:
        other.close()

    assert answer.code == 1
    assert "另一个程序正在写入" in answer.err
    assert "Traceback" not in answer.err


def _one_clerk(folder):
    file = folder / "新人.yaml"
    file.write_text("- {account: new1, name: 新人, roles: [village]}\n", encoding="utf-8")
    return file
