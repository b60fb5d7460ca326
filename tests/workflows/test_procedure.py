"""Procedures written down: terms and decisions for many are part of them; old ones stay readable."""

import hashlib
import json
from dataclasses import replace

import pytest

from conversion.domain.role import Role
from conversion.history.canonical import canonical
from conversion.policy.deadline import Deadline
from conversion.workflows.definition import DEFINITION, level
from conversion.workflows.difference import amendments
from conversion.workflows.procedure import Procedures, written
from conversion.workflows.term import Term
from tests.altered import altered

SINCE = ("term", "for_many")
LAND = level("land")


def of_the_first_offices():
    """The definition as it was written down before terms were part of it."""
    data = json.loads(written(DEFINITION).to_bytes())
    for procedure in data["levels"]:
        for step in procedure["steps"]:
            for name in SINCE:
                del step[name]
    return canonical(data)


def with_posting(**others):
    """The definition of which land is posted otherwise."""
    steps = (replace(s, **others) if s.event == "post" else s for s in LAND.steps)
    return written(altered(land=replace(LAND, steps=tuple(steps))))


def told(old, new):
    return [amendment.sentence for amendment in amendments(old, new)]


def test_what_was_stored_is_read_back_to_the_byte_by_whatever_program():
    for data in (of_the_first_offices(), written(DEFINITION).to_bytes()):
        read = Procedures.read(data)

        assert read.to_bytes() == data
        assert read.sha256 == hashlib.sha256(data).hexdigest()


def test_a_chain_of_the_first_offices_goes_on_for_what_its_definition_never_said_did_not_change():
    first = Procedures.read(of_the_first_offices())

    assert first.sha256 != written(DEFINITION).sha256
    assert amendments(first, written(DEFINITION)) == ()
    assert amendments(written(DEFINITION), first) == ()


@pytest.mark.parametrize(
    ("others", "sentence"),
    [
        ({"for_many": False}, "步骤“公示土地权属”（post）改为须逐案办理"),
        (
            {"term": None},
            (
                "步骤“公示土地权属”（post）的办理期限"
                "由“确认土地权属，由镇（街道）办理，自公示期满起”改为“无”"
            ),
        ),
        (
            {"term": Term(deadline=Deadline.LAND_CONFIRMATION, roles=(Role.DISTRICT,))},
            (
                "步骤“公示土地权属”（post）的办理期限"
                "由“确认土地权属，由镇（街道）办理，自公示期满起”"
                "改为“确认土地权属，由区人民政府办理，自办理之日起”"
            ),
        ),
    ],
)
def test_who_has_how_long_and_for_how_many_is_part_of_the_procedure(others, sentence):
    changed = with_posting(**others)

    assert changed.sha256 != written(DEFINITION).sha256
    assert told(written(DEFINITION), changed) == [sentence]


def test_many_cases_at_once_is_told_where_it_is_new():
    assert told(with_posting(for_many=False), written(DEFINITION)) == [
        "步骤“公示土地权属”（post）改为可以成批办理"
    ]
