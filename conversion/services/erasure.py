"""Erasing personal data 删除个人信息 (个人信息保护法 47): recorded in the chain, then erased.

The entry whose payload goes keeps its commitment, so the history still proves unaltered; a payload
that is gone without such a record is a finding of `conversion.services.audit`.
"""

from typing import Final

from conversion.domain.role import Role
from conversion.errors import StepRefused
from conversion.history.act import Act
from conversion.history.entry import Entry
from conversion.services.office import Office
from conversion.services.staffing import find_actor
from conversion.store.append import Receipt, append
from conversion.store.chains import load_case
from conversion.store.entries import erase_personal

ERASE: Final = "case.erase_personal"


def erase(office: Office, account: str, case: str, seq: int, *, ground: str) -> Receipt:
    """Erase the personal payload of one entry of a case.

    Args:
        office: the office.
        account: who erases, of the district.
        case: the case's number.
        seq: the entry's place in its chain.
        ground: why, as recorded; it names no person.

    Raises:
        StepRefused: the person may not erase.
        NotFound: the entry does not exist, or has no payload any more.
    """
    with office.database.writing() as session:
        found = load_case(session, case)
        actor = find_actor(session, office, found.programme, account, roles=(Role.DISTRICT,))
        if not actor.holds(Role.DISTRICT):
            raise StepRefused("删除个人信息", f"{actor.name}没有区级岗位", "报区人民政府办理")
        act = Act(
            chain=case,
            version=found.version,
            at=office.now(),
            day=office.today(),
            actor=actor,
            name=ERASE,
            form={"seq": seq, "ground": ground},
        )
        (receipt,) = append(session, found.programme, [act], key=office.key, random=office.random)
        erase_personal(session, case, seq)
        return receipt


def erased_by(entry: Entry) -> int | None:
    """The place of the entry whose payload this one records as erased, None for other acts."""
    form = entry.data.get("form")
    seq = form.get("seq") if entry.act == ERASE and isinstance(form, dict) else None
    return seq if isinstance(seq, int) else None
