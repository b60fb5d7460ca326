"""How a pack turns the collective's operating assets into shares 折股量化."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from conversion.policy.pack_part import Id, PackPart, Sourced, Text
from conversion.policy.parameter_shape import Portion

_MONTHS = 12
_HALF_YEAR = 6
Years = Annotated[int, Field(ge=1, le=100)]


class FarmingYears(PackPart):
    """How months of farming become a weight 农龄.

    Attributes:
        from_age, to_age: full years between which months count.
        cap_years: the most that counts.
        rounding: what months beyond whole years give: `half_year_up` a year from six months on.
    """

    from_age: Years
    to_age: Years
    cap_years: Years
    rounding: Literal["half_year_up", "down", "up"]

    def years(self, months: int) -> int:
        """Months as years of weight.

        >>> rule = FarmingYears(from_age=16, to_age=60, cap_years=30, rounding="half_year_up")
        >>> [rule.years(months) for months in (5, 6, 17, 18, 900)]
        [0, 1, 1, 2, 30]
        """
        extra = {"half_year_up": _HALF_YEAR, "down": 0, "up": _MONTHS - 1}[self.rounding]
        return min((months + extra) // _MONTHS, self.cap_years)


class ShareClassRule(Sourced):
    """One class of shares: the part of the plan it gets, and what weighs in it.

    Attributes:
        portion: of the plan's units.
        each: weight of every member, for a class by head; None for a class by farming.
        farming: how farming weighs, for a class by farming; None for a class by head.
    """

    id: Annotated[Id, Field(max_length=40)]
    title: Annotated[str, Field(min_length=1, max_length=40)]
    portion: Portion
    each: Annotated[int, Field(ge=1, le=100)] | None = None
    farming: FarmingYears | None = None

    @model_validator(mode="after")
    def _weighs_one_way(self) -> Self:
        if (self.each is None) == (self.farming is None):
            message = "each（按人）和 farming（按农龄）写且只写一个，例如 each: 1"
            raise ValueError(message)
        return self


class CollectiveShare(Sourced):
    """集体股: the part that stays with the collective, zero in most plans."""

    portion: Portion


class ReservedShare(Sourced):
    """What becomes of the lots of people whose membership is disputed."""

    text: Text


class ShareScheme(Sourced):
    """The pack's plan of quantification.

    Attributes:
        unit: name of the smallest unit, e.g. `股`.
        total_units: the whole of the plan in that unit.
        mode: 静态 or 动态 management after the base date.
        rounding: largest remainder, ties to the smaller member key.
    """

    title: Text
    unit: Text
    total_units: Annotated[int, Field(ge=1, le=10**12)]
    collective: CollectiveShare
    classes: tuple[ShareClassRule, ...] = Field(min_length=1)
    reserve: ReservedShare
    mode: Literal["static", "dynamic"]
    rounding: Literal["largest_remainder"]
    tie_break: Literal["member_key"]
