"""Signed notes (C2SP signed-note): a text that people can read, with Ed25519 signatures below it.

Key lists and void lists travel so, by mail, on a stick or on a web page, and prove themselves.
"""

import base64
import binascii
import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from typing_extensions import override

from conversion.errors import NotGenuine

ED25519 = b"\x01"
"""The algorithm's byte in C2SP key names."""

ID_BYTES = 4
SIGNATURE_BYTES = 64

_NAME = re.compile(r"[^\s+]+")
_LINE = re.compile(r"— (?P<name>[^\s+]+) (?P<signature>[A-Za-z0-9+/]+={0,2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteKey:
    """A public key under the name by which notes say who signed.

    Attributes:
        name: without spaces and `+`; public: 32 bytes of Ed25519.

    Raises:
        NotGenuine: a name or a key that can't be one.
    """

    name: str
    public: bytes

    def __post_init__(self) -> None:
        """Refuse a name that a signature line couldn't hold, and bytes that are no point."""
        if not _NAME.fullmatch(self.name):
            raise NotGenuine("读取公钥", f"名称 {self.name!r} 含空格或加号", "核对公钥")
        try:
            Ed25519PublicKey.from_public_bytes(self.public)
        except ValueError:
            raise NotGenuine("读取公钥", "不是 Ed25519 公钥", "核对公钥") from None

    @property
    def id(self) -> bytes:
        """Four bytes by which a signature names its key: a hint, never a proof."""
        return sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:ID_BYTES]

    @property
    def fingerprint(self) -> str:
        """Hex SHA-256 of name and key: what is read out and compared with a printed sheet."""
        return sha256(self.name.encode() + b"\n" + ED25519 + self.public).hexdigest()

    @override
    def __str__(self) -> str:
        """The key as C2SP writes it: `name+id+key`."""
        return f"{self.name}+{self.id.hex()}+{_text(ED25519 + self.public)}"

    @classmethod
    def read(cls, text: str) -> Self:
        """The key that is written so.

        Raises:
            NotGenuine: it is no key, or its id is another's.
        """
        name, _, rest = text.strip().partition("+")
        named, _, encoded = rest.partition("+")
        data = _data(encoded)
        if data[:1] != ED25519:
            raise NotGenuine("读取公钥", "不是 Ed25519 公钥", "核对公钥")
        key = cls(name=name, public=data[1:])
        if key.id.hex() != named:
            raise NotGenuine("读取公钥", "公钥与其编号不符", "核对公钥")
        return key

    def has_signed(self, message: bytes, signature: bytes) -> bool:
        """Whether a signature is this key's, over exactly these bytes."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteSigner:
    """A private key with its name; `seed` is 32 bytes, never to be shown."""

    name: str
    seed: bytes

    @override
    def __repr__(self) -> str:
        """Without the seed, which must not come into a log."""
        return f"NoteSigner({self.key})"

    @property
    def key(self) -> NoteKey:
        """Its public key."""
        return NoteKey(name=self.name, public=self._private.public_key().public_bytes_raw())

    @property
    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    def sign_bytes(self, message: bytes) -> bytes:
        """64 bytes; the same message has always the same signature (RFC 8032)."""
        return self._private.sign(message)

    def sign(self, text: str) -> str:
        """The text as a note.

        Raises:
            NotGenuine: the text doesn't end with a line break, and so couldn't be told from it.
        """
        if not text.endswith("\n"):
            raise NotGenuine("签署清单", "内容没有以换行结束", "补上换行")
        signature = _text(self.key.id + self.sign_bytes(text.encode()))
        return f"{text}\n— {self.name} {signature}\n"


def read_note(note: str, keys: Iterable[NoteKey]) -> str:
    """The text of a note that one of these keys signed.

    Raises:
        NotGenuine: it is no note, none of the keys signed it, or it was changed since.
    """
    text, parted, below = note.replace("\r\n", "\n").rpartition("\n\n")
    if not parted:
        raise _unsigned("没有签名")
    signatures = [_LINE.fullmatch(line) for line in below.splitlines()]
    known = {(key.name, key.id): key for key in keys}
    for found in filter(None, signatures):
        data = _data(found["signature"])
        key = known.get((found["name"], data[:ID_BYTES]))
        if key:
            # A known key's wrong signature condemns the note, whatever else stands below it.
            if not key.has_signed(f"{text}\n".encode(), data[ID_BYTES:]):
                raise _unsigned("签名与内容不符，已被改动")
            return f"{text}\n"
    raise _unsigned("不是由所信任的密钥签署的")


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _data(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        raise _unsigned("签名不成形") from None


def _unsigned(found: str) -> NotGenuine:
    return NotGenuine("核验签署的清单", found, "向发件单位重新索取")
