"""The two lists that verifying rests on, each a signed note that anybody may pass on.

公钥清单: which keys the office has had, from when until when. 作废清单: which papers count no more,
drawn up anew whenever one ends, and good only until its next is due. Below its first line each is
one line of canonical JSON (RFC 8785).
"""

import base64
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import ClassVar, Final, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from conversion.domain.notice import PaperStatus
from conversion.errors import HistoryBroken, NotGenuine
from conversion.history.canonical import canonical, parse
from conversion.history.signed_note import NoteKey, NoteSigner, read_note

NEXT: Final = timedelta(days=1)
"""How long a void list holds (as X.509 has nextUpdate, RFC 5280 §5.1.2.5)."""

LIST_KEY, CODE_KEY = "list", "code"
"""The last part of a note key's name: who signs key lists; who signs codes and void lists."""

_TAG_BYTES = 16


class _Listed(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SignedList(_Listed):
    """What both lists share: the office and its origin, e.g. `huichuan/cungaishe`."""

    heading: ClassVar[str]

    office: str
    origin: str

    def note(self, signer: NoteSigner) -> str:
        """The list as a signed note."""
        return signer.sign(f"{self.heading}\n{canonical(self.model_dump(mode='json')).decode()}\n")

    @classmethod
    def of_text(cls, text: str) -> Self:
        """The list that a note's text is.

        Raises:
            NotGenuine: the text is something else.
        """
        heading, _, line = text.rstrip("\n").partition("\n")
        if heading != cls.heading:
            raise _misshapen(cls.heading)
        try:
            return cls.model_validate(parse(line.encode()))
        except (ValidationError, HistoryBroken):
            raise _misshapen(cls.heading) from None


class Term(_Listed):
    """When a key counted.

    Attributes:
        revoked_on: the day it was found lost or stolen; from then nothing proves itself by it.
    """

    since: date
    until: date
    revoked_on: date | None = None

    def counts_on(self, day: date) -> bool:
        """Whether what was made on a day could be made by this key."""
        return self.since <= day <= self.until


class CodeKeyLine(Term):
    """A key of page codes and void lists: `key` in base64, `id` in hex."""

    id: str
    key: str


class SignerLine(Term):
    """A certificate that signs papers, by its hex SHA-256."""

    sha256: str


class KeyList(SignedList):
    """公钥清单.

    Attributes:
        serial: 1 for the first list, one more for each later one.
        list_key: who signs key lists, as C2SP writes a key; root: the root certificate's DER in
            base64.
    """

    heading: ClassVar[str] = "conversion key list v1"

    serial: int
    issued_on: date
    list_key: str
    root: str
    codes: tuple[CodeKeyLine, ...]
    signers: tuple[SignerLine, ...]

    @property
    def fingerprint(self) -> str:
        """What the printed sheet of the ceremony shows: hex, of the key that signs key lists."""
        return NoteKey.read(self.list_key).fingerprint

    @property
    def root_der(self) -> bytes:
        """The root certificate."""
        return base64.b64decode(self.root)

    def code_line(self, key_id: str) -> CodeKeyLine | None:
        """The key with an id."""
        return next((line for line in self.codes if line.id == key_id), None)

    def code_key(self, line: CodeKeyLine) -> NoteKey:
        """A key of codes under its name in notes."""
        return NoteKey(name=f"{self.origin}/{CODE_KEY}", public=base64.b64decode(line.key))

    def signer_line(self, sha256: str) -> SignerLine | None:
        """The certificate with a fingerprint."""
        return next((line for line in self.signers if line.sha256 == sha256), None)


class EndedPaper(_Listed):
    """A paper that counts no more.

    Attributes:
        tag: names it to whoever holds it; see `tag_of`.
        ended_on: since when; status: superseded, recalled or void; successor: number of the paper
            in its place, empty if there is none.
    """

    tag: str
    ended_on: date
    status: PaperStatus
    successor: str = ""


class VoidList(SignedList):
    """作废清单: all papers that count no more, by tag; it holds from `issued_at` to `next_at`."""

    heading: ClassVar[str] = "conversion void list v1"

    issued_at: datetime
    next_at: datetime
    papers: tuple[EndedPaper, ...]

    def is_current(self, now: datetime) -> bool:
        """Whether no newer list is due, and this one isn't from the future."""
        return self.issued_at - _CLOCKS_DIFFER <= now <= self.next_at

    def find(self, facts_sha256: str) -> EndedPaper | None:
        """What became of a paper."""
        tag = tag_of(facts_sha256)
        return next((paper for paper in self.papers if paper.tag == tag), None)


_CLOCKS_DIFFER = timedelta(minutes=10)


def tag_of(facts_sha256: str) -> str:
    """A paper's name in the void list: part of a digest of the digest of its facts.

    Numbers could be counted through; facts have a nonce, so a tag tells only who has the paper.
    """
    return sha256(bytes.fromhex(facts_sha256)).hexdigest()[: 2 * _TAG_BYTES]


def void_list(office: str, origin: str, papers: Iterable[EndedPaper], now: datetime) -> VoidList:
    """The list as of an instant, in UTC seconds."""
    at = now.astimezone(UTC).replace(microsecond=0)
    ordered = sorted(papers, key=lambda paper: (paper.tag, paper.ended_on))
    return VoidList(
        office=office, origin=origin, issued_at=at, next_at=at + NEXT, papers=tuple(ordered)
    )


def read_key_list(note: str, fingerprint: str = "") -> KeyList:
    """A key list that proves itself.

    Args:
        note: the note.
        fingerprint: of the key that signs key lists, from the printed sheet, however it is
            spaced; without it the list is only known to be of one piece.

    Raises:
        NotGenuine: it was changed, or its key is another.
    """
    listed = KeyList.of_text(note.replace("\r\n", "\n").partition("\n\n")[0])
    key = NoteKey.read(listed.list_key)
    wanted = "".join(fingerprint.split()).lower()
    if wanted and wanted != key.fingerprint:
        raise NotGenuine("核验公钥清单", "签署它的密钥与给出的指纹不符", "核对纸面上的指纹")
    read_note(note, [key])
    return listed


def read_void_list(note: str, keys: KeyList) -> VoidList:
    """A void list of the office of this key list.

    Raises:
        NotGenuine: it was changed, or none of the office's keys that still count signed it.
    """
    trusted = [keys.code_key(line) for line in keys.codes if line.revoked_on is None]
    return VoidList.of_text(read_note(note, trusted))


def _misshapen(heading: str) -> NotGenuine:
    return NotGenuine("读取清单", f"不是 {heading}", "核对文件")
