"""The calculation of a household's lots: each with its reasons, to be read aloud and checked."""

from dataclasses import replace
from datetime import date

import pytest

from conversion.domain.household import Trait
from conversion.domain.right import MembershipStanding
from conversion.policy.decision import FactUse, Formula
from conversion.policy.share_calculation import ShareCalculation
from tests.policy.plans import (
    BASE,
    a_household,
    a_member,
    a_parcel,
    calculated,
    changed,
    of_one_class,
)

LAND = {
    "kinds": ["contracted"], "area": ["contract", "measured"], "unit": 100, "rounding": "half_up",
    "falls_to": "members", "remainder": "head",
}  # fmt: skip


@pytest.fixture
def pack(huichuan):
    return huichuan.on(BASE)


def lines(calculation: ShareCalculation):
    return {line.key: line for line in calculation.lines()}


def because(house, plan, pack, key="01/x", others=1):
    return lines(calculated(house, plan, pack, others=others))[key].because


def test_each_lot_has_its_line_then_the_total(pack):
    house = a_household(a_member("01", farming_months=240), a_member("02", farming_months=6))

    found = lines(calculated(house, pack.share_plan(), pack, others=1))

    of_each = ["01/population", "01/farming", "01/", "02/population", "02/farming", "02/"]
    assert list(found) == [*of_each, "total/"]
    assert (found["01/"].title, found["01/"].result) == ("个人合计", "51905股")
    assert found["01/"].formula == Formula(
        words="各股种相加", numbers="人口股23334股 ＋ 农龄股28571股 ＝ 51905股"
    )
    line = found["01/population"]
    assert (line.title, line.result, line.illustrative) == ("人口股", "23334股", True)
    assert line.because == ("每人一样，权重1。",)
    assert line.formula == Formula(
        words="权重 × 本股种全村股数 ÷ 全村权重合计，除不尽的按最大余数法取整",
        numbers="1 × 70000 ÷ 3 ＝ 23333 余 1，余数较大，进1，得23334股",
    )
    assert line.facts == (FactUse(name="weight", title="权重", value=1),)
    assert line.parameters == ("shares.population", "shares.total_units")
    assert [str(r) for r in line.references] == [
        "《“村改社区”工作实施方案》（汇办发〔2009〕108号）"
    ]
    assert found["02/population"].result == "23333股"


def test_the_total_says_what_part_of_the_village_it_is(pack):
    house = a_household(a_member("01", farming_months=240), a_member("02", farming_months=6))

    total = lines(calculated(house, pack.share_plan(), pack, others=1))["total/"]

    assert (total.title, total.result) == ("全户合计", "76667股")
    assert total.because == ("占方案总数100000股的76.6670%。",)
    assert total.formula == Formula(
        words="各股种相加", numbers="人口股46667股 ＋ 农龄股30000股 ＝ 76667股"
    )
    assert total.parameters == ("shares.total_units",)


def test_units_finer_than_one_share_are_counted_in_them_and_said_with_decimals(pack):
    plan = changed(pack.share_plan("basic"), total_units=10_000, decimals=2)

    found = lines(calculated(a_household(a_member()), plan, pack, others=2))

    assert found["01/population"].result == "33.34股"
    assert found["01/population"].formula.numbers == (
        "1 × 10000 ÷ 3 ＝ 3333 余 1，余数较大，进1，得33.34股（按0.01股计算）"
    )
    assert found["total/"].because == ("占方案总数100.00股的33.3400%。",)


