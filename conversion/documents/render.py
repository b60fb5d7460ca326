"""Papers as PDF/A-3u with their facts attached.

The same facts give the same bytes.
"""

import gc
import hashlib
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from cssselect2 import ElementWrapper
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from pydyf import Array, Stream
from typing_extensions import override
from weasyprint import CSS, HTML, Attachment, Document
from weasyprint.document import Page

from conversion.documents.closed_page import refuse_foreign
from conversion.documents.code_drawing import drawing
from conversion.documents.faces import installed_chain, refuse_missing
from conversion.documents.impression import AS_ISSUED, Impression
from conversion.documents.kind import AnyKind, Facts
from conversion.documents.location import templates_folder
from conversion.documents.page_code import PageCodes
from conversion.documents.record import facts_bytes
from conversion.documents.rendering import Rendering
from conversion.documents.shifting import shift
from conversion.documents.stage import Assets, Stage, stage_of, strictly, style_of
from conversion.documents.template import fill
from conversion.errors import DocumentRefused

ATTACHMENT = "facts.json"
VARIANT = "pdf/a-3u"
_POINTS_A_PIXEL = 0.75

_ONE_AT_A_TIME = Lock()  # Pango's font maps are not to be shared between threads


def render(
    kind: AnyKind,
    facts: Facts,
    templates: Path | None = None,
    codes: PageCodes | None = None,
    impression: Impression = AS_ISSUED,
) -> Rendering:
    """Print one paper.

    Args:
        kind: which paper.
        facts: everything that stands on it.
        templates: the folder of page templates; the project's own unless given.
        codes: what makes the codes at the foot of its pages; without it there are none.
        impression: where the page lies on the paper, and how it is marked.

    Raises:
        DocumentRefused: a glyph, an asset or a fact is missing, or the page can't be laid out.
        SetupIncomplete: a face, a library or the templates are missing.
    """
    folder = templates or templates_folder()
    page = fill(kind, facts, folder, coded=codes is not None)
    with _ONE_AT_A_TIME:
        return _print(facts, page, stage_of(folder), codes, impression)


class _Page(HTML):  # type: ignore[misc]  # WeasyPrint ships no types
    """A page in XML, under our own short list of elements.

    The engine's parser forgives what no template of ours may do and takes twenty times as long; its
    own list of elements has hundreds of rules to match. It is told here what its parser would tell.
    """

    def __init__(self, root: Element, assets: Assets, elements: CSS) -> None:
        self.base_url = None
        self.url_fetcher = assets
        self.media_type = "print"
        self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = root
        self._elements = elements

    @override
    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:
        return [self._elements]

    def own_styles(self, number: str) -> list[CSS]:
        """What the page's style elements say; they are taken out, so that each is parsed once."""
        (head,) = self.etree_element.iter("head")
        found = head.findall("style")
        for element in found:
            head.remove(element)
        return [style_of(number, element.text or "") for element in found]


def _print(
    facts: Facts, page: str, stage: Stage, codes: PageCodes | None, impression: Impression
) -> Rendering:
    assets = Assets(stage.assets)
    shown = page + stage.characters + impression.mark
    refuse_missing(facts.number, shown, installed_chain().coverage)
    html = _Page(_parsed(facts.number, page), assets, stage.elements)
    refuse_foreign(facts.number, html.etree_element.iter())
    attached = facts_bytes(facts)
    styles = [stage.style, *html.own_styles(facts.number)]
    if impression.mark:
        styles.append(style_of(facts.number, impression.style))
    with strictly(facts.number, assets), _undisturbed(), warnings.catch_warnings():
        # WeasyPrint 70 leaves its colour profile's file to the garbage collector.
        warnings.simplefilter("ignore", ResourceWarning)
        document = html.render(stylesheets=styles, font_config=stage.fonts, pdf_variant=VARIANT)
        texts = codes(len(document.pages)) if codes else ()
        pdf = document.write_pdf(
            pdf_variant=VARIANT,
            pdf_identifier=hashlib.sha256(attached).digest()[:16],
            attachments=[_attachment(facts, attached)],
            finisher=partial(_finish, texts, impression),
        )
    return Rendering(
        number=facts.number,
        pdf=pdf,
        sha256=hashlib.sha256(pdf).hexdigest(),
        pages=len(document.pages),
        codes=texts,
    )


def _parsed(number: str, page: str) -> Element:
    asked, remedy = f"印制文书{number}", "改正模板：页面是 XML，每个元素都要结束，不声明实体"
    try:
        root: Element = fromstring(page)
    except ParseError as error:
        found = f"页面第{error.position[0]}行不成形：{error.msg}"
        raise DocumentRefused(asked, found, remedy) from None
    except DefusedXmlException as error:
        raise DocumentRefused(asked, f"页面不成形：{error}", remedy) from None
    return root


def _attachment(facts: Facts, content: bytes) -> Attachment:
    midnight = datetime.combine(facts.day, time())
    return Attachment(
        string=content,
        name=ATTACHMENT,
        description="文书所载事实",
        relationship="Data",
        created=midnight,
        modified=midnight,
    )


def _finish(codes: tuple[str, ...], impression: Impression, document: Document, pdf: Any) -> None:
    # WeasyPrint 70 lists a file twice among the catalog's associated files.
    pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])
    numbers = pdf.pages["Kids"][::3]  # each is written as three words: number, generation, R
    for page, number, text in zip(document.pages, numbers, codes, strict=bool(codes)):
        _draw_code(pdf, pdf.objects[number], text, right=_right_edge(page))
    shift(pdf, [pdf.objects[number] for number in numbers], impression)
    for part in pdf.objects:
        if isinstance(part, Stream) and part.compress:
            _deflate(part)


def _deflate(part: Stream) -> None:
    """Compress a stream here: the engine does it twice, to digest and to write, and at its slowest.

    For a font, level 9 takes twice the time of level 6 and saves a thousandth.
    """
    pieces = (p if isinstance(p, bytes) else p.encode("ascii") for p in part.stream)
    part.stream = [zlib.compress(b"\n".join(pieces))]
    part.extra["Filter"] = "/FlateDecode"
    part.compress = False


def _draw_code(pdf: Any, page: Any, text: str, *, right: float) -> None:
    """A stream of its own, after the page's, which leaves its scale behind and so is enclosed."""
    before, after = Stream(["q"]), Stream(["Q", *drawing(text, right)], compress=True)
    pdf.add_object(before)
    pdf.add_object(after)
    page["Contents"] = Array([before.reference, page["Contents"], after.reference])


def _right_edge(page: Page) -> float:
    """Points from the left edge of a page to where its type area ends."""
    return float(page.width - page._page_box.margin_right) * _POINTS_A_PIXEL  # noqa: SLF001


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Without the garbage collector, which walks the growing trees of a page over and over."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
