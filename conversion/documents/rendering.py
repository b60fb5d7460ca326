"""A paper as printed: what rendering gives, apart from the engine that does it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """A printed paper.

    Attributes:
        number: the paper's number; pdf: the file; sha256: hex digest of the file.
        codes: the text of each page's code; none on a paper without.
        page_sha256: hex digest of the file before it was signed; empty when it is not signed.
    """

    number: str
    pdf: bytes
    sha256: str
    pages: int
    codes: tuple[str, ...] = ()
    page_sha256: str = ""
