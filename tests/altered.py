"""A definition that the program might have next year: what a village meets after an upgrade."""

from dataclasses import replace

from conversion.domain.role import Role
from conversion.workflows.definition import DEFINITION, Definition, level
from conversion.workflows.step import CaseCircumstances, Part, Step

LAND = level("land")


def altered(**levels) -> Definition:
    """The shipped definition with levels replaced."""
    return tuple(levels.get(track.name, track) for track in DEFINITION)


def _renamed(step, state, left_as, come_to_as):
    """A step under another name of one state, which may be left as yet another one."""
    source = tuple(left_as if there == state else there for there in step.source)
    target = come_to_as if step.target == state else step.target
    return replace(step, source=source, target=target)


SEAL: Step[CaseCircumstances] = Step(
    event="seal",
    title="村民小组盖章",
    source=("boundaries_signed",),
    target="sealed",
    roles=(Role.VILLAGE,),
    part=Part.RECORD,
)
NEXT_LAND = replace(
    LAND,
    states={
        **{state: title for state, title in LAND.states.items() if state != "signed"},
        "boundaries_signed": "已指界签字",
        "sealed": "小组已盖章",
    },
    steps=(*(_renamed(step, "signed", "sealed", "boundaries_signed") for step in LAND.steps), SEAL),
)
NEXT: Definition = altered(land=NEXT_LAND)
"""Land boundaries are sealed by the villagers' group after they are signed."""

CONFIRMED_ANEW: Definition = altered(
    land=replace(
        LAND,
        states={
            "rights_confirmed" if state == "confirmed" else state: title
            for state, title in LAND.states.items()
        },
        steps=tuple(
            _renamed(step, "confirmed", "rights_confirmed", "rights_confirmed")
            for step in LAND.steps
        ),
    )
)
"""Confirmed land has another name, and nothing else is new."""
