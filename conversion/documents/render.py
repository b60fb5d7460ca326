"""Papers as PDF/A-3u with their facts attached; the only module that speaks to WeasyPrint.

The same facts give the same bytes. Nothing is fetched: styles and faces come from a closed table,
and a page that asks for anything else, or that the engine has any complaint about, is refused.
"""

import hashlib
import logging
import os
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time
from functools import cache, partial
from pathlib import Path
from threading import Lock, get_ident
from typing import Any

from pydyf import Array, Stream
from typing_extensions import override
from weasyprint import CSS, HTML, Attachment, Document
from weasyprint.document import Page
from weasyprint.text.ffi import ffi, fontconfig, harfbuzz_subset, pangoft2
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from conversion.documents.code_drawing import drawing
from conversion.documents.cutting import cache_folder, cut_file
from conversion.documents.faces import installed_chain, refuse_missing
from conversion.documents.kind import AnyKind, Facts
from conversion.documents.location import templates_folder
from conversion.documents.page_code import PageCodes
from conversion.documents.record import facts_bytes
from conversion.documents.rendering import Rendering
from conversion.documents.template import fill
from conversion.errors import DocumentRefused, SetupIncomplete

STYLE = "_page.css"
ATTACHMENT = "facts.json"
VARIANT = "pdf/a-3u"
_POINTS_A_PIXEL = 0.75

_LOGGER = logging.getLogger("weasyprint")
_ONE_AT_A_TIME = Lock()  # Pango's font maps are not to be shared between threads


def render(
    kind: AnyKind,
    facts: Facts,
    templates: Path | None = None,
    codes: PageCodes | None = None,
) -> Rendering:
    """Print one paper.

    Args:
        kind: which paper.
        facts: everything that stands on it.
        templates: the folder of page templates; the project's own unless given.
        codes: what makes the codes at the foot of its pages; without it there are none.

    Raises:
        DocumentRefused: a glyph, an asset or a fact is missing, or the page can't be laid out.
        SetupIncomplete: a face, a library or the templates are missing.
    """
    folder = templates or templates_folder()
    page = fill(kind, facts, folder, coded=codes is not None)
    with _ONE_AT_A_TIME:
        return _print(facts, page, _stage(folder), codes)


class _Assets(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
    """The closed table of what a page may refer to; anything else is denied and remembered."""

    def __init__(self, table: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=())
        self._table = table
        self.denied: list[str] = []

    @override
    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        if url not in self._table:
            self.denied.append(url)
            raise FatalURLFetchingError(url)
        return URLFetcherResponse(url, self._table[url], {"Content-Type": "text/css"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stage:
    """What all papers of one templates folder share, made once a process.

    Attributes:
        assets: `asset:` addresses of the folder's style sheets, with their bytes.
        style: the common style sheet, parsed; characters: all that style sheets may print.
    """

    fonts: FontConfiguration
    assets: Mapping[str, bytes]
    style: CSS
    characters: str


@cache
def _stage(folder: Path) -> _Stage:
    sheets = {f"asset:{path.name}": path.read_bytes() for path in folder.glob("*.css")}
    assets = _Assets(sheets)
    with _strictly(STYLE, assets):
        style = CSS(url=f"asset:{STYLE}", font_config=_fonts(), url_fetcher=assets)
    characters = b"".join(sheets.values()).decode()
    return _Stage(fonts=_fonts(), assets=sheets, style=style, characters=characters)


@cache
def _fonts() -> FontConfiguration:
    """Fontconfig with the cut faces beside those of the machine."""
    if harfbuzz_subset is None:
        raise SetupIncomplete(
            "准备印制文书",
            "本机没有 HarfBuzz 子集库，印一份要二十秒以上",
            "运行 apt-get install libharfbuzz-subset0",
        )
    fonts = FontConfiguration()
    folder = cache_folder()
    for family, face in installed_chain().cut:
        # An @font-face rule would copy the file for each process and leave it behind.
        file = os.fsencode(cut_file(face, family, folder))
        if not fontconfig.FcConfigAppFontAddFile(fonts._config, file):  # noqa: SLF001
            raise SetupIncomplete("准备印制文书", f"字体文件 {family} 损坏", f"删除 {folder}")
    pangoft2.pango_fc_font_map_config_changed(ffi.cast("PangoFcFontMap *", fonts.font_map))
    return fonts


def _print(facts: Facts, page: str, stage: _Stage, codes: PageCodes | None) -> Rendering:
    assets = _Assets(stage.assets)
    html = HTML(string=page, url_fetcher=assets)
    shown = "".join(html.etree_element.itertext()) + stage.characters
    refuse_missing(facts.number, shown, installed_chain().coverage)
    attached = facts_bytes(facts)
    with _strictly(facts.number, assets), warnings.catch_warnings():
        # WeasyPrint 70 leaves its colour profile's file to the garbage collector.
        warnings.simplefilter("ignore", ResourceWarning)
        document = html.render(
            stylesheets=[stage.style], font_config=stage.fonts, pdf_variant=VARIANT
        )
        texts = codes(len(document.pages)) if codes else ()
        pdf = document.write_pdf(
            pdf_variant=VARIANT,
            pdf_identifier=hashlib.sha256(attached).digest()[:16],
            attachments=[_attachment(facts, attached)],
            finisher=partial(_finish, texts),
        )
    return Rendering(
        number=facts.number,
        pdf=pdf,
        sha256=hashlib.sha256(pdf).hexdigest(),
        pages=len(document.pages),
        codes=texts,
    )


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


def _finish(codes: tuple[str, ...], document: Document, pdf: Any) -> None:
    # WeasyPrint 70 lists a file twice among the catalog's associated files.
    pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])
    numbers = pdf.pages["Kids"][::3]  # each is written as three words: number, generation, R
    for page, number, text in zip(document.pages, numbers, codes, strict=bool(codes)):
        _draw_code(pdf, pdf.objects[number], text, right=_right_edge(page))


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
def _strictly(number: str, assets: _Assets) -> Iterator[None]:
    """Refuse the paper when the engine was denied something or complains of anything."""
    complaints = _Complaints(get_ident())
    _LOGGER.addHandler(complaints)
    try:
        yield
    except FatalURLFetchingError:
        pass  # said below, with all that were denied
    except ValueError as error:
        complaints.heard.append(str(error))
    finally:
        _LOGGER.removeHandler(complaints)
    if assets.denied:
        found = f"页面引用了素材表以外的内容 {assets.denied[0]}"
        raise DocumentRefused(f"印制文书{number}", found, "从模板中删去该引用")
    if complaints.heard:
        found = f"排版程序报告 {complaints.heard[0]}"
        raise DocumentRefused(f"印制文书{number}", found, "改正模板或者该项内容")


class _Complaints(logging.Handler):
    """Warnings of the engine in one thread; a missing glyph is one of them."""

    def __init__(self, thread: int) -> None:
        super().__init__(logging.WARNING)
        self._thread = thread
        self.heard: list[str] = []

    @override
    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self._thread:
            self.heard.append(record.getMessage())
