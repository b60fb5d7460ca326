"""A new pack 新政策包 for another district: a copy of the nearest one, without its cases."""

import json
import re
import shutil
from pathlib import Path

from conversion.errors import WrongUse
from conversion.policy.loading import check_pack

_LONGEST = 1000
_NAMED = {"--title": "红花岗区村改社区政策包", "--office": "红花岗区村改社区工作专班"}
_ID = re.compile(r"[a-z][a-z0-9-]{2,38}[a-z0-9]")


def scaffold(source: Path, folder: Path, *, title: str, office: str) -> None:
    """Copy a sound pack to a new folder, under its own id, title and office.

    The worked examples stay behind: they are the other office's cases.

    Args:
        source: folder of the pack to start from.
        folder: the new pack's, named by its id, which must not exist.
        title: the new pack's title; `office`: whose it is.
        office: see title.

    Raises:
        NotFound: there is no pack to start from.
        WrongUse: the pack to start from has faults, the folder can't become a pack, or it has no
            title or office that papers could print.
    """
    asked = f"新建政策包 {folder}"
    if not _ID.fullmatch(folder.name):
        raise WrongUse(
            asked, "编号应为小写字母、数字和连字符", "例如 honghuagang-2009，作为文件夹的名字"
        )
    for option, words in (("--title", title), ("--office", office)):
        if not (words.strip() and words.isprintable() and len(words) <= _LONGEST):
            found = f"{option} 应当是一行文字，一至{_LONGEST}个字"
            raise WrongUse(asked, found, f"例如 {option} {_NAMED[option]}")
    if faults := check_pack(source):
        raise WrongUse(asked, f"原政策包 {source.name} 有 {len(faults)} 处错误", "先改正原政策包")
    try:
        shutil.copytree(source, folder, ignore=shutil.ignore_patterns("examples"))
        (folder / "examples").mkdir()
        _rename(folder / "pack.yaml", {"id": folder.name, "title": title, "office": office})
    except OSError as error:
        found = "文件夹已经存在" if isinstance(error, FileExistsError) else "不能写入"
        raise WrongUse(asked, found, "换一个编号或者文件夹") from None


def _rename(file: Path, told: dict[str, str]) -> None:
    """The lines of the pack's own name; everything else, comments too, stays as it was written."""
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(_line(line, told) for line in lines), encoding="utf-8")


def _line(line: str, told: dict[str, str]) -> str:
    key = line.partition(":")[0]
    # A JSON text is a YAML text, whatever stands in it.
    return f"{key}: {json.dumps(told[key], ensure_ascii=False)}\n" if key in told else line
