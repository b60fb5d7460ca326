"""Events read back from sealed entries, each only as far as somebody asks.

A case late in its life has dozens of entries, most of them long by the trace of their decision. A
step asks of nearly all of them only who did what, which the canonical bytes begin with.
"""

import re
from datetime import date, datetime
from typing import Any, Final

from pydantic_core import from_json

from conversion.domain.event import Event
from conversion.domain.role import Role
from conversion.domain.standing import Json
from conversion.errors import HistoryBroken
from conversion.history import reading

_BEGINNING: Final = re.compile(rb'\{"act":"([a-z_]+)\.([a-z_]+)","actor":"([^"\\]+)",')
"""How canonical bytes begin: names stand in their order, so nothing else can come first."""


_FOR_ANOTHER: Final = b'"on_behalf":'
"""What an entry without a substitute nowhere has: four eyes asks every entry for it."""


class SealedEvent(Event):
    """An act in a chain, of which at first only the act and its actor are read.

    Read plainly, for daily work: whether the bytes are what was sealed is `history verify`'s
    question, and asking it at every step would cost ten times the step.
    """

    __slots__ = ("data",)
    data: bytes

    def __init__(self, data: bytes) -> None:
        """Take the canonical bytes; what does not begin as an entry does is read at once.

        Raises:
            HistoryBroken: it is no entry at all.
        """
        object.__setattr__(self, "data", data)
        begun = _BEGINNING.match(data)
        if begun is None:
            self._read()
            return
        names = ("level", "event", "actor")
        for name, value in zip(names, begun.groups(), strict=True):
            object.__setattr__(self, name, value.decode())
        if _FOR_ANOTHER not in data:
            object.__setattr__(self, "on_behalf", "")

    def __getattr__(self, name: str) -> Any:
        """A field that was not read yet: Python comes here when its slot is empty."""
        if name not in Event.__slots__:
            raise AttributeError(name)
        self._read()
        return object.__getattribute__(self, name)

    def with_decision(self, decision: Json) -> Event:
        """The event with its whole decision, of which the entry says the answer only."""
        return Event(**_fields(self.data) | {"decision": decision})

    def _read(self) -> None:
        for name, value in _fields(self.data).items():
            object.__setattr__(self, name, value)


def _fields(data: bytes) -> dict[str, Any]:
    """Everything that an entry tells of its act, without its row changes."""
    record = reading.members(_parsed(data), "entry")
    told = reading.members(record["data"], "data")
    level, _, event = reading.text(record, "act").partition(".")
    return {
        "seq": reading.whole(record, "seq"),
        "at": datetime.fromisoformat(reading.text(record, "at")),
        "day": date.fromisoformat(reading.text(told, "day")),
        "actor": reading.text(record, "actor"),
        "actor_name": reading.text(told, "actor_name"),
        "roles": tuple(Role(role) for role in reading.texts(record, "roles")),
        "level": level,
        "event": event,
        "source": reading.optional_text(record, "source"),
        "target": reading.optional_text(record, "target"),
        "form": reading.members(told.get("form", {}), "form"),
        "decision": told.get("decision"),
        "on_behalf": reading.text(told, "on_behalf") if "on_behalf" in told else "",
    }


def _parsed(data: bytes) -> Any:
    try:
        return from_json(data)
    except ValueError:
        raise HistoryBroken(
            "读取历史记录", "有一条不成形", "停止办理，用备份和已签存的根摘要核对历史"
        ) from None
