"""公开核验: the page on which anybody asks the office whether a paper counts.

It answers whoever has the code of a page in hand, by the office's own records, so an end counts at
once. Numbers can't be tried: without a code that the office signed there is nothing to learn. It
runs no script, sets no cookie and keeps nothing; a photo is read by the offline page, which it
hands out beside the public lists.
"""

import logging
from collections.abc import Mapping
from functools import cache
from urllib.parse import parse_qs

from jinja2 import Template
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from conversion.bundled import bundled
from conversion.documents.template import environment
from conversion.documents.verification import Answer, verify_code
from conversion.documents.verifier_page import verifier_page
from conversion.errors import ConversionError, SetupIncomplete, WrongUse
from conversion.services.keys import KEY_LIST, VOID_LIST, KeyFolder
from conversion.services.office import Office
from conversion.services.verification import trust_of_office

LARGEST = 8 << 10
"""Bytes of a question; a code has some five hundred."""

HEADERS: Mapping[str, str] = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

_LOGGER = logging.getLogger("conversion.verification")


def verification_site(office: Office, folder: KeyFolder, allowance: str) -> Starlette:
    """The page with what it hands out, to be served by any ASGI server.

    Args:
        office: whose papers are asked about; folder: of its keys and lists.
        folder: see office.
        allowance: how many questions one address may ask, e.g. `30/minute`.

    Raises:
        SetupIncomplete: the office has no keys.
        NotGenuine: its key list was changed.
        WrongUse: nobody could say how often that is.
    """
    folder.keys()
    site = _Site(office, folder, _allowed(allowance))
    return Starlette(
        routes=[
            Route("/", site.form, methods=["GET"]),
            Route("/", site.answer, methods=["POST"]),
            Route("/page.css", site.style),
            Route("/offline.html", site.offline),
            Route(f"/{KEY_LIST}", site.keys),
            Route(f"/{VOID_LIST}", site.void),
        ]
    )


def _allowed(allowance: str) -> RateLimitItem:
    try:
        return parse(allowance)
    except ValueError:
        asked = f"一个来源可以问 {allowance} 次"
        raise WrongUse(asked, "写法不对", "写成 30/minute、500/hour 这样") from None


class _Site:
    def __init__(self, office: Office, folder: KeyFolder, allowance: RateLimitItem) -> None:
        self._office = office
        self._folder = folder
        self._allowance = allowance
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    # --- asking --------------------------------------------------------------------------------

    async def form(self, request: Request) -> Response:
        return await run_in_threadpool(self._page, request.query_params.get("lang", ""))

    async def answer(self, request: Request) -> Response:
        asked = parse_qs((await _body(request)).decode("utf-8", "replace"))
        code, language = (asked.get(name, [""])[0].strip() for name in ("code", "lang"))
        if not self._limiter.hit(self._allowance, request.client.host if request.client else ""):
            return await run_in_threadpool(self._page, language, code, status=429, busy=True)
        if not code:
            return await run_in_threadpool(self._page, language, status=400)
        return await run_in_threadpool(self._answered, language, code)

    def _answered(self, language: str, code: str) -> Response:
        try:
            answer = verify_code(code, trust_of_office(self._office, self._folder))
        except ConversionError:
            _LOGGER.exception("a code could not be verified")
            return self._page(language, code, status=503, broken=True)
        if answer.alarm:
            _LOGGER.error("%s: %s", answer.claim and answer.claim.number, answer.alarm)
        return self._page(language, code, answer=answer)

    def _page(
        self,
        language: str,
        code: str = "",
        *,
        status: int = 200,
        answer: Answer | None = None,
        busy: bool = False,
        broken: bool = False,
    ) -> Response:
        page = _template("verification.html").render(
            office=self._folder.keys().office,
            english=language == "en",
            code=code,
            answer=answer,
            busy=busy,
            broken=broken,
        )
        return HTMLResponse(page, status, HEADERS)

    # --- handed out ----------------------------------------------------------------------------

    def style(self, _request: Request) -> Response:
        css = (bundled("templates") / "verification" / "page.css").read_text(encoding="utf-8")
        return Response(css, headers=HEADERS, media_type="text/css")

    def offline(self, _request: Request) -> Response:
        folder = self._folder
        void = folder.note(VOID_LIST) if folder.void() else None
        page = verifier_page(folder.keys(), folder.note(KEY_LIST), void)
        return Response(page, headers=_as_file("verify.html"), media_type="text/html")

    def keys(self, _request: Request) -> Response:
        return self._list(KEY_LIST)

    def void(self, _request: Request) -> Response:
        return self._list(VOID_LIST)

    def _list(self, name: str) -> Response:
        try:
            return PlainTextResponse(self._folder.note(name), headers=_as_file(name))
        except SetupIncomplete:
            return PlainTextResponse("还没有签发。None was issued yet.", 404, HEADERS)


def _as_file(name: str) -> dict[str, str]:
    """Headers of what is kept, not shown: the offline page has scripts, which this site has not."""
    return {**HEADERS, "Content-Disposition": f'attachment; filename="{name}"'}


async def _body(request: Request) -> bytes:
    """The question, or nothing of one that is too long: its rest is not even read."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST:
            return b""
    return body


@cache
def _template(name: str) -> Template:
    return environment(bundled("templates") / "web").get_template(name)
