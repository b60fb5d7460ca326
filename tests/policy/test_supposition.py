"""What can be supposed of a household: a closed vocabulary, and every part of it tried."""

from dataclasses import replace
from datetime import date

import pytest
from pydantic import ValidationError

from conversion.domain.household import DrawnBenefit, HukouKind, Trait
from conversion.domain.parcel import ParcelKind
from conversion.domain.right import Membership, MembershipStanding
from conversion.errors import WrongUse
from conversion.policy.supposition import (
    Newcomer,
    SupposedFacts,
    SupposedHousehold,
    Supposition,
    nearest,
    suppose,
)
from tests.policy.family import DAY, a_family

CONFIRMED = {
    s: Membership(member=s, standing=MembershipStanding.CONFIRMED) for s in ("01", "02", "06")
}
BABY = Newcomer(relation="20", born=date(2009, 11, 1))


def supposed(facts=None, findings=None, **told):
    return suppose(facts or a_family(), findings or {}, Supposition(**told))


def test_nothing_supposed_is_the_household_itself():
    family = a_family(memberships=CONFIRMED | {})
    facts, findings = supposed(family, {"05": ("hung_registration",)})

    assert facts.members == family.members
    assert facts.parcels == family.parcels
    assert facts.drawn == family.drawn
    assert facts.day == family.day
    assert facts.memberships == {s: row for s, row in CONFIRMED.items() if s in family.members}
    assert findings == {"05": ("hung_registration",)}


def test_another_day():
    assert supposed(day=date(2010, 6, 1))[0].day == date(2010, 6, 1)


def test_whoever_is_not_there_takes_draws_and_membership_along():
    facts, _ = supposed(a_family(memberships=CONFIRMED), without=("05", "02"))

    assert [*facts.members] == ["01", "03", "04"]
    assert facts.drawn == {}
    assert [*facts.memberships] == ["01"]


def test_what_the_household_draws_stays_whoever_leaves():
    drawn = {"01": DrawnBenefit(serial="01", item="退耕还林", monthly=100)}

    assert supposed(a_family(drawn=drawn), without=("05",))[0].drawn == drawn


def test_newcomers_get_serials_that_nobody_has_or_had():
    facts, _ = supposed(a_family(memberships=CONFIRMED), newcomers=(BABY, BABY))

    assert [*facts.members] == ["01", "02", "03", "04", "05", "07", "08"]
    baby = facts.members["07"]
    assert (baby.serial, baby.relation, baby.birth_date, baby.sex) == (
        "07",
        "20",
        date(2009, 11, 1),
        "9",
    )
    assert baby.name == "假设成员07"
    assert baby.hukou_kind is HukouKind.AGRICULTURAL


def test_a_newcomer_brings_all_that_rules_look_at():
    wife = Newcomer(
        relation="38",
        born=date(1990, 1, 2),
        sex="2",
        hukou=HukouKind.RESIDENT,
        flag="7",
        traits=(Trait.DISABLED,),
        farming_months=12,
        draws=("残疾人补贴",),
        findings=("member_elsewhere",),
    )
    facts, findings = supposed(newcomers=(wife,))

    joined = facts.members["06"]
    assert (joined.sex, joined.hukou_kind, joined.flag) == ("2", HukouKind.RESIDENT, "7")
    assert (joined.traits, joined.farming_months) == ((Trait.DISABLED,), 12)
    assert facts.drawn["S01"] == DrawnBenefit(serial="S01", member="06", item="残疾人补贴")
    assert "01" in facts.drawn
    assert findings == {"06": ("member_elsewhere",)}


def test_a_members_facts_are_told_otherwise_and_the_membership_is_open_again():
    told = {"02": SupposedFacts(born=date(1950, 1, 1), hukou=HukouKind.NON_AGRICULTURAL)}
    facts, _ = supposed(a_family(memberships=CONFIRMED), told=told)

    wife = facts.members["02"]
    assert (wife.birth_date, wife.hukou_kind) == (date(1950, 1, 1), HukouKind.NON_AGRICULTURAL)
    assert (wife.relation, wife.sex) == ("12", "2")
    assert [*facts.memberships] == ["01"]


def test_a_membership_may_be_supposed_itself():
    told = {"02": SupposedFacts(membership=MembershipStanding.NOT_CONFIRMED)}
    facts, _ = supposed(a_family(memberships=CONFIRMED), told=told, afresh=True)

    assert facts.memberships == {
        "02": Membership(member="02", standing=MembershipStanding.NOT_CONFIRMED, reason="按假设。")
    }


def test_a_membership_of_somebody_who_is_not_there_is_nobodys():
    told = {"02": SupposedFacts(membership=MembershipStanding.CONFIRMED)}

    assert supposed(told=told, without=("02",))[0].memberships == {}


def test_supposed_draws_stand_in_place_of_the_real_ones():
    told = {"05": SupposedFacts(draws=("农村五保", "高龄津贴")), "01": SupposedFacts(draws=())}
    facts, _ = supposed(told=told)

    assert [(d.serial, d.member, d.item) for d in facts.drawn.values()] == [
        ("S01", "05", "农村五保"),
        ("S02", "05", "高龄津贴"),
    ]


