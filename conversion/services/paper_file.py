"""A paper's file: written aside, put in its place only when the paper is recorded.

A half-written page is never taken for a paper, and of two who print the same paper at once only
the one that is recorded leaves its page.
"""

import errno
import os
from contextlib import suppress
from dataclasses import dataclass
from glob import escape
from pathlib import Path

from conversion.documents.rendering import Rendering
from conversion.errors import DocumentRefused
from conversion.store.papers import PaperLine

ASIDE = ".part"

_SAID = {
    errno.EACCES: "没有权限",
    errno.EROFS: "磁盘只可读取",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "超出配额",
    errno.EEXIST: "有同名文件占着目录的位置",
    errno.ENOTDIR: "有同名文件占着目录的位置",
    errno.EIO: "磁盘读写出错",
}
"""The system's own words, for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A page on the disk that is not yet a paper.

    Attributes:
        path: where it shall lie; aside: where it lies until then, in the same folder.
        pages, sha256, codes, page_sha256: as `Rendering` has them.
    """

    line: PaperLine
    path: Path
    aside: Path
    pages: int
    sha256: str
    codes: tuple[str, ...] = ()
    page_sha256: str = ""

    def place(self) -> None:
        """Put the page in its place, over whatever an interrupted run left there.

        Raises:
            DocumentRefused: the folder does not admit it.
        """
        _settle(self.aside, self.path)
        for left in self.path.parent.glob(f".{escape(self.path.name)}.*{ASIDE}"):
            left.unlink(missing_ok=True)

    def discard(self) -> None:
        """Take a page away that was not put in its place."""
        self.aside.unlink(missing_ok=True)


def write_aside(path: Path, line: PaperLine, rendering: Rendering, token: str) -> Written:
    """Write a page beside its place, through to the disk.

    Args:
        path: where the paper shall lie.
        line: which paper.
        rendering: its page.
        token: makes the name of the file aside nobody else's.

    Raises:
        DocumentRefused: the folder can't be made or written, or the disk is full.
    """
    return Written(
        line=line,
        path=path,
        aside=_aside(path, rendering.pdf, token),
        pages=rendering.pages,
        sha256=rendering.sha256,
        codes=rendering.codes,
        page_sha256=rendering.page_sha256,
    )


def write_whole(path: Path, content: bytes | memoryview, token: str) -> None:
    """Write a file that is no paper: it is there whole, or not at all.

    Raises:
        DocumentRefused: see `write_aside`.
    """
    _settle(_aside(path, content, token), path)


def _aside(path: Path, content: bytes | memoryview, token: str) -> Path:
    aside = path.with_name(f".{path.name}.{token}{ASIDE}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with aside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        with suppress(OSError):
            aside.unlink()
        raise _unkept(path, error) from error
    return aside


def _settle(aside: Path, path: Path) -> None:
    try:
        aside.replace(path)
        _fsync(path.parent)
    except OSError as error:
        raise _unkept(path, error) from error


def _fsync(folder: Path) -> None:
    """A rename is on the disk when its folder is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _unkept(path: Path, error: OSError) -> DocumentRefused:
    found = f"不能写入（{_SAID.get(error.errno or 0, error.strerror)}）"
    return DocumentRefused(f"存放 {path}", found, "核对目录、权限和磁盘空间后重试")