@pytest.mark.parametrize(
    ("change", "told", "used"),
    [
        (
            {"farming_months": 245},
            ("农龄登记245个月。", "不足一年的满半年算一年，折20年，权重20。"),
            (49, 245, 0, 401),
        ),
        (
            {"farming_months": 401},
            ("农龄登记401个月。", "不足一年的满半年算一年，最多计30年，折30年，权重30。"),
            (49, 401, 0, 401),
        ),
        (
            {"farming_months": 402},
            (
                "农龄登记402个月。",
                "从满16周岁到基准日，至多到60周岁，只有401个月，按401个月计。",
                "不足一年的满半年算一年，最多计30年，折30年，权重30。",
            ),
            (49, 402, 0, 401),
        ),
        (
            {"birth_date": date(2000, 1, 1), "farming_months": 12},
            ("基准日9周岁，满16周岁才开始计农龄，权重0。",),
            (9, 12, 0, 0),
        ),
        (
            {"birth_date": date(1993, 11, 1), "farming_months": 0},
            ("基准日16周岁，满16周岁才开始计农龄，权重0。",),
            (16, 0, 0, 0),
        ),
    ],
)
def test_farming_is_argued_by_months_and_where_they_decide_by_ages(pack, change, told, used):
    house = a_household(a_member("01", **change), a_member("02", farming_months=24))

    line = lines(calculated(house, pack.share_plan(), pack, others=0))["01/farming"]

    assert line.because == told
    assert tuple(fact.value for fact in line.facts[:4]) == used
    assert [fact.title for fact in line.facts] == [
        "基准日的周岁", "登记的农龄（月）", "算作务农的月数", "按年龄最多可计的月数", "权重",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rounding", "words"), [("down", "不足一年的不算"), ("up", "不足一年的算一年")]
)
def test_farming_is_rounded_as_the_plan_says(pack, rounding, words):
    rule = {"from_age": 16, "to_age": 60, "cap_years": 30, "rounding": rounding}
    plan = of_one_class(pack.share_plan(), farming=rule)
    years = {"down": 1, "up": 2}[rounding]

    told = because(a_household(a_member(farming_months=13)), plan, pack)

    assert told == ("农龄登记13个月。", f"{words}，折{years}年，权重{years}。")


def test_service_that_counts_as_farming_is_said(pack):
    house = a_household(a_member("01", farming_months=12, flag="4"))

    told = because(house, pack.share_plan("full"), pack, key="01/farming")

    assert told == (
        "农龄登记12个月。",
        "现役军人服役期间，算作务农24个月，合计36个月。",
        "不足一年的满半年算一年，折3年，权重3。",
    )


def test_land_is_argued_by_area_and_by_how_it_falls(pack):
    house = a_household(a_member("01"), a_member("02"), parcels=[a_parcel(contract_area=35_250)])
    plan = pack.share_plan("full")

    line = lines(calculated(house, plan, pack, others=1))["02/land"]

    assert line.because == (
        "本户承包地3.53亩（按合同面积，没有的按实测面积），每0.01亩计1，不足的四舍五入，全户计353。",
        "由户内2名成员平分，除不尽的从户主起每人多1，权重176。",
    )
    assert [(f.name, f.value) for f in line.facts] == [
        ("land", 35_250), ("land_weight", 353), ("sharers", 2), ("weight", 176),
    ]  # fmt: skip
    assert line.formula
    assert line.formula.numbers == (
        "176 × 1800000 ÷ 353 ＝ 897450 余 150，得8974.50股（按0.01股计算）"
    )


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            {"remainder": "member_key", "rounding": "down", "area": ["measured"]},
            ("本户承包地0.00亩（按实测面积），每0.01亩计1，不足的不算，全户计0。",
             "由户内2名成员平分，除不尽的从编号最小的成员起每人多1，权重0。"),
        ),
        (
            {"falls_to": "head", "rounding": "up", "kinds": ["contracted", "private_plot"]},
            ("本户承包地、自留地0.01亩（按合同面积，没有的按实测面积），每0.01亩计1，不足的算一个，全户计2。",
             "全户的土地记在一人名下，户主在先，权重2。"),
        ),
    ],
)  # fmt: skip
def test_every_way_of_land_is_said(pack, change, told):
    rules = [
        {"id": "heads", "title": "人口股", "portion": [1, 2], "each": 1, "reference": {"document": "fuxu-2004"}},
        {"id": "x", "title": "土地股", "portion": [1, 2], "land": LAND | change, "reference": {"document": "fuxu-2004"}},
    ]  # fmt: skip
    plan = changed(pack.share_plan(), classes=rules)
    house = a_household(a_member("01"), a_member("02"), parcels=[a_parcel(contract_area=149)])

    assert because(house, plan, pack, others=0) == told


