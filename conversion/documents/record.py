"""A paper's facts as bytes: what is sealed in the history, digested, and attached to the PDF."""

import hashlib

from conversion.documents.kind import Facts
from conversion.history.canonical import canonical


def facts_bytes(facts: Facts) -> bytes:
    """The canonical JSON of the facts (RFC 8785).

    What was not said when they were sealed is not added: a field that a later version of the
    program has besides changes no paper of today.
    """
    return canonical(facts.model_dump(mode="json", exclude_unset=True))


def facts_sha256(facts: Facts) -> str:
    """Hex SHA-256 of the canonical facts, as a paper's number is sealed with."""
    return hashlib.sha256(facts_bytes(facts)).hexdigest()
