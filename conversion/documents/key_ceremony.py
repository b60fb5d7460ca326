"""密钥启用记录: the sheet that two persons sign when the office's keys are made or changed.

Printed and signed it is the anchor of all verifying: whoever wants to know whether a key list is
the office's compares its fingerprint with this sheet. It is no paper of a case and has no series.
"""

from collections.abc import Sequence
from datetime import date
from hashlib import sha256

from conversion.documents.kind import DocumentKind, Facts, Occasion, Part
from conversion.documents.signed_list import KeyList

GROUP = 4
"""Hex digits between two spaces: as many as one reads out in one breath."""


class KeyLine(Part):
    """A key on the sheet: what it is for, its fingerprint in groups, and until when it counts."""

    title: str
    fingerprint: str
    term: str


class KeyCeremony(Facts):
    """The facts of the 密钥启用记录.

    Attributes:
        issuing_office: whose keys; origin: what they are called in lists.
        persons: who held the ceremony, two or more.
    """

    issuing_office: str
    origin: str
    persons: tuple[str, ...]
    keys: tuple[KeyLine, ...]


def ceremony_facts(keys: KeyList, persons: Sequence[str]) -> KeyCeremony:
    """The sheet of the newest keys of a list."""
    code, signer = keys.codes[-1], keys.signers[-1]
    root = sha256(keys.root_der).hexdigest()
    lines = (
        ("公钥清单密钥（list.p12，存保险柜）", keys.fingerprint, "长期"),
        ("文书根证书（root.p12，存保险柜）", root, "十年"),
        (f"核验码密钥 {code.id}", keys.code_key(code).fingerprint, _term(code.since, code.until)),
        ("文书签名证书", signer.sha256, _term(signer.since, signer.until)),
    )
    return KeyCeremony(
        number=f"密钥〔{keys.issued_on.year}〕{keys.serial}号",
        day=keys.issued_on,
        nonce="",
        issuing_office=keys.office,
        origin=keys.origin,
        persons=tuple(persons),
        keys=tuple(KeyLine(title=t, fingerprint=grouped(f), term=u) for t, f, u in lines),
    )


def grouped(fingerprint: str) -> str:
    """A fingerprint as it is read out.

    >>> grouped("0123456789abcdef")
    '0123 4567 89ab cdef'
    """
    starts = range(0, len(fingerprint), GROUP)
    return " ".join(fingerprint[at : at + GROUP] for at in starts)


def _term(since: date, until: date) -> str:
    return f"{since}至{until}"


def _never(_occasion: Occasion) -> KeyCeremony:
    raise NotImplementedError


KEY_CEREMONY = DocumentKind(
    id="key_ceremony",
    title="密钥启用记录",
    series="密钥",
    template="key_ceremony.html",
    version="1",
    facts_model=KeyCeremony,
    facts=_never,
    signers=("主持人", "监督人"),
    copies=("保险柜", "工作专班存档"),
)
