"""One database and its sessions: SQLite in a file, or PostgreSQL, by nothing but the address."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import Session

from conversion.errors import StoreUnavailable
from conversion.store.faults import explained
from conversion.store.queue import prepare

__all__ = ("BUSY_TIMEOUT", "Database", "Session")

BUSY_TIMEOUT = 30_000
"""Milliseconds to wait for another writer before giving up."""

_READING = "conversion_reading"
_SYNCHRONOUS_FULL = "FULL"  # NORMAL may lose acknowledged commits at a power cut


class Database:
    """The database at an address.

    Every session is one transaction: it commits when its block ends and rolls back when the block
    raises. A `reading` session sees one moment throughout and can't write.
    """

    def __init__(self, url: str, *, busy_timeout: int = BUSY_TIMEOUT) -> None:
        self._url = _address(url)
        self._engine = _engine(self._url, busy_timeout)
        self._reading_engine = self._engine.execution_options(**_reading_options(self._url))
        self._seen_current = False

    @property
    def name(self) -> str:
        """The database as people know it: the file's path, or the address without password."""
        file = self._file
        return str(file) if file else self._url.render_as_string(hide_password=True)

    @property
    def url(self) -> str:
        """The address with its password, for the queue, which keeps connections of its own."""
        return self._url.render_as_string(hide_password=False)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that may write; on SQLite it holds the only write lock from its start.

        Raises:
            StoreUnavailable: the database is locked, full, missing or of another version.
        """
        with self._session(self._engine) as session:
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only reads, and waits for no writer.

        Raises:
            StoreUnavailable: the database is missing, unreadable or of another version.
        """
        with self._session(self._reading_engine) as session:
            yield session

    def migrate(self) -> None:
        """Create the tables, or bring them to this version; nothing happens when they are.

        Raises:
            StoreUnavailable: the folder is missing, or the database is newer than the program.
        """
        folder = self._file.parent if self._file else None
        if folder and not folder.is_dir():
            raise StoreUnavailable(
                f"建立数据库 {self.name}", f"目录 {folder} 不存在", "先建立该目录，或改用另一地址"
            )
        with explained(self.name), self._engine.begin() as connection:
            self._refuse_newer(connection)
            config = _alembic()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
        with explained(self.name):
            prepare(self.url)

    def is_current(self) -> bool:
        """Whether the tables are exactly those of this version."""
        if self._file and not self._file.exists():
            return False
        with explained(self.name), self._reading_engine.connect() as connection:
            return _steps_taken(connection) == set(_steps().get_heads())

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    @property
    def _file(self) -> Path | None:
        name = self._url.database
        is_file = self._url.get_backend_name() == "sqlite" and name and name != ":memory:"
        return Path(name) if is_file and name else None

    @contextmanager
    def _session(self, engine: Engine) -> Iterator[Session]:
        self._demand_current()
        with (
            explained(self.name),
            Session(engine, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session

    def _demand_current(self) -> None:
        if self._seen_current:
            return
        if not self.is_current():
            raise self._not_current()
        self._seen_current = True

    def _not_current(self) -> StoreUnavailable:
        asked, remedy = f"打开数据库 {self.name}", "先运行 conversion db migrate 建立或升级数据库"
        if self._file and not self._file.exists():
            return StoreUnavailable(asked, "文件不存在", remedy)
        with explained(self.name), self._reading_engine.connect() as connection:
            self._refuse_newer(connection)
            found = "表结构是旧版的" if _steps_taken(connection) else "尚未建立任何表"
        return StoreUnavailable(asked, found, remedy)

    def _refuse_newer(self, connection: Connection) -> None:
        known = {step.revision for step in _steps().walk_revisions()}
        unknown = _steps_taken(connection) - known
        if unknown:
            raise StoreUnavailable(
                f"打开数据库 {self.name}",
                f"它属于更新的版本（{'、'.join(sorted(unknown))}）",
                "改用建立它的版本或更新的版本",
            )


def _address(url: str) -> URL:
    """The address, of one of the two kinds of database that are served."""
    asked = f"打开数据库 {url or '（空）'}"
    remedy = "把 CONVERSION_DATABASE_URL 写成 sqlite:///文件 或 postgresql+psycopg://主机/库"
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise StoreUnavailable(asked, "这不是数据库地址", remedy) from None
    if parsed.drivername not in {"sqlite", "postgresql+psycopg"}:
        found = f"不支持 {parsed.drivername}"
        raise StoreUnavailable(f"打开数据库 {parsed.render_as_string()}", found, remedy)
    return parsed


def _engine(url: URL, busy_timeout: int) -> Engine:
    if url.get_backend_name() == "sqlite":
        return _sqlite_engine(url, busy_timeout)
    options = f"-c synchronous_commit=on -c lock_timeout={busy_timeout}"
    return create_engine(
        url,
        connect_args={"options": options},
        isolation_level="READ COMMITTED",
        json_serializer=_json,
        hide_parameters=True,  # a fault's text must not carry people's names and numbers
        pool_pre_ping=True,
    )


def _sqlite_engine(url: URL, busy_timeout: int) -> Engine:
    engine = create_engine(
        url,
        # The module's own transactions begin too late: only with the first change.
        connect_args={"isolation_level": None, "timeout": busy_timeout / 1000},
        json_serializer=_json,
        hide_parameters=True,
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: SqliteConnection, _record: Any) -> None:
    for pragma in ("journal_mode = WAL", f"synchronous = {_SYNCHRONOUS_FULL}", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A deferred transaction that turns to writing fails at once and ignores the timeout.
    is_reading = connection.get_execution_options().get(_READING, False)
    connection.exec_driver_sql(f"PRAGMA query_only = {is_reading:d}")
    connection.exec_driver_sql("BEGIN" if is_reading else "BEGIN IMMEDIATE")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _reading_options(url: URL) -> dict[str, Any]:
    if url.get_backend_name() == "sqlite":
        return {_READING: True}
    return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


def _steps_taken(connection: Connection) -> set[str]:
    return set(MigrationContext.configure(connection).get_current_heads())


def _steps() -> ScriptDirectory:
    return ScriptDirectory.from_config(_alembic())


def _alembic() -> Config:
    config = Config()
    folder = str(Path(__file__).with_name("migrations"))
    config.set_main_option("script_location", folder.replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
