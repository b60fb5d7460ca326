"""How the collective's income is distributed by shares 收益分配, to the last 分.

`net income - loss cover - reserve fund = distributable = paid + held + residue`. A unit's part is
rounded down to 0.0001 元, a person's to 分; what rounding leaves goes to the reserve fund and is
shown. Nothing is skipped: what can't be paid out yet is held in payable with its reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from conversion.policy.decision import Decision, Formula, ParameterUse
from conversion.policy.judgement import Judgement, judged
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
    judgements = (_covered(income), _put_by(income, use), _left(income), _shared(units))
    facts = {
        "net_income": income.net_income,
        "loss_cover": income.loss_cover,
        "reserve_fund": income.reserve_fund,
        "units": units,
    }
    return judged(RULE, judgements, (use,), facts)


def _covered(income: Income) -> Judgement:
    net, loss = format_yuan(income.net_income), format_yuan(income.loss_cover)
    return Judgement(
        key="earned",
        title="弥补亏损",
        met=income.earned >= 0,
        sentence=f"净收益{net}元，弥补亏损{loss}元。",
        formula=Formula(
            words="净收益 − 弥补亏损",
            numbers=f"{net}元 − {loss}元 ＝ {format_yuan(income.earned)}元",
        ),
    )


def _put_by(income: Income, use: ParameterUse) -> Judgement:
    above, below = shaped(use, tuple[int, int])
    due = -(-max(income.earned, 0) * above // below)
    enough, fund = income.reserve_fund >= due, format_yuan(income.reserve_fund)
    earned, least = format_yuan(max(income.earned, 0)), format_yuan(due)
    told = f"{'不低于' if enough else '低于'}{below}分之{above}的应提数{least}元"
    return Judgement(
        key="reserve_fund",
        title="公积公益金",
        met=enough,
        sentence=f"提取公积公益金{fund}元，{told}。",
        formula=Formula(
            words="弥补亏损后的收益 × 提取比例，不足一分的进一分",
            numbers=f"{earned}元 × {above} ÷ {below} → {least}元",
        ),
        rests_on=(use,),
    )


def _left(income: Income) -> Judgement:
    rest = max(income.distributable, 0)
    earned, fund = format_yuan(income.earned), format_yuan(income.reserve_fund)
    return Judgement(
        key="distributable",
        title="可分配收益",
        met=rest > 0,
        sentence=f"可分配收益{format_yuan(rest)}元。",
        formula=Formula(
            words="弥补亏损后的收益 − 公积公益金，负数按零",
            numbers=f"{earned}元 − {fund}元 → {format_yuan(rest)}元",
        ),
    )


def _shared(units: int) -> Judgement:
    return Judgement(
        key="units", title="参加分配的股份", met=units > 0, sentence=f"参加分配的股份{units}股。"
    )
