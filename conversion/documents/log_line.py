"""One entry of the log as auditors read it on paper: who did what when, sealed by which digest."""

from conversion.documents.kind import Part

DIGITS = 16
"""Of an entry's digest, as many as a line prints; roots are printed whole."""


class LogLine(Part):
    """An entry without what is personal.

    Attributes:
        index: place in the village's log, from 1; seq: place in its chain, from 1.
        chain: number of the case, or the programme's code.
        at: local time to the second, e.g. `2010-03-01 09:30:00`.
        who: name as printed, with whom the person stood in for; posts: the roles held then.
        what: the act as people call it; led: from which state to which, may be empty.
        filled: what was filled in that is nobody's secret, each with its name; may be empty.
        papers: numbers of the papers issued.
        digest: first digits of the SHA-256 of the entry's bytes.
    """

    index: int
    seq: int
    chain: str
    at: str
    who: str
    posts: str
    what: str
    led: str
    filled: tuple[str, ...]
    papers: tuple[str, ...]
    digest: str


class LogState(Part):
    """How a log stood: its name, its size, and the hex root of its tree (RFC 6962)."""

    name: str
    size: int
    root: str

    @property
    def grouped(self) -> str:
        """The root in groups of eight, to be compared by eye."""
        return by_eight(self.root)

    @property
    def label(self) -> str:
        """What stands on a print-out in place of a number."""
        return f"日志{self.size}条·根{self.root[:DIGITS]}"


def by_eight(digest: str) -> str:
    """A digest in groups of eight characters.

    >>> by_eight("5d" * 8)
    '5d5d5d5d 5d5d5d5d'
    """
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))
