"""The history, which can only be added to, and what an office keeps beside it."""

from conversion.store.migrations.append_only import guard
from conversion.store.migrations.vocabulary import (
    indexes,
    octets,
    reference,
    table,
    text,
    texts,
    unique,
    whole,
)

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the tables and their guards."""
    _create_history()
    _create_office()
    guard("entries", ("programme", "idx"), ("chain", "seq"))
    guard("nodes", ("programme", "level", "idx"))


def _create_history() -> None:
    table(
        "entries",
        reference("programme", 40, "programmes.code"),
        whole("idx", least=0),
        text("chain", 60),
        whole("seq", least=1),
        octets("bytes"),
        octets("leaf_hash"),
        unique("uq_entries_chain", "chain", "seq"),
        key=("programme", "idx"),
    )
    table(
        "nodes",
        reference("programme", 40, "programmes.code"),
        whole("level", least=0),
        whole("idx", least=0),
        octets("hash"),
        key=("programme", "level", "idx"),
    )
    table(
        "log_heads",
        reference("programme", 40, "programmes.code"),
        whole("size", least=0),
        octets("frontier"),
        key=("programme",),
    )
    table(
        "personal_payloads",
        reference("programme", 40, "programmes.code"),
        whole("idx", least=0),
        octets("ciphertext"),
        key=("programme", "idx"),
    )


def _create_office() -> None:
    table(
        "series",
        text("programme", 40),
        text("kind", 40),
        whole("year", least=1),
        whole("last", least=0),
        key=("programme", "kind", "year"),
    )
    table(
        "staff",
        text("account", 60, least=1),
        text("name", 100, least=1),
        texts("roles"),
        text("department", 60),
        texts("kin"),
        key=("account",),
    )
    table(
        "allotments",
        text("member"),
        text("share_class", 40),
        whole("units", least=0),
        reference("programme", 40, "programmes.code"),
        reference("chain", 60, "cases.number"),
        key=("member", "share_class", "chain"),
    )
    indexes("allotments", "programme")
