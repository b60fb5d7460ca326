"""Who acts for a programme: found in its staff table, on the day, in the posts of that day."""

from datetime import date

from conversion.domain.programme import Programme
from conversion.domain.role import SYSTEM, Actor, Role
from conversion.errors import NotFound, StepRefused
from conversion.store.chains import load_programme
from conversion.store.database import Session


def capacities_of(
    programme: Programme, account: str, day: date, *, principal: str = ""
) -> tuple[Actor, ...]:
    """As whom a person may act on a day: as oneself in each department, then for each principal.

    The system is of every programme's staff, and nobody else is the system.

    Args:
        programme: whose staff the person is of.
        account: the person's account.
        day: the day of the act.
        principal: for whom alone the person wants to act; empty for whoever it serves.

    Raises:
        NotFound: there is no such account.
        StepRefused: the person does not stand in for that principal on that day.
    """
    if account == SYSTEM.account:
        return (SYSTEM,)
    found = programme.staff_table.capacities(account, day)
    if not found:
        raise NotFound(
            f"查找人员 {account}", "本项目的人员表中没有这个账号", "核对账号，或先任用该人员"
        )
    chosen = tuple(a for a in found if a.on_behalf == principal) if principal else found
    if not chosen:
        says = f"{found[0].name}今天没有代理 {principal}"
        raise StepRefused(f"代 {principal} 办理", says, "先登记代理，或由本人办理")
    return chosen


def find_actor(
    session: Session, programme: str, account: str, day: date, *, roles: tuple[Role, ...] = ()
) -> Actor:
    """The person of an account, in the first capacity that holds one of the roles.

    Raises:
        NotFound: there is no such programme or account.
    """
    found = capacities_of(load_programme(session, programme), account, day)
    return next((a for a in found if a.holds(*roles)), found[0])
