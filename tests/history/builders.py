"""Entries and chains with sensible defaults: only what matters stands in a test."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from conversion.history.chain import entry_hash
from conversion.history.entry import FIRST_PREVIOUS, Entry, PaperReference, PolicyReference

LOG = "haigang.example/cungaiju/2024"
CASE = "HG-2024-0001"
MONDAY = datetime(2024, 5, 6, 1, 30, tzinfo=UTC)

ENTRY = Entry(
    log=LOG,
    chain=CASE,
    seq=1,
    previous=FIRST_PREVIOUS,
    at=MONDAY,
    actor="wang",
    roles=("preparer",),
    act="shares.allocate",
    source=None,
    target="allocated",
    policy=PolicyReference(pack="haigang-2024", sha256="ab" * 32),
    papers=(
        PaperReference(
            kind="share_notice", number="股〔2024〕1号", template="1", facts_sha256="cd" * 32
        ),
    ),
    commitment="ef" * 32,
    data={"form": {"note": "经成员大会表决通过"}},
)


def a_chain(length=12, *, log=LOG, case=CASE):
    """A clean chain's entries; every one a minute later than the one before."""
    entries, previous = [], FIRST_PREVIOUS
    for seq in range(1, length + 1):
        entry = replace(
            ENTRY,
            log=log,
            chain=case,
            seq=seq,
            previous=previous,
            at=MONDAY + timedelta(minutes=seq),
        )
        entries.append(entry)
        previous = entry_hash(entry.to_bytes()).hex()
    return entries
