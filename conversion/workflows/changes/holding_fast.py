"""Holding fast 暂停: what a change is about stands still until the change is decided.

Two records of one person are both held, so that neither is paid, certified or moved meanwhile.
The hold bears the change's id as its order, and ends with its approval or when it is dropped.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from conversion.domain.case import Case
from conversion.domain.collections import put
from conversion.domain.hold import Hold, HoldKind
from conversion.domain.standing import Change
from conversion.workflows.changes.kind import households
from conversion.workflows.step import CaseCircumstances, Companion

BLOCKED: Final = ("shares", "ledger", "benefits", "entitlements")


def laid(c: CaseCircumstances, change: str, members: Mapping[str, str]) -> dict[str, Change]:
    """A hold for each of the households.

    Args:
        c: the households and the day.
        change: id of the change, which the holds bear as their order.
        members: household number → serial of the member it is about.
    """
    return {
        case.number: _hold(c, case, change, members[case.household.number])
        for case in households(c).values()
        if case.household.number in members
    }


def _hold(c: CaseCircumstances, case: Case, change: str, member: str) -> Change:
    serial = f"H{len(case.holds) + 1:02d}"
    hold = Hold(
        serial=serial,
        kind=HoldKind.DISPUTE,
        blocks=BLOCKED,
        authority=c.programme.village.issuing_office,
        order=change,
        reason="重复登记待核实",
        member=member,
        since=c.day,
    )
    return put("holds", serial, hold)


def released(c: CaseCircumstances, case: Case, change: str) -> Case:
    """The household without the hold that a change has laid on it."""
    told = {"lifted_on": c.day, "ending": change}
    holds = {
        serial: h.model_copy(update=told) if h.order == change and h.is_in_force else h
        for serial, h in case.holds.items()
    }
    return replace(case, holds=holds)


def elsewhere(own: str, laid_on: Mapping[str, Change]) -> tuple[Companion, ...]:
    """The holds on other chains than the own one."""
    return tuple(
        Companion(chain=number, changes=(change,))
        for number, change in laid_on.items()
        if number != own
    )
