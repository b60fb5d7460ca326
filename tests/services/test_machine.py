"""What the machine is found to have."""

from conversion.services.machine import families_with, library, look


def test_the_machine_that_runs_the_suite_has_what_papers_need():
    machine = look("龙𣒍")

    assert machine.pango is not None
    assert machine.pango >= (1, 44, 0)
    assert machine.harfbuzz_subset is not None
    assert "Noto Serif CJK SC" in machine.families["龙"]
    assert "BabelStone Han" in machine.families["𣒍"]


def test_a_character_that_no_font_has_finds_no_family():
    assert families_with("\U000fffff") == frozenset()


def test_without_fontconfig_no_family_is_found(monkeypatch):
    monkeypatch.setenv("PATH", "")

    assert families_with("龙") == frozenset()


def test_a_library_that_is_not_there_is_none():
    assert library(["libno-such-library.so.9"]) is None
