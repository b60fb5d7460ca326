"""What the police register is asked to do, under the dual regime and under the unified one."""

from dataclasses import replace
from datetime import date

from conversion.domain.household import Household, HukouKind, Member
from conversion.domain.right import Registration
from conversion.policy.facts import HouseholdFacts
from conversion.policy.rules.registration import propose_registrations

DAY = date(2009, 12, 1)


def household():
    members = {
        f"{n:02}": Member(
            serial=f"{n:02}", name="甲", relation="02" if n == 1 else "97", sex="1",
            birth_date=date(1980, 1, 1), hukou_kind=kind,
        )
        for n, kind in enumerate(HukouKind, 1)
    }  # fmt: skip
    return HouseholdFacts(day=DAY, household=Household(number="1"), members=members)


def proposals(pack):
    rows = propose_registrations(household(), pack.on(DAY)).rows
    return [row for row in rows if isinstance(row, Registration)]


def results(pack):
    return [str(row.result) for row in proposals(pack)]


def test_under_the_dual_regime_only_farm_registrations_change(huichuan):
    assert results(huichuan) == ["registered", "not_required", "not_required"]


def test_under_the_unified_regime_everyone_not_yet_a_resident_is_entered(huichuan):
    regime = huichuan.parameters["hukou.regime"]
    values = {day: v.model_copy(update={"value": "unified"}) for day, v in regime.values.items()}
    unified = regime.model_copy(update={"values": values})
    pack = replace(huichuan, parameters={**huichuan.parameters, "hukou.regime": unified})

    assert results(pack) == ["registered", "registered", "not_required"]


def test_whoever_is_not_registered_has_a_reason(huichuan):
    assert [bool(row.reason) for row in proposals(huichuan)] == [False, True, True]
