"""Workers' slots: which process holds each, and its last sign of life."""

from collections.abc import Mapping

from sqlalchemy import delete, select

from conversion.store.database import Session
from conversion.store.office_tables import WORKER_SLOTS, WorkerSlotRow


def take_slot(session: Session, slot: str, token: str, seen_at: int) -> None:
    """Hold a slot from now on, whoever held it before."""
    session.merge(WorkerSlotRow(slot=slot, token=token, seen_at=seen_at))


def keep_slot(session: Session, slot: str, token: str, seen_at: int) -> bool:
    """Give a sign of life; false when another process has taken the slot."""
    row = session.get(WorkerSlotRow, slot, with_for_update=True)
    if row is None or row.token != token:
        return False
    row.seen_at = seen_at
    return True


def leave_slot(session: Session, slot: str, token: str) -> None:
    """Give a slot back, unless another process has taken it."""
    own = (WORKER_SLOTS.c.slot == slot) & (WORKER_SLOTS.c.token == token)
    session.execute(delete(WORKER_SLOTS).where(own))


def forget_slots(session: Session, before: int) -> None:
    """Forget slots without a sign of life since then."""
    session.execute(delete(WORKER_SLOTS).where(WORKER_SLOTS.c.seen_at < before))


def slots_seen(session: Session) -> Mapping[str, int]:
    """Slot → its last sign of life, in seconds since 1970 UTC by its own clock."""
    query = select(WORKER_SLOTS.c.slot, WORKER_SLOTS.c.seen_at)
    return {row.slot: row.seen_at for row in session.execute(query)}
