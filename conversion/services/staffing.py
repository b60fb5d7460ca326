"""Who acts for a programme: found in its staff table, on the day, in the posts of that day."""

from conversion.domain.programme import Programme
from conversion.domain.role import SYSTEM, Actor, Role
from conversion.domain.staff import StaffTable
from conversion.errors import NotFound, StepRefused
from conversion.policy.pack import PackOnDay
from conversion.services.office import Office
from conversion.store.chains import load_programme
from conversion.store.database import Session


def staff_of(programme: Programme, pack: PackOnDay) -> StaffTable:
    """A programme's staff, each department under the name it bears under the pack."""
    return programme.staff_table.renamed(pack.department_now)


def capacities_of(
    programme: Programme, account: str, pack: PackOnDay, *, principal: str = ""
) -> tuple[Actor, ...]:
    """As whom a person may act on a day: as oneself in each department, then for each principal.

    The system is of every programme's staff, and nobody else is the system.

    Args:
        programme: whose staff the person is of.
        account: the person's account.
        pack: of the programme, on the day of the act.
        principal: for whom alone the person wants to act; empty for whoever it serves.

    Raises:
        NotFound: there is no such account.
        StepRefused: the person does not stand in for that principal on that day.
    """
    if account == SYSTEM.account:
        return (SYSTEM,)
    found = staff_of(programme, pack).capacities(account, pack.day)
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
    session: Session, office: Office, programme: str, account: str, *, roles: tuple[Role, ...] = ()
) -> Actor:
    """The person of an account today, in the first capacity that holds one of the roles.

    Raises:
        NotFound: there is no such programme or account, or no pack decides today.
    """
    loaded = load_programme(session, programme)
    found = capacities_of(loaded, account, office.pack(loaded.village.pack, office.today()))
    return next((a for a in found if a.holds(*roles)), found[0])
