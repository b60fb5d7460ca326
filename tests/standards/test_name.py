"""Names: put right where that is certain, reported where it isn't, and never altered unsaid."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversion.standards import name

HAN = st.one_of(
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
    st.characters(min_codepoint=0x3400, max_codepoint=0x4DBF),
    st.characters(min_codepoint=0x20000, max_codepoint=0x2A6DF),
)


def codes(text):
    return [fault.code for fault in name.normalise(text)[1]]


@pytest.mark.parametrize(
    "plain",
    [
        "张三",
        "欧阳娜娜",
        "阿卜杜拉·买买提",
        "𣒍小明",
        "𮧵",
        "〇一",
        "﨑本",  # U+FA11 is in the compatibility block, but nothing else's duplicate
        "龴家𪚥",
        "\U00031350",  # newer than this Python's character database
        "买买提" * 9,
    ],
)
def test_a_name_as_the_register_has_it_is_left_alone(plain):
    assert name.normalise(plain) == (plain, ())


@pytest.mark.parametrize("separator", list("•‧・･．.∙⋅●∘◦⸱ㆍ﹒"))
def test_a_look_alike_separator_becomes_the_middle_dot_and_is_reported(separator):
    written = f"阿卜杜拉{separator}买买提"

    corrected, (fault,) = name.normalise(written)

    assert corrected == "阿卜杜拉·买买提"
    assert fault.code == "name.separator"
    assert not fault.is_error
    assert separator in fault.sentence


@pytest.mark.parametrize(
    ("written", "corrected", "expected"),
    [
        (" 张　三\u200b", "张三", ["name.invisible"]),
        ("\u202e张三\u2069", "张三", ["name.invisible"]),
        ("\ufeff张三\r\n", "张三", ["name.invisible"]),
        ("阿卜杜拉 • 买买提", "阿卜杜拉·买买提", ["name.invisible", "name.separator"]),
        ("阿卜杜拉··买买提", "阿卜杜拉·买买提", ["name.separator"]),
        ("葛\U000e0100城", "葛城", ["name.invisible"]),
        ("郎\uf92c", "郎郎", ["name.compatibility"]),
        ("\u2fa6鑫", "金鑫", ["name.compatibility"]),
        ("\U0002f804小", "你小", ["name.compatibility"]),
        ("Jose\u0301", "José", ["name.composition", "name.foreign"]),
    ],
)
def test_what_can_be_put_right_without_doubt_is_and_is_reported(written, corrected, expected):
    assert name.normalise(written)[0] == corrected
    assert codes(written) == expected
    assert not any(fault.is_error for fault in name.normalise(written)[1][:1])


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("", "name.empty"),
        (" \u200b", "name.empty"),
        ("张" * 101, "name.length"),
        ("张*三", "name.unreadable"),
        ("张□", "name.unreadable"),
        ("张？", "name.unreadable"),
        ("张\ufffd", "name.unreadable"),
        ("张三（长子）", "name.character"),
        ("张\U0001f600", "name.character"),
        ("·张三", "name.separator_place"),
        ("张三•", "name.separator_place"),
        ("\u2ed3孙", "name.radical"),
        ("\ue001小明", "name.private_use"),
        ("\U000f0001小明", "name.private_use"),
    ],
)
def test_what_only_a_person_can_settle_is_an_error_and_stays_as_written(written, expected):
    faults = name.normalise(written)[1]

    assert expected in [fault.code for fault in faults if fault.is_error]


def test_a_private_use_character_is_named_by_its_code_point():
    (fault,) = name.normalise("\ue001小明")[1]

    assert "U+E001" in fault.sentence


def test_a_private_use_character_of_the_old_standard_is_told_its_place_since():
    (fault,) = name.normalise("\ue81e小明")[1]

    assert "“龴”（U+9FB4）" in fault.sentence


@pytest.mark.parametrize("written", ["张san", "张3", "ABC", "Ａ李"])
def test_letters_and_digits_are_worth_a_look_once(written):
    (fault,) = name.normalise(written)[1]

    assert fault.code == "name.foreign"
    assert not fault.is_error


@settings(deadline=None)
@given(st.lists(HAN, min_size=1, max_size=100).map("".join))
def test_any_han_name_of_up_to_a_hundred_characters_fits_unchanged(written):
    assert name.normalise(written) == (written, ())


@settings(deadline=None)
@given(st.text(max_size=40))
def test_normalising_twice_changes_nothing_more(text):
    once = name.normalise(text)[0]

    assert name.normalise(once)[0] == once


@settings(deadline=None)
@given(st.text(max_size=40))
def test_nothing_is_changed_without_saying_so(text):
    corrected, faults = name.normalise(text)

    assert corrected == text or faults
    assert unicodedata.is_normalized("NFC", corrected)
