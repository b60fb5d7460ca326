"""The share plan 折股量化方案: drafted over the confirmed roll, and the allotment it makes."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from conversion.domain.case import Case
from conversion.domain.collections import put
from conversion.domain.household import Member
from conversion.domain.ledger import account_of
from conversion.domain.programme import Programme, ShareClass, SharePlan
from conversion.domain.right import MembershipStanding, ReservedLot, ShareLot
from conversion.domain.standing import Change, Json
from conversion.history.canonical import canonical
from conversion.policy.pack import PackOnDay
from conversion.policy.rules.share_allocation import Allotment, Weights, allot, weigh
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


def draft(
    programme: Programme, cases: Sequence[Case], pack: PackOnDay, *, version: str
) -> PlanDraft:
    """The plan that the confirmed members of these cases would get today.

    Raises:
        WrongUse: nobody is confirmed.
    """
    assert programme.base_date, "the base date is a milestone before the plan"
    confirmed, disputed = (
        _weights(cases, pack, programme.base_date, standing)
        for standing in (MembershipStanding.CONFIRMED, MembershipStanding.DISPUTED)
    )
    allotment = allot(confirmed, reserved_weights=disputed, pack=pack)
    lots, kept = _lots_by_case(allotment.units), _lots_by_case(allotment.reserved)
    plan = _plan(programme, allotment, lots, pack, version)
    classes = (put("share_classes", row.key, row) for row in _classes(allotment, pack))
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


def weights_of(case: Case, pack: PackOnDay, base_date: date) -> dict[str, dict[str, int]]:
    """Confirmed member's serial → class → weight."""
    members = _standing(case, MembershipStanding.CONFIRMED)
    return {serial: weigh(member, pack, base_date) for serial, member in members.items()}


def allotment_sha256(lots: Mapping[str, Sequence[ShareLot]]) -> str:
    """The digest of the whole allotment table, sealed with the plan."""
    table: Json = {
        number: {lot.key: lot.units for lot in of_case} for number, of_case in lots.items()
    }
    return hashlib.sha256(canonical(table)).hexdigest()


def _weights(
    cases: Sequence[Case], pack: PackOnDay, base_date: date, standing: MembershipStanding
) -> dict[str, dict[str, int]]:
    """Class → account → weight, of all members whose membership stands so."""
    weights: dict[str, dict[str, int]] = {c.id: {} for c in pack.share_plan.classes}
    for case in cases:
        for serial, member in _standing(case, standing).items():
            for share_class, weight in weigh(member, pack, base_date).items():
                weights[share_class][account_of(case.number, serial)] = weight
    return weights


def _standing(case: Case, standing: MembershipStanding) -> dict[str, Member]:
    rows = case.memberships.values()
    return {m.member: case.people[m.member] for m in rows if m.standing is standing}


def _lots_by_case(units: Weights) -> dict[str, list[ShareLot]]:
    lots: dict[str, list[ShareLot]] = {}
    for share_class, by_member in units.items():
        for key, count in by_member.items():
            number, _, serial = key.rpartition("/")
            lot = ShareLot(member=serial, share_class=share_class, units=count)
            lots.setdefault(number, []).append(lot)
    return lots


def _classes(allotment: Allotment, pack: PackOnDay) -> list[ShareClass]:
    return [
        ShareClass(
            share_class=rule.id,
            title=rule.title,
            place=place,
            units=allotment.class_totals[rule.id],
            weight_total=allotment.weight_totals[rule.id],
            reserved=sum(allotment.reserved[rule.id].values()),
        )
        for place, rule in enumerate(pack.share_plan.classes, 1)
    ]


def _plan(
    programme: Programme,
    allotment: Allotment,
    lots: Mapping[str, Sequence[ShareLot]],
    pack: PackOnDay,
    version: str,
) -> SharePlan:
    assert programme.base_date
    return SharePlan(
        version=version,
        adopted_on=pack.day,
        base_date=programme.base_date,
        total_units=allotment.total_units,
        collective_units=allotment.collective_units,
        reserved_units=allotment.reserved_units,
        asset_value=_asset_value(programme),
        mode=pack.share_plan.mode,
        allotment_sha256=allotment_sha256(lots),
    )


def _asset_value(programme: Programme) -> int:
    inventory = next(e for e in reversed(programme.past) if e.event == "verify_assets")
    value = inventory.form["asset_value"]
    assert isinstance(value, int)
    return value
