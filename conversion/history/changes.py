"""Row changes as they stand in an entry's `data` and in a personal payload."""

from collections.abc import Iterable

from conversion.domain.standing import Change, Json
from conversion.history import reading

_NAMES = {"collection", "key", "row"}


def changes_as_json(changes: Iterable[Change]) -> list[Json]:
    """What to put under `"changes"`."""
    return [
        {"collection": change.collection, "key": change.key, "row": change.row}
        for change in changes
    ]


def changes_in(payload: reading.Record) -> tuple[Change, ...]:
    """The changes under `"changes"`; none if there is no such member.

    Raises:
        HistoryBroken: the member is not a list of `{collection, key, row}`.
    """
    if "changes" not in payload:
        return ()
    return tuple(_change(item) for item in reading.items(payload, "changes"))


def _change(item: Json) -> Change:
    record = reading.members(item, "changes")
    reading.demand_names(record, _NAMES, "changes")
    row = record["row"]
    return Change(
        collection=reading.text(record, "collection"),
        key=reading.text(record, "key"),
        row=None if row is None else reading.members(row, "row"),
    )
