"""Headship 户主: a new head, and everybody's relation to the new head, in one act."""

from collections.abc import Mapping

from conversion.domain.household import Member
from conversion.standards.rebased_relation import rebased
from conversion.standards.relation import HEAD, RELATIONS
from conversion.workflows.step import Check

_KNOWN = {relation.code for relation in RELATIONS} - {HEAD, "01"}


def under(
    members: Mapping[str, Member], head: str, told: Mapping[str, str], *, old_head: Member
) -> dict[str, Member]:
    """The members with their relations to a new head; what doesn't follow is as told, else as was.

    Args:
        members: by serial; `head` is one of them, `old_head` need not be any more.
        head: serial.
        told: serial → GB/T 4761 code, for whatever the form says; it goes before what follows.
        old_head: whose relations they are now.
    """
    found = {
        serial: HEAD
        if serial == head
        else told.get(serial) or rebased(m, members[head], old_head) or m.relation
        for serial, m in members.items()
    }
    return {s: m.model_copy(update={"relation": found[s]}) for s, m in members.items()}


def relations_known(
    members: Mapping[str, Member], head: str, told: Mapping[str, str], *, old_head: Member
) -> Check:
    """Whoever's relation to the new head doesn't follow is told in the form, by its code."""
    open_ones = [
        m.name
        for serial, m in members.items()
        if head in members
        and serial != head
        and serial not in told
        and rebased(m, members[head], old_head) is None
    ]
    wrong = [f"{s}={code}" for s, code in told.items() if s not in members or code not in _KNOWN]
    faults = [
        f"推不出与新户主的关系：{'、'.join(open_ones)}" if open_ones else "",
        f"填错的关系：{'、'.join(wrong)}" if wrong else "",
    ]
    found = "；".join(filter(None, faults))
    return Check(
        satisfied=not found,
        found=found or "与新户主的关系均已确定",
        remedy="在 relations 中逐人填写关系代码（GB/T 4761，户主不填）",
    )
