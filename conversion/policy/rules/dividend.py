"""How the collective's income is distributed by shares 收益分配, to the last 分.

`net income - loss cover - reserve fund = distributable = paid + held + residue`. A unit's part is
rounded down to 0.0001 元, a person's to 分; what rounding leaves goes to the reserve fund and is
shown. Nothing is skipped: what can't be paid out yet is held in payable with its reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from conversion.policy.decision import Decision
from conversion.policy.pack import PackOnDay
from conversion.policy.parameter_shape import shaped
from conversion.standards.amount import format_yuan

RULE = "dividend"
RESERVE_MIN = "dividend.reserve_min"
PARTS_OF_FEN = 100
"""A part of 0.0001 元 is a hundredth of a 分."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Income:
    """What the accounts of the year say, in 分."""

    net_income: int
    loss_cover: int
    reserve_fund: int

    @property
    def earned(self) -> int:
        """What is left of the income once losses are covered; the reserve fund is taken of it."""
        return self.net_income - self.loss_cover

    @property
    def distributable(self) -> int:
        """What is distributed by shares."""
        return self.earned - self.reserve_fund


@dataclass(frozen=True, slots=True, kw_only=True)
class Stake:
    """What one account takes part with.

    Attributes:
        units: all its units; waiting: how many of them can't be paid for yet, and the reason.
    """

    units: int
    waiting: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Payout:
    """What one account gets, in 分; held is the part of it that waits."""

    amount: int
    held: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """One distribution, worked out.

    Attributes:
        per_unit: 0.0001 元 for each unit, rounded down; the sums in 分.
    """

    distributable: int
    units: int
    per_unit: int
    payouts: Mapping[str, Payout]

    @property
    def held(self) -> int:
        """What waits in payable."""
        return sum(p.held for p in self.payouts.values())

    @property
    def paid(self) -> int:
        """What is paid out."""
        return sum(p.amount - p.held for p in self.payouts.values())

    @property
    def residue(self) -> int:
        """What rounding leaves; it goes to the reserve fund."""
        return self.distributable - self.paid - self.held


def distribute(distributable: int, stakes: Mapping[str, Stake]) -> Distribution:
    """What each account gets of an amount in 分.

    >>> done = distribute(1000, {"a": Stake(units=1), "b": Stake(units=2, waiting=1)})
    >>> done.per_unit, done.paid, done.held, done.residue
    (33333, 666, 333, 1)
    """
    units = sum(stake.units for stake in stakes.values())
    per_unit = distributable * PARTS_OF_FEN // units if units else 0
    payouts = {
        account: Payout(
            amount=per_unit * stake.units // PARTS_OF_FEN,
            held=_held(stake, per_unit),
        )
        for account, stake in stakes.items()
    }
    return Distribution(
        distributable=distributable, units=units, per_unit=per_unit, payouts=payouts
    )


def _held(stake: Stake, per_unit: int) -> int:
    return per_unit * min(stake.waiting, stake.units) // PARTS_OF_FEN


def may_be_distributed(income: Income, units: int, pack: PackOnDay) -> Decision:
    """Whether the year's income may be distributed so: losses first, then the reserve fund."""
    use = pack.use(RESERVE_MIN)
    above, below = shaped(use, tuple[int, int])
    due = -(-max(income.earned, 0) * above // below)
    enough, rest = income.reserve_fund >= due, max(income.distributable, 0)
    word = "不低于" if enough else "低于"
    income_told = f"净收益{format_yuan(income.net_income)}元"
    fund_told = f"提取公积公益金{format_yuan(income.reserve_fund)}元"
    tests = (
        (income.earned >= 0, f"{income_told}，弥补亏损{format_yuan(income.loss_cover)}元。"),
        (enough, f"{fund_told}，{word}{below}分之{above}的应提数{format_yuan(due)}元。"),
        (rest > 0, f"可分配收益{format_yuan(rest)}元。"),
        (units > 0, f"参加分配的股份{units}股。"),
    )
    return Decision(
        rule=RULE,
        granted=all(met for met, _ in tests),
        reasons=tuple(sentence for _, sentence in tests),
        references=(use.reference,),
        facts={
            "net_income": income.net_income,
            "loss_cover": income.loss_cover,
            "reserve_fund": income.reserve_fund,
            "units": units,
        },
        parameters=(use,),
    )
