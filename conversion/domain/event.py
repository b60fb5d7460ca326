"""What happened, as the steps and the papers need it: an act with its person, day and grounds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from conversion.domain.role import Role
from conversion.domain.standing import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One act in a chain, read back from its sealed entry.

    Attributes:
        seq: place in the chain, from 1.
        at: when it was recorded; `day`: the day on which it counts in law (local).
        actor: account; `actor_name`: name as printed.
        on_behalf: account of the principal whom the actor stood in for, empty if for nobody.
        level: the track; `event`: the step within it.
        source, target: state before and after.
        form: what was filled in, public fields only.
        decision: the rule's trace as sealed, None when the step has no rule.
    """

    seq: int
    at: datetime
    day: date
    actor: str
    actor_name: str
    roles: tuple[Role, ...]
    level: str
    event: str
    source: str | None
    target: str | None
    form: Mapping[str, Json]
    decision: Json = None
    on_behalf: str = ""

    @property
    def persons(self) -> frozenset[str]:
        """The accounts of whoever stood behind the act: the person, and the principal."""
        return frozenset({self.actor, self.on_behalf} - {""})

    @property
    def act(self) -> str:
        """Track and step, e.g. `shares.allocate`."""
        return f"{self.level}.{self.event}"