def test_years_of_service_and_income_are_supposed_where_no_register_has_them():
    family = a_family(service_years={"03": 2, "05": 1}, monthly_income=80_000)
    told = {"03": SupposedFacts(service_years=5), "02": SupposedFacts(service_years=0)}

    facts, _ = supposed(family, told=told, without=("05",))
    assert facts.service_years == {"03": 5, "02": 0}
    assert facts.monthly_income == 80_000
    poor = supposed(family, household=SupposedHousehold(monthly_income=0))[0]
    assert poor.monthly_income == 0
    assert poor.service_years == {"03": 2, "05": 1}


def test_findings_may_be_taken_back():
    told = {"05": SupposedFacts(findings=())}

    assert supposed(findings={"05": ("hung_registration",)}, told=told)[1] == {"05": ()}


def test_land_and_days_of_the_household():
    told = SupposedHousehold(
        land=(ParcelKind.CONTRACTED, ParcelKind.HOMESTEAD),
        approved=date(2010, 1, 1),
        registered=date(2010, 2, 1),
        base_date=date(2009, 6, 30),
    )
    facts, _ = supposed(household=told)

    assert [(p.serial, p.kind) for p in facts.parcels.values()] == [
        ("S01", ParcelKind.CONTRACTED),
        ("S02", ParcelKind.HOMESTEAD),
    ]
    assert (facts.approved_on, facts.registered_on) == (date(2010, 1, 1), date(2010, 2, 1))
    assert facts.base_date == date(2009, 6, 30)


def test_no_land_is_not_the_same_as_nothing_supposed():
    assert supposed(household=SupposedHousehold(land=()))[0].parcels == {}
    assert supposed()[0].parcels != {}


@pytest.mark.parametrize("told", [{"without": ("09",)}, {"told": {"09": SupposedFacts()}}])
def test_a_serial_that_the_household_does_not_have_is_refused(told):
    with pytest.raises(WrongUse) as refused:
        supposed(**told)

    assert str(refused.value) == (
        "试算一户：户内没有成员“09”。请使用成员序号：01、02、03、04、05。"
    )


def test_a_household_without_head_is_refused_until_one_is_named():
    with pytest.raises(WrongUse) as refused:
        supposed(without=("01",))
    assert str(refused.value) == (
        "试算一户：假设的户没有户主。请写明新户主，例如 --set 02.relation=02。"
    )

    facts, _ = supposed(without=("01",), told={"02": SupposedFacts(relation="02")})
    assert facts.members["02"].is_head


@pytest.mark.parametrize(
    ("day", "counted"),
    [
        (date(2008, 12, 31), date(2009, 1, 1)),
        (date(2009, 1, 1), date(2009, 1, 1)),
        (DAY, DAY),
        (date(2010, 12, 31), date(2010, 12, 31)),
        (date(2011, 1, 1), date(2010, 12, 31)),
    ],
)
def test_a_trial_outside_a_packs_time_takes_its_nearest_day(ended, day, counted):
    assert nearest(ended, day).day == counted


def test_a_pack_without_end_has_every_later_day(endless):
    assert nearest(endless, date(2030, 1, 1)).day == date(2030, 1, 1)


@pytest.fixture
def ended(huichuan):
    return replace(huichuan, until=date(2010, 12, 31))


@pytest.fixture
def endless(huichuan):
    return replace(huichuan, until=None)


@pytest.mark.parametrize(
    "told",
    [
        {"relation": "2"},
        {"relation": "123"},
        {"sex": "3"},
        {"sex": "12"},
        {"flag": "5"},
        {"flag": "9"},
        {"flag": "44"},
        {"farming_months": -1},
        {"farming_months": 1201},
        {"service_years": -1},
        {"service_years": 61},
        {"draws": ("",)},
        {"findings": ("Hung Registration",)},
        {"name": "张三"},
    ],
)
def test_only_what_the_rules_look_at_can_be_supposed(told):
    with pytest.raises(ValidationError):
        SupposedFacts(**told)


@pytest.mark.parametrize(
    "told",
    [
        {"relation": "02"},
        {"sex": "1"},
        {"sex": "2"},
        {"sex": "9"},
        *({"flag": flag} for flag in ("", "1", "2", "3", "4", "6", "7", "8")),
        {"farming_months": 0},
        {"farming_months": 1200},
    ],
)
def test_every_code_that_the_rules_know_can_be_supposed(told):
    assert SupposedFacts(**told).of_member() == told


@pytest.mark.parametrize("told", [{}, {"relation": "20"}, {"born": date(2009, 11, 1)}])
def test_of_a_newcomer_relation_and_birth_must_be_told(told):
    with pytest.raises(ValidationError):
        Newcomer(**told)


def test_a_household_has_nothing_else_to_suppose():
    with pytest.raises(ValidationError):
        SupposedHousehold.model_validate({"gives_up": ["contracted"]})
