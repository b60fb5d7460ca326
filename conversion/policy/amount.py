"""What a benefit pays: the kinds of amount that a pack may state, each with its formula in words.

An amount is data of a closed set of kinds; no kind is worked out from what the office doesn't know.
What is not known yet leaves the figure open and says what is lacking.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from typing_extensions import override

from conversion.domain.household import DrawnBenefit
from conversion.policy.decision import FactUse, Formula
from conversion.policy.pack_part import PackPart
from conversion.standards.amount import format_yuan
from conversion.standards.fixed_point import divide_half_up, to_text

Fen = Annotated[int, Field(ge=1, le=10**10)]

_KINDS = (
    "drawn",
    "fixed",
    "per_head",
    "per_mu",
    "per_year_of_service",
    "standard_less_income",
    "set_by",
)
_MONTHLY = frozenset({"drawn", "standard_less_income"})
_STATED_BY = {"fixed": "", "per_head": "每人", "per_mu": "每亩", "per_year_of_service": "每服役1年"}
"""Figures that an office states: how often they are paid is stated with them, never supposed."""
_MU_PLACES = 4

NOTHING_NOW = "本期不发"
"""What is said of an amount that comes to nothing: it may come to something another time."""


class Pay(StrEnum):
    """How often an amount is paid."""

    MONTH = "month"
    YEAR = "year"
    ONCE = "once"

    @property
    def unit(self) -> str:
        """What stands behind the figure, e.g. `420.00元/年`."""
        return {"month": "元/月", "year": "元/年", "once": "元（一次）"}[self]

    @property
    def label(self) -> str:
        """How often, in Chinese."""
        return {"month": "每月", "year": "每年", "once": "一次性"}[self]

    @property
    def column(self) -> str:
        """The field of a benefit that holds it."""
        return {"month": "monthly", "year": "yearly", "once": "once"}[self]

    def told(self, fen: int) -> str:
        """A figure as a household reads it.

        >>> Pay.YEAR.told(42_000)
        '每年420.00元'
        """
        return f"{self.label}{format_yuan(fen)}元"


class Amount(PackPart):
    """How much a benefit is: exactly one kind, how often it is paid, and whether it is an example.

    Attributes:
        drawn: what is drawn today, and nothing else.
        fixed, per_head, per_mu, per_year_of_service: 分; for all, for each member, for each 亩 of
            contracted land, for each year served.
        standard_less_income: 分 a month for each member, less the household's monthly income.
        set_by: Chinese words for what sets it, where no figure can be worked out here.
        per: how often it is paid; to be written with every figure that isn't monthly by its kind.
        illustrative: the figure is an example, though the row itself may not be.
    """

    drawn: Literal[True] | None = None
    fixed: Fen | None = None
    per_head: Fen | None = None
    per_mu: Fen | None = None
    per_year_of_service: Fen | None = None
    standard_less_income: Fen | None = None
    set_by: Annotated[str, Field(min_length=1, max_length=100)] | None = None
    per: Pay = Pay.MONTH
    illustrative: bool = False

    @model_validator(mode="after")
    def _says_one_kind(self) -> Self:
        found = [kind for kind in _KINDS if getattr(self, kind) is not None]
        if len(found) != 1:
            message = (
                "amount 里写一种金额，例如 {fixed: 5000, per: month} 或 {per_mu: 12000, per: year}"
            )
            raise ValueError(message)
        if found[0] in _MONTHLY and self.per is not Pay.MONTH:
            message = f"{found[0]} 按月计算，写 per: month 或者不写 per"
            raise ValueError(message)
        if found[0] in _STATED_BY and "per" not in self.model_fields_set:
            written = f"{found[0]}: {getattr(self, found[0])}"
            message = (
                f"没有写多久发一次，按月、按年、一次性分别是 per: month、per: year、per: once，"
                f"例如 amount: {{{written}, per: month}}"
            )
            raise ValueError(message)
        return self

    @property
    def kind(self) -> str:
        """Which kind it is, e.g. `per_mu`."""
        return next(kind for kind in _KINDS if getattr(self, kind) is not None)

    @override
    def __str__(self) -> str:
        """The amount as a pack states it.

        >>> str(Amount(per_mu=6000, per=Pay.YEAR)), str(Amount(drawn=True))
        ('每亩每年60.00元', '照现在领取的数额')
        """
        stated = getattr(self, self.kind)
        if self.kind in _STATED_BY:
            return f"{_STATED_BY[self.kind]}{self.per.told(stated)}"
        if self.standard_less_income:
            return f"每人{self.per.told(self.standard_less_income)}，减去家庭月收入"
        return f"由{self.set_by}确定" if self.set_by else "照现在领取的数额"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What an amount is counted by.

    Attributes:
        heads: members it is for; draws: whether it is drawn today.
        mu: contracted area held by this household alone, 0.0001 亩; None when none is known.
        joint: contracted parcels held together with others, which are not in it.
        years: years served; income: of the household, 分 a month; None when nobody has said.
    """

    heads: int
    draws: bool = False
    mu: int | None = None
    joint: int = 0
    years: int | None = None
    income: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """An amount as worked out for one holder.

    Attributes:
        fen: None when it can't be worked out.
        because: why not, why it stays as it is, why it is nothing, or what is not in it; empty
            where the formula says it all.
        facts: what was counted.
    """

    per: Pay
    fen: int | None = None
    because: str = ""
    formula: Formula | None = None
    facts: tuple[FactUse, ...] = ()
    illustrative: bool = False

    @property
    def told(self) -> str:
        """The figure as a household reads it; empty when it is open."""
        if self.fen is None:
            return ""
        return self.per.told(self.fen) if self.fen else NOTHING_NOW


