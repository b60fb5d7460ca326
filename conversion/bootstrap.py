"""Wiring: settings from the environment; database, packs, clock, random source and key.

Settings:
    CONVERSION_DATABASE_URL: SQLAlchemy address; a SQLite file `conversion.db` here by default.
    CONVERSION_KEY_FILE: the key of personal payloads; beside the SQLite file by default.
    CONVERSION_KEYS_FOLDER: the keys that sign papers; `keys` beside that file by default.
    CONVERSION_KEYS_PASSPHRASE: what seals them; asked for at the terminal where it isn't set.
"""

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Self

from conversion.errors import ConversionError, SetupIncomplete
from conversion.history.commitment import open_personal
from conversion.history.entry import Entry
from conversion.policy.loading import Shelf
from conversion.policy.location import packs_folder
from conversion.services.key_cabinet import KeyCabinet
from conversion.services.keys import KeyFolder
from conversion.services.office import Office
from conversion.standards.beijing_time import CHINA
from conversion.store.database import Database
from conversion.store.definitions import keep_definition
from conversion.store.entries import StoredEntry, first_sealed
from conversion.workflows.definition import DEFINITION, check_definition
from conversion.workflows.procedure import written

KEY_BYTES = 32
DEFAULT_DATABASE = "sqlite:///conversion.db"
SQLITE = "sqlite:///"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where the database, the key and the signing keys lie; the passphrase of the latter."""

    database_url: str
    key_file: Path
    keys_folder: Path = Path("keys")
    passphrase: str = field(default="", repr=False)

    @classmethod
    def read(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """Settings as the environment gives them."""
        url = environment.get("CONVERSION_DATABASE_URL", DEFAULT_DATABASE)
        key_file = Path(environment.get("CONVERSION_KEY_FILE") or _key_beside(url))
        keys = environment.get("CONVERSION_KEYS_FOLDER")
        return cls(
            database_url=url,
            key_file=key_file,
            keys_folder=Path(keys) if keys else key_file.with_name("keys"),
            passphrase=environment.get("CONVERSION_KEYS_PASSPHRASE", ""),
        )


def _key_beside(url: str) -> Path:
    """`conversion.key` beside `conversion.db`; in this folder when the database is a server."""
    file = url.removeprefix(SQLITE) if url.startswith(SQLITE) else "conversion.db"
    return Path(file).with_suffix(".key")


def local_now() -> datetime:
    """The machine's clock, in China Standard Time: the one place that reads it."""
    return datetime.now(CHINA)  # noqa: TID251  # this is the clock that others are handed


def no_passphrase() -> str:
    """What a program without a terminal answers when it is asked for the passphrase.

    Raises:
        SetupIncomplete: always.
    """
    remedy = "设置环境变量 CONVERSION_KEYS_PASSPHRASE，或在终端运行"
    raise SetupIncomplete("签署文书", "没有密钥的口令", remedy)


def open_office(
    settings: Settings,
    *,
    clock: Callable[[], datetime] = local_now,
    ask: Callable[[], str] = no_passphrase,
) -> Office:
    """The office over an existing database.

    Args:
        settings: where everything lies.
        clock: the time.
        ask: asks for the passphrase of the signing keys, when papers are to be signed and the
            settings have none.

    Raises:
        SetupIncomplete: the key is missing, damaged or of another database, or the procedures
            are unsound.
        StoreUnavailable: the database can't be reached.
    """
    check_definition()
    database = Database(settings.database_url)
    key = _read_key(settings.key_file)
    if not _fits(key, database):
        raise _wrong_key(settings, "它不是这个数据库的密钥")
    return Office(
        database=database,
        packs=Shelf(packs_folder()),
        clock=clock,
        random=secrets.token_bytes,
        key=key,
        signers=KeyCabinet(
            folder=KeyFolder(path=settings.keys_folder),
            passphrase=lambda: settings.passphrase or ask(),
            today=lambda: clock().astimezone(CHINA).date(),
        ),
    )


def create(settings: Settings) -> None:
    """Make the tables, keep this program's definition, make a missing key; safe to run again.

    Raises:
        StoreUnavailable: the database can't be made, or is newer than the program.
        SetupIncomplete: the database has payloads sealed with a key that is not there.
    """
    database = Database(settings.database_url)
    database.migrate()
    with database.writing() as session:
        procedures = written(DEFINITION)
        keep_definition(session, procedures.sha256, procedures.to_bytes(), local_now().date())
    if settings.key_file.exists():
        return
    if not _fits(b"", database):
        raise _wrong_key(settings, "文件不存在，而数据库里已有用它封存的内容")
    _write_key(settings.key_file)


_TRIED = 5  # payloads: one that was tampered with must not lock the office out of `verify`


def _fits(key: bytes, database: Database) -> bool:
    """Whether the key opens what the database has sealed; any key fits an empty one."""
    with database.reading() as session:
        sealed = first_sealed(session, _TRIED)
    return not sealed or any(_opens(key, stored) for stored in sealed)


def _opens(key: bytes, stored: StoredEntry) -> bool:
    try:
        commitment = Entry.from_bytes(stored.bytes).commitment
        open_personal(stored.ciphertext or b"", key, commitment or "")
    except ConversionError:
        return False
    return True


def _wrong_key(settings: Settings, found: str) -> SetupIncomplete:
    return SetupIncomplete(
        f"使用密钥 {settings.key_file}", found, "从备份恢复与数据库配套的密钥，勿以新密钥办理"
    )


def _write_key(path: Path) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(KEY_BYTES))


def _read_key(path: Path) -> bytes:
    asked, remedy = f"读取密钥 {path}", "从备份恢复密钥；新建数据库时先运行 conversion db migrate"
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except OSError as error:
        raise SetupIncomplete(asked, "文件不存在或不能读取", remedy) from error
    except ValueError as error:
        raise SetupIncomplete(asked, "内容不是密钥", remedy) from error
    if len(key) != KEY_BYTES:
        raise SetupIncomplete(asked, "长度不对", remedy)
    return key
