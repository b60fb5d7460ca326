"""Benefits: nothing stops silently, two insurances never overlap and never leave a gap."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from conversion.domain.household import DrawnBenefit, Household, HukouKind, Member, Trait
from conversion.domain.parcel import Parcel, ParcelKind
from conversion.domain.right import Benefit, Disposition
from conversion.policy.facts import HouseholdFacts
from conversion.policy.rules.transitional_benefit import assess_benefits
from conversion.policy.span import StartEvent

APPROVED = date(2009, 11, 30)
MEMBERS = st.builds(
    Member,
    serial=st.just("01"),
    name=st.just("张三丰"),
    relation=st.just("02"),
    sex=st.sampled_from("12"),
    resident_number=st.just("520303197001010011"),
    birth_date=st.dates(date(1920, 1, 1), APPROVED),
    hukou_kind=st.sampled_from(HukouKind),
    flag=st.sampled_from(["", *"1234567"]),
    traits=st.lists(st.sampled_from(Trait), unique=True).map(tuple),
)
DRAWN = st.lists(st.sampled_from(["新农合", "农村低保", "五保", "种粮直补", "神秘补助", "分红"]))


def household(members, day=APPROVED, drawn=(), **change):
    facts = {
        "day": day,
        "household": Household(number="0001"),
        "members": {m.serial: m for m in members},
        "parcels": {"P01": Parcel(serial="P01", kind=ParcelKind.CONTRACTED)},
        "drawn": {
            f"{n:02}": DrawnBenefit(serial=f"{n:02}", item=item, monthly=100)
            for n, item in enumerate(drawn, 1)
        },
        "approved_on": day,
    }
    return HouseholdFacts(**(facts | change))


def benefits(decision):
    return [row for row in decision.rows if isinstance(row, Benefit)]


@given(MEMBERS, st.dates(APPROVED, date(2020, 1, 1)))
@settings(deadline=None)
def test_exclusive_benefits_follow_one_another_day_by_day(huichuan, member, day):
    pack = huichuan.on(day)
    rows = benefits(assess_benefits(household([member], day), pack))
    groups = {row.id: row.exclusive for row in huichuan.benefits if row.exclusive}

    for group in set(groups.values()):
        chain = sorted((b for b in rows if groups.get(b.item) == group), key=lambda b: b.since)
        for earlier, later in pairwise(chain):
            assert earlier.until is not None
            assert later.since == earlier.until + timedelta(days=1)
        starts = day if not chain or chain[0].since_age is None else chain[0].since
        assert not chain or (chain[0].since, chain[-1].until) == (starts, None)


@given(MEMBERS, DRAWN)
@settings(deadline=None)
def test_whatever_is_drawn_today_has_a_line(huichuan, member, drawn):
    decision = assess_benefits(household([member], drawn=drawn), huichuan.on(APPROVED))

    had = "；".join(
        str(fact.value) for line in decision.lines for fact in line.facts if fact.name == "had"
    )
    assert all(f"{item}，每月1.00元" in had for item in drawn)
    unlisted = {b.title for b in benefits(decision) if b.item.startswith("unlisted")}
    refused = {"新农合"} if member.hukou_kind is not HukouKind.AGRICULTURAL else set()
    assert unlisted == set(drawn) & {"神秘补助", "分红", *refused}


@given(MEMBERS, DRAWN)
@settings(deadline=None)
def test_no_reason_and_no_fact_names_a_person(huichuan, member, drawn):
    decision = assess_benefits(household([member], drawn=drawn), huichuan.on(APPROVED))
    said = f"{decision.trace()} {[row.model_dump() for row in decision.rows]}"

    assert "张三丰" not in said
    assert "520303197001010011" not in said


@given(MEMBERS, DRAWN)
@settings(deadline=None)
def test_the_household_keeps_its_contracted_land(huichuan, member, drawn):
    rows = benefits(assess_benefits(household([member], drawn=drawn), huichuan.on(APPROVED)))

    land = [b for b in rows if b.item == "contracted_land"]
    assert [(b.disposition, b.until) for b in land] == [("kept", None)]


def test_example_figures_are_said_to_be_examples(huichuan):
    member = Member(serial="01", name="甲", relation="02", sex="2", birth_date=date(1980, 1, 1))
    rows = benefits(assess_benefits(household([member]), huichuan.on(APPROVED)))

    assert all(("（示例）" in row.reason) == row.illustrative for row in rows)
    assert {row.illustrative for row in rows} == {True, False}


def test_what_two_members_draw_adds_up_for_the_household(huichuan):
    members = [
        Member(serial=s, name="甲", relation=r, sex="1", birth_date=date(1980, 1, 1))
        for s, r in (("01", "02"), ("02", "20"))
    ]
    drawn = {
        s: DrawnBenefit(serial=s, member=s, item="农村低保", monthly=amount)
        for s, amount in (("01", 12_000), ("02", 8_000))
    }

    facts = replace(household(members), drawn=drawn)
    rows = benefits(assess_benefits(facts, huichuan.on(APPROVED)))

    assert [b.monthly for b in rows if b.item == "rural_minimum_living"] == [20_000]


def test_a_benefit_that_waits_for_registration_is_said(huichuan):
    change = {"start": StartEvent.REGISTRATION, "when": ()}
    pack = replace(huichuan, benefits=(huichuan.benefits[0].model_copy(update=change),))
    member = Member(serial="01", name="甲", relation="02", sex="1", birth_date=date(1980, 1, 1))

    waiting = assess_benefits(household([member]), pack.on(APPROVED))
    later = assess_benefits(
        household([member], registered_on=date(2009, 12, 18)), pack.on(APPROVED)
    )

    assert waiting.facts["waiting"] == ["birth_policy"]
    assert not waiting.granted
    assert [b.since for b in benefits(later)] == [date(2009, 12, 18)]


def test_the_trace_says_how_long_each_benefit_is_kept_and_that_it_is_an_example(huichuan):
    member = Member(serial="01", name="甲", relation="02", sex="2", birth_date=date(1980, 1, 1))

    used = assess_benefits(household([member]), huichuan.on(APPROVED)).parameters

    birth = next(use for use in used if use.name == "benefits.birth_policy.until")
    assert (birth.value, birth.illustrative) == ({"years": 5}, True)
    assert str(birth.reference) == "《贵州省人口与计划生育条例》"


def a_head(**fields):
    return Member.model_validate(
        {"serial": "01", "name": "甲", "relation": "02", "sex": "1"}
        | {"birth_date": date(1949, 11, 30)}
        | fields
    )


def line_of(decision, key):
    (line,) = [line for line in decision.lines if line.key == key]
    return line


def test_every_benefit_has_a_line_and_no_line_stands_twice(huichuan):
    decision = assess_benefits(household([a_head()], drawn=["神秘补助"]), huichuan.on(APPROVED))

    keys = [line.key for line in decision.lines]
    assert len(keys) == len(set(keys))
    assert {b.key for b in benefits(decision)} <= set(keys)


def test_every_row_of_the_pack_is_answered(huichuan):
    decision = assess_benefits(household([a_head()]), huichuan.on(APPROVED))

    told = {line.key.partition("/")[0] for line in decision.lines}
    assert told == {row.id for row in huichuan.on(APPROVED).benefits}


def test_the_parameters_of_a_line_stand_in_the_decision(huichuan):
    decision = assess_benefits(household([a_head()]), huichuan.on(APPROVED))

    used = {use.name for use in decision.parameters}
    assert all(set(line.parameters) <= used for line in decision.lines)
    assert any(line.parameters for line in decision.lines)


def test_land_of_three_and_a_half_mu_is_paid_by_the_mu(huichuan):
    parcels = {
        "P01": Parcel(serial="P01", kind=ParcelKind.CONTRACTED, contract_area=30_000),
        "P02": Parcel(serial="P02", kind=ParcelKind.CONTRACTED, measured_area=5_000),
        "P03": Parcel(serial="P03", kind=ParcelKind.HOMESTEAD, contract_area=1),
        "P04": Parcel(
            serial="P04",
            kind=ParcelKind.CONTRACTED,
            contract_area=99_999,
            joint_households=("0002",),
        ),
    }
    decision = assess_benefits(household([a_head()], parcels=parcels), huichuan.on(APPROVED))

    line = line_of(decision, "grain_subsidy/")
    assert (
        line.result == "保留，从2009年11月30日起，直到承包地依法征收或者依法改变用途，每年210.00元"
    )
    assert line.formula is not None
    assert line.formula.numbers == "每亩60.00元 × 3.5亩 ＝ 210.00元/年"
    assert line.because == (
        "补贴跟着承包地走，不跟户口走，地还种着就照发。",
        "户内有承包地（有承包地），符合。",
        "从批准之日起算（2009年11月30日），到承包地依法征收或者依法改变用途。",
        "与别户共同承包的1块没有计入，另行核定。",
    )
    assert [(f.name, f.value) for f in line.facts] == [
        ("member", "01"),
        ("land", ["承包地"]),
        ("contracted_mu", 35_000),
    ]
    assert line.parameters == ("benefits.grain_subsidy.until", "benefits.grain_subsidy.amount")
    assert line.illustrative
    (row,) = [b for b in benefits(decision) if b.item == "grain_subsidy"]
    assert (row.monthly, row.yearly, row.once) == (None, 21_000, None)
    assert "（示例）" in row.reason


def test_what_is_drawn_is_kept_though_the_pack_states_another_figure(huichuan):
    facts = household([a_head()], drawn=["种粮直补"])

    decision = assess_benefits(facts, huichuan.on(APPROVED))

    line = line_of(decision, "grain_subsidy/")
    assert line.formula is not None
    assert line.formula.numbers == "1.00元/月"
    assert not line.illustrative
    assert ("had", "种粮直补，每月1.00元") in [(f.name, f.value) for f in line.facts]
    (row,) = [b for b in benefits(decision) if b.item == "grain_subsidy"]
    assert (row.monthly, row.yearly) == (100, None)


def test_what_was_drawn_is_told_with_its_first_day(huichuan):
    drawn = {
        "01": DrawnBenefit(serial="01", item="农村低保", monthly=12_000, since=date(2005, 1, 1)),
        "02": DrawnBenefit(serial="02", item="低保补差"),
    }

    line = line_of(
        assess_benefits(replace(household([a_head()]), drawn=drawn), huichuan.on(APPROVED)),
        "rural_minimum_living/",
    )

    (had,) = [fact.value for fact in line.facts if fact.name == "had"]
    assert had == "农村低保，从2005年1月1日起，每月120.00元；低保补差"


def test_urban_relief_is_the_standard_less_the_income(huichuan):
    members = [a_head(traits=[Trait.MINIMUM_LIVING]), a_head(serial="02", relation="10", sex="2")]
    facts = household(members, monthly_income=10_000)

    line = line_of(assess_benefits(facts, huichuan.on(APPROVED)), "urban_minimum_living/")

    assert line.formula is not None
    assert line.formula.numbers == "每人180.00元 × 2人 － 100.00元 ＝ 260.00元/月"
    assert line.because == (
        "农村低保期满第二天接上城市低保，金额按重新核定的结果。",
        "属于低保（是低保），符合。",
        "接在“农村最低生活保障”期满的第二天（2010年3月1日）。",
        "农村最低生活保障、城市居民最低生活保障同一时间只享受一种，前后衔接，不重不断。",
    )


def test_ninety_days_end_on_the_ninetieth_though_it_is_a_sunday(huichuan):
    day = date(2009, 12, 5)
    rows = benefits(
        assess_benefits(household([a_head(traits=[Trait.MINIMUM_LIVING])], day), huichuan.on(day))
    )

    ends = {b.item: (b.since, b.until) for b in rows}
    assert ends["rural_minimum_living"] == (day, date(2010, 3, 5))
    assert ends["urban_minimum_living"] == (date(2010, 3, 6), None)


def test_an_old_soldier_is_paid_by_his_years_of_service(huichuan):
    day = date(2011, 9, 1)
    soldier = a_head(traits=[Trait.VETERAN])
    facts = household([soldier], day, approved_on=APPROVED, service_years={"01": 4, "02": 9})

    line = line_of(assess_benefits(facts, huichuan.on(day)), "old_veteran_subsidy/01")

    assert line.result == "终身保留，从2011年8月1日起，终身享受，每月40.00元"
    assert line.because == (
        "入伍时是农村户口的老兵，后来转了户口也照领。",
        "属于退役军人（是退役军人），符合。",
        "年满60周岁（61周岁），符合。",
        "这项待遇因农村籍入伍、服役而有，不因户口转换改变。",
        "从批准之日起算（2011年8月1日），本项自2011年8月1日起施行，终身。",
    )
    assert line.parameters == (
        "benefits.old_veteran_subsidy.until",
        "benefits.old_veteran_subsidy.amount",
    )


def test_the_amount_may_be_an_example_though_the_term_is_not(huichuan):
    day = date(2011, 9, 1)
    facts = household([a_head(traits=[Trait.VETERAN])], day, service_years={"01": 4})

    uses = {u.name: u for u in assess_benefits(facts, huichuan.on(day)).parameters}

    assert not uses["benefits.old_veteran_subsidy.until"].illustrative
    amount = uses["benefits.old_veteran_subsidy.amount"]
    assert amount.illustrative
    assert amount.value == {"per_year_of_service": 1_000, "per": "month"}
    assert amount.title == "60岁以上农村籍退役士兵老年生活补助的金额"
    assert amount.since == date(2011, 8, 1)


def test_what_waits_is_told_for_whom(huichuan):
    facts = household([a_head()], approved_on=None)

    decision = assess_benefits(facts, huichuan.on(APPROVED))

    line = line_of(decision, "rural_medical/01")
    assert line.result == "待起算"
    assert line.because[-1] == ("新型农村合作医疗：从批准之日起算，现在还不能起算，届时另行核定。")
    assert line_of(decision, "urban_medical/01").because[-1] == (
        "城镇居民基本医疗保险：从前一项待遇期满起算，现在还不能起算，届时另行核定。"
    )


def test_why_a_benefit_is_not_given_is_told_for_whoever_may_ask(huichuan):
    members = [
        a_head(birth_date=date(1929, 1, 1)),
        a_head(serial="02", birth_date=date(1934, 12, 1)),
        a_head(serial="03", hukou_kind=HukouKind.RESIDENT),
    ]
    facts = household(members, parcels={})

    decision = assess_benefits(facts, huichuan.on(APPROVED))

    told = {line.key for line in decision.lines}
    assert "aged_allowance/01" in told
    assert "aged_allowance/02" not in told
    land = line_of(decision, "contracted_land/")
    assert (land.result, land.because) == ("不享有", ("户内有承包地（没有），不符合。",))
    assert [(f.name, f.value) for f in land.facts] == [("member", "01"), ("land", [])]
    medical = line_of(decision, "rural_medical/03")
    assert medical.because == ("户口性质为农业（居民），不符合。",)
    soldier = line_of(decision, "conscript_allowance/")
    assert (soldier.result, soldier.formula) == ("不涉及", None)
    assert [str(r) for r in soldier.references] == ["《军人抚恤优待条例》"]


def test_an_unlisted_benefit_is_explained(huichuan):
    decision = assess_benefits(household([a_head()], drawn=["神秘补助"]), huichuan.on(APPROVED))

    line = line_of(decision, "unlisted-01/")
    assert line.title == "未列入目录的待遇"
    assert [b.title for b in benefits(decision) if b.key == line.key] == ["神秘补助"]
    assert line.result == "保留，直到主管部门另行核定"
    assert line.because == (
        "政策包里没有这一项，先照旧享受，由主管部门核定后再定。",
        "照现在领取的数额发，每月1.00元，不减少。",
    )
    assert line.formula is not None
    assert line.formula.numbers == "1.00元/月"
    assert [(f.name, f.title, f.value) for f in line.facts] == [
        ("had", "原有待遇", "神秘补助，每月1.00元")
    ]


def test_an_unlisted_benefit_without_a_figure_has_no_formula(huichuan):
    drawn = {"01": DrawnBenefit(serial="01", item="神秘补助")}

    line = line_of(
        assess_benefits(replace(household([a_head()]), drawn=drawn), huichuan.on(APPROVED)),
        "unlisted-01/",
    )

    assert line.formula is None
    assert line.because == ("政策包里没有这一项，先照旧享受，由主管部门核定后再定。",)


def test_what_ends_pays_nothing(huichuan):
    facts = household([a_head()])
    ended = huichuan.benefits[11].model_copy(update={"disposition": Disposition.ENDED})
    pack = replace(huichuan, benefits=(ended,))

    decision = assess_benefits(facts, pack.on(APPROVED))

    assert [(b.monthly, b.yearly, b.once) for b in benefits(decision)] == [(None, None, None)]
    assert line_of(decision, "grain_subsidy/").formula is None


def test_a_benefit_carries_its_heading_duty_and_department(huichuan):
    (row,) = [
        b
        for b in benefits(assess_benefits(household([a_head()]), huichuan.on(APPROVED)))
        if b.item == "grain_subsidy"
    ]

    assert (row.category, row.duty, row.department) == (
        "土地权益",
        "不撂荒，不改变耕地用途",
        "农牧局",
    )


def test_what_is_drawn_though_the_record_lacks_a_condition_goes_on_until_a_department_decides(
    huichuan,
):
    facts = household([a_head()], drawn=["高龄津贴", "种粮直补"], parcels={})

    decision = assess_benefits(facts, huichuan.on(APPROVED))

    kept = {b.item: b for b in benefits(decision) if b.item.startswith("unlisted")}
    row = kept["unlisted-01"]
    assert (row.title, row.disposition, row.monthly) == ("高龄津贴", Disposition.KEPT, 100)
    assert (row.category, row.department, row.duty) == ("居家养老", "民政局", "每年配合生存认证")
    assert row.window == huichuan.on(APPROVED).window("civil_affairs")
    assert row.reason == (
        "高龄津贴（保留）：花名册登记在领，按现在的记载不符合“高龄津贴”的条件，"
        "先照旧享受，由主管部门核定后再定。"
    )
    line = line_of(decision, "unlisted-02/")
    assert line.title == "种粮直接补贴和农资综合补贴"
    assert line.because[1] == "照现在领取的数额发，每月1.00元，不减少。"
    assert line.because[0] == (
        "花名册登记在领，按现在的记载不符合“种粮直接补贴和农资综合补贴”的条件，"
        "先照旧享受，由主管部门核定后再定。"
    )
    assert [str(r) for r in line.references] == [
        str(r) for r in line_of(decision, "grain_subsidy/").references
    ]
    assert line_of(decision, "grain_subsidy/").result == "不享有"


def test_one_persons_money_is_not_taken_up_by_anothers_row(huichuan):
    old = a_head(serial="02", relation="52", sex="2", birth_date=date(1920, 1, 1))
    drawn = {"01": DrawnBenefit(serial="01", member="01", item="高龄津贴", monthly=100)}

    decision = assess_benefits(household([a_head(), old]), huichuan.on(APPROVED))
    also = assess_benefits(replace(household([a_head(), old]), drawn=drawn), huichuan.on(APPROVED))

    keys = {b.key for b in benefits(decision)}
    assert "aged_allowance/02" in keys
    assert {b.key for b in benefits(also)} == {*keys, "unlisted-01/01"}


def test_what_waits_for_its_start_takes_up_what_is_drawn(huichuan):
    facts = household([a_head()], drawn=["种粮直补"], approved_on=None)

    assert benefits(assess_benefits(facts, huichuan.on(APPROVED))) == []


def test_a_figure_the_roster_lacks_is_said_to_be_lacking_not_the_benefit(huichuan):
    drawn = {"01": DrawnBenefit(serial="01", item="农村五保")}

    line = line_of(
        assess_benefits(replace(household([a_head()]), drawn=drawn), huichuan.on(APPROVED)),
        "destitute_support/01",
    )

    assert "照现在领取的数额发；花名册没有写明数额，以发放记录为准。" in line.because
    assert line.formula is None


def test_land_of_which_a_part_has_no_area_leaves_the_figure_open(huichuan):
    parcels = {
        "P01": Parcel(serial="P01", kind=ParcelKind.CONTRACTED, contract_area=30_000),
        "P02": Parcel(serial="P02", kind=ParcelKind.CONTRACTED),
    }

    decision = assess_benefits(household([a_head()], parcels=parcels), huichuan.on(APPROVED))

    line = line_of(decision, "grain_subsidy/")
    assert line.formula is None
    assert line.because[-1] == "本户单独承包的面积还没有记载，金额由办理窗口核定后告知。"


def test_who_turns_eighty_after_the_approval_has_the_allowance_from_the_birthday(huichuan):
    approved, day = date(2009, 1, 1), date(2009, 3, 1)
    old = a_head(birth_date=date(1929, 2, 10))

    decision = assess_benefits(household([old], day, approved_on=approved), huichuan.on(day))

    (row,) = [b for b in benefits(decision) if b.item == "aged_allowance"]
    assert (row.since, row.since_age) == (date(2009, 2, 10), 80)
    line = line_of(decision, "aged_allowance/01")
    assert line.result == "终身保留，从2009年2月10日（年满80周岁）起，终身享受，每月50.00元"
    assert line.because[-1] == "从年满80周岁之日起算（2009年2月10日），终身。"


def test_who_draws_it_before_the_age_goes_on_drawing_it_and_is_promised_nothing_later(huichuan):
    early = a_head(birth_date=date(1930, 6, 1))

    rows = benefits(assess_benefits(household([early], drawn=["高龄津贴"]), huichuan.on(APPROVED)))

    assert {b.item for b in rows if "高龄" in b.title} == {"unlisted-01"}


def test_who_waits_for_the_approval_and_an_age_is_told_both(huichuan):
    facts = household([a_head(birth_date=date(1930, 6, 1))], approved_on=None)

    decision = assess_benefits(facts, huichuan.on(APPROVED))

    assert line_of(decision, "aged_allowance/01").because[-1] == (
        "高龄津贴：从批准之日起算，并且年满80周岁，现在还不能起算，届时另行核定。"
    )
    assert (
        decision.reasons.count(
            "高龄津贴：从批准之日起算，并且年满80周岁，现在还不能起算，届时另行核定。"
        )
        == 1
    )


def test_an_age_that_is_grown_out_of_ends_what_says_no_end_of_its_own(huichuan):
    man = a_head(birth_date=date(1950, 2, 10), traits=[Trait.ONLY_CHILD_PARENT])

    decision = assess_benefits(household([man]), huichuan.on(APPROVED))

    rows = {b.item: b for b in benefits(decision)}
    work = rows["employment_service"]
    assert (work.until, work.until_age, work.until_event) == (date(2010, 2, 9), 60, "")
    assert line_of(decision, "employment_service/01").because[-1] == "享有到年满60周岁的前一天。"
    award = rows["only_child_award"]
    assert (award.until, award.until_age, award.until_event) == (None, None, "按省的规定领取期满")
    follows = rows["family_planning_award"]
    assert (follows.since, follows.since_age) == (date(2010, 2, 10), 60)


@given(
    st.dates(date(1900, 1, 1), date(2009, 1, 1)), st.dates(APPROVED, date(2015, 1, 1)),
    st.integers(0, 500),
)  # fmt: skip
@settings(deadline=None)
def test_no_right_runs_on_a_day_on_which_its_age_is_not_there(huichuan, born, approved, later):
    day = min(approved + timedelta(days=later), date(2020, 1, 1))
    person = a_head(birth_date=born)
    facts = household([person], day, approved_on=approved)

    rows = {b.item: b for b in benefits(assess_benefits(facts, huichuan.on(day)))}

    ages = {"aged_allowance": (80, 131), "employment_service": (16, 60)}
    for item, (least, below) in ages.items():
        now = least <= person.age_on(day) < below
        soon = least - 5 <= person.age_on(day) < least
        assert (item in rows) == (now or soon)
        if item in rows:
            since, until = rows[item].since, rows[item].until
            assert since >= approved
            assert least <= person.age_on(since) < below
            eve = since - timedelta(days=1)
            assert since == approved or person.age_on(eve) < least
            assert until is None or person.age_on(until + timedelta(days=1)) == below
