"""Who gets a row and why, who nearly does and why not: told exactly, and no more than was asked."""

from datetime import date

import pytest

from conversion.domain.household import DrawnBenefit, Household, HukouKind, Member, Trait
from conversion.domain.parcel import Parcel, ParcelKind
from conversion.domain.right import Membership, MembershipStanding, ShareLot
from conversion.policy.condition import Condition
from conversion.policy.decision import FactUse
from conversion.policy.eligibility import eligibility, holders, nearest_member, refused
from conversion.policy.facts import HouseholdFacts
from conversion.policy.row import EntitlementRow, Scope

DAY = date(2009, 12, 1)
OLD = Member(
    serial="01", name="甲", relation="02", sex="2", birth_date=date(1949, 12, 1),
    flag="5", traits=(Trait.MINIMUM_LIVING, Trait.DISABLED),
)  # fmt: skip
NEARLY = Member(serial="02", name="乙", relation="20", sex="1", birth_date=date(1949, 12, 2))
CHILD = Member(
    serial="03", name="丙", relation="33", sex="2", birth_date=date(2001, 1, 1),
    hukou_kind=HukouKind.RESIDENT,
)  # fmt: skip


def household(*members, **facts):
    return HouseholdFacts(
        day=DAY,
        household=Household(number="1"),
        members={m.serial: m for m in members or (OLD, NEARLY, CHILD)},
        **facts,
    )


def a_row(*when, scope=Scope.PERSON, **fields):
    return EntitlementRow.model_validate(
        {
            "id": "home_care",
            "title": "居家养老",
            "category": "居家养老",
            "scope": scope.value,
            "when": [c.model_dump(mode="json", exclude_defaults=True) for c in when],
            "from": "approval",
            "side": "gained",
            "reason": "有人上门。",
            "department": "民政局",
            "window": "one_stop",
            "reference": {"document": "laonianren-fa"},
        }
        | fields,
        strict=False,
    )


SIXTY = Condition(age_at_least=60)


@pytest.mark.parametrize(
    ("asked", "told", "fact"),
    [
        ({"age_at_least": 60}, "年满60周岁（60周岁）", ("age", "年龄（周岁）", 60)),
        ({"age_below": 60}, "不满60周岁（60周岁）", ("age", "年龄（周岁）", 60)),
        ({"age_at_least": 16, "age_below": 60}, "年满16周岁、不满60周岁（60周岁）", ("age", "年龄（周岁）", 60)),
        ({"age_below": 0}, "不满0周岁（60周岁）", ("age", "年龄（周岁）", 60)),
        ({"traits_any": ("低保", "特困")}, "属于低保、特困之一（是低保）", ("traits", "身份特征", ["低保"])),
        ({"traits_any": ("低保", "残疾")}, "属于低保、残疾之一（是低保、残疾）", ("traits", "身份特征", ["低保", "残疾"])),
        ({"traits_any": ("特困",)}, "属于特困（没有登记）", ("traits", "身份特征", [])),
        ({"sex": "2"}, "性别为女（女）", ("sex", "性别", "女")),
        ({"sex": "1"}, "性别为男（女）", ("sex", "性别", "女")),
        ({"hukou_kind": ("agricultural", "resident")}, "户口性质为农业或者居民（农业）", ("hukou_kind", "户口性质", "农业")),
        ({"hukou_kind": ("resident",)}, "户口性质为居民（农业）", ("hukou_kind", "户口性质", "农业")),
        ({"relation": ("02", "20")}, "与户主的关系为户主或者子（户主）", ("relation", "与户主的关系", "户主")),
        ({"membership": "confirmed"}, "成员身份已确认（还没有认定）", ("membership", "成员身份", "还没有认定")),
        ({"has_land": ("contracted", "homestead")}, "户内有承包地或者宅基地（没有）", ("land", "户内土地", [])),
        ({"has_shares": True}, "户内持有股份（没有）", ("shares", "户内持有股份", False)),
        ({"has_shares": False}, "户内没有股份（没有）", ("shares", "户内持有股份", False)),
        ({"draws": True}, "在领“低保”或者“五保”（没有领）", ("draws", "在领的待遇", [])),
        ({"draws": False}, "没有领“低保”或者“五保”（没有领）", ("draws", "在领的待遇", [])),
    ],
)  # fmt: skip
def test_each_thing_asked_says_what_was_found(asked, told, fact):
    condition = Condition.model_validate(asked, strict=False)

    (finding,) = condition.findings(OLD, household(), ("低保", "五保"))

    assert str(finding) == told
    name, title, value = fact
    assert finding.fact == FactUse(name=name, title=title, value=value)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"membership": "proposed"}, "成员身份拟确认（拟确认）"),
        ({"membership": "confirmed"}, "成员身份已确认（拟确认）"),
        ({"has_land": ("contracted", "homestead")}, "户内有承包地或者宅基地（有宅基地）"),
        ({"has_shares": True}, "户内持有股份（持有）"),
        ({"has_shares": False}, "户内没有股份（持有）"),
        ({"draws": True}, "在领“低保”（在领农村低保）"),
    ],
)
def test_what_the_household_has_is_told(asked, told):
    facts = household(
        memberships={"01": Membership(member="01", standing=MembershipStanding.PROPOSED)},
        parcels={"P01": Parcel(serial="P01", kind=ParcelKind.HOMESTEAD)},
        shares={"02/p": ShareLot(member="02", share_class="p", units=1)},
        drawn={"01": DrawnBenefit(serial="01", item="农村低保")},
    )

    (finding,) = Condition.model_validate(asked, strict=False).findings(OLD, facts, ("低保",))

    assert str(finding) == told


