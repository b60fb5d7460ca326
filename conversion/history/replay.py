"""Live state as history tells it: the sum of all acts of one chain, in their order."""

from collections.abc import Iterable, Mapping

from conversion.domain.standing import Json, Standing
from conversion.errors import HistoryBroken
from conversion.history.commitment import personal_changes
from conversion.history.entry import Entry


def replay(entries: Iterable[tuple[Entry, Mapping[str, Json] | None]]) -> Standing:
    """Where a chain must stand; compare it with the state tables by `Standing.differences`.

    Args:
        entries: a chain's entries in order, each with its opened personal payload, or None if it
            has none or was erased.

    Raises:
        HistoryBroken: an act started from a state in which its level was not, or its moves or
            changes can't be read.
    """
    standing = Standing()
    for entry, personal in entries:
        _move(standing, entry)
        for change in (*entry.changes(), *personal_changes(personal or {})):
            standing.apply(change)
    return standing


def _move(standing: Standing, entry: Entry) -> None:
    if entry.target is not None:
        position = standing.positions.get(entry.level, entry.source)
        if entry.source != position:
            raise HistoryBroken(
                f"重演案件 {entry.chain} 第 {entry.seq} 条",
                f"该条自“{entry.source}”起办，而当时处于“{position}”",
                "停止办理，用备份和已签存的根摘要核对历史",
            )
        standing.move(entry.level, entry.target)
    for level, state in entry.moves().items():
        standing.move(level, state)
