"""Wiring: settings from the environment; database, packs, clock, random source and key.

Settings:
    CONVERSION_DATABASE_URL: SQLAlchemy address; a SQLite file `conversion.db` here by default.
    CONVERSION_KEY_FILE: the key of personal payloads; beside the SQLite file by default.
"""

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Self

from conversion.errors import SetupIncomplete
from conversion.policy.loading import load_packs
from conversion.policy.location import packs_folder
from conversion.services.office import CHINA, Office
from conversion.store.database import Database
from conversion.workflows.definition import check_definition

KEY_BYTES = 32
DEFAULT_DATABASE = "sqlite:///conversion.db"
SQLITE = "sqlite:///"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where the database and the key lie."""

    database_url: str
    key_file: Path

    @classmethod
    def read(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """Settings as the environment gives them."""
        url = environment.get("CONVERSION_DATABASE_URL", DEFAULT_DATABASE)
        key_file = environment.get("CONVERSION_KEY_FILE") or _key_beside(url)
        return cls(database_url=url, key_file=Path(key_file))


def _key_beside(url: str) -> Path:
    """`conversion.key` beside `conversion.db`; in this folder when the database is a server."""
    file = url.removeprefix(SQLITE) if url.startswith(SQLITE) else "conversion.db"
    return Path(file).with_suffix(".key")


def local_now() -> datetime:
    """The machine's clock, in China Standard Time: the one place that reads it."""
    return datetime.now(CHINA)  # noqa: TID251  # this is the clock that others are handed


def open_office(settings: Settings, *, clock: Callable[[], datetime] = local_now) -> Office:
    """The office over an existing database.

    Raises:
        SetupIncomplete: the key is missing or damaged, or the procedures are unsound.
        PackInvalid: a pack fails to load.
        StoreUnavailable: the database can't be reached.
    """
    check_definition()
    return Office(
        database=Database(settings.database_url),
        packs=load_packs(packs_folder()),
        clock=clock,
        random=secrets.token_bytes,
        key=_read_key(settings.key_file),
    )


def create(settings: Settings) -> None:
    """Make the database's tables and, when there is none yet, the key; safe to run again.

    Raises:
        StoreUnavailable: the database can't be made, or is newer than the program.
    """
    Database(settings.database_url).migrate()
    if not settings.key_file.exists():
        _write_key(settings.key_file)


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
