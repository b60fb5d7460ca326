"""A year's income by shares: whatever the figures, not one 分 is lost or made."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversion.policy.rules.dividend import Income, Stake, distribute, may_be_distributed
from tests.policy.formula import numbers, words


@pytest.fixture(scope="module")
def rules(huichuan):
    return huichuan.on(date(2010, 6, 1))


UNITS = st.integers(1, 10**7)
STAKES = st.dictionaries(
    st.text("abcdef", min_size=1, max_size=3),
    st.builds(Stake, units=UNITS, waiting=st.integers(0, 10**7)),
    min_size=1,
    max_size=40,
)
FEN = st.integers(0, 10**13)


@given(FEN, STAKES)
def test_what_is_paid_held_and_left_over_is_what_there_was(distributable, stakes):
    done = distribute(distributable, stakes)

    assert done.paid + done.held + done.residue == distributable
    assert min(done.paid, done.held, done.residue) >= 0


@given(FEN, STAKES)
def test_rounding_leaves_less_than_a_fen_a_person_and_a_step_a_unit(distributable, stakes):
    done = distribute(distributable, stakes)

    assert done.residue <= len(stakes) + done.units // 100 + 1


@given(FEN, STAKES)
def test_nobody_waits_for_more_than_is_due(distributable, stakes):
    done = distribute(distributable, stakes)

    for account, payout in done.payouts.items():
        assert 0 <= payout.held <= payout.amount
        if stakes[account].waiting >= stakes[account].units:
            assert payout.held == payout.amount
        if not stakes[account].waiting:
            assert payout.held == 0


@given(FEN, STAKES)
def test_who_has_more_never_gets_less(distributable, stakes):
    payouts = distribute(distributable, stakes).payouts
    by_units = sorted(stakes, key=lambda account: stakes[account].units)

    assert [payouts[a].amount for a in by_units] == sorted(payouts[a].amount for a in by_units)


def test_nothing_is_distributed_to_nobody(rules):
    income = Income(net_income=100, loss_cover=0, reserve_fund=30)

    assert distribute(70, {}).residue == 70
    assert not may_be_distributed(income, 0, rules).granted
    assert may_be_distributed(income, 1, rules).granted


def test_losses_come_before_the_reserve_fund_and_the_reserve_fund_before_the_shares(rules):
    loss = Income(net_income=100, loss_cover=101, reserve_fund=0)
    thin = Income(net_income=101, loss_cover=0, reserve_fund=30)
    whole = Income(net_income=100, loss_cover=50, reserve_fund=50)

    assert not may_be_distributed(loss, 1, rules).granted
    assert not may_be_distributed(thin, 1, rules).granted
    assert "可分配收益0.00元" in "".join(may_be_distributed(whole, 1, rules).reasons)


def test_each_step_of_the_calculation_is_shown_with_its_figures(rules):
    income = Income(net_income=100_001, loss_cover=0, reserve_fund=30_000)

    earned, fund, rest, units = may_be_distributed(income, 7, rules).lines

    assert (earned.title, earned.because) == ("弥补亏损", ("净收益1,000.01元，弥补亏损0.00元。",))
    assert numbers(earned) == "1,000.01元 − 0.00元 ＝ 1,000.01元"
    assert (fund.title, fund.result) == ("公积公益金", "不符合")
    assert fund.because == ("提取公积公益金300.00元，低于10分之3的应提数300.01元。",)
    assert words(fund) == "弥补亏损后的收益 × 提取比例，不足一分的进一分"
    assert numbers(fund) == "1,000.01元 × 3 ÷ 10 → 300.01元"
    assert (fund.parameters, fund.illustrative) == (("dividend.reserve_min",), True)
    assert (rest.title, rest.because) == ("可分配收益", ("可分配收益700.01元。",))
    assert numbers(rest) == "1,000.01元 − 300.00元 → 700.01元"
    assert (units.title, units.because) == ("参加分配的股份", ("参加分配的股份7股。",))
    assert [line.key for line in (earned, fund, rest, units)] == [
        "earned", "reserve_fund", "distributable", "units",
    ]  # fmt: skip


def test_a_loss_takes_no_reserve_fund_and_leaves_nothing(rules):
    decision = may_be_distributed(Income(net_income=100, loss_cover=101, reserve_fund=0), 1, rules)

    assert decision.reasons == (
        "净收益1.00元，弥补亏损1.01元。",
        "提取公积公益金0.00元，不低于10分之3的应提数0.00元。",
        "可分配收益0.00元。",
        "参加分配的股份1股。",
    )
    assert [line.result for line in decision.lines] == ["不符合", "符合", "不符合", "符合"]
    assert decision.facts == {"net_income": 100, "loss_cover": 101, "reserve_fund": 0, "units": 1}


def test_all_of_the_income_may_just_cover_the_loss(rules):
    even = may_be_distributed(Income(net_income=5, loss_cover=5, reserve_fund=0), 1, rules)

    assert [line.result for line in even.lines] == ["符合", "符合", "不符合", "符合"]


def test_where_nobody_takes_part_all_of_it_is_left_over():
    done = distribute(100, {})

    assert (done.units, done.per_unit, done.paid, done.held, done.residue) == (0, 0, 0, 0, 100)
    assert distribute(100, {"a": Stake(units=3)}).units == 3
