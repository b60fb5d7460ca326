"""Faces cut to the common characters, which make a paper four times as quick to lay out and embed.

A cut holds the characters of 通用规范汉字表, GB 2312 with its signs, and ASCII; anything rarer is
found in the whole face behind it. Cuts are kept in the user's cache folder under the digest of the
font file, so a new font package makes new cuts.
"""

import hashlib
import os
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile

import uharfbuzz
from fontTools.ttLib import TTFont

from conversion.documents.faces import Face
from conversion.errors import SetupIncomplete
from conversion.standards.general_character import general_characters

VERSION = "3"
"""Raised whenever this module would cut the same face otherwise."""

_DROPPED = ("BASE", "DSIG", "GPOS", "GSUB", "VORG", "vhea", "vmtx")
"""Tables that horizontal text without ligatures has no use for."""

_BEYOND_GB2312 = "·—…²³㎡〔〕※"


def cut_file(face: Face, family: str, folder: Path) -> Path:
    """The font file of the face with the common characters only, under a family name of its own.

    Raises:
        SetupIncomplete: the face can't be cut, or the cut can't be kept.
    """
    cutter = f"{VERSION}-{uharfbuzz.version_string()}"
    name = f"{family.replace(' ', '')}-{_digest(face.file)}-{face.index}-{cutter}.otf"
    place = folder / name
    if not place.is_file():
        _keep(place, _named(_cut(face), family))
    return place


def cache_folder() -> Path:
    """The user's cache folder for cuts (XDG Base Directory)."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "conversion" / "faces"


@cache
def common_characters() -> frozenset[int]:
    """Code points of 通用规范汉字表, GB 2312, ASCII, and the few signs that papers need besides."""
    pairs = (bytes((row, cell)) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    characters = "".join(pair.decode("gb2312", errors="ignore") for pair in pairs)
    listed = "".join(general_characters())
    return frozenset(map(ord, characters + listed + _BEYOND_GB2312)) | frozenset(range(0x20, 0x7F))


def _cut(face: Face) -> bytes:
    whole = face.open()
    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update(common_characters() & frozenset(whole.unicodes))
    # What embedding would undo for each paper is undone once.
    wanted.flags = uharfbuzz.SubsetFlags.DESUBROUTINIZE | uharfbuzz.SubsetFlags.NO_HINTING
    for tag in _DROPPED:
        wanted.drop_table_tag_set.add(int.from_bytes(tag.encode()))
    try:
        return bytes(uharfbuzz.subset(whole, wanted).blob.data)
    except RuntimeError:
        raise SetupIncomplete(
            f"裁切字体 {face.family}", "字体文件损坏", f"重新安装 {face.package}"
        ) from None


def _named(font: bytes, family: str) -> bytes:
    """The font under another family name, so that fontconfig never takes it for the whole face."""
    names = {1: family, 2: "Regular", 4: family, 6: family.replace(" ", "")}
    named = TTFont(BytesIO(font), recalcTimestamp=False)
    named["name"].names = []
    for place, text in names.items():
        named["name"].setName(text, place, 3, 1, 0x409)
    written = BytesIO()
    named.save(written)
    return written.getvalue()


def _keep(place: Path, content: bytes) -> None:
    """Written aside and renamed, so that another process never reads half a font."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=place.parent, delete=False) as aside:
            aside.write(content)
        Path(aside.name).replace(place)
    except OSError:
        raise SetupIncomplete(
            "保存裁切的字体", f"不能写入文件夹 {place.parent}", "用 XDG_CACHE_HOME 指定可写的文件夹"
        ) from None


@cache
def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
