"""The history: entries, the nodes of their Merkle tree, its newest edge, and sealed payloads.

Entries and nodes can only be added; triggers refuse the rest (see the first migration).
"""

import builtins
from typing import ClassVar

from sqlalchemy import UniqueConstraint
from sqlalchemy.schema import SchemaItem
from sqlmodel import Field, SQLModel

from conversion.store.chain_tables import PROGRAMME
from conversion.store.columns import Stored


class EntryRow(Stored, table=True):
    """One sealed act.

    Attributes:
        idx: place in the programme's log, from 0 without gap.
        chain, seq: place in its chain, from 1 without gap.
        bytes: canonical bytes, verbatim.
        leaf_hash: RFC 6962 hash of the bytes.
    """

    __tablename__: ClassVar[str] = "entries"
    __table_args__: ClassVar[tuple[SchemaItem, ...]] = (UniqueConstraint("chain", "seq"),)

    programme: str = Field(primary_key=True, foreign_key=PROGRAMME, max_length=40)
    idx: int = Field(primary_key=True, ge=0)
    chain: str = Field(max_length=60)
    seq: int = Field(ge=1)
    bytes: builtins.bytes
    leaf_hash: builtins.bytes


class NodeRow(Stored, table=True):
    """The hash of one complete subtree; level 0 holds the leaves."""

    __tablename__: ClassVar[str] = "nodes"

    programme: str = Field(primary_key=True, foreign_key=PROGRAMME, max_length=40)
    level: int = Field(primary_key=True, ge=0)
    idx: int = Field(primary_key=True, ge=0)
    hash: bytes


class LogHeadRow(Stored, table=True):
    """The newest edge of a programme's log, which every append moves on."""

    __tablename__: ClassVar[str] = "log_heads"

    programme: str = Field(primary_key=True, foreign_key=PROGRAMME, max_length=40)
    size: int = Field(ge=0)
    frontier: bytes


class PersonalRow(Stored, table=True):
    """The personal payload of an entry, sealed; erasing it leaves the history whole."""

    __tablename__: ClassVar[str] = "personal_payloads"

    programme: str = Field(primary_key=True, foreign_key=PROGRAMME, max_length=40)
    idx: int = Field(primary_key=True, ge=0)
    ciphertext: bytes


ENTRIES = SQLModel.metadata.tables["entries"]
NODES = SQLModel.metadata.tables["nodes"]
LOG_HEADS = SQLModel.metadata.tables["log_heads"]
PERSONAL = SQLModel.metadata.tables["personal_payloads"]
