"""A folder of plain files, read within bounds: no links, no devices, nothing endless."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from conversion.errors import NotFound
from conversion.policy.marked_yaml import LARGEST_FILE
from conversion.policy.pack_fault import PackFault

_LOOK_INTO = os.R_OK | os.X_OK
_CLOSED = "没有读取的权限，改正权限，例如 chmod u+r"
MOST_FILES = 500
DEEPEST_FOLDER = 8


def files_in(folder: Path) -> tuple[dict[str, bytes], tuple[PackFault, ...]]:
    """Path within the folder → content, in order of the paths; and what can't be read as a file.

    Of a file that is too large as many bytes are read as show that it is.

    Raises:
        NotFound: no such folder, or none that may be looked into.
    """
    asked = f"读取文件夹 {folder.name}"
    if not folder.is_dir():
        raise NotFound(asked, f"没有文件夹 {folder}", "核对名称")
    if not os.access(folder, _LOOK_INTO):
        raise NotFound(asked, f"没有读取文件夹 {folder} 的权限", "改正权限，例如 chmod u+rx")
    contents, faults = dict[str, bytes](), list[PackFault]()
    for count, path in enumerate(_within(folder, DEEPEST_FOLDER)):
        name = path.relative_to(folder).as_posix()
        if count == MOST_FILES:
            faults.append(_fault(name, f"文件夹里超过 {MOST_FILES} 个文件，合并成较少的文件"))
            break
        if sentence := _oddity(path):
            faults.append(_fault(name, sentence))
            continue
        try:
            with path.open("rb") as file:
                contents[name] = file.read(LARGEST_FILE + 1)
        except OSError:
            faults.append(_fault(name, _CLOSED))
    return contents, tuple(faults)


def _within(folder: Path, depth: int) -> Iterator[Path]:
    """Every file below, and every folder that is too deep or can't be looked into."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink() and depth and os.access(path, _LOOK_INTO):
            yield from _within(path, depth - 1)
        else:
            yield path


def _oddity(path: Path) -> str:
    mode = path.lstat().st_mode
    if stat.S_ISDIR(mode) and not os.access(path, _LOOK_INTO):
        return _CLOSED
    if stat.S_ISLNK(mode):
        return "不接受链接，把文件本身放进来"
    if stat.S_ISDIR(mode):
        return f"文件夹嵌套超过 {DEEPEST_FOLDER} 层，减少层次"
    return "" if stat.S_ISREG(mode) else "不是普通文件，换成文本文件，例如 notice.yaml"


def _fault(name: str, sentence: str) -> PackFault:
    return PackFault(file=name, line=1, key="", sentence=sentence)
