"""A folder of plain files, read within bounds: no links, no devices, nothing endless."""

import stat
from collections.abc import Iterator
from pathlib import Path

from conversion.errors import NotFound
from conversion.policy.marked_yaml import LARGEST_FILE
from conversion.policy.pack_fault import PackFault

MOST_FILES = 500
DEEPEST_FOLDER = 8


def files_in(folder: Path) -> tuple[dict[str, bytes], tuple[PackFault, ...]]:
    """Path within the folder → content, in order of the paths; and what can't be read as a file.

    Of a file that is too large as many bytes are read as show that it is.

    Raises:
        NotFound: no such folder.
    """
    if not folder.is_dir():
        raise NotFound(f"读取文件夹 {folder.name}", f"没有文件夹 {folder}", "核对名称")
    contents, faults = dict[str, bytes](), list[PackFault]()
    for count, path in enumerate(_within(folder, DEEPEST_FOLDER)):
        name = path.relative_to(folder).as_posix()
        if count == MOST_FILES:
            faults.append(_fault(name, f"文件夹里超过 {MOST_FILES} 个文件，合并成较少的文件"))
            break
        if sentence := _oddity(path):
            faults.append(_fault(name, sentence))
            continue
        with path.open("rb") as file:
            contents[name] = file.read(LARGEST_FILE + 1)
    return contents, tuple(faults)


def _within(folder: Path, depth: int) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink() and depth:
            yield from _within(path, depth - 1)
        else:
            yield path


def _oddity(path: Path) -> str:
    mode = path.lstat().st_mode
    if stat.S_ISLNK(mode):
        return "不接受链接，把文件本身放进来"
    if stat.S_ISDIR(mode):
        return f"文件夹嵌套超过 {DEEPEST_FOLDER} 层，减少层次"
    return "" if stat.S_ISREG(mode) else "不是普通文件，换成文本文件，例如 notice.yaml"


def _fault(name: str, sentence: str) -> PackFault:
    return PackFault(file=name, line=1, key="", sentence=sentence)
