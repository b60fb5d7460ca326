"""Whoever has to choose a code is told what each one means."""

from typing import Any

import pytest

from conversion.policy.code_meaning import MEANINGS, explained
from conversion.policy.pack_file import FILES, ExamplesFile
from conversion.policy.pack_part import PackPart
from conversion.policy.parameter_shape import SHAPES
from conversion.policy.side_by_side import SideBySideFile

FOLDERS: tuple[type[PackPart], ...] = (ExamplesFile, SideBySideFile)
SCHEMAS = [
    *(shape.model_json_schema() for shape in (*FILES.values(), *FOLDERS)),
    *(shape.json_schema() for shape in SHAPES.values()),
]


def closed_sets(schema: Any) -> set[tuple[str, ...]]:
    if isinstance(schema, list):
        return {found for part in schema for found in closed_sets(part)}
    if not isinstance(schema, dict):
        return set()
    within = {found for part in schema.values() for found in closed_sets(part)}
    if "const" in schema:
        within.add((str(schema["const"]).lower(),))
    return within | ({tuple(schema["enum"])} if "enum" in schema else set())


CLOSED = sorted(found for schema in SCHEMAS for found in closed_sets(schema))


@pytest.mark.parametrize("codes", sorted(set(CLOSED)), ids=", ".join)
def test_every_code_that_a_file_may_have_has_its_meaning(codes):
    told = explained(codes)

    for code in codes:
        assert code in told if not code.isascii() else f"{code}（" in told.replace('"', ""), code


def test_no_meaning_is_left_over():
    sets = {frozenset(codes) for codes in CLOSED}

    assert [sorted(meant) for meant in MEANINGS if frozenset(meant) not in sets] == []


def test_codes_that_nobody_explains_are_listed_as_they_are():
    assert explained(["a", "7"]) == 'a、"7"'
