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
    assert results(unified(huichuan)) == ["registered", "registered", "not_required"]


def test_whoever_is_not_registered_has_a_reason(huichuan):
    assert [bool(row.reason) for row in proposals(huichuan)] == [False, True, True]


def unified(pack):
    regime = pack.parameters["hukou.regime"]
    values = {day: v.model_copy(update={"value": "unified"}) for day, v in regime.values.items()}
    changed = regime.model_copy(update={"values": values})
    return replace(pack, parameters={**pack.parameters, "hukou.regime": changed})


STAYS = "公民身份号码不变；户口转换不影响成员身份、股份、承包地和宅基地。"


def lines(pack, **change):
    facts = household()
    members = {s: m.model_copy(update=change) for s, m in facts.members.items()}
    return propose_registrations(replace(facts, members=members), pack.on(DAY)).lines


def test_each_person_hears_what_is_asked_of_the_police_and_why(huichuan):
    farmer, townsman, resident = lines(huichuan)

    assert [line.key for line in (farmer, townsman, resident)] == ["01", "02", "03"]
    assert (farmer.title, farmer.result) == ("成员01的户口登记", "拟登记为居民户口")
    assert farmer.because == ("现为农业户口，转为居民户口。", STAYS)
    assert [(f.title, f.value) for f in farmer.facts] == [
        ("现在的户别", "农业户口"), ("户籍制度", "农业、非农业分别登记"),
    ]  # fmt: skip
    assert farmer.parameters == ("hukou.regime", "hukou.wording")
    assert not farmer.illustrative
    assert (townsman.result, townsman.because[0]) == ("无需转换", "本来就是非农业户口，无需转换。")
    assert resident.because == ("本来就是居民户口，无需转换。", STAYS)


def test_under_the_unified_regime_the_words_tell_no_kinds_apart(huichuan):
    farmer, townsman, resident = lines(unified(huichuan))

    assert farmer.because[0] == (
        "城乡统一登记，不再区分农业户口，登记为居民户口，并更新住址和社区名称。"
    )
    assert townsman.result == "拟登记为居民户口"
    assert farmer.facts[1].value == "城乡统一登记"
    assert resident.because[0] == "已经登记为居民户口，只更新住址和社区名称。"


def test_an_exception_rests_on_the_list_of_exceptions(huichuan):
    soldier, *_ = lines(huichuan, flag="4")

    assert soldier.result == "暂不转换"
    assert soldier.parameters == ("hukou.exceptions", "hukou.wording")
    assert soldier.illustrative
    assert "现役" in soldier.because[0]


def test_the_household_hears_how_many_are_registered_and_of_whom_the_reason_is_told(huichuan):
    some = propose_registrations(household(), huichuan.on(DAY))
    everyone = replace(household(), members={"01": household().members["01"]})

    assert some.reasons == (
        "本户3人，拟登记为居民户口的1人，其余2人的理由逐人写明。", STAYS,
    )  # fmt: skip
    assert propose_registrations(everyone, huichuan.on(DAY)).reasons[0] == (
        "本户1人，拟登记为居民户口的1人。"
    )
    assert some.facts == {"members": 3, "to_register": 1}
    assert (some.rule, some.granted) == ("registration", True)
    assert [use.name for use in some.parameters] == [
        "hukou.regime", "hukou.wording", "hukou.exceptions",
    ]  # fmt: skip
    assert some.references == tuple(dict.fromkeys(use.reference for use in some.parameters))


def test_nothing_is_asked_where_nobody_is_to_be_registered(huichuan):
    resident = household().members["03"]

    decision = propose_registrations(
        replace(household(), members={"03": resident}), huichuan.on(DAY)
    )

    assert not decision.granted
    assert decision.facts == {"members": 1, "to_register": 0}
