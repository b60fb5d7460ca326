"""Need: what a rule asks of where the levels of a case stand, as data.

A guard that looks at other levels tests by its needs, the exhaustive check explores by them, and
the cross-rules are stated in them: one source for what is enforced and what is proven.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One level stands in one of these states, or, `outside`, in none of them."""

    level: str
    states: tuple[str, ...]
    outside: bool = False

    def is_met(self, positions: Mapping[str, str]) -> bool:
        """Whether the level stands so.

        >>> Need(level="case", states=("draft",), outside=True).is_met({"case": "accepted"})
        True
        """
        return self.admits(positions[self.level])

    def admits(self, state: str) -> bool:
        """Whether the level may stand in this state."""
        return (state in self.states) is not self.outside


Needs: TypeAlias = tuple[tuple[Need, ...], ...]
"""Alternatives, each a group that must be met together; none at all asks nothing."""


def are_met(needs: Needs, positions: Mapping[str, str]) -> bool:
    """Whether one of the alternatives is met in full."""
    return not needs or any(all(n.is_met(positions) for n in group) for group in needs)
