"""What a person is told when a command can't be done: a sentence, never a traceback."""

import os
import platform
import tempfile
import traceback
from collections.abc import Mapping
from pathlib import Path

import typer
from rich.console import Console
from rich.text import Text

from conversion.cli.output import show
from conversion.errors import ConversionError

INTERRUPTED = 130
"""The shell's number for a command that was stopped from the keyboard (128 + SIGINT)."""


def refuse(error: ConversionError, *, as_json: bool) -> int:
    """Tells an error of this program, in JSON with all it carries, and returns its exit code."""
    # Typer hangs a mark of its own on an error that passes through it.
    carried = {name: value for name, value in vars(error).items() if not name.startswith("_")}
    _tell(type(error).__name__, str(error), error.exit_code, carried, as_json=as_json)
    return error.exit_code


def misuse(error: typer.TyperException, *, as_json: bool) -> int:
    """Tells a command line that has no meaning, and returns its exit code."""
    if message := error.format_message():
        sentence = f"命令行有误：{message}（用法见 --help）"
        _tell("WrongUse", sentence, error.exit_code, {}, as_json=as_json)
    return error.exit_code


def interrupt(*, as_json: bool) -> int:
    """Tells that the command was stopped from the keyboard."""
    sentence = "已按要求中断：没有做完的这一步未写入任何记录。"
    _tell("Interrupted", sentence, INTERRUPTED, {}, as_json=as_json)
    return INTERRUPTED


def confess(error: Exception, *, as_json: bool) -> int:
    """Tells a fault of the program itself, whose traceback is kept in a file."""
    log = keep(error)
    sentence = (
        "程序出现意料之外的故障：没有做完的这一步未写入任何记录。"
        f"请把故障记录文件交给系统管理员：{log}"
    )
    _tell("UnexpectedFault", sentence, 1, {"log": str(log)}, as_json=as_json)
    return 1


def _tell(
    kind: str, message: str, code: int, carried: Mapping[str, object], *, as_json: bool
) -> None:
    if as_json:
        error = {"kind": kind, "message": message, "exit_code": code, **carried}
        show({"error": error}, as_json=True)
        return
    console = Console(stderr=True, highlight=False)
    console.print(Text.assemble(("错误", "bold red"), "　", message), soft_wrap=True)


def keep(error: Exception) -> Path:
    """Writes the traceback where only this user reads it, without what was typed."""
    handle, name = tempfile.mkstemp(prefix="fault-", suffix=".log", dir=_folder(), text=True)
    with os.fdopen(handle, "w", encoding="utf-8") as log:
        log.write(f"{platform.platform()}\n")
        log.write(f"Python {platform.python_version()}\n\n")
        log.writelines(traceback.format_exception(error))
    return Path(name)


def _folder() -> Path | None:
    """The user's state folder (XDG Base Directory); None, the system's own, if not writable."""
    state = os.environ.get("XDG_STATE_HOME") or "~/.local/state"
    try:
        folder = Path(state).expanduser() / "conversion"
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError):  # RuntimeError: a user without a home
        return None
    return folder if os.access(folder, os.W_OK) else None
