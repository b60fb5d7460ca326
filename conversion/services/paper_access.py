"""Who may have a numbered paper before them: by post, by group, and by no near relative (回避)."""

from typing import Final

from conversion.domain.case import Case
from conversion.domain.programme import Programme
from conversion.domain.role import Actor, Role
from conversion.errors import StepRefused
from conversion.services.office import Office
from conversion.services.staffing import find_actor
from conversion.store.database import Session
from conversion.workflows.paper_life import Holder

PRINTERS: Final = (Role.TASK_FORCE, Role.COLLECTIVE, Role.VILLAGE)
"""Who gives papers out."""

READERS: Final = (*PRINTERS, Role.DISTRICT, Role.AUDITOR)
"""Who may have a paper printed again for the file, the court, or an audit."""


def demand_access(
    session: Session,
    office: Office,
    account: str,
    holder: Holder,
    *,
    asked: str,
    roles: tuple[Role, ...],
) -> Actor:
    """The person of an account, in a post that may have the papers of this case or village.

    Args:
        session: a session.
        office: the office.
        account: who asks.
        holder: the case or the programme whose papers are asked for.
        asked: what is asked, as the refusal says it.
        roles: the posts that may.

    Raises:
        NotFound: there is no such account.
        StepRefused: the person holds none of these posts, serves another group, or has to stand
            back from the household.
    """
    programme = holder.code if isinstance(holder, Programme) else holder.programme
    actor = find_actor(session, office, programme, account, roles=roles)
    if not actor.holds(*roles):
        who = "、".join(role.label for role in roles)
        raise StepRefused(asked, f"{actor.name}的岗位是{actor.posts}", f"由{who}的人员办理")
    if isinstance(holder, Case):
        _demand_fit(actor, holder, asked, roles)
    return actor


def _demand_fit(actor: Actor, case: Case, asked: str, roles: tuple[Role, ...]) -> None:
    household, people = case.household, case.people.values()
    if not actor.serves(roles, {household.group}):
        found = f"{actor.name}的岗位是{actor.posts}，户号 {household.number} 在{household.group}"
        raise StepRefused(asked, found, f"由服务{household.group}的人员办理")
    if actor.is_kin(household.number, (person.resident_number for person in people)):
        found = f"{actor.name}与户号 {household.number} 有近亲属关系"
        raise StepRefused(asked, found, "由无近亲属关系的人员办理")
