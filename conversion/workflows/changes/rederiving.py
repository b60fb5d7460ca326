"""Re-deriving: what depends on who is in a household, brought to where a change leaves it.

A list that hangs, or hung before the decision, and now reads otherwise has to hang again, for this
household alone; what was explained is explained again; co-holders of land are the members.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from conversion.domain.case import Case
from conversion.domain.right import Benefit
from conversion.policy.rules.transitional_benefit import assess_benefits
from conversion.workflows.changes.naming import is_gone
from conversion.workflows.facts import household_facts
from conversion.workflows.step import CaseCircumstances

REWINDS: Final[Mapping[str, Mapping[str, str]]] = {
    "case": {
        "on_notice": "reviewed",
        "noticed": "reviewed",
        "examined": "reviewed",
        "countersigned": "reviewed",
    },
    "shares": {"members_on_notice": "members_proposed", "shares_on_notice": "allocated"},
    "land": {"on_notice": "signed"},
    "benefits": {"explained": "assessed"},
    "entitlements": {
        "mapped": "open",
        "dispatched": "open",
        "acknowledged": "open",
        "settled": "open",
    },
}
"""Level → state → where it goes back to when what it rests on has changed."""

_RESTS_ON: Final[Mapping[str, Callable[[Case], Any]]] = {
    "case": lambda c: (c.household, _names(c)),
    "shares": lambda c: (c.memberships, c.shares, _names(c)),
    "land": lambda c: (c.parcels, c.land, c.head.name, _called(c)),
    "benefits": lambda c: (c.benefits, _names(c)),
    "entitlements": lambda c: (c.benefits, c.entitlements, _names(c)),
}

BENEFITS_DECIDED = ("assessed", "explained", "in_force", "settled")


def rederived(c: CaseCircumstances, before: Case | None, after: Case) -> Case:
    """A household after a change, with everything that depends on its members.

    Args:
        c: the day and the rules.
        before: as it stood; None for one that splits off, which is compared with its source.
        after: as the change leaves it.
    """
    source = before or c.case
    return _rewound(c, source, _with_benefits(c, source, _with_holders(source, after)))


def _names(case: Case) -> list[tuple[str, str, str]]:
    return [(m.serial, m.name, m.relation) for m in case.members.values()]


def _called(case: Case) -> list[tuple[str, str]]:
    return [(m.serial, m.name) for m in case.members.values()]


def _with_holders(before: Case, after: Case) -> Case:
    """All members are co-holders of the household's land, women included (农村土地承包法)."""
    if after.members.keys() == before.members.keys() or not after.members:
        return after
    holders = tuple(sorted(after.members))
    land = {k: r.model_copy(update={"holders": holders}) for k, r in after.land.items()}
    return replace(after, land=land)


def _with_benefits(c: CaseCircumstances, before: Case, after: Case) -> Case:
    """Whoever is new gets what the pack gives; what others have is not assessed again."""
    new = after.members.keys() - before.members.keys()
    if not new or after.positions["benefits"] not in BENEFITS_DECIDED:
        return after
    rows = assess_benefits(household_facts(replace(c, case=after)), c.pack).rows_of(Benefit)
    fresh = {r.key: r for r in rows if r.member in new and r.key not in after.benefits}
    return replace(after, benefits={**after.benefits, **fresh})


def _rewound(c: CaseCircumstances, before: Case, after: Case) -> Case:
    positions = dict(after.positions)
    for level, back in REWINDS.items():
        told = _RESTS_ON[level]
        if positions[level] in back and told(before) != told(after):
            positions[level] = back[positions[level]]
    moved = {level for level in REWINDS if positions[level] != after.positions[level]}
    if "case" in moved:
        after = replace(after, countersignatures={})
    gone = {"case"} if is_gone(positions) else set()
    return replace(_taken_down(c, after, moved | gone), positions=positions)


def _taken_down(c: CaseCircumstances, case: Case, levels: set[str]) -> Case:
    """The lists that hang on these levels are void: what they say is no longer so."""
    void = {"voided_on": c.day, "void_reason": "户内变更，名单有变"}
    notices = {
        serial: n.model_copy(update=void)
        if n.level in levels and n.closed_on is None and n.voided_on is None
        else n
        for serial, n in case.notices.items()
    }
    return replace(case, notices=notices)
