"""Relations to a new head follow where they must, and are asked for where they may not."""

from datetime import date

import pytest

from conversion.standards.rebased_relation import rebased
from tests.builders import a_member


def person(relation, sex="1", born=1960):
    return a_member("02", "某人", relation, sex, date(born, 1, 1))


OLD_HEAD = person("02", "1", 1955)
WIFE = person("12", "2", 1957)
SON = person("22", "1", 1980)
FATHER = person("51", "1", 1930)


@pytest.mark.parametrize(
    ("head", "whose", "relation"),
    [
        (WIFE, OLD_HEAD, "11"), (WIFE, SON, "22"), (WIFE, person("38", "2"), "38"),
        (WIFE, person("41"), "41"), (WIFE, FATHER, "53"), (WIFE, person("52", "2"), "54"),
        (WIFE, person("56", "2"), "52"), (WIFE, person("73"), None),
        (SON, OLD_HEAD, "51"), (SON, WIFE, "52"), (SON, person("23", "1", 1985), "73"),
        (SON, person("32", "2", 1975), "75"), (SON, FATHER, "61"), (SON, person("55"), "63"),
        (SON, person("38", "2"), None), (SON, person("41"), None), (SON, person("97"), None),
        (FATHER, OLD_HEAD, "20"), (FATHER, WIFE, "38"), (FATHER, SON, "41"),
        (FATHER, person("32", "2"), "42"), (FATHER, person("52", "2"), "12"),
        (FATHER, person("71"), None), (person("73"), WIFE, None), (OLD_HEAD, person("73"), "73"),
    ],
)  # fmt: skip
def test_what_follows_is_derived_and_what_does_not_is_asked(head, whose, relation):
    assert rebased(whose, head, OLD_HEAD) == relation


def test_the_new_head_is_the_head():
    assert rebased(SON, SON, OLD_HEAD) == "02"


def test_a_mother_who_was_head_leaves_maternal_grandparents():
    mother = person("02", "2", 1955)
    assert rebased(FATHER, SON, mother) == "63"
    assert rebased(SON, FATHER, mother) == "43"
