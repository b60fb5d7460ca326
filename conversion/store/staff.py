"""The staff table: who may act, and in which roles."""

from collections.abc import Iterable

from sqlmodel import select

from conversion.domain.role import Actor, Role
from conversion.errors import NotFound
from conversion.store.database import Session
from conversion.store.office_tables import StaffRow


def put_staff(session: Session, actors: Iterable[Actor]) -> None:
    """Enter people, or replace what is known of them."""
    for actor in actors:
        session.merge(
            StaffRow(
                account=actor.account,
                name=actor.name,
                roles=tuple(role.value for role in actor.roles),
                department=actor.department,
                kin=actor.kin,
            )
        )


def find_actor(session: Session, account: str) -> Actor:
    """The person of an account.

    Raises:
        NotFound: there is no such account.
    """
    row = session.get(StaffRow, account)
    if row is None:
        raise NotFound(f"查找人员 {account}", "人员表中没有这个账号", "核对账号，或先登记人员")
    return _actor(row)


def all_actors(session: Session) -> list[Actor]:
    """All people, by account."""
    return [_actor(row) for row in session.scalars(select(StaffRow).order_by(StaffRow.account))]


def _actor(row: StaffRow) -> Actor:
    return Actor(
        account=row.account,
        name=row.name,
        roles=tuple(Role(role) for role in row.roles),
        department=row.department,
        kin=tuple(row.kin),
    )
