"""Who is head, and what a relation says of sex and age."""

import pytest

from conversion.standards import relation


def test_the_head_is_02_and_nobody_else():
    heads = [code for code in relation.TABLE.titles if relation.is_head(code)]

    assert heads == ["02"] == [relation.HEAD]
    assert relation.title_of("02") == "户主"


def test_the_person_asked_is_not_the_head():
    assert relation.code_of("本人") == "01"
    assert not relation.is_head("01")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("户主", "02"), ("02", "02"), ("０２", "02"), ("妻子", "12"), ("丈夫", "11"),
        ("配偶", "10"), ("儿子", "20"), ("长子", "22"), ("次子", "23"), ("二子", "23"),
        ("女儿", "30"), ("次女", "33"), ("二女", "33"), ("父亲", "51"), ("母亲", "52"),
        ("儿媳", "38"), ("儿媳妇", "38"), ("女婿", "28"), ("孙子", "41"), ("孙女", "42"),
        ("外孙", "43"), ("曾孙", "47"), ("爷爷", "61"), ("外婆", "64"), ("嫂子", "72"),
        ("弟媳", "74"), ("侄儿", "93"), ("姨夫", "87"), ("堂妹", "91"), ("非亲属", "99"),
        (" 长 子", "22"), ("其它", "80"),
    ],
)  # fmt: skip
def test_the_words_of_a_roster_become_codes(typed, code):
    assert relation.code_of(typed) == code


@pytest.mark.parametrize("typed", ["", "1", "2", "8", "媳妇", "98", "03", "邻居", "老大"])
def test_what_could_mean_two_things_is_not_guessed(typed):
    assert relation.code_of(typed) is None


@pytest.mark.parametrize(
    ("code", "sex"),
    [("11", "1"), ("12", "2"), ("28", "1"), ("38", "2"), ("74", "2"), ("10", None), ("02", None)],
)
def test_some_relations_imply_a_sex(code, sex):
    assert relation.implied_sex(code) == sex


@pytest.mark.parametrize(
    ("code", "generation"),
    [
        ("02", 0), ("12", 0), ("22", -1), ("38", -1), ("46", -2), ("47", -3), ("52", 1),
        ("56", 1), ("61", 2), ("66", 3), ("77", 0), ("85", 1), ("92", 0), ("96", -1),
        ("80", None), ("97", None), ("99", None),
    ],
)  # fmt: skip
def test_a_relation_places_a_person_some_generations_from_the_head(code, generation):
    assert relation.generation(code) == generation


def test_an_unknown_code_implies_nothing():
    assert relation.implied_sex("03") is None
    assert relation.generation("03") is None


def test_each_line_of_a_decade_keeps_to_its_sex():
    """Sons are 20–29, daughters 30–39: one swapped digit would make a wrong certificate."""
    assert {relation.implied_sex(f"{code}") for code in range(20, 30)} == {"1"}
    assert {relation.implied_sex(f"{code}") for code in range(30, 40)} == {"2"}
    assert len(relation.RELATIONS) == 84
