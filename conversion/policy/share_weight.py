"""How a class of shares weighs its holders 权重: by head, by band, by farming, by land."""

from collections.abc import Collection, Mapping
from fractions import Fraction
from math import ceil, floor
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from conversion.domain.household import Member
from conversion.domain.parcel import Parcel, ParcelKind
from conversion.policy.condition import Condition
from conversion.policy.facts import HouseholdFacts
from conversion.policy.pack_part import PackPart

_MONTHS = 12
_HALF_YEAR = 6
_HALF = Fraction(1, 2)
Years = Annotated[int, Field(ge=1, le=100)]
Who = Annotated[str, Field(min_length=1, max_length=60)]
Each = Annotated[int, Field(ge=0, le=10_000)]
Area = Literal["contract", "measured"]


class Band(PackPart):
    """A weight for some of the members; of several bands the first that fits counts.

    Attributes:
        who: for whom it is, as papers say it, e.g. `未满16周岁`.
        when: alternatives, of which one must hold on the base date; none: everybody else.
    """

    who: Who
    when: tuple[Condition, ...] = ()
    each: Each

    def fits(self, member: Member, facts: HouseholdFacts) -> bool:
        """Whether it is for this member of the household."""
        return not self.when or any(asked.holds(member, facts, ()) for asked in self.when)


class FarmingCredit(PackPart):
    """Months of service or study that count as farming, one figure for all: no roster has them.

    Attributes:
        who: for whom, as papers say it, e.g. `现役军人，服役期间`.
    """

    who: Who
    when: tuple[Condition, ...] = Field(min_length=1)
    months: Annotated[int, Field(ge=1, le=600)]

    def fits(self, member: Member, facts: HouseholdFacts) -> bool:
        """Whether it is for this member of the household."""
        return any(asked.holds(member, facts, ()) for asked in self.when)


class FarmingYears(PackPart):
    """How months of farming become a weight 农龄; the roster's months are net of all breaks.

    Attributes:
        from_age, to_age: full years between which months count.
        cap_years: the most that counts.
        rounding: what months beyond whole years give: `half_year_up` a year from six months on.
        credits: breaks that count all the same.
    """

    from_age: Years
    to_age: Years
    cap_years: Years
    rounding: Literal["half_year_up", "down", "up"]
    credits: tuple[FarmingCredit, ...] = ()

    @model_validator(mode="after")
    def _has_years_between(self) -> Self:
        if self.from_age >= self.to_age:
            message = "from_age 应当小于 to_age，例如 from_age: 16, to_age: 60"
            raise ValueError(message)
        return self

    def years(self, months: int) -> int:
        """Months as years of weight.

        >>> rule = FarmingYears(from_age=16, to_age=60, cap_years=30, rounding="half_year_up")
        >>> [rule.years(months) for months in (5, 6, 17, 18, 900)]
        [0, 1, 1, 2, 30]
        """
        return min((months + _EXTRA_MONTHS[self.rounding]) // _MONTHS, self.cap_years)

    def credited(self, member: Member, facts: HouseholdFacts) -> tuple[FarmingCredit, ...]:
        """The breaks of this member that count as farming."""
        return tuple(credit for credit in self.credits if credit.fits(member, facts))

    def claimed(self, member: Member, facts: HouseholdFacts) -> int:
        """Months of farming as the roster has them, and those that count as such."""
        return member.farming_months + sum(c.months for c in self.credited(member, facts))

    def possible(self, member: Member, facts: HouseholdFacts) -> int:
        """Whole months between the two ages, up to the day of the facts."""
        day, born = facts.day, member.birth_date
        lived = (day.year - born.year) * _MONTHS + day.month - born.month - (day.day < born.day)
        return max(0, min(lived, self.to_age * _MONTHS) - self.from_age * _MONTHS)

    def weight(self, member: Member, facts: HouseholdFacts) -> int:
        """Years of weight: what is claimed, as far as the ages allow it."""
        return self.years(min(self.claimed(member, facts), self.possible(member, facts)))


_EXTRA_MONTHS: Mapping[str, int] = {"half_year_up": _HALF_YEAR, "down": 0, "up": _MONTHS - 1}


class LandWeight(PackPart):
    """How a household's contracted land becomes a weight 土地股, and to whom of it that falls.

    Attributes:
        kinds: of parcels, those measured in 亩.
        area: which areas count, the first that the parcel has.
        unit: 0.0001 亩 that weigh one, e.g. 100 for each 0.01 亩.
        falls_to: `members` the household's members equally, or `head`.
        remainder: who gets what can't be divided, one each: `head` first, or by `member_key`.
    """

    kinds: tuple[Literal["contracted", "private_plot"], ...] = Field(min_length=1)
    area: tuple[Area, ...] = Field(min_length=1, max_length=2)
    unit: Annotated[int, Field(ge=1, le=100_000)]
    rounding: Literal["down", "half_up", "up"]
    falls_to: Literal["members", "head"]
    remainder: Literal["head", "member_key"]

    def mu(self, facts: HouseholdFacts) -> Fraction:
        """The household's land that counts, in 0.0001 亩; a plot held jointly in equal parts."""
        counted = (p for p in facts.parcels.values() if p.kind in map(ParcelKind, self.kinds))
        return sum((self._part(parcel) for parcel in counted), Fraction(0))

    def _part(self, parcel: Parcel) -> Fraction:
        areas = {"contract": parcel.contract_area, "measured": parcel.measured_area}
        known = next((areas[name] for name in self.area if areas[name] is not None), None)
        return Fraction(known or 0, 1 + len(parcel.joint_households))

    def household_weight(self, facts: HouseholdFacts) -> int:
        """The household's land as whole units of weight."""
        return self.rounded(self.mu(facts))

    def rounded(self, mu: Fraction) -> int:
        """0.0001 亩 as whole units of weight.

        >>> rule = LandWeight(kinds=("contracted",), area=("contract",), unit=100,
        ...     rounding="half_up", falls_to="members", remainder="head")
        >>> [rule.rounded(Fraction(mu)) for mu in (149, 150, 250)]
        [1, 2, 3]
        """
        units = mu / self.unit
        if self.rounding == "up":
            return ceil(units)
        return floor(units if self.rounding == "down" else units + _HALF)

    def divided(self, weight: int, heirs: Collection[Member]) -> dict[str, int]:
        """A household's weight as it falls to those of its members who take part."""
        order = sorted(heirs, key=lambda m: (not m.is_head, m.serial))
        if self.falls_to == "head":
            return {m.serial: weight * (place == 0) for place, m in enumerate(order)}
        if self.remainder == "member_key":
            order.sort(key=lambda m: m.serial)
        base, rest = divmod(weight, len(order)) if order else (0, 0)
        return {m.serial: base + (place < rest) for place, m in enumerate(order)}
