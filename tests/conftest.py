"""Databases and towns for the tests; a test that asks for a database runs on both kinds."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest
from hypothesis import Phase, settings
from sqlalchemy import make_url

from conversion.store.database import Database
from tests.office import Town
from tests.stages import a_town

SERVER = "CONVERSION_TEST_POSTGRES_URL"
MISSING = f"PostgreSQL is missing: run `apt-get install postgresql`, or set {SERVER}"
NUMBERS = count(1)

settings.register_profile("office", deadline=None)  # no test fails because a machine is busy
settings.register_profile(
    "mutation",  # a mutant is told by failing at all: no smallest example is looked for
    settings.get_profile("office"),
    max_examples=25,
    phases=(Phase.explicit, Phase.generate),
    derandomize=True,
    database=None,
)
settings.load_profile("office")


class Server:
    """A PostgreSQL server, by the address of any of its databases."""

    def __init__(self, address: str) -> None:
        self.address = make_url(address)

    def url(self, database: str) -> str:
        return self.address.set(database=database).render_as_string(hide_password=False)

    def run(self, statement: str) -> None:
        address = self.url("postgres").replace("+psycopg", "")
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement.encode())

    @contextmanager
    def database(self, template: str = "template0") -> Iterator[str]:
        name = f"conversion_test_{os.getpid()}_{next(NUMBERS)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template} ENCODING 'UTF8'")
        try:
            yield name
        finally:
            self.run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """The server of the environment's address, else one of our own, gone with the tests."""
    address = os.environ.get(SERVER)
    if address:
        yield Server(address)
        return
    with TemporaryDirectory(prefix="pg-") as folder, cluster(Path(folder)):
        yield Server(f"postgresql+psycopg://postgres@/postgres?host={folder}")


@contextmanager
def cluster(folder: Path) -> Iterator[None]:
    """A server in a folder, on a socket only, without fsync: it need not outlive a power cut."""
    initdb, pg_ctl = program("initdb"), program("pg_ctl")
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    data = folder / "data"
    run(initdb, "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
    options = f"-F -c listen_addresses='' -c unix_socket_directories='{folder}'"
    run(pg_ctl, "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
    try:
        yield
    finally:
        run(pg_ctl, "-D", data, "-w", "-m", "immediate", "stop")


def program(name: str) -> Path:
    """The newest installed one; PostgreSQL's own programs are not on Debian's PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    found += [Path(path) for path in [shutil.which(name)] if path]
    if not found:
        pytest.fail(MISSING)
    return found[-1]


def run(*command: str | Path) -> None:
    """Run a program as a user PostgreSQL accepts; it refuses to run as root."""
    as_postgres = ("runuser", "-u", "postgres", "--") if os.geteuid() == 0 else ()
    done = subprocess.run(
        [*as_postgres, *command],
        cwd="/",
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        pytest.fail(f"{command[0]} failed: {done.stderr}")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    file = tmp_path_factory.mktemp("template") / "template.db"
    database = Database(f"sqlite:///{file}")
    database.migrate()
    database.close()
    return file


@pytest.fixture(scope="session")
def postgresql_template(postgresql: Server) -> Iterator[str]:
    """Name of a migrated PostgreSQL database to copy."""
    with postgresql.database() as name:
        database = Database(postgresql.url(name))
        database.migrate()
        database.close()
        yield name


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Address of a database without any table, on each of the two."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'conversion.db'}"
        return
    server: Server = request.getfixturevalue("postgresql")
    with server.database() as name:
        yield server.url(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Address of a fresh migrated database, on each of the two."""
    if request.param == "sqlite":
        file = tmp_path / "conversion.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), file)
        yield f"sqlite:///{file}"
        return
    server: Server = request.getfixturevalue("postgresql")
    with server.database(request.getfixturevalue("postgresql_template")) as name:
        yield server.url(name)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A fresh migrated database, on each of the two."""
    opened = Database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_database(sqlite_template: Path, tmp_path: Path) -> Iterator[Database]:
    """A fresh migrated SQLite database, for what is only its own."""
    file = tmp_path / "conversion.db"
    shutil.copy(sqlite_template, file)
    opened = Database(f"sqlite:///{file}")
    yield opened
    opened.close()


@pytest.fixture
def postgresql_url(postgresql: Server, postgresql_template: str) -> Iterator[str]:
    """Address of a fresh migrated PostgreSQL database, for what is only its own."""
    with postgresql.database(postgresql_template) as name:
        yield postgresql.url(name)


@pytest.fixture
def town_at(tmp_path: Path) -> Iterator[Callable[..., Town]]:
    """Makes a town at a stage on SQLite; closed when the test is over."""
    made: list[Town] = []

    def make(stage: str, **options: int) -> Town:
        folder = tmp_path / str(len(made))
        folder.mkdir()
        made.append(a_town(stage, folder, **options))
        return made[-1]

    yield make
    for town in made:
        town.database.close()
