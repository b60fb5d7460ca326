"""The keys that the office signs papers with, opened for work."""

import hashlib
from dataclasses import dataclass

from typing_extensions import override

from conversion.history.signed_note import NoteSigner


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperSigner:
    """What signs files.

    Attributes:
        key: PKCS#8 DER of the private key, never to be shown.
        certificate, root: DER.
    """

    key: bytes
    certificate: bytes
    root: bytes

    @override
    def __repr__(self) -> str:
        """Without the key, which must not come into a log."""
        return f"PaperSigner({hashlib.sha256(self.certificate).hexdigest()})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signers:
    """The keys in use.

    Attributes:
        office, origin: as the key list has them.
        codes: signs page codes and void lists; papers: signs files.
    """

    office: str
    origin: str
    codes: NoteSigner
    papers: PaperSigner
