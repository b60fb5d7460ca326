"""One file for the printer from many papers: each begins on a front page, a list lies on top.

The list is no paper: it has no number and no seal. The one place that speaks to pikepdf.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from pikepdf import OutlineItem, Pdf

from conversion.documents.kind import DocumentKind, Facts, Occasion, Part

_A4: Final = (595.276, 841.89)
"""Points."""

_VERSION: Final = "1.7"
"""Of PDF, as the papers have it: a new file says 1.3 whatever is put in."""


class BoundPaper(Part):
    """A paper as the list names it.

    Attributes:
        head: the head of household's name, masked; empty for the village's own.
        pages: without the blank one behind it; copies: how many are printed.
    """

    household: str
    head: str
    title: str
    number: str
    pages: int
    copies: int


class Fetching(Part):
    """A household's line to sign on when its papers are fetched."""

    household: str
    head: str
    papers: int


class BundleCover(Facts):
    """What lies on top of a bundle: what is in it, and a list to sign.

    Attributes:
        number: the bundle's name; it has no number of a series.
        issuing_office: who hands out; before: the village; group: 村民小组.
    """

    issuing_office: str
    before: str
    group: str
    papers: tuple[BoundPaper, ...]
    fetching: tuple[Fetching, ...]


def _no_step_issues_it(_: Occasion) -> BundleCover:
    raise NotImplementedError


BUNDLE_COVER: DocumentKind[Occasion] = DocumentKind(
    id="bundle_cover",
    title="文书装订清单",
    series="",
    template="bundle_cover.html",
    version="1",
    facts_model=BundleCover,
    facts=_no_step_issues_it,
    signers=(),
    copies=("发放人",),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A file of a bundle, and the name under which a reader finds it."""

    name: str
    pdf: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """Files bound into one, and its pages with the blank ones."""

    pdf: memoryview
    pages: int


def pages_of(pdf: bytes) -> int:
    """How many pages a file has."""
    with Pdf.open(BytesIO(pdf)) as opened:
        return len(opened.pages)


def bound(leaves: Iterable[Leaf]) -> Bound:
    """The files as one, each from an odd page on, so that both sides can be printed.

    Only pages are taken over: what is attached to a paper, and its signature, stay with its file.
    """
    written = BytesIO()
    with Pdf.new() as whole:
        with whole.open_outline() as outline:
            for leaf in leaves:
                outline.root.append(OutlineItem(leaf.name, len(whole.pages)))
                _append(whole, leaf.pdf)
        whole.save(written, min_version=_VERSION)
        return Bound(pdf=written.getbuffer(), pages=len(whole.pages))


def _append(whole: Pdf, pdf: bytes) -> None:
    with Pdf.open(BytesIO(pdf)) as leaf:
        for page in leaf.pages:
            # The place of the signature, which nobody sees: it means nothing outside its file.
            if "/Annots" in page:
                del page["/Annots"]
            whole.pages.append(page)
    if len(whole.pages) % 2:
        whole.add_blank_page(page_size=_A4)
