"""The arguments of past decisions, opened for the papers that quote them.

A household's entry says which rule answered what; why, it keeps outside the leaf, where it can be
erased. So whoever needs the reasons asks for them, and of nothing else the payload is opened.
"""

from collections.abc import Collection
from dataclasses import replace

from conversion.domain.case import Case
from conversion.domain.event import Event
from conversion.domain.standing import Json
from conversion.history.commitment import open_personal
from conversion.history.entry import Entry
from conversion.store.database import Session
from conversion.store.entries import personal_of
from conversion.store.sealed_event import SealedEvent


def with_arguments(session: Session, case: Case, acts: Collection[str], key: bytes) -> Case:
    """The case, its past events of these acts with their decisions whole.

    What was erased stays as the entry says it; an act that is not yet sealed is whole anyway.

    Args:
        session: a session.
        case: the case.
        acts: e.g. `shares.allocate`.
        key: of the personal payloads.

    Raises:
        HistoryBroken: a payload does not match its commitment.
    """
    past = tuple(_opened(session, event, acts, key) for event in case.past)
    return replace(case, past=past)


def _opened(session: Session, event: Event, acts: Collection[str], key: bytes) -> Event:
    if not isinstance(event, SealedEvent) or event.act not in acts:
        return event
    entry = Entry.from_bytes(event.data)
    return event.with_decision(argument(entry, personal_of(session, entry.chain, entry.seq), key))


def argument(entry: Entry, ciphertext: bytes | None, key: bytes) -> Json:
    """The decision of an entry, whole where its payload still is there, else its answer.

    Raises:
        HistoryBroken: the payload does not match the commitment.
    """
    answer = entry.data.get("decision")
    if answer is None or entry.commitment is None or ciphertext is None:
        return answer
    return open_personal(ciphertext, key, entry.commitment).get("decision", answer)
