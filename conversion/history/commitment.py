"""Personal data outside the leaf: the entry holds a salted commitment, the payload can be erased.

After a lawful erasure (个人信息保护法 第四十七条) the history still verifies: only the commitment
was ever hashed into it. The salt makes it useless for guessing, since an 18-character number
without one is found by trying; it lies inside the encrypted payload and goes with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from conversion.domain.standing import Change, Json
from conversion.errors import HistoryBroken, SetupIncomplete
from conversion.history import reading
from conversion.history.canonical import canonical, parse
from conversion.history.changes import changes_in

KEY_BYTES = 32
SALT_BYTES = 32
NONCE_BYTES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A personal payload, sealed.

    Attributes:
        salt: 32 random bytes; also inside `ciphertext`, so it need not be stored.
        ciphertext: nonce, then AES-256-GCM of salt and canonical payload; erasable.
        commitment: hex SHA-256 of salt and canonical payload; goes into the entry.
    """

    salt: bytes = field(repr=False)
    ciphertext: bytes = field(repr=False)
    commitment: str


def seal_personal(payload: Mapping[str, Json], key: bytes, salt: bytes, nonce: bytes) -> Sealed:
    """Seal a payload; salt and nonce are fresh random bytes, never used twice.

    Raises:
        HistoryBroken: the payload has no canonical bytes.
        SetupIncomplete: key, salt or nonce has the wrong length.
    """
    _demand_length("个人信息密钥", key, KEY_BYTES)
    _demand_length("盐值", salt, SALT_BYTES)
    _demand_length("加密随机数", nonce, NONCE_BYTES)
    opening = salt + canonical(dict(payload))
    digest = sha256(opening).digest()
    ciphertext = nonce + AESGCM(key).encrypt(nonce, opening, digest)
    return Sealed(salt=salt, ciphertext=ciphertext, commitment=digest.hex())


def open_personal(ciphertext: bytes, key: bytes, commitment: str) -> dict[str, Json]:
    """The payload that an entry committed to.

    Raises:
        HistoryBroken: the ciphertext was altered, belongs to another commitment, or was sealed
            with another key.
        SetupIncomplete: the key has the wrong length.
    """
    _demand_length("个人信息密钥", key, KEY_BYTES)
    nonce, sealed = ciphertext[:NONCE_BYTES], ciphertext[NONCE_BYTES:]
    try:
        digest = bytes.fromhex(commitment)
        opening = AESGCM(key).decrypt(nonce, sealed, digest)
    except (InvalidTag, ValueError):
        raise _unopened("密文、密钥与承诺值三者不相配") from None
    # GCM alone does not bind a ciphertext to one key and one text; the hash does.
    if sha256(opening).digest() != digest:
        raise _unopened("内容与记录中的承诺值不符")
    return reading.members(parse(opening[SALT_BYTES:]), "personal")


def personal_changes(payload: Mapping[str, Json]) -> tuple[Change, ...]:
    """The row changes that a payload carries, such as members' names and numbers."""
    return changes_in(payload)


def _demand_length(what: str, value: bytes, length: int) -> None:
    if len(value) != length:
        raise SetupIncomplete(
            "加密个人信息", f"{what}应为 {length} 字节，实为 {len(value)} 字节", "检查密钥的设置"
        )


def _unopened(found: str) -> HistoryBroken:
    return HistoryBroken("打开个人信息", found, "核对密钥，并从备份恢复该条的密文")
