"""How a pack turns the collective's operating assets into shares 折股量化: plans to choose from."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from conversion.domain.household import Member
from conversion.policy.condition import Condition
from conversion.policy.facts import HouseholdFacts
from conversion.policy.pack_part import Id, PackReference, Sourced
from conversion.policy.parameter_shape import Capped, HolderCap, Portion
from conversion.policy.plan_statement import PlanStatements
from conversion.policy.share_weight import Band, Each, FarmingYears, LandWeight, Who
from conversion.standards import fixed_point

ShortId = Annotated[Id, Field(max_length=40)]
_WAYS = ("each", "bands", "farming", "land")


class ShareClassRule(Sourced):
    """One class of shares: the part of the plan it gets, and what weighs in it.

    Attributes:
        portion: of the plan's units.
        who, when: whom it is for, in words and as alternatives; none written: every member.
        each, bands, farming, land: exactly one of them: one weight for all of them, weights by
            band, by months of farming, or by the household's land.
    """

    id: ShortId
    title: Annotated[str, Field(min_length=1, max_length=40)]
    portion: Portion
    who: Who = "每名成员"
    when: tuple[Condition, ...] = ()
    each: Each | None = None
    bands: tuple[Band, ...] = ()
    farming: FarmingYears | None = None
    land: LandWeight | None = None

    @model_validator(mode="after")
    def _weighs_one_way(self) -> Self:
        if sum(bool(getattr(self, way)) for way in _WAYS) != 1:
            message = (
                "each（按人）、bands（分档）、farming（按农龄）和 land（按承包地）"
                "写且只写一个，例如 each: 1"
            )
            raise ValueError(message)
        if bool(self.when) != ("who" in self.model_fields_set):
            message = "when（条件）和 who（对象的名称）一起写，例如 who: 优抚对象"
            raise ValueError(message)
        return self

    def is_for(self, member: Member, facts: HouseholdFacts) -> bool:
        """Whether the member is one of those the class is for, on the day of the facts."""
        return not self.when or any(asked.holds(member, facts, ()) for asked in self.when)


class CollectiveShare(Sourced):
    """集体股: the part that stays with the collective, zero in most plans."""

    portion: Portion


class HolderLimit(Sourced):
    """The most that one member may hold by the plan, as a part of all its units.

    Attributes:
        applies_to: as `HolderCap` has it; where nothing is said, the first allocation and what is
            taken by choice afterwards alike.
    """

    portion: Portion
    applies_to: Capped = Field(default=("allocation", "transfer", "gift"), min_length=1)

    @property
    def cap(self) -> HolderCap:
        """The limit as a cap."""
        return HolderCap(portion=self.portion, applies_to=self.applies_to)


class ShareScheme(Sourced):
    """One plan of quantification that a village may vote on 折股量化方案.

    Attributes:
        unit: name of the unit, e.g. `股`.
        decimals: places of the smallest unit: 2 where shares are counted to 0.01 股.
        total_units: the whole of the plan, in the smallest unit.
        mode: 静态 or 动态 management after the base date; review_years: 相对静态, reviewed then.
        holder_limit: where the plan has its own; what it doesn't bind, `ledger.holder_cap` may.
        rounding: largest remainder, ties to the smaller member key.
    """

    id: ShortId
    title: Annotated[str, Field(min_length=1, max_length=100)]
    unit: Annotated[str, Field(min_length=1, max_length=4)]
    decimals: Annotated[int, Field(ge=0, le=4)] = 0
    total_units: Annotated[int, Field(ge=1, le=10**12)]
    collective: CollectiveShare
    classes: tuple[ShareClassRule, ...] = Field(min_length=1)
    statements: PlanStatements
    mode: Literal["static", "dynamic"]
    review_years: Annotated[int, Field(ge=3, le=5)] | None = None
    holder_limit: HolderLimit | None = None
    rounding: Literal["largest_remainder"]
    tie_break: Literal["member_key"]

    @model_validator(mode="after")
    def _is_reviewed_when_static(self) -> Self:
        if self.mode == "dynamic" and self.review_years is not None:
            message = "review_years（几年一调）写在静态方案里，动态方案不写，例如 mode: static"
            raise ValueError(message)
        return self

    def said(self, units: int) -> str:
        """An amount of its units as people read it, e.g. `33.34股`."""
        return fixed_point.to_text(units, places=self.decimals) + self.unit

    @property
    def places(self) -> tuple[PackReference, ...]:
        """Everything the plan rests on, each once."""
        parts: list[Sourced] = [self, self.collective, *self.classes, *self.statements.every]
        parts += [self.holder_limit] if self.holder_limit else []
        return tuple(dict.fromkeys(part.reference for part in parts))
