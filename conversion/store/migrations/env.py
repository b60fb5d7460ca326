"""What Alembic runs for every command; the connection is handed over by `Database`."""

from alembic import context
from sqlmodel import SQLModel

from conversion.store import case_tables, log_tables, office_tables, programme_tables

TABLES = (case_tables, log_tables, office_tables, programme_tables)
"""The modules whose import fills the metadata."""


def run() -> None:
    """Run the steps on the given connection, in the transaction it is in."""
    context.configure(
        connection=context.config.attributes["connection"], target_metadata=SQLModel.metadata
    )
    with context.begin_transaction():
        context.run_migrations()


if __name__ == "env_py":  # the name under which Alembic loads this file
    run()