def drawn_figure(drawn: Mapping[str, DrawnBenefit]) -> Figure | None:
    """The sum of what is drawn today; None when no amount is known."""
    parts = [row.monthly for row in drawn.values() if row.monthly is not None]
    if not parts:
        return None
    per, fen = Pay.MONTH, sum(parts)
    terms = " ＋ ".join(f"{format_yuan(part)}元" for part in parts)
    total = f"{format_yuan(fen)}{per.unit}"
    return Figure(
        per=per,
        fen=fen,
        because=f"照现在领取的数额发，{per.told(fen)}，不减少。",
        formula=Formula(
            words="现在领取的各项数额相加" if len(parts) > 1 else "现在领取的数额",
            numbers=f"{terms} ＝ {total}" if len(parts) > 1 else total,
        ),
        facts=(FactUse(name="drawn_monthly", title="现在每月领取（分）", value=fen),),
    )


def figure_of(amount: Amount, measured: Measured) -> Figure:
    """The amount for one holder, as far as what it is counted by is known."""
    return _WORKED_OUT[amount.kind](amount, measured)


def _drawn(amount: Amount, measured: Measured) -> Figure:
    if measured.draws:
        return _open(amount, "照现在领取的数额发；花名册没有写明数额，以发放记录为准。")
    return _open(amount, "花名册没有在领的记录，金额以主管部门核定的为准。")


def _fixed(amount: Amount, _: Measured) -> Figure:
    assert amount.fixed is not None
    numbers = f"{format_yuan(amount.fixed)}{amount.per.unit}"
    return _figure(amount, amount.fixed, Formula(words="固定标准", numbers=numbers))


def _per_head(amount: Amount, measured: Measured) -> Figure:
    assert amount.per_head is not None
    fen = amount.per_head * measured.heads
    numbers = f"每人{format_yuan(amount.per_head)}元 × {measured.heads}人 ＝ {_total(amount, fen)}"
    heads = FactUse(name="heads", title="人数", value=measured.heads)
    return _figure(amount, fen, Formula(words="每人标准 × 人数", numbers=numbers), heads)


