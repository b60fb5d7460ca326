"""Private keys on disk: one PKCS#12 file each (RFC 7292), sealed with a passphrase, for its owner.

They lie outside the database, so that whoever copies that can sign nothing.
"""

import os
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    KeySerializationEncryption,
    PrivateFormat,
    pkcs12,
)

from conversion.documents.certificate import Certified
from conversion.errors import SetupIncomplete, WrongUse

SHORTEST: Final = 12
"""Signs of a passphrase: what a copied file is guessed against, without any limit of tries."""

ROUNDS = 600_000
"""Of PBKDF2 with SHA-256, as OWASP recommends (2023)."""

_OWNER_ONLY: Final = 0o600


def demand_passphrase(passphrase: str) -> None:
    """Refuse one that could be guessed.

    Raises:
        WrongUse: it is too short, or all of one sign.
    """
    if len(passphrase) < SHORTEST or len(set(passphrase)) == 1:
        found = f"口令要有至少 {SHORTEST} 个字符，不能全是同一个"
        raise WrongUse("设定密钥的口令", found, "用几个不相干的词作口令，写在纸上封存")


def keep_note_key(path: Path, key: Ed25519PrivateKey, passphrase: str) -> None:
    """Write a key of notes and codes."""
    _write(path, pkcs12.serialize_key_and_certificates(None, key, None, None, _sealed(passphrase)))


def keep_certified(path: Path, own: Certified, passphrase: str) -> None:
    """Write a key with its certificate."""
    certificate = own.certificate
    _write(
        path,
        pkcs12.serialize_key_and_certificates(
            None, own.key, certificate, None, _sealed(passphrase)
        ),
    )


def open_note_key(path: Path, passphrase: str) -> bytes:
    """The 32 bytes of an Ed25519 key.

    Raises:
        SetupIncomplete: the file is gone or damaged, or the passphrase is another.
    """
    key, _ = _opened(path, passphrase)
    if not isinstance(key, Ed25519PrivateKey):
        raise _unusable(path, "不是 Ed25519 密钥")
    return key.private_bytes_raw()


def open_certified(path: Path, passphrase: str) -> Certified:
    """A key with its certificate.

    Raises:
        SetupIncomplete: see `open_note_key`.
    """
    key, certificate = _opened(path, passphrase)
    if certificate is None or not isinstance(key, EllipticCurvePrivateKey):
        raise _unusable(path, "不是带证书的密钥")
    return Certified(key=key, certificate=certificate)


def _opened(path: Path, passphrase: str) -> tuple[object, x509.Certificate | None]:
    try:
        data = path.read_bytes()
        key, certificate, _ = pkcs12.load_key_and_certificates(data, passphrase.encode())
    except OSError:
        raise _unusable(path, "文件不在这里，或不能读取") from None
    except ValueError:
        raise _unusable(path, "口令不对，或文件已损坏") from None
    return key, certificate


def _sealed(passphrase: str) -> KeySerializationEncryption:
    return (
        PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(ROUNDS)
        .key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
        .hmac_hash(SHA256())
        .build(passphrase.encode())
    )


def _write(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _unusable(path: Path, found: str) -> SetupIncomplete:
    return SetupIncomplete(f"打开密钥 {path.name}", found, "核对口令和密钥目录，必要时从备份恢复")