@pytest.mark.parametrize(
    ("born", "told"),
    [
        (date(1929, 11, 30), "基准日2009年11月30日满80周岁，属于“满80周岁”，权重2。"),
        (date(1929, 12, 1), "基准日2009年11月30日满79周岁，属于“满60周岁、不满80周岁”，权重1。"),
    ],
)
def test_a_band_is_argued_by_the_age_on_the_base_date(pack, born, told):
    house = a_household(a_member(birth_date=born))

    line = lines(calculated(house, pack.share_plan("full"), pack, others=1))["01/elder"]

    assert line.because == ("本人属于满60周岁的成员。", told)
    assert line.facts[0].title == "基准日的周岁"


def test_without_a_band_and_out_of_the_circle_the_reason_is_said(pack):
    bands = [{"who": "未满16周岁", "when": [{"age_below": 16}], "each": 5}]
    child = a_member("02", birth_date=date(2000, 1, 1))

    told = because(
        a_household(a_member(), child), of_one_class(pack.share_plan(), bands=bands), pack
    )
    assert told == ("基准日2009年11月30日满49周岁，没有适用的档，权重0。",)

    house = a_household(a_member("01"), a_member("02", traits=(Trait.VETERAN,)))
    found = lines(calculated(house, pack.share_plan("full"), pack, others=0))
    assert found["01/contribution"].because == (
        "本股种只给优抚对象和退役军人，本人不在其列，权重0。",
    )
    assert found["01/contribution"].formula is None
    assert found["01/contribution"].result == "0.00股"
    assert found["02/contribution"].because == ("本人属于优抚对象和退役军人。", "每人一样，权重1。")


def test_what_is_in_dispute_about_the_day_is_told_with_the_plans_words(pack):
    dead, child = a_member("02"), a_member("03", birth_date=date(2009, 12, 1))
    house = a_household(a_member("01"), dead, child, died={"02": date(2009, 12, 2)})

    found = lines(calculated(house, pack.share_plan(), pack, others=1))

    assert found["02/population"].because == (
        "本人属于基准日以后、发证以前死亡的（基准日2009年11月30日）。",
        "方案规定：基准日以后死亡的，照常配股，股份作为遗产由继承人继承。",
        "每人一样，权重1。",
    )
    assert found["03/population"].because == (
        "本人属于基准日已经怀孕、尚未出生的（基准日2009年11月30日）。",
        "方案规定：基准日尚未出生的，不配股，在户内共享本户的股份。",
        "权重0。",
    )
    assert list(found)[-4:] == [
        "total/",
        "statement/unborn",
        "statement/dead_after",
        "statement/heirless",
    ]
    said = found["statement/dead_after"]
    assert (said.title, said.result) == (
        "基准日以后、发证以前死亡的", "基准日以后死亡的，照常配股，股份作为遗产由继承人继承。",
    )  # fmt: skip
    assert [str(r) for r in said.references] == ["《中华人民共和国继承法》第三条"]
    assert said.illustrative


def test_the_plan_speaks_of_those_in_dispute_and_of_who_came_too_late(pack):
    disputed = {"02": MembershipStanding.DISPUTED}
    house = a_household(a_member("01"), a_member("02"), a_member("03"), standings=disputed)
    calculation = calculated(house, pack.share_plan(), pack, others=1)
    without = {key: lot for key, lot in calculation.lots.items() if lot.member == "01"}

    found = lines(replace(calculation, lots=without))

    assert list(found)[-2:] == ["statement/late_joiner", "statement/disputed"]
    assert list(lines(calculated(a_household(a_member()), pack.share_plan(), pack)))[-1] == "total/"


