"""The migrations and the table classes say the same, down to each check."""

import re
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from dbos._schemas.system_database import SystemSchema
from sqlalchemy import create_engine, text
from sqlmodel import SQLModel

from conversion.store import migrations
from conversion.store.database import Database
from conversion.store.migrations.env import TABLES
from conversion.store.standings import case_standings

QUEUE = {"dbos_migrations", *(t.name for t in SystemSchema.metadata_obj.tables.values())}
"""The queue's own tables, which are beside ours on SQLite."""
MIGRATIONS = Path(migrations.__file__).parent
CHECKS = text("""
    SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
""")
STATEMENTS = text("SELECT name, sql FROM sqlite_master WHERE type = 'table'")


def test_the_classes_ask_for_no_further_migration(database):
    assert TABLES
    with database.reading() as session:
        opts = {"compare_type": True, "include_name": lambda name, *_: name not in QUEUE}
        context = MigrationContext.configure(session.connection(), opts=opts)

        assert compare_metadata(context, SQLModel.metadata) == []


def test_sqlite_checks_are_those_of_the_classes(sqlite_database, tmp_path):
    wanted = create_engine(f"sqlite:///{tmp_path / 'wanted.db'}")
    SQLModel.metadata.create_all(wanted)

    with sqlite_database.reading() as migrated, wanted.connect() as created:
        assert sqlite_parts(migrated) == sqlite_parts(created)
    wanted.dispose()


def test_postgresql_checks_are_those_of_the_classes(postgresql, postgresql_template):
    with postgresql.database(postgresql_template) as had, postgresql.database() as wanted:
        engine = create_engine(postgresql.url(wanted))
        SQLModel.metadata.create_all(engine)
        database = Database(postgresql.url(had))
        with database.reading() as migrated, engine.connect() as created:
            assert postgresql_checks(migrated) == postgresql_checks(created)
        database.close()
        engine.dispose()


def sqlite_parts(session) -> dict[str, list[str]]:
    """Table → columns and their constraints, whatever the order in which they came."""
    found = {row.name: row.sql for row in session.execute(STATEMENTS)}
    for name in ("alembic_version", *QUEUE):
        found.pop(name, None)
    return {
        name: sorted(filter(None, map(str.strip, re.split(r",|\bCONSTRAINT\b", sql.strip(" )\n")))))
        for name, sql in found.items()
    }


def postgresql_checks(session) -> list[str]:
    return sorted(line for line in session.scalars(CHECKS) if "alembic" not in line)


BEFORE = (
    "INSERT INTO programmes VALUES ('520303105202', 1, :hash, 'drafting', 'open')",
    (
        "INSERT INTO cases (number, programme, version, head_hash, case_state, household_number, group_name, head_name)"
        " VALUES ('520303105202-0001', '520303105202', 1, :hash, 'on_notice', '0001', '一组', '张三')"
    ),
    (
        "INSERT INTO notices VALUES ('520303105202-0001', 'N01', 'N01', 'case', 'household', '公示',"
        " '2009-12-01', '2009-12-08', 7, :no, '公开栏', '', NULL)"
    ),
    (
        "INSERT INTO objections VALUES ('520303105202-0001', 'O01', 'O01', 'case', '2009-12-02', '李四',"
        " '漏列一人', 'open', NULL, '')"
    ),
    (
        "INSERT INTO papers VALUES ('520303105202-0001', '坪社审〔2009〕0001号', '坪社审〔2009〕0001号',"
        " 'approval_form', '1', '2009-12-01', :hash, 'issued', :hash)"
    ),
)


def test_an_office_that_has_worked_keeps_every_row_when_its_database_is_upgraded(
    empty_database_url,
):
    to_version(empty_database_url, "0003", BEFORE)
    database = Database(empty_database_url)
    database.migrate()

    with database.reading() as session:
        rows = case_standings(session, ["520303105202-0001"])["520303105202-0001"][1].rows
    database.close()
    assert (rows["notices"]["N01"]["round"], rows["notices"]["N01"]["voided_on"]) == (1, None)
    assert (rows["objections"]["O01"]["raised_by"], rows["objections"]["O01"]["findings"]) == (
        "李四",
        "",
    )
    (paper,) = rows["papers"].values()
    assert (paper["status"], paper["end_reason"], paper["ended_on"]) == ("issued", "", None)


def to_version(url: str, version: str, statements: tuple[str, ...]) -> None:
    """A database as an earlier version of the program left it."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    engine = create_engine(url)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, version)
        for statement in statements:
            connection.execute(text(statement), {"hash": "a" * 64, "no": False})
    engine.dispose()
