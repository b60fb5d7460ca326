"""A definition that the program might have next year: what a village meets after an upgrade."""

from dataclasses import replace

from conversion.domain.role import Role
from conversion.workflows.definition import DEFINITION, Definition, level
from conversion.workflows.step import CaseCircumstances, Part, Step

LAND = level("land")


def altered(**levels) -> Definition:
    """The shipped definition with levels replaced."""
    return tuple(levels.get(track.name, track) for track in DEFINITION)


def _renamed(step):
    """`signed` becomes `boundaries_signed`, and is sealed by the group before it is posted."""
    source = tuple("sealed" if state == "signed" else state for state in step.source)
    target = "boundaries_signed" if step.target == "signed" else step.target
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
    steps=(*(_renamed(step) for step in LAND.steps), SEAL),
)
NEXT: Definition = altered(land=NEXT_LAND)
"""Land boundaries are sealed by the villagers' group after they are signed."""
