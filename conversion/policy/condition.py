"""When a row of a pack applies: conditions as data, no expression language."""

from collections.abc import Callable, Mapping
from typing import Annotated, Literal

from pydantic import Field

from conversion.domain.household import DrawnBenefit, HukouKind, Member, Trait
from conversion.domain.parcel import ParcelKind
from conversion.domain.right import MembershipStanding
from conversion.policy.facts import HouseholdFacts
from conversion.policy.pack_part import PackPart

Age = Annotated[int, Field(ge=0, le=130)]


class Condition(PackPart):
    """What must all be true of a member and the household; what isn't written doesn't matter.

    Attributes:
        age_at_least, age_below: full years on the day.
        draws: whether one of the row's `drawn_as` is drawn today.
        has_shares: whether the household holds shares.
    """

    traits_any: tuple[Trait, ...] = ()
    age_at_least: Age | None = None
    age_below: Age | None = None
    sex: Literal["1", "2"] | None = None
    hukou_kind: tuple[HukouKind, ...] = ()
    relation: tuple[str, ...] = ()
    flag: tuple[Literal["1", "2", "3", "4", "6", "7", "8"], ...] = ()
    membership: MembershipStanding | None = None
    has_land: tuple[ParcelKind, ...] = ()
    has_shares: bool | None = None
    draws: bool | None = None

    def holds(self, member: Member, facts: HouseholdFacts, drawn_as: tuple[str, ...]) -> bool:
        """Whether the member, in this household on this day, fulfils all of it."""
        person = all(test(self, member, facts) for test in _TESTS)
        draws = bool(drawn_by(member, facts, drawn_as))
        return person and (self.draws is None or self.draws == draws)


def drawn_by(
    member: Member, facts: HouseholdFacts, drawn_as: tuple[str, ...]
) -> Mapping[str, DrawnBenefit]:
    """What a member draws under one of the names; the head stands for what the household draws."""
    return {
        key: drawn
        for key, drawn in facts.drawn.items()
        if drawn.member == member.serial or (not drawn.member and member.is_head)
        if any(name in drawn.item for name in drawn_as)
    }


def _fits_traits(asked: Condition, member: Member, _: HouseholdFacts) -> bool:
    return not asked.traits_any or not set(asked.traits_any).isdisjoint(member.traits)


def _fits_age(asked: Condition, member: Member, facts: HouseholdFacts) -> bool:
    age = member.age_on(facts.day)
    old_enough = asked.age_at_least is None or age >= asked.age_at_least
    return old_enough and (asked.age_below is None or age < asked.age_below)


def _fits_person(asked: Condition, member: Member, _: HouseholdFacts) -> bool:
    wanted = (
        (asked.hukou_kind, member.hukou_kind),
        (asked.relation, member.relation),
        (asked.flag, member.flag),
    )
    return all(not choices or value in choices for choices, value in wanted) and (
        asked.sex is None or member.sex == asked.sex
    )


def _fits_membership(asked: Condition, member: Member, facts: HouseholdFacts) -> bool:
    if asked.membership is None:
        return True
    found = facts.memberships.get(member.serial)
    return found is not None and found.standing is asked.membership


def _fits_household(asked: Condition, _: Member, facts: HouseholdFacts) -> bool:
    land = not asked.has_land or any(facts.has_land(kind) for kind in asked.has_land)
    holds_shares = any(lot.units for lot in facts.shares.values())
    return land and (asked.has_shares is None or asked.has_shares == holds_shares)


_TESTS: tuple[Callable[[Condition, Member, HouseholdFacts], bool], ...] = (
    _fits_traits,
    _fits_age,
    _fits_person,
    _fits_membership,
    _fits_household,
)
