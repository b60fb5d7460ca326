"""Signing a printed paper: PAdES baseline B-B (ETSI EN 319 142-1) by the office's certificate.

A step of its own after printing: the page is what it was, and the signature stands behind it.
There is no time stamp (B-T): an office without a line to a time-stamping authority can't have
one, so the time in a signature is the office's own word. What proves it is the history, in which
the digest of the signed file stands.
"""

from datetime import datetime
from io import BytesIO
from typing import Any

from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.signers.pdf_signer import PdfSigner, PdfSigningSession
from pyhanko_certvalidator.registry import SimpleCertificateStore
from typing_extensions import override

from conversion.documents.signer import PaperSigner

FIELD = "Office"
"""Name of the one signature field; it is invisible, since a drawn seal would pretend to be one."""


def sign(pdf: bytes, by: PaperSigner, at: datetime) -> bytes:
    """The file with its signature behind it, which allows no change whatever after (DocMDP 1).

    Args:
        pdf: an unsigned file.
        by: the office's certificate.
        at: the time that the signature says.
    """
    meta = signers.PdfSignatureMetadata(
        field_name=FIELD,
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
        md_algorithm="sha256",
    )
    field = fields.SigFieldSpec(sig_field_name=FIELD, box=(0, 0, 0, 0))
    signer = _AtTime(meta, _signer(by), at, new_field_spec=field)
    signed: BytesIO = signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)))
    return signed.getvalue()


def _signer(by: PaperSigner) -> signers.SimpleSigner:
    (certificate,) = load_certs_from_pemder_data(by.certificate)
    store: Any = SimpleCertificateStore
    chain = store.from_certs(load_certs_from_pemder_data(by.root))
    return signers.SimpleSigner(
        signing_cert=certificate,
        signing_key=load_private_key_from_pemder_data(by.key, passphrase=None),
        cert_registry=chain,
    )


class _AtTime(PdfSigner):
    """A signer whose clock is told: pyHanko would read the machine's own."""

    def __init__(self, meta: Any, signer: Any, at: datetime, **options: Any) -> None:
        super().__init__(meta, signer, **options)
        self._at = at

    @override
    def init_signing_session(self, *args: Any, **options: Any) -> PdfSigningSession:
        session = super().init_signing_session(*args, **options)
        session.system_time = self._at
        return session
