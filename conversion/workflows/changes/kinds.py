"""The registry: every kind of change there is."""

from typing import Final

from conversion.workflows.changes.birth import BIRTH
from conversion.workflows.changes.death import DEATH
from conversion.workflows.changes.head import HEAD_CHANGE
from conversion.workflows.changes.identity import IDENTITY
from conversion.workflows.changes.kind import Kind

KINDS: Final[tuple[Kind, ...]] = (
    BIRTH,
    DEATH,
    HEAD_CHANGE,
    IDENTITY,
)
"""In the order in which screens list them."""

BY_EVENT: Final = {kind.event: kind for kind in KINDS}
"""Event of the proposing step → kind."""
