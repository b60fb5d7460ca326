"""A missing face or glyph is named with the package that has it."""

import pytest

from conversion.documents import faces
from conversion.documents.faces import NOTO_PACKAGE, RARE_PACKAGE, installed_chain, refuse_missing
from conversion.errors import DocumentRefused, SetupIncomplete


def test_the_chain_prints_what_noto_alone_does_not_have():
    chain = installed_chain()

    assert ord("𣒍") not in chain.song.characters()
    assert {ord("𣒍"), ord("𮧵"), ord("龘"), ord("张")} <= chain.coverage


def test_without_babelstone_a_rare_name_is_refused_with_its_package():
    with pytest.raises(DocumentRefused) as refused:
        refuse_missing("坪社审〔2009〕0001号", "张𣒍", installed_chain().song.characters())

    assert "“𣒍”（U+2348D）" in refused.value.found
    assert RARE_PACKAGE in refused.value.remedy


def test_without_noto_a_common_name_is_refused_with_its_package():
    with pytest.raises(DocumentRefused) as refused:
        refuse_missing("坪社审〔2009〕0001号", "张", frozenset())

    assert "U+5F20" in refused.value.found
    assert NOTO_PACKAGE in refused.value.remedy


def test_characters_without_a_fixed_form_are_refused_even_if_a_font_draws_them():
    drawn = installed_chain().rare.characters() | {0xE000, 0x200B}

    for character in "\ue000\u200b":
        with pytest.raises(DocumentRefused):
            refuse_missing("坪社审〔2009〕0001号", character, drawn)


def test_line_ends_of_the_template_need_no_glyph():
    refuse_missing("坪社审〔2009〕0001号", "甲\n\r\t", frozenset({ord("甲")}))


def test_a_missing_face_names_its_package(monkeypatch):
    monkeypatch.setattr(faces, "_listed", lambda: (("Noto Serif CJK SC", "Bold", "/a.ttc", "2"),))

    with pytest.raises(SetupIncomplete) as incomplete:
        installed_chain.__wrapped__()

    assert incomplete.value.remedy == "运行 apt-get install fonts-noto-cjk"


def test_a_machine_without_fontconfig_is_told_so(monkeypatch):
    monkeypatch.setattr(faces, "which", lambda _name: None)

    with pytest.raises(SetupIncomplete) as incomplete:
        faces._listed.__wrapped__()

    assert "fontconfig" in incomplete.value.remedy
