"""An administrator with the database file and no scruples: triggers off, then any SQL."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Any

from conversion.history.canonical import canonical, parse
from conversion.history.chain import entry_hash
from conversion.history.merkle import Frontier, leaf_hash
from conversion.services.audit import AuditReport
from tests.office import Town
from tests.village_roster import VILLAGE

Row = tuple[Any, ...]


@contextmanager
def the_file(town: Town) -> Iterator[sqlite3.Connection]:
    """The database file with every trigger dropped; what is done is committed."""
    with closing(sqlite3.connect(town.folder / "town.db", isolation_level=None)) as file:
        for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            file.execute(f"DROP TRIGGER {name}")
        yield file


def tamper(town: Town, *statements: str, values: Sequence[Any] = ()) -> None:
    """Run SQL on the file; each statement must change something."""
    with the_file(town) as file:
        for statement in statements:
            assert file.execute(statement, values).rowcount > 0, statement


def read(town: Town, query: str, *values: Any) -> list[Row]:
    with closing(sqlite3.connect(town.folder / "town.db")) as file:
        return file.execute(query, values).fetchall()


def blamed(report: AuditReport) -> set[str]:
    """The chains that the findings name."""
    return {finding.chain for finding in report.findings}


def rewrite_entry(file: sqlite3.Connection, idx: int, **fields: Any) -> None:
    """Change fields of an entry, and its leaf hash with it, as one who knows the format would."""
    (data,) = file.execute("SELECT bytes FROM entries WHERE idx = ?", (idx,)).fetchone()
    record = parse(data)
    assert isinstance(record, dict)
    changed = canonical(record | fields)
    file.execute(
        "UPDATE entries SET bytes = ?, leaf_hash = ? WHERE idx = ?",
        (changed, leaf_hash(changed), idx),
    )


def recompute_heads(file: sqlite3.Connection) -> None:
    """Make the log's head, the tree and every chain's head agree with the entries again."""
    frontier = Frontier()
    nodes = []
    entries = file.execute("SELECT bytes FROM entries ORDER BY idx").fetchall()
    for (data,) in entries:
        nodes += frontier.append(leaf_hash(data))
    file.execute(
        "UPDATE log_heads SET size = ?, frontier = ?", (frontier.size, frontier.to_bytes())
    )
    file.execute("DELETE FROM nodes")
    file.executemany("INSERT INTO nodes VALUES (?, ?, ?, ?)", [(VILLAGE, *node) for node in nodes])
    newest = file.execute("SELECT chain, bytes, MAX(seq) FROM entries GROUP BY chain").fetchall()
    for chain, data, seq in newest:
        values = (entry_hash(data).hex(), seq, chain)
        file.execute("UPDATE cases SET head_hash = ?, version = ? WHERE number = ?", values)
        file.execute("UPDATE programmes SET head_hash = ?, version = ? WHERE code = ?", values)
