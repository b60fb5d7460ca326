"""The vectors that every verifier is held to, whatever it is written in.

    PYTHONPATH=. .venv/bin/python -m tests.documents.verification_vectors

writes them anew, to the same bytes: keys are fixed, and Ed25519 draws no lots. A change of them
is a change of the format, which papers that are out can't follow.
"""

import base64
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import Any

from conversion.documents.page_code import PREFIX, Claim, SignedCodes
from conversion.documents.signed_list import (
    CodeKeyLine,
    EndedPaper,
    KeyList,
    VoidList,
    tag_of,
    void_list,
)
from conversion.domain.notice import PaperStatus
from conversion.history.signed_note import NoteSigner
from conversion.standards import base45

FILE = Path(__file__).parent / "vectors" / "verification.json"

OFFICE, ORIGIN = "汇川区村改社区工作专班", "huichuan/cungaishe"
NOW = datetime(2010, 6, 1, 4, tzinfo=UTC)
LISTS = NoteSigner(name=f"{ORIGIN}/list", seed=bytes([1]) * 32)
CODES = NoteSigner(name=f"{ORIGIN}/code", seed=bytes([2]) * 32)
LOST = NoteSigner(name=f"{ORIGIN}/code", seed=bytes([3]) * 32)
FORGER = NoteSigner(name=f"{ORIGIN}/code", seed=bytes([4]) * 32)
CLAIM = Claim(
    title="股权证书",
    number="坪社股证〔2010〕0001号",
    day=date(2010, 5, 20),
    holder="骆𣒍（户号0001）",
    gist="4人，共1745股",
    facts_sha256="0f" * 32,
    log="520303105202",
    size=70000,
    root="e7" * 32,
)
SUCCESSOR = "坪社股证〔2010〕0099号"


def line(signer: NoteSigner, **others: Any) -> CodeKeyLine:
    public = base64.b64encode(signer.key.public).decode()
    term = {"since": date(2010, 1, 1), "until": date(2011, 12, 31)} | others
    return CodeKeyLine(id=signer.key.id.hex(), key=public, **term)


KEYS = KeyList(
    office=OFFICE,
    origin=ORIGIN,
    serial=3,
    issued_on=date(2010, 3, 1),
    list_key=str(LISTS.key),
    root="",
    codes=(line(CODES), line(LOST, revoked_on=date(2010, 3, 1))),
    signers=(),
)


def listed(*papers: EndedPaper, at: datetime = NOW - timedelta(hours=3)) -> VoidList:
    return void_list(OFFICE, ORIGIN, papers, at)


def ended(status: PaperStatus, successor: str = "") -> EndedPaper:
    return EndedPaper(
        tag=tag_of(CLAIM.facts_sha256),
        ended_on=date(2010, 5, 30),
        status=status,
        successor=successor,
    )


def code(signer: NoteSigner = CODES, page: int = 1, **others: Any) -> str:
    return SignedCodes(claim=replace(CLAIM, **others), signer=signer)(2)[page - 1]


def changed(text: str, at: int, value: int) -> str:
    data = bytearray(base45.decode(text.removeprefix(PREFIX)))
    data[at] = data[at] ^ value
    return PREFIX + base45.encode(bytes(data))


def under_our_id(text: str) -> str:
    data = base45.decode(text.removeprefix(PREFIX))
    return PREFIX + base45.encode(data[:1] + CODES.key.id + data[5:])


def with_larger_s(text: str) -> str:
    """The same signature with the group's order added to its second half (RFC 8032 §5.1.7)."""
    data = base45.decode(text.removeprefix(PREFIX))
    order = 2**252 + 27742317777372353535851937790883648493
    larger = int.from_bytes(data[-32:], "little") + order
    return PREFIX + base45.encode(data[:-32] + larger.to_bytes(32, "little"))


Case = tuple[str, str, VoidList | None, str]
"""Name, code, void list, verdict."""


