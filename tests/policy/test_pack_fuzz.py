"""Whatever happens to a pack's files, it is sound or its faults are told: nothing is half-loaded."""

import random
import shutil
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conversion.errors import PackInvalid
from conversion.policy.examination import examine
from conversion.policy.loading import load_pack
from conversion.policy.location import packs_folder
from conversion.policy.marked_yaml import read_marked

pytestmark = pytest.mark.whole

SOURCE = packs_folder() / "huichuan-2009"
FILES = sorted(path.name for path in SOURCE.glob("*.yaml"))
PIECES = (
    "&a ", "*a", "!x ", "<<: {}", "- ", "? ", ": ", "{", "}", "[", "]", "'", '"', "|", "%", "\t",
    "  ", "\x00", "\ud7ff", "null", "1.5", "1e999", "2009-13-01", "-", "…", "\u202e", "#", "true",
)  # fmt: skip


def dropped(lines, at, _):
    return lines[:at] + lines[at + 1 :]


def doubled(lines, at, _):
    return [*lines[: at + 1], lines[at], *lines[at + 1 :]]


def swapped(lines, at, chance):
    other = chance.randrange(len(lines))
    lines = [*lines]
    lines[at], lines[other] = lines[other], lines[at]
    return lines


def indented(lines, at, chance):
    return [*lines[:at], " " * chance.randrange(1, 5) + lines[at], *lines[at + 1 :]]


def cut(lines, at, chance):
    line = lines[at]
    return [*lines[:at], line[: chance.randrange(len(line) + 1)], *lines[at + 1 :]]


def stuffed(lines, at, chance):
    line, place = lines[at], chance.randrange(len(lines[at]) + 1)
    return [*lines[:at], line[:place] + chance.choice(PIECES) + line[place:], *lines[at + 1 :]]


def renamed(lines, at, _):
    key, colon, rest = lines[at].partition(":")
    return [*lines[:at], f"{key}x{colon}{rest}", *lines[at + 1 :]]


def emptied(lines, at, _):
    return [*lines[:at], lines[at].partition(":")[0] + ":", *lines[at + 1 :]]


def cut_off(lines, at, _):
    return lines[:at]


WAYS = (dropped, doubled, swapped, indented, cut, stuffed, renamed, emptied, cut_off)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    copy = tmp_path_factory.mktemp("fuzz") / "huichuan-2009"
    shutil.copytree(SOURCE, copy)
    return copy


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    file=st.sampled_from(FILES),
    ways=st.lists(st.sampled_from(WAYS), min_size=1, max_size=3),
    seed=st.integers(0, 2**32),
)
def test_a_spoilt_file_is_sound_or_told_by_file_and_line(folder, file, ways, seed):
    chance, path = random.Random(seed), folder / file
    original = (SOURCE / file).read_text("utf-8")
    lines = original.split("\n")
    for way in ways:
        lines = way(lines or [""], chance.randrange(max(len(lines), 1)), chance)
    try:
        path.write_text("\n".join(lines), "utf-8")

        found = examine(folder, day=date(2020, 1, 1), unchanged=3)

        for fault in found.faults:
            assert fault.file in FILES
            assert fault.line >= 1
            assert fault.sentence
        if found.faults:
            assert (found.warnings, found.examples) == ((), ())
            with pytest.raises(PackInvalid):
                load_pack(folder)
    finally:
        path.write_text(original, "utf-8")


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400), st.booleans())
def test_whatever_the_bytes_they_are_data_or_told(content, foreign):
    data, faults = read_marked(content, "a.yaml", foreign=foreign)

    assert (data is None) == bool(faults)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from([*PIECES, "a", "b: 1", "\n", "甲"]), max_size=40), st.booleans())
def test_whatever_the_signs_they_are_data_or_told(pieces, foreign):
    content = "".join(pieces).encode("utf-8", "surrogatepass")

    data, faults = read_marked(content, "a.yaml", foreign=foreign)

    assert (data is None) == bool(faults)
