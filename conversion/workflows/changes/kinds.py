"""The registry: every kind of change there is."""

from typing import Final

from conversion.workflows.changes.arrival import ADOPTION, LATE_JOINER, MARRIAGE_IN
from conversion.workflows.changes.birth import BIRTH
from conversion.workflows.changes.death import DEATH
from conversion.workflows.changes.declared_death import DECLARED_DEATH, RETURN
from conversion.workflows.changes.divorce import DIVORCE
from conversion.workflows.changes.duplicate import DUPLICATE
from conversion.workflows.changes.head import HEAD_CHANGE
from conversion.workflows.changes.identity import IDENTITY
from conversion.workflows.changes.kind import Kind
from conversion.workflows.changes.marriage_out import MARRIAGE_OUT, MARRIAGE_OUT_CONFIRMED
from conversion.workflows.changes.merge import MERGE
from conversion.workflows.changes.representing import GUARDIAN, MISSING, PROXY
from conversion.workflows.changes.split import SPLIT

KINDS: Final[tuple[Kind, ...]] = (
    BIRTH,
    DEATH,
    MARRIAGE_IN,
    MARRIAGE_OUT,
    MARRIAGE_OUT_CONFIRMED,
    DIVORCE,
    ADOPTION,
    SPLIT,
    MERGE,
    HEAD_CHANGE,
    IDENTITY,
    LATE_JOINER,
    PROXY,
    GUARDIAN,
    MISSING,
    DECLARED_DEATH,
    RETURN,
    DUPLICATE,
)
"""In the order in which screens list them."""

BY_EVENT: Final = {kind.event: kind for kind in KINDS}
"""Event of the proposing step → kind."""