def test_shares_of_no_units_are_none():
    facts = household(shares={"02/p": ShareLot(member="02", share_class="p", units=0)})

    assert not Condition(has_shares=True).holds(OLD, facts, ())


def test_a_remark_that_was_not_asked_for_is_not_told():
    (wanted,) = Condition(flag=("4", "1")).findings(OLD, household(), ())
    soldier = OLD.model_copy(update={"flag": "4"})
    (found,) = Condition(flag=("4",)).findings(soldier, household(), ())

    assert str(wanted) == "成员备注为现役军人或者外嫁女（没有登记）"
    assert wanted.fact == FactUse(name="flag", title="成员备注", value="")
    assert str(found) == "成员备注为现役军人（是）"
    assert found.fact.value == "现役军人"


@pytest.mark.parametrize(
    ("asked", "of_a_kind"),
    [
        ({"age_at_least": 90}, False),
        ({"hukou_kind": ("resident",)}, False),
        ({"membership": "confirmed"}, False),
        ({"has_land": ("contracted",)}, False),
        ({"has_shares": True}, False),
        ({"traits_any": ("特困",)}, True),
        ({"sex": "1"}, True),
        ({"relation": ("20",)}, True),
        ({"flag": ("4",)}, True),
        ({"draws": True}, True),
    ],
)
def test_what_sort_of_person_somebody_is_differs_from_how_far_off(asked, of_a_kind):
    (finding,) = Condition.model_validate(asked, strict=False).findings(OLD, household(), ("无",))

    assert finding.of_a_kind is of_a_kind
    assert not finding.met


def test_of_several_ways_the_one_that_holds_is_told():
    row = a_row(Condition(age_at_least=80), Condition(traits_any=(Trait.DISABLED,)))

    standing = eligibility(row, OLD, household())

    assert [str(f) for f in standing.findings] == ["属于残疾（是残疾）"]
    assert standing.unmet == ()


def test_of_several_ways_missed_the_nearest_is_told():
    far = Condition(traits_any=(Trait.AGED,))
    farther = Condition(age_at_least=70, has_land=(ParcelKind.CONTRACTED,))
    row = a_row(far, farther, Condition(age_at_least=64, sex="1"))

    standing = eligibility(row, NEARLY, household())

    assert [str(f) for f in standing.unmet] == ["年满64周岁（59周岁）"]
    assert standing.misses_by_one


def test_a_row_for_everybody_asks_nothing():
    row = a_row()

    assert eligibility(row, CHILD, household()).findings == ()
    assert [holder.serial for holder in holders(row, household())] == ["01", "02", "03"]


def test_the_household_has_it_by_the_member_who_fulfils_it():
    row = a_row(SIXTY, scope=Scope.HOUSEHOLD)

    (holder,) = holders(row, household(CHILD, NEARLY, OLD))
    assert (holder.serial, holder.by.serial) == ("", "01")
    assert nearest_member(row, household(CHILD, OLD)).serial == "01"


def test_whoever_misses_by_an_age_alone_is_told_so():
    row = a_row(SIXTY)

    told = list(refused(row, ("01",), household()))

    assert [(s.serial, str(s.unmet[0])) for s in told] == [("02", "年满60周岁（59周岁）")]


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        (Condition(age_at_least=13), True),
        (Condition(age_at_least=14), False),
        (Condition(age_below=4), True),
        (Condition(age_below=3), False),
    ],
)
def test_an_age_more_than_five_years_off_is_not_near(asked, near):
    assert eligibility(a_row(asked), CHILD, household()).misses_by_one is near


def test_whoever_is_another_sort_of_person_is_not_told():
    row = a_row(Condition(sex="2"))

    assert list(refused(row, ("01", "03"), household())) == []


def test_whoever_misses_two_things_is_not_told():
    row = a_row(Condition(age_at_least=60, hukou_kind=(HukouKind.AGRICULTURAL,)))

    assert [s.serial for s in refused(row, ("01",), household())] == ["02"]


@pytest.mark.parametrize(
    ("asked", "serial", "short_by"),
    [
        (Condition(age_at_least=80), "01", 20),
        (Condition(age_below=8), "03", 1),
        (Condition(age_at_least=9, age_below=50), "03", 1),
        (Condition(age_at_least=6, age_below=8), "03", 1),
    ],
)
def test_of_what_nobody_gets_the_nearest_member_is_told_once(asked, serial, short_by):
    told = list(refused(a_row(asked), (), household(CHILD, NEARLY, OLD)))

    assert [s.serial for s in told] == [serial]
    assert [f.short_by for f in told[0].unmet] == [short_by]
    assert not told[0].is_of_another_kind


def test_of_a_household_that_has_it_nobody_is_refused():
    assert list(refused(a_row(SIXTY, scope=Scope.HOUSEHOLD), ("",), household())) == []


def test_a_household_without_anybody_is_refused_nothing():
    facts = HouseholdFacts(day=DAY, household=Household(number="1"), members={})

    assert list(refused(a_row(SIXTY), (), facts)) == []
