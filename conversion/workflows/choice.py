"""What a form may be filled in with, where the pack lists it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A code that a form may be filled in with, where the pack lists them.

    Attributes:
        meaning: what follows from it; papers: what has to be brought; clause: what it rests on.
    """

    code: str
    title: str
    meaning: str
    papers: tuple[str, ...] = ()
    clause: str = ""
