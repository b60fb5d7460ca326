"""The two columns of the statement: kept and gained, with the duty and the window beside."""

from dataclasses import replace
from datetime import date

from conversion.domain.household import DrawnBenefit, Household, Member
from conversion.domain.parcel import Parcel, ParcelKind
from conversion.domain.right import Benefit, Entitlement, Side
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


def line_of(decision, key):
    (line,) = [line for line in decision.lines if line.key == key]
    return line


def test_every_row_of_the_statement_has_one_line(huichuan):
    decision = mapped(huichuan)

    keys = [line.key for line in decision.lines]
    assert len(keys) == len(set(keys))
    assert {row.key for row in decision.rows_of(Entitlement)} <= set(keys)


def test_home_care_is_told_with_the_age_and_the_modes(huichuan):
    line = line_of(mapped(huichuan), "home_care/01")

    assert line.title == "居家养老服务"
    assert line.result == "新增，从2009年11月30日起，长期有效"
    assert line.because == (
        "满六十岁的老人，打一个电话就有人上门，也可以到日托点。",
        "年满60周岁（69周岁），符合。",
        "从批准之日起算（2009年11月30日）。",
        "可以从上门服务、日托、邻里互助、日间照料中选一种。",
    )
    assert [(f.name, f.value) for f in line.facts] == [
        ("age", 69),
        ("modes", ["上门服务", "日托", "邻里互助", "日间照料"]),
    ]
    assert [str(r) for r in line.references] == ["《城乡社区建设资料册》"]
    assert not line.illustrative


def test_a_community_offers_its_own_modes(huichuan):
    facts = replace(household(), community="航天社区")

    decision = map_entitlements(facts, (), huichuan.on(DAY))

    (row,) = [row for row in decision.rows_of(Entitlement) if row.key == "home_care/01"]
    assert row.title == "居家养老服务（可选上门服务、日托）"
    assert "可以从上门服务、日托中选一种。" in line_of(decision, "home_care/01").because


def test_who_turns_sixty_within_five_years_is_told_the_birthday_and_a_younger_one_nothing(huichuan):
    facts = household()
    nearly = facts.members["01"].model_copy(update={"birth_date": date(1954, 12, 21)})
    young = facts.members["01"].model_copy(update={"birth_date": date(1954, 12, 22)})
    members = facts.members | {"03": nearly, "04": young}
    for serial in ("03", "04"):
        members[serial] = members[serial].model_copy(update={"serial": serial})

    decision = map_entitlements(replace(facts, members=members), (), huichuan.on(DAY))

    told = {k: v for k, v in ((li.key, li) for li in decision.lines) if k.startswith("home_care/")}
    assert sorted(told) == ["home_care/01", "home_care/03"]
    line = told["home_care/03"]
    assert line.result == "新增，从2014年12月21日（年满60周岁）起，长期有效"
    assert line.because[1:3] == (
        "年满60周岁（55周岁），届时符合。",
        "从年满60周岁之日起算（2014年12月21日）。",
    )
    (row,) = [row for row in decision.rows_of(Entitlement) if row.key == "home_care/03"]
    assert (row.since, row.since_age) == (date(2014, 12, 21), 60)


def test_what_waits_for_the_registration_is_told_without_days(huichuan):
    facts = replace(household(), registered_on=None)

    decision = map_entitlements(facts, (), huichuan.on(DAY))

    line = line_of(decision, "urban_temporary_relief/")
    assert line.result == "新增，待起算"
    assert line.because[-1] == "从户口登记之日起算。"
    assert line.illustrative


def test_the_term_of_a_right_is_cited_where_it_is_granted(huichuan):
    decision = mapped(huichuan)

    line = line_of(decision, "homestead_right/")
    assert line.result == "保留，从2009年11月30日起，直到依法征收并补偿安置"
    assert line.parameters == ("entitlements.homestead_right.until",)
    uses = {use.name: use for use in decision.parameters}
    assert set(line.parameters) <= set(uses)
    assert uses["entitlements.homestead_right.until"].title == "宅基地使用权和房屋所有权的期限"
    assert uses["entitlements.homestead_right.until"].value == {"event": "依法征收并补偿安置"}
    assert "entitlements.private_plot_right.until" not in uses


def test_a_benefit_taken_up_points_to_its_assessment(huichuan):
    line = line_of(mapped(huichuan), "funeral_custom/")

    assert line.result == "保留（过渡期待遇：待转换）"
    assert line.because == ("按过渡期待遇的核定列入，理由和计算见待遇核定表。",)
    assert [str(r) for r in line.references] == ["《殡葬管理条例》"]
    assert line.illustrative


def test_a_benefit_that_the_pack_does_not_know_rests_on_no_article_of_it(huichuan):
    line = line_of(mapped(huichuan), "unlisted-01/01")

    assert line.title == "未列入目录的待遇"
    assert line.references == ()
    assert line.result == "保留（过渡期待遇：保留）"


def test_what_has_ended_is_no_right_and_what_was_gained_is_new(huichuan):
    gained, ended, running = (
        Benefit.model_validate(
            {"item": item, "title": "甲", "disposition": disposition, "since": DAY, "until": until}
        )
        for item, disposition, until in (
            ("housing_support", "gained", None),
            ("new_homestead", "ended", None),
            ("labour_levy", "ended", date(2010, 1, 1)),
        )
    )

    decision = map_entitlements(household(), (gained, ended, running), huichuan.on(DAY))

    sides = {row.item: row.side for row in decision.rows_of(Entitlement)[-2:]}
    assert sides == {"housing_support": Side.GAINED, "labour_levy": Side.KEPT}


def test_a_benefit_says_its_own_duty_and_department_and_the_pack_for_an_old_entry(huichuan):
    fields = {"item": "grain_subsidy", "title": "补贴", "disposition": "kept", "since": DAY}
    new = Benefit.model_validate(
        fields | {"duty": "不撂荒", "department": "农业农村局", "category": "土地权益"}
    )
    old = Benefit.model_validate(fields)

    rows = [
        map_entitlements(household(), (b,), huichuan.on(DAY)).rows_of(Entitlement)[-1]
        for b in (new, old)
    ]

    assert [(r.duty, r.department, r.category) for r in rows] == [
        ("不撂荒", "农业农村局", "土地权益"),
        ("不撂荒，不改变耕地用途", "农牧局", "土地权益"),
    ]
