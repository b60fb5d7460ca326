"""Checking the signature of a paper: stricter than the library's own verdict.

pyHanko calls a file valid although bytes were appended, or its title changed, when that didn't
touch the pages. Here the signature has to cover the whole file, be the only one, and stand under
the office's root.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from conversion.documents.code_drawing import drawn_text
from conversion.errors import NotGenuine

ATTACHMENT = "facts.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedFile:
    """What a file says of itself, taken apart.

    Attributes:
        signers: hex fingerprint of the certificate of each signature.
        codes: the text of each page's code, empty where there is none or more than one.
        facts_sha256: hex digest of the attached facts, empty when there are none.
    """

    sha256: str
    signers: tuple[str, ...]
    codes: tuple[str, ...]
    facts_sha256: str


def read_file(pdf: bytes) -> SignedFile:
    """A PDF taken apart; nothing in it is believed yet.

    Raises:
        NotGenuine: it can't be read as a PDF.
    """
    with _refusing("不是完整的 PDF 文件"):
        reader = PdfFileReader(BytesIO(pdf))
        root = reader.root
        count = int(root["/Pages"]["/Count"])
        find: Any = reader.find_page_for_modification
        pages = [find(n)[0].get_object() for n in range(count)]
        return SignedFile(
            sha256=hashlib.sha256(pdf).hexdigest(),
            signers=tuple(_fingerprint(s.signer_cert) for s in reader.embedded_signatures),
            codes=tuple(drawn_text(_content(page)) for page in pages),
            facts_sha256=_attached(root),
        )


def demand_signed(pdf: bytes, root_der: bytes) -> datetime:
    """The time a file says it was signed at, if it is whole and stands under a root.

    Raises:
        NotGenuine: it is unsigned, was touched in any way since, or has another's signature.
    """
    with _refusing("签名不成形或文件已损坏"):
        return _signed_at(PdfFileReader(BytesIO(pdf)), root_der)


@contextmanager
def _refusing(found: str) -> Iterator[None]:
    """Call a file not genuine wherever the library trips over it.

    A hostile file may do that anywhere, in layers that know nothing of PDF (zlib, ASN.1).
    """
    try:
        yield
    except NotGenuine:
        raise
    except Exception:  # noqa: BLE001 (see above)
        raise _not_genuine(found) from None


def _signed_at(reader: PdfFileReader, root_der: bytes) -> datetime:
    signatures = reader.embedded_signatures
    if len(signatures) != 1:
        raise _not_genuine(f"应有一个签名，实有{len(signatures)}个")
    (signature,) = signatures
    at: datetime | None = signature.self_reported_timestamp
    if at is None:
        raise _not_genuine("签名没有写明时间")
    # A paper outlives its signer's certificate, so that is judged on the day of signing. Whether
    # the certificate was the office's is the key list's to say.
    roots = list(load_certs_from_pemder_data(root_der))
    trusted = ValidationContext(trust_roots=roots, moment=at, allow_fetching=False)
    status = validate_pdf_signature(signature, trusted)
    if not (status.intact and status.valid):
        raise _not_genuine("内容与签名不符，签名后被改动过")
    if status.coverage is not SignatureCoverageLevel.ENTIRE_FILE:
        raise _not_genuine("签名之后文件又被添加或改动过")
    if status.modification_level is not ModificationLevel.NONE:
        raise _not_genuine("签名之后文件又被改动过")
    if not status.trusted:
        raise _not_genuine("签名证书不是发件单位的，名称相同也不算")
    return at


def _content(page: Any) -> bytes:
    """All that a page draws, in order."""
    contents = page.get("/Contents", ())
    streams = contents if isinstance(contents, list) else [contents]
    return b"\n".join(stream.get_object().data for stream in streams)


def _attached(root: Any) -> str:
    """Digest of the one attachment; a second one would be nobody's."""
    if "/Names" not in root or "/EmbeddedFiles" not in root["/Names"]:
        return ""
    names = root["/Names"]["/EmbeddedFiles"].get("/Names", ())
    if len(names) != len((ATTACHMENT, "its file")) or names[0] != ATTACHMENT:
        return ""
    data: bytes = names[1].get_object()["/EF"]["/F"].data
    return hashlib.sha256(data).hexdigest()


def _fingerprint(certificate: Any) -> str:
    return hashlib.sha256(certificate.dump()).hexdigest()


def _not_genuine(found: str) -> NotGenuine:
    return NotGenuine("核验文件的签名", found, "向发件单位核对原件")
