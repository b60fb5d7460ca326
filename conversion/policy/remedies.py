"""Where a household may turn against a decision 救济途径: in the words of the pack, by the day."""

from conversion.policy.decision import ParameterUse
from conversion.policy.pack import PackOnDay

REMEDIES = "remedies"
"""The parameter whose words tell it; terms differ by year."""


def remedies(pack: PackOnDay) -> tuple[ParameterUse, ...]:
    """The words in force, for the trace of a decision that a paper tells; none where none are."""
    return (pack.use(REMEDIES),) if pack.has(REMEDIES) else ()
