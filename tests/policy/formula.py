"""How a line of a trace came by its figure, as tests read it."""

from conversion.policy.decision import TraceLine


def words(line: TraceLine) -> str:
    """The formula in words."""
    assert line.formula
    return line.formula.words


def numbers(line: TraceLine) -> str:
    """The formula in figures."""
    assert line.formula
    return line.formula.numbers
