"""What a sealed decision says, in the words in which papers quote it."""

from collections.abc import Iterable

from conversion.domain.event import Event
from conversion.domain.standing import Json
from conversion.policy.decision import Reference


def reasons_of(event: Event | None) -> tuple[str, ...]:
    """The reasons of the event's decision, in the order of the argument; none without one."""
    return tuple(str(reason) for reason in _listed(event, "reasons"))


def references_of(events: Iterable[Event]) -> tuple[str, ...]:
    """Title and article of everything that the events' decisions rest on, each once."""
    found = (row for event in events for row in _listed(event, "references"))
    return tuple(dict.fromkeys(_printed(row) for row in found if isinstance(row, dict)))


def examples_of(event: Event | None) -> tuple[str, ...]:
    """Titles of the parameters that the event's decision takes as examples (示例)."""
    rows = (row for row in _listed(event, "parameters") if isinstance(row, dict))
    return tuple(dict.fromkeys(str(row["title"]) for row in rows if row.get("illustrative")))


def parameter_words(event: Event | None, name: str) -> str:
    """A parameter's words as the event's decision used them, empty when it used none."""
    rows = (row for row in _listed(event, "parameters") if isinstance(row, dict))
    return next((str(row["value"]) for row in rows if row.get("name") == name), "")


def words(event: Event | None, field: str) -> str:
    """A text field of the event's form, empty when there is no event or no such field."""
    value = event.form.get(field) if event else None
    return value if isinstance(value, str) else ""


def _listed(event: Event | None, part: str) -> list[Json]:
    decision = event.decision if event else None
    found = decision.get(part) if isinstance(decision, dict) else None
    return found if isinstance(found, list) else []


def _printed(row: dict[str, Json]) -> str:
    return str(Reference(title=str(row.get("title", "")), article=str(row.get("article", ""))))