def test_a_newborn_who_is_no_member_has_the_plans_answer_all_the_same(pack):
    newborn = a_member("02", birth_date=date(2010, 12, 1))
    strange = {"02": MembershipStanding.NOT_CONFIRMED}

    found = lines(
        calculated(a_household(a_member(), newborn, standings=strange), pack.share_plan(), pack)
    )

    assert list(found) == ["01/population", "01/farming", "01/", "total/", "statement/newborn"]


def test_where_a_record_was_corrected_since_the_vote_the_sealed_table_counts(pack):
    house = a_household(a_member("01", farming_months=240), a_member("02", farming_months=240))
    calculation = calculated(house, pack.share_plan(), pack, others=1)
    corrected = a_household(a_member("01", farming_months=360), house.members["02"])
    weights = {**calculation.weights, "farming": {"01": 30, "02": 20}}

    found = lines(replace(calculation, facts=corrected, weights=weights))

    assert found["01/farming"].result == "15000股"
    assert found["01/farming"].formula is None
    assert found["01/farming"].because[-1] == (
        "方案表决以后登记有更正，按现在的登记算不出这个数；以表决时封存的配股表为准。"
    )
    assert found["02/farming"].formula


def test_a_class_that_the_programme_did_not_adopt_is_left_out(pack):
    calculation = calculated(a_household(a_member()), pack.share_plan(), pack, others=1)
    only = {"population": calculation.classes["population"]}

    assert list(lines(replace(calculation, classes=only))) == ["01/population", "01/", "total/"]


def test_a_person_without_a_lot_in_a_class_has_no_line_in_it(pack):
    calculation = calculated(a_household(a_member()), pack.share_plan(), pack, others=1)
    only = {key: lot for key, lot in calculation.lots.items() if lot.share_class == "population"}

    found = lines(replace(calculation, lots=only))

    assert list(found) == ["01/population", "01/", "total/"]
    assert found["01/"].formula == Formula(words="各股种相加", numbers="人口股50000股 ＝ 50000股")


def test_the_sentences_of_a_certificate_leave_out_what_nobody_has(pack):
    house = a_household(
        a_member("01", farming_months=24), a_member("02", birth_date=date(2001, 1, 1))
    )

    told = list(calculated(house, pack.share_plan(), pack, others=1).reasons())

    assert told == [
        "人口股：每人权重1；全村70000股，权重合计3。本户2人，权重合计2，得46667股。",
        "人口股成员01：1 × 70000 ÷ 3 ＝ 23333 余 1，余数较大，进1，得23334股。",
        "人口股成员02：1 × 70000 ÷ 3 ＝ 23333 余 1，得23333股。",
        "农龄股：16至60周岁务农每满一年权重1，最多30年；全村30000股，权重合计2。本户2人，权重合计2，得30000股。",
        "农龄股成员01：2 × 30000 ÷ 2 ＝ 30000 余 0，得30000股。",
        "农龄股成员02：权重0，得0股。",
        "合计76667股，占方案总数100000股。",
    ]


def test_the_basis_of_every_class_is_told_in_words(pack):
    told = [*calculated(a_household(a_member()), pack.share_plan("full"), pack).reasons()]
    house = a_household(
        a_member("01", traits=(Trait.VETERAN,), birth_date=date(1940, 1, 1), farming_months=24),
        parcels=[a_parcel(contract_area=100)],
    )

    told = [*calculated(house, pack.share_plan("full"), pack).reasons()]

    assert [sentence.partition("；")[0] for sentence in told if "；" in sentence] == [
        "人口股：每人权重1",
        "农龄股：16至60周岁务农每满一年权重1，最多40年",
        "土地股：承包地每0.01亩权重1",
        "贡献股：优抚对象和退役军人权重1",
        "敬老股：满80周岁权重2，满60周岁、不满80周岁权重1",
    ]
