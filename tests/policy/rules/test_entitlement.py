"""The two columns of the statement: kept and gained, with the duty and the window beside."""

from datetime import date

from conversion.domain.household import DrawnBenefit, Household, Member
from conversion.domain.parcel import Parcel, ParcelKind
from conversion.domain.right import Benefit, Side
from conversion.policy.facts import HouseholdFacts
from conversion.policy.row import Category
from conversion.policy.rules.entitlement import map_entitlements
from conversion.policy.rules.transitional_benefit import assess_benefits

DAY = date(2009, 12, 21)


def household():
    members = {
        "01": Member(serial="01", name="甲", relation="02", sex="1", birth_date=date(1940, 1, 1)),
        "02": Member(serial="02", name="乙", relation="33", sex="2", birth_date=date(2000, 1, 1)),
    }
    return HouseholdFacts(
        day=DAY,
        household=Household(number="1"),
        members=members,
        parcels={"P01": Parcel(serial="P01", kind=ParcelKind.HOMESTEAD)},
        drawn={"01": DrawnBenefit(serial="01", member="01", item="村医补助", basis="村民会议决议")},
        approved_on=date(2009, 11, 30),
        registered_on=date(2009, 12, 18),
    )


def mapped(pack):
    rows = assess_benefits(household(), pack.on(DAY)).rows
    benefits = tuple(row for row in rows if isinstance(row, Benefit))
    return map_entitlements(household(), benefits, pack.on(DAY))


def test_each_line_has_its_basis_start_and_window(huichuan):
    rows = mapped(huichuan).rows

    assert all(row.basis and row.since and row.window and row.reason for row in rows)
    listed = [row for row in rows if row.category != "其他待遇"]
    assert all(row.department for row in listed)
    assert {row.category for row in listed} <= {str(c) for c in Category}


def test_no_line_stands_twice_and_the_counts_agree(huichuan):
    decision = mapped(huichuan)

    keys = [row.key for row in decision.rows]
    assert len(keys) == len(set(keys))
    gained = sum(row.side is Side.GAINED for row in decision.rows)
    assert decision.facts == {"kept": len(keys) - gained, "gained": gained, "members": 2}


def test_a_benefit_the_pack_does_not_know_keeps_its_line(huichuan):
    found = [row for row in mapped(huichuan).rows if row.item == "unlisted-01"]

    assert [(row.title, row.category, row.basis) for row in found] == [
        ("村医补助", "其他待遇", "村民会议决议")
    ]


def test_all_categories_of_the_booklet_have_rights_on_both_sides(huichuan):
    sides = {(str(row.category), row.side) for row in huichuan.entitlements}
    booklet = [c for c in Category if c not in {Category.LAND, Category.COLLECTIVE}]
    from_benefits = {str(b.category) for b in huichuan.benefits if b.disposition == "gained"}
    kept_benefits = {str(b.category) for b in huichuan.benefits if b.disposition != "gained"}

    for category in map(str, booklet):
        assert (category, Side.GAINED) in sides or category in from_benefits
        assert (category, Side.KEPT) in sides or category in kept_benefits
