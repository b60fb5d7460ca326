"""What the machine has of the things that printing and dating rest on: looked at, not judged."""

import ctypes
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import chinese_calendar

# The names of one library on Linux, macOS and Windows, as the layout engine looks for them.
PANGO = ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll")
PANGO_FREETYPE = ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll")
HARFBUZZ_SUBSET = (
    "libharfbuzz-subset.so.0",
    "libharfbuzz-subset.0.dylib",
    "libharfbuzz-subset-0.dll",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """The machine as found; a library that doesn't load is None."""

    python: tuple[int, int, int]
    pango: tuple[int, int, int] | None
    harfbuzz_subset: str | None
    families: Mapping[str, frozenset[str]]
    """Each character asked after, with the font families that have it."""
    calendar_until: int
    """The last year whose working days are known (国务院办公厅 publishes each November)."""


def look(characters: Iterable[str]) -> Machine:
    """The machine this runs on."""
    return Machine(
        python=sys.version_info[:3],
        pango=pango_version(),
        harfbuzz_subset=harfbuzz_subset_version(),
        families={character: families_with(character) for character in characters},
        calendar_until=max(day.year for day in chinese_calendar.holidays),
    )


def pango_version() -> tuple[int, int, int] | None:
    """The version of Pango, or None where it or its FreeType half doesn't load."""
    pango = library(PANGO)
    if pango is None or library(PANGO_FREETYPE) is None:
        return None
    # Pango encodes 1.50.12 as 15012.
    version: int = pango.pango_version()
    return version // 10000, version // 100 % 100, version % 100


def harfbuzz_subset_version() -> str | None:
    """The version of HarfBuzz whose subsetting half loads, or None."""
    subset = library(HARFBUZZ_SUBSET)
    if subset is None:
        return None
    subset.hb_version_string.restype = ctypes.c_char_p
    version: bytes = subset.hb_version_string()
    return version.decode("ascii")


def library(names: Iterable[str]) -> ctypes.CDLL | None:
    """The first of these shared libraries that loads."""
    for name in names:
        try:
            return ctypes.CDLL(name)
        except OSError:
            continue
    return None


def families_with(character: str) -> frozenset[str]:
    """The font families that have a character, by every name they bear; none without fontconfig."""
    fc_list = shutil.which("fc-list")
    if fc_list is None:
        return frozenset()
    listing = subprocess.run(  # noqa: S603 (the argument is a code point in hexadecimal)
        [fc_list, f":charset={ord(character):x}", "family"],
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    return frozenset(name for line in listing.stdout.splitlines() for name in line.split(","))
