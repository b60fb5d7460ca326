"""The typefaces of the papers, as fontconfig finds them, and which characters they have.

GB/T 9704-2012 asks for 宋体, 黑体 and 小标宋; Noto CJK SC (思源) stands for all three, since it may
be embedded freely. BabelStone Han has what Noto lacks of CJK extensions B to H, which names use.
"""

import subprocess
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from shutil import which

import uharfbuzz

from conversion.errors import DocumentRefused, SetupIncomplete

NOTO_PACKAGE = "fonts-noto-cjk"
RARE_PACKAGE = "fonts-babelstone-han"

_WHITE_SPACE = frozenset("\n\r\t")
_WITHOUT_MEANING = {
    "Cc": "控制字符",
    "Cf": "不可见的格式字符",
    "Co": "私用区字符，各机字形不一",
    "Cs": "孤立代理项",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """One face of a font file.

    Attributes:
        family, style: as fontconfig names them; package: the Debian package that has it.
        file, index: the font file, and the face's place in it if it is a collection.
    """

    family: str
    style: str
    package: str
    file: Path
    index: int

    def open(self) -> uharfbuzz.Face:
        """The face for reading."""
        return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(self.file)), self.index)

    def characters(self) -> frozenset[int]:
        """Code points that its character map has."""
        return frozenset(self.open().unicodes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """The installed faces in the order in which a character is looked for.

    Attributes:
        song, title, hei: 宋体, 小标宋 (its bold) and 黑体.
        rare: the face behind each of the three.
        coverage: code points that can be printed in any of the three.
    """

    song: Face
    title: Face
    hei: Face
    rare: Face
    coverage: frozenset[int]

    @property
    def cut(self) -> tuple[tuple[str, Face], ...]:
        """The faces of which a small cut is made, by the family name that the style sheet uses."""
        return (
            ("Conversion Song", self.song),
            ("Conversion Title", self.title),
            ("Conversion Hei", self.hei),
        )


@cache
def installed_chain() -> Chain:
    """The faces of this machine.

    Raises:
        SetupIncomplete: fontconfig or one of the faces is missing.
    """
    song, title, hei, rare = (
        _face("Noto Serif CJK SC", "Regular", NOTO_PACKAGE),
        _face("Noto Serif CJK SC", "Bold", NOTO_PACKAGE),
        _face("Noto Sans CJK SC", "Regular", NOTO_PACKAGE),
        _face("BabelStone Han", "Regular", RARE_PACKAGE),
    )
    behind = rare.characters()
    sets = [face.characters() | behind for face in (song, title, hei)]
    return Chain(song=song, title=title, hei=hei, rare=rare, coverage=frozenset.intersection(*sets))


def refuse_missing(number: str, text: str, coverage: frozenset[int]) -> None:
    """Refuse a paper that names a character which no face can print as what it is.

    A missing glyph would print as a box, and its text layer could name another person.

    Raises:
        DocumentRefused: names the first such character, its code point and the font package.
    """
    for character in sorted(set(text) - _WHITE_SPACE):
        if fault := _fault(character, coverage):
            found, remedy = fault
            raise DocumentRefused(f"印制文书{number}", found, remedy)


def _fault(character: str, coverage: frozenset[int]) -> tuple[str, str] | None:
    place = f"U+{ord(character):04X}"
    if kind := _WITHOUT_MEANING.get(unicodedata.category(character)):
        return f"内容含有{place}，是{kind}", "把它改为规范汉字或者删去后重印"
    if ord(character) in coverage:
        return None
    package = RARE_PACKAGE if ord(character) > 0xFFFF else NOTO_PACKAGE  # noqa: PLR2004
    return (
        f"字体中没有“{character}”（{place}）的字形",
        f"核对该字，或者安装、升级收有该字的字体包 {package} 后重印",
    )


def _face(family: str, style: str, package: str) -> Face:
    for found_family, found_style, file, index in _listed():
        if (found_family, found_style) == (family, style):
            return Face(
                family=family, style=style, package=package, file=Path(file), index=int(index)
            )
    raise SetupIncomplete(
        "准备印制文书的字体", f"本机没有字体 {family} {style}", f"运行 apt-get install {package}"
    )


@cache
def _listed() -> tuple[tuple[str, ...], ...]:
    """Family, style, file and index of every face, by `fc-list`."""
    command = which("fc-list")
    if command is None:
        raise SetupIncomplete(
            "查找字体", "本机没有 fc-list 命令", "运行 apt-get install fontconfig"
        )
    form = "%{family[0]}|%{style[0]}|%{file}|%{index}\n"
    done = subprocess.run(  # noqa: S603  # a fixed command, nothing from outside
        [command, "--format", form], capture_output=True, text=True, check=True
    )
    return tuple(_fields(done.stdout))


def _fields(listing: str) -> Iterator[tuple[str, ...]]:
    for line in listing.splitlines():
        fields = tuple(line.split("|"))
        if len(fields) == 4:  # noqa: PLR2004  # a font whose name has a bar is none of ours
            yield fields