def genuine_codes() -> Iterator[Case]:
    """Codes that the office signed, under one void list or another."""
    clean = listed()
    yield "first page", code(), clean, "genuine"
    yield "second page", code(page=2), clean, "genuine"
    yield "with the scanner's line break", code() + "\r\n", clean, "genuine"
    yield "village paper", code(holder="", facts_sha256="aa" * 32), clean, "genuine"
    other = EndedPaper(tag="00" * 16, ended_on=date(2010, 5, 1), status=PaperStatus.VOID)
    yield "another paper is void", code(), listed(other), "genuine"
    yield "void", code(), listed(ended(PaperStatus.VOID)), "void"
    yield "recalled", code(), listed(other, ended(PaperStatus.RECALLED)), "void"
    yield "superseded", code(), listed(ended(PaperStatus.SUPERSEDED, SUCCESSOR)), "superseded"
    yield "no list", code(), None, "list_out_of_date"
    old, last = NOW - timedelta(days=1, seconds=1), NOW - timedelta(days=1)
    yield "list a second too old", code(), listed(at=old), "list_out_of_date"
    yield "list in its last second", code(), listed(at=last), "genuine"
    yield "old list, void paper", code(), listed(ended(PaperStatus.VOID), at=old), "void"
    yield "list of tomorrow", code(), listed(at=NOW + timedelta(days=1)), "list_out_of_date"
    yield "dated on the key's last day", code(day=date(2011, 12, 31)), clean, "genuine"


def false_codes() -> Iterator[Case]:
    """Codes that prove nothing."""
    clean = listed()
    yield "unknown key", code(FORGER), clean, "key_unknown"
    yield "forged under our id", under_our_id(code(FORGER)), clean, "not_genuine"
    yield "revoked key", code(LOST), clean, "not_genuine"
    yield "dated after the key's end", code(day=date(2012, 1, 1)), clean, "not_genuine"
    yield "another version", changed(code(), 0, 3), clean, "not_genuine"
    yield "a bit of the key id", changed(code(), 2, 1), clean, "key_unknown"
    yield "a bit of the shape", changed(code(), 5, 1), clean, "not_genuine"
    yield "a bit of the title", changed(code(), 8, 1), clean, "not_genuine"
    yield "a bit of the facts", changed(code(), 100, 4), clean, "not_genuine"
    yield "a bit of the signature", changed(code(), -64, 128), clean, "not_genuine"
    yield "the last bit", changed(code(), -1, 128), clean, "not_genuine"
    yield "malleated signature", with_larger_s(code()), clean, "not_genuine"
    yield "half of it", code()[:200], clean, "not_genuine"
    yield "a sign missing", code()[:-1], clean, "not_genuine"
    yield "small letters", code().lower(), clean, "not_genuine"
    yield "without its beginning", code()[4:], clean, "not_genuine"
    yield "an address", "https://example.com/", clean, "not_genuine"
    yield "only a beginning", PREFIX, clean, "not_genuine"
    yield "nothing", "", clean, "not_genuine"
    yield "no Base45", f"{PREFIX}村改社区", clean, "not_genuine"


def vectors() -> dict[str, Any]:
    clean = listed().note(CODES)
    return {
        "note": "Written by tests/documents/verification_vectors.py",
        "now": NOW.isoformat(),
        "fingerprint": KEYS.fingerprint,
        "keys": KEYS.note(LISTS),
        "cases": [
            {"name": name, "code": text, "void": void and void.note(CODES), "verdict": verdict}
            for name, text, void, verdict in chain(genuine_codes(), false_codes())
        ],
        "refused_keys": [
            KEYS.note(FORGER),
            KEYS.note(LISTS).replace("2011-12-31", "2021-12-31"),
            KEYS.note(LISTS).partition("\n\n")[0],
            clean,
        ],
        "refused_voids": [
            listed().note(FORGER),
            listed().note(LOST),
            clean.replace("2010-06", "2011-06"),
            KEYS.note(LISTS),
            "",
        ],
    }


def text() -> str:
    return json.dumps(vectors(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
