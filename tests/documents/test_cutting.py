"""Faces are cut once and kept."""

import pytest
from fontTools.ttLib import TTFont

from conversion.documents import cutting
from conversion.documents.cutting import cache_folder, common_characters, cut_file
from conversion.documents.faces import installed_chain
from conversion.errors import SetupIncomplete
from conversion.standards.general_character import general_characters


def test_common_characters_are_the_national_table_gb2312_and_a_few_signs():
    common = common_characters()

    assert common >= set(map(ord, general_characters()))
    assert len([c for c in common if 0x4E00 <= c <= 0x9FFF]) == 7957
    assert {ord(c) for c in "村张Aa09〔〕·—㎡√□→"} <= common
    assert ord("龘") not in common


def test_a_cut_has_the_common_characters_of_its_face(tmp_path):
    face = installed_chain().hei

    cut = TTFont(cut_file(face, "Conversion Hei", tmp_path))

    kept = set(cut.getBestCmap())
    assert kept >= common_characters() & face.characters()
    assert len(kept - common_characters()) < 10, "only signs that share a glyph with a common one"


def test_a_cut_has_a_family_of_its_own(tmp_path):
    file = cut_file(installed_chain().title, "Conversion Title", tmp_path)

    assert TTFont(file)["name"].getBestFamilyName() == "Conversion Title"


def test_a_cut_is_made_once_and_always_the_same(tmp_path, monkeypatch):
    face = installed_chain().hei
    first = cut_file(face, "Conversion Hei", tmp_path)
    again = cut_file(face, "Conversion Hei", tmp_path / "elsewhere")
    assert first.read_bytes() == again.read_bytes()
    again.unlink()
    again.parent.rmdir()
    monkeypatch.setattr(cutting, "_cut", lambda _face: pytest.fail("cut again"))

    assert cut_file(face, "Conversion Hei", tmp_path) == first
    assert list(tmp_path.iterdir()) == [first]


def test_a_cache_that_cannot_be_written_is_said(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")

    with pytest.raises(SetupIncomplete) as incomplete:
        cut_file(installed_chain().hei, "Conversion Hei", blocked / "faces")

    assert "XDG_CACHE_HOME" in incomplete.value.remedy


def test_a_broken_font_file_names_its_package(monkeypatch, tmp_path):
    def fail(*_):
        raise RuntimeError

    monkeypatch.setattr("uharfbuzz.subset", fail)

    with pytest.raises(SetupIncomplete) as incomplete:
        cut_file(installed_chain().hei, "Conversion Hei", tmp_path)

    assert "fonts-noto-cjk" in incomplete.value.remedy


def test_the_cache_is_the_user_s(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))

    assert cache_folder() == tmp_path / "conversion" / "faces"
