"""The share plan 折股量化方案: drafted over the confirmed roll, and the allotment it makes."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from conversion.domain.case import Case
from conversion.domain.collections import put
from conversion.domain.programme import Programme
from conversion.domain.right import ReservedLot, ShareLot
from conversion.domain.standing import Change, Json
from conversion.history.canonical import canonical
from conversion.policy.pack import PackOnDay
from conversion.policy.rules.share_allocation import Allotment
from conversion.policy.share_scheme import ShareScheme
from conversion.policy.village_shares import TAKING_PART, VillageShares, by_case
from conversion.policy.weighing import at_base_date, weigh
from conversion.workflows.step import Companion


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDraft:
    """A plan computed but not adopted.

    Attributes:
        changes: the plan's rows, as adopting it would set them.
        lots: case number → the lots of its persons.
        set_aside: what it keeps back for people in dispute, in the chain of each household.
        cases: household number → the households that it sets something in.
    """

    allotment: Allotment
    changes: tuple[Change, ...]
    lots: Mapping[str, Sequence[ShareLot]]
    set_aside: tuple[Companion, ...] = ()
    cases: Mapping[str, Case] = field(default_factory=dict)

    @property
    def faults(self) -> tuple[str, ...]:
        """Why it may not be adopted, e.g. who would hold too much; nothing when it may."""
        decision = self.allotment.decision
        return () if decision.granted else decision.reasons


def draft(
    programme: Programme,
    cases: Sequence[Case],
    pack: PackOnDay,
    scheme: ShareScheme,
    *,
    version: str,
) -> PlanDraft:
    """The plan that the confirmed members of these cases would get today.

    Raises:
        WrongUse: nobody is confirmed.
    """
    assert programme.base_date, "the base date is a milestone before the plan"
    village = VillageShares(pack=pack, plan=scheme)
    for case in cases:
        village.add(case.number, at_base_date(case, programme.base_date))
    allotment = village.allotment()
    lots, kept = by_case(allotment.units), by_case(allotment.reserved)
    made = allotment.plan(
        scheme, version=version, base_date=programme.base_date, adopted_on=pack.day
    )
    sealed = {"asset_value": _asset_value(programme), "allotment_sha256": allotment_sha256(lots)}
    plan = made.model_copy(update=sealed)
    classes = (put("share_classes", key, row) for key, row in allotment.classes(scheme).items())
    return PlanDraft(
        allotment=allotment,
        changes=(put("plan", "plan", plan), *classes),
        lots=lots,
        set_aside=tuple(_setting_aside(number, of_case) for number, of_case in kept.items()),
        cases={case.household.number: case for case in cases if case.number in kept},
    )


def _setting_aside(number: str, lots: Sequence[ShareLot]) -> Companion:
    rows = (ReservedLot.model_validate(lot.model_dump()) for lot in lots)
    return Companion(chain=number, changes=tuple(put("reserved", row.key, row) for row in rows))


def weights_of(case: Case, scheme: ShareScheme, base_date: date) -> dict[str, dict[str, int]]:
    """Class → serial → weight, of all of a household who take part."""
    taking = [m.member for m in case.memberships.values() if m.standing in TAKING_PART]
    return weigh(at_base_date(case, base_date), scheme, taking)


def allotment_sha256(lots: Mapping[str, Sequence[ShareLot]]) -> str:
    """The digest of the whole allotment table, sealed with the plan."""
    table: Json = {
        number: {lot.key: lot.units for lot in of_case} for number, of_case in lots.items()
    }
    return hashlib.sha256(canonical(table)).hexdigest()


def _asset_value(programme: Programme) -> int:
    inventory = next(e for e in reversed(programme.past) if e.event == "verify_assets")
    value = inventory.form["asset_value"]
    assert isinstance(value, int)
    return value
