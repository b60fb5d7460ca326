"""What a database's own errors mean to the person at the screen; said here and nowhere else."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from conversion.errors import StoreUnavailable


@dataclass(frozen=True, slots=True)
class _Fault:
    """What is true, and what to do."""

    found: str
    remedy: str


_LOCKED = _Fault(
    "另一个程序正在写入，等候已久仍未让出", "稍后重试；若一直如此，关闭正在占用数据库的程序"
)
_FULL = _Fault("存放数据库的磁盘已满，这一步没有记下任何内容", "清理磁盘或扩大空间后重新办理这一步")
_UNREADABLE = _Fault("磁盘读写出错，这一步没有记下任何内容", "检查磁盘与文件权限，必要时从备份恢复")
_READ_ONLY = _Fault("数据库只可读取，不可写入", "检查数据库文件及其目录的写入权限")
_DAMAGED = _Fault("文件已损坏或不是数据库", "停止办理，从备份恢复后核对历史")
_MISSING = _Fault("数据库不存在或打不开", "核对地址；初次使用时先建立数据库")
_UNREACHABLE = _Fault("数据库服务器没有应答", "检查数据库服务是否已启动、地址与网络是否正确")
_FORBIDDEN = _Fault("数据库服务器不接受这一用户或口令", "核对数据库地址中的用户与口令")
_DEADLOCK = _Fault("与另一项办理互相等待，这一步已撤回", "重新办理这一步")
_CROWDED = _Fault("同时办理的人太多，连接已用完", "稍后重试")

_SQLITE = {
    "SQLITE_BUSY": _LOCKED,
    "SQLITE_LOCKED": _LOCKED,
    "SQLITE_FULL": _FULL,
    "SQLITE_IOERR": _UNREADABLE,
    "SQLITE_READONLY": _READ_ONLY,
    "SQLITE_CORRUPT": _DAMAGED,
    "SQLITE_NOTADB": _DAMAGED,
    "SQLITE_CANTOPEN": _MISSING,
}
"""Primary result code → fault; extended codes such as `SQLITE_BUSY_SNAPSHOT` begin with one."""

_POSTGRESQL = {
    "53100": _FULL,
    "53300": _CROWDED,
    "55P03": _LOCKED,
    "40P01": _DEADLOCK,
    "40001": _DEADLOCK,
    "25006": _READ_ONLY,
    "58030": _UNREADABLE,
    "3D000": _MISSING,
    "28000": _FORBIDDEN,
    "28P01": _FORBIDDEN,
    "57P01": _UNREACHABLE,
    "57P02": _UNREACHABLE,
    "57P03": _UNREACHABLE,
}
"""SQLSTATE (PostgreSQL manual, appendix A) → fault."""


@contextmanager
def explained(database: str) -> Iterator[None]:
    """Turn the errors of a database, named as people know it, into plain sentences.

    Raises:
        StoreUnavailable: locked, full, unreadable, missing, damaged or out of reach.
    """
    try:
        yield
    except PoolTimeoutError as error:
        raise _unavailable(database, _CROWDED) from error
    except DBAPIError as error:
        fault = _fault(error.orig)
        if fault is None:
            raise
        raise _unavailable(database, fault) from error


def _fault(error: BaseException | None) -> _Fault | None:
    if isinstance(error, sqlite3.Error):
        # Python's own refusals, such as a thread's, carry no code.
        code = "_".join(getattr(error, "sqlite_errorname", "").split("_")[:2])
        return _SQLITE.get(code)
    if isinstance(error, psycopg.OperationalError) and error.sqlstate is None:
        return _connection_fault(str(error))
    return _POSTGRESQL.get(error.sqlstate or "") if isinstance(error, psycopg.Error) else None


def _connection_fault(message: str) -> _Fault:
    # While connecting libpq gives only words, in the server's language.
    if "authentication failed" in message or "no password supplied" in message:
        return _FORBIDDEN
    is_missing = "database" in message and "does not exist" in message
    return _MISSING if is_missing else _UNREACHABLE


def _unavailable(database: str, fault: _Fault) -> StoreUnavailable:
    return StoreUnavailable(f"使用数据库 {database}", fault.found, fault.remedy)
