"""核验码: the square on each page, which says in the office's own signed words what the paper says.

A digest can't be checked from paper, so the code carries the key facts; whoever verifies compares
them with the page in hand (as ICAO 9303-13 visible seals do). The code names the newest root of
the history, so that each household is a witness of it. It holds no resident number, and nothing
that the page doesn't print.

Bytes: version (1) ‖ key id (4) ‖ deterministic CBOR of the claim (RFC 8949 §4.2) ‖ Ed25519
signature (64) over `CONTEXT` ‖ all before it. Text: `HJ1:` and Base45, so that a QR code takes its
alphanumeric mode.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from typing import Any, Self, TypeAlias

import cbor2

from conversion.documents.kind import AnyKind, Facts
from conversion.documents.record import facts_sha256
from conversion.errors import DocumentRefused, NotGenuine, WrongUse
from conversion.history.signed_note import ID_BYTES, SIGNATURE_BYTES, NoteKey, NoteSigner
from conversion.standards import base45

PREFIX = "HJ1:"
VERSION = b"\x01"
CONTEXT = b"conversion page code\n"
"""What the signature begins with, so that no page's code is ever a note, or the other way round."""

DIGEST_BYTES = 32
HOLDER_SIGNS, GIST_SIGNS = 24, 36
"""Signs of the longest holder and gist: more would make the squares too fine to scan."""

_FIELDS = 11


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one page's code says.

    Attributes:
        title, number, day: of the paper, as printed.
        holder: whose it is, as printed; empty for a paper of the village.
        gist: the figures that matter, e.g. `3人，共1047股`.
        facts_sha256: hex digest of the paper's sealed facts.
        log, size, root: the history's newest state when the paper was made; root in hex.
        page, pages: of the paper.
    """

    title: str
    number: str
    day: date
    holder: str
    gist: str
    facts_sha256: str
    log: str
    size: int
    root: str
    page: int = 0
    pages: int = 0

    def to_bytes(self) -> bytes:
        """Deterministic CBOR: an array of the fields in their order."""
        return cbor2.dumps(
            [
                self.title,
                self.number,
                int(f"{self.day:%Y%m%d}"),
                self.holder,
                self.gist,
                bytes.fromhex(self.facts_sha256),
                self.log,
                self.size,
                bytes.fromhex(self.root),
                self.page,
                self.pages,
            ],
            canonical=True,
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """The claim that was written so.

        Raises:
            NotGenuine: the bytes are no claim, or not written in the one right way.
        """
        try:
            title, number, day, holder, gist, facts, log, size, root, page, pages = _items(data)
            claim = cls(
                title=title,
                number=number,
                day=date.fromisoformat(str(day)),
                holder=holder,
                gist=gist,
                facts_sha256=facts.hex(),
                log=log,
                size=size,
                root=root.hex(),
                page=page,
                pages=pages,
            )
            written = claim.to_bytes()
        except (ValueError, TypeError, AttributeError, cbor2.CBORError):
            raise _unreadable("内容不成形") from None
        if written != data:
            raise _unreadable("内容不成形")
        return claim

    @property
    def without_page(self) -> "Claim":
        """The claim without its page: equal on all pages of one paper."""
        return replace(self, page=0)


def claim_of(kind: AnyKind, facts: Facts, *, log: str, size: int, root: str) -> Claim:
    """What the codes of a paper say, but for the page; see `Claim`."""
    return Claim(
        title=kind.title,
        number=facts.number,
        day=facts.day,
        holder=_cut(facts.holder, HOLDER_SIGNS),
        gist=_cut(facts.gist, GIST_SIGNS),
        facts_sha256=facts_sha256(facts),
        log=log,
        size=size,
        root=root,
    )


PageCodes: TypeAlias = Callable[[int], tuple[str, ...]]
"""From the number of a paper's pages to the text of each page's code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedCodes:
    """Codes to be signed once it is known how many pages there are."""

    claim: Claim
    signer: NoteSigner

    def __call__(self, pages: int) -> tuple[str, ...]:
        """The text of each page's code; always the same for the same claim and key."""
        claims = (replace(self.claim, page=n, pages=pages) for n in range(1, pages + 1))
        return tuple(_signed(claim, self.signer) for claim in claims)


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedCodes:
    """Codes as they were sealed when the paper was made, for printing it again without a key."""

    number: str
    texts: tuple[str, ...]

    def __call__(self, pages: int) -> tuple[str, ...]:
        """The same texts.

        Raises:
            DocumentRefused: the paper now has another number of pages.
        """
        if pages != len(self.texts):
            found = f"原件{len(self.texts)}页，现在印出{pages}页"
            raise DocumentRefused(f"印制文书{self.number}", found, "用制发时的程序版本重印")
        return self.texts


def _signed(claim: Claim, signer: NoteSigner) -> str:
    body = VERSION + signer.key.id + claim.to_bytes()
    return PREFIX + base45.encode(body + signer.sign_bytes(CONTEXT + body))


@dataclass(frozen=True, slots=True, kw_only=True)
class PageCode:
    """A code as scanned: what it claims and by which key, not yet believed.

    Attributes:
        key_id: hex; text: as scanned, without white space around it.
    """

    text: str
    key_id: str
    claim: Claim

    def is_signed_by(self, key: NoteKey) -> bool:
        """Whether it is this key's, to the last bit."""
        data = base45.decode(self.text.removeprefix(PREFIX))
        body, signature = data[:-SIGNATURE_BYTES], data[-SIGNATURE_BYTES:]
        return key.has_signed(CONTEXT + body, signature)


def read_code(text: str) -> PageCode:
    """A code from the text that a scanner gives.

    Raises:
        NotGenuine: it is no code of ours, or damaged.
    """
    text = text.strip("\r\n\t")
    if not text.startswith(PREFIX):
        raise _unreadable("不是本系统的核验码")
    try:
        data = base45.decode(text.removeprefix(PREFIX))
    except WrongUse:
        raise _unreadable("扫描不全或抄错") from None
    start = len(VERSION) + ID_BYTES
    if len(data) <= start + SIGNATURE_BYTES or data[:1] != VERSION:
        raise _unreadable("版本不对或扫描不全")
    claim = Claim.from_bytes(data[start:-SIGNATURE_BYTES])
    return PageCode(text=text, key_id=data[1:start].hex(), claim=claim)


def _items(data: bytes) -> list[Any]:
    stream = BytesIO(data)
    items = cbor2.CBORDecoder(stream).decode()
    if not isinstance(items, list) or len(items) != _FIELDS or stream.read(1):
        raise TypeError
    return items


def _cut(text: str, signs: int) -> str:
    return text if len(text) <= signs else text[: signs - 1] + "…"


def _unreadable(found: str) -> NotGenuine:
    return NotGenuine("读取核验码", found, "对准页脚的方码重新扫描")
