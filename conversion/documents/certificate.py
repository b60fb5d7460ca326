"""The office's own certificates (X.509, RFC 5280): a root, and signers of papers under it.

They prove that a file is the one the office made. They are no 可靠电子签名 of a licensed provider
(电子签名法 13): the paper under its seal stays the original.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256, SHA384
from cryptography.x509.oid import NameOID

DOCUMENT_SIGNING = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")
"""id-kp-documentSigning (RFC 9336)."""


_LONGEST = 64
"""Bytes of a name: RFC 5280's upper bound, which is of characters, as libraries count it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Certified:
    """A private key and its certificate."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @property
    def sha256(self) -> str:
        """Hex fingerprint of the certificate."""
        return self.certificate.fingerprint(SHA256()).hex()


def new_root(office: str, since: date, until: date) -> Certified:
    """A root on P-384, which signs certificates only and lies in the safe otherwise.

    Keys come from the system's random source: one that can be replayed would be none.
    """
    key = ec.generate_private_key(ec.SECP384R1())
    name = _name(office, "文书根证书")
    builder = (
        _between(name, name, key.public_key(), since, until)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(certifies=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    return Certified(key=key, certificate=builder.sign(key, SHA384()))


def new_signer(root: Certified, office: str, since: date, until: date) -> Certified:
    """A signer of papers on P-256 under the root."""
    key = ec.generate_private_key(ec.SECP256R1())
    issuer, issuing = root.certificate.subject, root.key.public_key()
    identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuing)
    builder = (
        _between(_name(office, "文书签名"), issuer, key.public_key(), since, until)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(certifies=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([DOCUMENT_SIGNING]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(identifier, critical=False)
    )
    return Certified(key=key, certificate=builder.sign(root.key, SHA384()))


def _between(
    subject: x509.Name,
    issuer: x509.Name,
    public: ec.EllipticCurvePublicKey,
    since: date,
    until: date,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(_beijing_midnight(since))
        .not_valid_after(datetime.combine(until, time(15, 59, 59), UTC))
    )


def _beijing_midnight(day: date) -> datetime:
    """Its beginning in UTC: eight hours before, whatever the day (no summer time since 1991)."""
    return datetime.fromisoformat(f"{day}T00:00:00+08:00").astimezone(UTC)


def _name(office: str, use: str) -> x509.Name:
    """The office and what the key is for; the key list has a long name whole."""
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, _cut(office, _LONGEST)),
            x509.NameAttribute(
                NameOID.COMMON_NAME, _cut(office, _LONGEST - len(use.encode())) + use
            ),
        ]
    )


def _cut(text: str, length: int) -> str:
    """As many whole signs as fit into so many bytes of UTF-8.

    >>> _cut("遵义市", 7)
    '遵义'
    """
    return text.encode()[:length].decode(errors="ignore")


def _usage(*, certifies: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not certifies,
        content_commitment=not certifies,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=certifies,
        crl_sign=certifies,
        encipher_only=False,
        decipher_only=False,
    )
