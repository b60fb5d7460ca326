"""The migrations and the table classes say the same, down to each check."""

import re

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, text
from sqlmodel import SQLModel

from conversion.store.database import Database
from conversion.store.migrations.env import TABLES

CHECKS = text("""
    SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
""")
STATEMENTS = text("SELECT name, sql FROM sqlite_master WHERE type = 'table'")


def test_the_classes_ask_for_no_further_migration(database):
    assert TABLES
    with database.reading() as session:
        context = MigrationContext.configure(session.connection(), opts={"compare_type": True})

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
    found.pop("alembic_version", None)
    return {
        name: sorted(filter(None, map(str.strip, re.split(r",|\bCONSTRAINT\b", sql.strip(" )\n")))))
        for name, sql in found.items()
    }


def postgresql_checks(session) -> list[str]:
    return sorted(line for line in session.scalars(CHECKS) if "alembic" not in line)