def _per_mu(amount: Amount, measured: Measured) -> Figure:
    assert amount.per_mu is not None
    left_out = f"与别户共同承包的{measured.joint}块没有计入，另行核定。" if measured.joint else ""
    if measured.mu is None:
        lacking = "本户单独承包的面积还没有记载，金额由办理窗口核定后告知。"
        return _open(amount, lacking + left_out)
    fen = divide_half_up(amount.per_mu * measured.mu, 10**_MU_PLACES)
    area = mu_in_words(measured.mu)
    numbers = f"每亩{format_yuan(amount.per_mu)}元 × {area} ＝ {_total(amount, fen)}"
    formula = Formula(words="每亩标准 × 承包地面积，四舍五入到分", numbers=numbers)
    fact = FactUse(name="contracted_mu", title="承包地面积（0.0001亩）", value=measured.mu)
    return replace(_figure(amount, fen, formula, fact), because=left_out)


def _per_year_of_service(amount: Amount, measured: Measured) -> Figure:
    assert amount.per_year_of_service is not None
    if measured.years is None:
        return _open(amount, "服役年限还没有填写，金额由办理窗口核定后告知。")
    fen = amount.per_year_of_service * measured.years
    each = format_yuan(amount.per_year_of_service)
    numbers = f"每服役1年{each}元 × {measured.years}年 ＝ {_total(amount, fen)}"
    formula = Formula(words="每服役1年的标准 × 服役年限", numbers=numbers)
    fact = FactUse(name="service_years", title="服役年限（年）", value=measured.years)
    return _figure(amount, fen, formula, fact)


def _standard_less_income(amount: Amount, measured: Measured) -> Figure:
    """Never below nothing: who has more than the standard gets no less than zero."""
    assert amount.standard_less_income is not None
    if measured.income is None:
        return _open(amount, "家庭收入还没有核定，金额由办理窗口核定后告知。")
    standard = amount.standard_less_income
    fen = max(standard * measured.heads - measured.income, 0)
    less = f"每人{format_yuan(standard)}元 × {measured.heads}人 － {format_yuan(measured.income)}元"
    formula = Formula(
        words="每人标准 × 人数 － 家庭月收入，不足零的为零",
        numbers=f"{less} ＝ {_total(amount, fen)}",
    )
    heads = FactUse(name="heads", title="人数", value=measured.heads)
    income = FactUse(name="monthly_income", title="家庭月收入（分）", value=measured.income)
    nothing = "" if fen else f"按标准与收入之差计算为零，{NOTHING_NOW}。"
    return replace(_figure(amount, fen, formula, heads, income), because=nothing)


def _set_by(amount: Amount, _: Measured) -> Figure:
    return _open(amount, f"金额由{amount.set_by}确定。")


_WORKED_OUT: Mapping[str, Callable[[Amount, Measured], Figure]] = {
    "drawn": _drawn,
    "fixed": _fixed,
    "per_head": _per_head,
    "per_mu": _per_mu,
    "per_year_of_service": _per_year_of_service,
    "standard_less_income": _standard_less_income,
    "set_by": _set_by,
}


def mu_in_words(mu: int) -> str:
    """An area as a formula shows it: exact, so that the household can count it again.

    >>> mu_in_words(35_000), mu_in_words(12_345), mu_in_words(20_000)
    ('3.5亩', '1.2345亩', '2亩')
    """
    return to_text(mu, places=_MU_PLACES).rstrip("0").removesuffix(".") + "亩"


def _total(amount: Amount, fen: int) -> str:
    return f"{format_yuan(fen)}{amount.per.unit}"


def _figure(amount: Amount, fen: int, formula: Formula, *facts: FactUse) -> Figure:
    return Figure(
        per=amount.per,
        fen=fen,
        formula=formula,
        facts=facts,
        illustrative=amount.illustrative,
    )


def _open(amount: Amount, because: str) -> Figure:
    return Figure(per=amount.per, because=because)
