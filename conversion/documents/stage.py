"""What all papers of a folder of templates share: faces, style sheets, what they may refer to.

Nothing is fetched: styles and faces come from a closed table, and a page that asks for anything
else, or that the engine has any complaint about, is refused.
"""

import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from threading import get_ident

from typing_extensions import override
from weasyprint import CSS
from weasyprint.text.ffi import ffi, fontconfig, harfbuzz_subset, pangoft2
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from conversion.documents.cutting import cache_folder, cut_file
from conversion.documents.faces import installed_chain
from conversion.errors import DocumentRefused, SetupIncomplete

STYLE = "_page.css"
ELEMENTS = "_elements.css"

_LOGGER = logging.getLogger("weasyprint")


class Assets(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
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
class Stage:
    """What all papers of one templates folder share, made once a process.

    Attributes:
        assets: `asset:` addresses of the folder's style sheets, with their bytes.
        elements: what each element is before any style, parsed; style: the common style sheet.
        characters: all that style sheets may print.
    """

    fonts: FontConfiguration
    assets: Mapping[str, bytes]
    elements: CSS
    style: CSS
    characters: str


@cache
def stage_of(folder: Path) -> Stage:
    """The stage of a folder of templates.

    Raises:
        DocumentRefused: one of its common style sheets is wrong.
        SetupIncomplete: one of them, a face or a library is missing.
    """
    sheets = {f"asset:{path.name}": path.read_bytes() for path in folder.glob("*.css")}
    return Stage(
        fonts=_fonts(),
        assets=sheets,
        elements=_common(ELEMENTS, folder),
        style=_common(STYLE, folder),
        characters=b"".join(sheets.values()).decode(),
    )


def _common(name: str, folder: Path) -> CSS:
    try:
        text = (folder / name).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise SetupIncomplete(
            "准备印制文书", f"模板目录 {folder} 中没有 {name}", "从本程序的模板目录中复制一份"
        ) from None
    return style_of(name, text)


@lru_cache(maxsize=64)
def style_of(name: str, text: str) -> CSS:
    """A style sheet, parsed once however many papers it dresses.

    Raises:
        DocumentRefused: it refers to another sheet, or says what the engine doesn't know.
    """
    assets = Assets({})
    with strictly(name, assets):
        return CSS(string=text, font_config=_fonts(), url_fetcher=assets)


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


@contextmanager
def strictly(number: str, assets: Assets) -> Iterator[None]:
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
