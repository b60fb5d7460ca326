"""What a benefit pays: each kind's figure and formula, to the 分; what is open says what lacks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from conversion.domain.household import DrawnBenefit
from conversion.policy.amount import Amount, Figure, Measured, Pay, drawn_figure, figure_of
from conversion.policy.decision import FactUse, Formula

NOBODY = Measured(heads=0)


def drawn(*amounts):
    return {
        f"{n:02}": DrawnBenefit(serial=f"{n:02}", item="低保", monthly=amount)
        for n, amount in enumerate(amounts, 1)
    }


@pytest.mark.parametrize(
    ("amount", "measured", "fen", "numbers"),
    [
        (Amount(fixed=60_000, per=Pay.YEAR), NOBODY, 60_000, "600.00元/年"),
        (Amount(fixed=1, per=Pay.MONTH), NOBODY, 1, "0.01元/月"),
        (Amount(fixed=100_000, per=Pay.ONCE), NOBODY, 100_000, "1,000.00元（一次）"),
        (Amount(per_head=1_000, per=Pay.MONTH), Measured(heads=5), 5_000, "每人10.00元 × 5人 ＝ 50.00元/月"),
        (
            Amount(per_mu=12_000, per=Pay.YEAR),
            Measured(heads=2, mu=35_000),
            42_000,
            "每亩120.00元 × 3.5亩 ＝ 420.00元/年",
        ),
        (
            Amount(per_year_of_service=1_000, per=Pay.MONTH),
            Measured(heads=1, years=4),
            4_000,
            "每服役1年10.00元 × 4年 ＝ 40.00元/月",
        ),
        (Amount(per_year_of_service=1_000, per=Pay.MONTH), Measured(heads=1, years=0), 0, "每服役1年10.00元 × 0年 ＝ 0.00元/月"),
        (
            Amount(standard_less_income=43_000),
            Measured(heads=3, income=80_000),
            49_000,
            "每人430.00元 × 3人 － 800.00元 ＝ 490.00元/月",
        ),
        (
            Amount(standard_less_income=43_000),
            Measured(heads=1, income=43_000),
            0,
            "每人430.00元 × 1人 － 430.00元 ＝ 0.00元/月",
        ),
        (
            Amount(standard_less_income=43_000),
            Measured(heads=1, income=43_001),
            0,
            "每人430.00元 × 1人 － 430.01元 ＝ 0.00元/月",
        ),
    ],
)  # fmt: skip
def test_each_kind_is_counted_to_the_fen_and_shows_how(amount, measured, fen, numbers):
    figure = figure_of(amount, measured)

    assert figure.fen == fen
    assert figure.formula is not None
    assert figure.formula.numbers == numbers
    assert figure.told == (amount.per.told(fen) if fen else "本期不发")
    less = amount.kind == "standard_less_income" and not fen
    assert figure.because == ("按标准与收入之差计算为零，本期不发。" if less else "")


@pytest.mark.parametrize(
    ("amount", "words", "facts"),
    [
        (Amount(fixed=1, per=Pay.MONTH), "固定标准", ()),
        (Amount(per_head=1, per=Pay.MONTH), "每人标准 × 人数", (("heads", "人数", 3),)),
        (
            Amount(per_mu=1, per=Pay.MONTH),
            "每亩标准 × 承包地面积，四舍五入到分",
            (("contracted_mu", "承包地面积（0.0001亩）", 10_000),),
        ),
        (
            Amount(per_year_of_service=1, per=Pay.MONTH),
            "每服役1年的标准 × 服役年限",
            (("service_years", "服役年限（年）", 2),),
        ),
        (
            Amount(standard_less_income=1),
            "每人标准 × 人数 － 家庭月收入，不足零的为零",
            (("heads", "人数", 3), ("monthly_income", "家庭月收入（分）", 7)),
        ),
    ],
)
def test_the_formula_is_told_in_words_with_what_was_counted(amount, words, facts):
    figure = figure_of(amount, Measured(heads=3, mu=10_000, years=2, income=7))

    assert figure.formula is not None
    assert figure.formula.words == words
    assert figure.facts == tuple(FactUse(name=n, title=t, value=v) for n, t, v in facts)


@pytest.mark.parametrize(
    ("amount", "because"),
    [
        (Amount(drawn=True), "花名册没有在领的记录，金额以主管部门核定的为准。"),
        (
            Amount(per_mu=1, per=Pay.MONTH),
            "本户单独承包的面积还没有记载，金额由办理窗口核定后告知。",
        ),
        (
            Amount(per_year_of_service=1, per=Pay.MONTH),
            "服役年限还没有填写，金额由办理窗口核定后告知。",
        ),
        (Amount(standard_less_income=1), "家庭收入还没有核定，金额由办理窗口核定后告知。"),
        (Amount(set_by="每年的收益分配决定"), "金额由每年的收益分配决定确定。"),
    ],
)
def test_what_is_not_known_stays_open_and_says_what_lacks(amount, because):
    figure = figure_of(amount, NOBODY)

    assert figure == Figure(per=Pay.MONTH, because=because)
    assert figure.told == ""


def test_what_is_drawn_without_a_figure_goes_by_the_books_of_whoever_pays():
    figure = figure_of(Amount(drawn=True), Measured(heads=1, draws=True))

    assert figure.fen is None
    assert figure.because == "照现在领取的数额发；花名册没有写明数额，以发放记录为准。"


@pytest.mark.parametrize(
    ("mu", "fen"), [(1, 0), (4_999, 0), (5_000, 1), (14_999, 1), (15_000, 2), (10_000, 1)]
)
def test_half_a_fen_is_rounded_up(mu, fen):
    assert figure_of(Amount(per_mu=1, per=Pay.MONTH), Measured(heads=1, mu=mu)).fen == fen


@given(st.integers(1, 10**6), st.lists(st.integers(0, 10**7), min_size=1, max_size=8))
def test_land_in_pieces_is_paid_within_half_a_fen_of_each_piece(standard, pieces):
    amount = Amount(per_mu=standard, per=Pay.MONTH)
    whole = figure_of(amount, Measured(heads=1, mu=sum(pieces))).fen
    parts = [figure_of(amount, Measured(heads=1, mu=mu)).fen or 0 for mu in pieces]

    assert whole is not None
    assert 2 * abs(whole - sum(parts)) <= len(pieces) + 1


@given(st.integers(1, 10**6), st.integers(1, 12), st.integers(0, 10**7))
def test_nobody_gets_less_than_nothing_and_never_more_than_the_standard(standard, heads, income):
    figure = figure_of(Amount(standard_less_income=standard), Measured(heads=heads, income=income))

    assert figure.fen is not None
    assert 0 <= figure.fen <= standard * heads
    assert figure.fen in {0, standard * heads - income}


def test_what_is_drawn_today_is_kept_as_it_is():
    assert drawn_figure(drawn(12_000)) == Figure(
        per=Pay.MONTH,
        fen=12_000,
        because="照现在领取的数额发，每月120.00元，不减少。",
        formula=Formula(words="现在领取的数额", numbers="120.00元/月"),
        facts=(FactUse(name="drawn_monthly", title="现在每月领取（分）", value=12_000),),
    )


def test_what_several_draw_is_added_up():
    figure = drawn_figure(drawn(12_000, None, 0, 8_000))

    assert figure is not None
    assert figure.fen == 20_000
    assert figure.formula == Formula(
        words="现在领取的各项数额相加",
        numbers="120.00元 ＋ 0.00元 ＋ 80.00元 ＝ 200.00元/月",
    )


def test_no_figure_is_drawn_where_none_is_known():
    assert drawn_figure(drawn(None)) is None
    assert drawn_figure({}) is None


def test_an_example_is_carried_to_the_figure():
    assert figure_of(Amount(fixed=1, per=Pay.MONTH, illustrative=True), NOBODY).illustrative
    assert not figure_of(Amount(fixed=1, per=Pay.MONTH), NOBODY).illustrative


@pytest.mark.parametrize(
    ("per", "told", "column"),
    [
        (Pay.MONTH, "每月1,234.50元", "monthly"),
        (Pay.YEAR, "每年1,234.50元", "yearly"),
        (Pay.ONCE, "一次性1,234.50元", "once"),
    ],
)
def test_how_often_it_is_paid_is_told(per, told, column):
    assert per.told(123_450) == told
    assert per.column == column


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({}, "amount 里写一种金额，例如 {fixed: 5000, per: month} 或 {per_mu: 12000, per: year}"),
        (
            {"fixed": 1, "per_mu": 1},
            "amount 里写一种金额，例如 {fixed: 5000, per: month} 或 {per_mu: 12000, per: year}",
        ),
        ({"drawn": True, "per": Pay.YEAR}, "drawn 按月计算，写 per: month 或者不写 per"),
        (
            {"standard_less_income": 1, "per": Pay.ONCE},
            "standard_less_income 按月计算，写 per: month 或者不写 per",
        ),
        ({"fixed": 0}, "greater than or equal to 1"),
        *(
            (
                {kind: 500},
                f"per: month、per: year、per: once，例如 amount: {{{kind}: 500, per: month}}",
            )
            for kind in ("fixed", "per_head", "per_mu", "per_year_of_service")
        ),
    ],
)
def test_an_amount_says_exactly_one_kind(said, sentence):
    with pytest.raises(ValidationError) as refused:
        Amount(**said)

    assert sentence in str(refused.value)


def test_every_kind_can_be_asked_for():
    assert Amount(per_head=1, per=Pay.MONTH).kind == "per_head"
    assert Amount(set_by="分配决定").kind == "set_by"


def test_what_is_monthly_by_its_kind_need_not_say_so():
    assert Amount(drawn=True).per is Pay.MONTH
    assert Amount(standard_less_income=1).per is Pay.MONTH


@pytest.mark.parametrize(
    ("amount", "told"),
    [
        (Amount(drawn=True), "照现在领取的数额"),
        (Amount(fixed=5_000, per=Pay.MONTH), "每月50.00元"),
        (Amount(fixed=5_000, per=Pay.ONCE), "一次性50.00元"),
        (Amount(per_head=1_000, per=Pay.MONTH), "每人每月10.00元"),
        (Amount(per_mu=6_000, per=Pay.YEAR), "每亩每年60.00元"),
        (Amount(per_year_of_service=1_000, per=Pay.MONTH), "每服役1年每月10.00元"),
        (Amount(standard_less_income=43_000), "每人每月430.00元，减去家庭月收入"),
        (Amount(set_by="每年的收益分配决定"), "由每年的收益分配决定确定"),
    ],
)
def test_an_amount_is_told_as_the_pack_states_it(amount, told):
    assert str(amount) == told
