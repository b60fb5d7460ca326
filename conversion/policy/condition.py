"""When a row of a pack applies: conditions as data, no expression language.

A condition says of itself what it asks and what it found, so that an answer can be explained to
whom it concerns. What it found never tells more of a person than what was asked.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal, NamedTuple

from pydantic import Field
from typing_extensions import override

from conversion.domain.household import DrawnBenefit, HukouKind, Member, Trait
from conversion.domain.parcel import ParcelKind
from conversion.domain.right import MembershipStanding
from conversion.policy.age_window import AgeWindow, age_window
from conversion.policy.decision import FactUse
from conversion.policy.facts import HouseholdFacts
from conversion.policy.pack_part import PackPart
from conversion.standards import member_flag, relation, sex

Age = Annotated[int, Field(ge=0, le=130)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that a condition asks, and what was found 认定.

    Attributes:
        asked, found: in Chinese, e.g. `年满60周岁` and `61周岁`.
        fact: what was looked at.
        short_by: years by which an age is missed.
        of_a_kind: it asks what sort of person this is (a trait, the sex, what is drawn), not how
            far somebody or the household is from getting it.
    """

    asked: str
    found: str
    met: bool
    fact: FactUse
    short_by: int = 0
    of_a_kind: bool = False

    @override
    def __str__(self) -> str:
        """Asked and found, as a household reads it."""
        return f"{self.asked}（{self.found}）"


class Condition(PackPart):
    """What must all be true of a member and the household; what isn't written doesn't matter.

    Attributes:
        traits_any: one of them; traits_none: none of them, where others of the age have it.
        age_at_least, age_below: full years on the day.
        draws: whether one of the row's `drawn_as` is drawn today.
        has_shares: whether the household holds shares.
    """

    traits_any: tuple[Trait, ...] = ()
    traits_none: tuple[Trait, ...] = ()
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
        return all(finding.met for finding in self.findings(member, facts, drawn_as))

    def holds_at_some_age(
        self, member: Member, facts: HouseholdFacts, drawn_as: tuple[str, ...]
    ) -> bool:
        """Whether the member fulfils all but the age, which only time decides."""
        seen = _Seen(member, facts, drawn_as)
        found = (look(self, seen) for look in _LOOKS if look is not _age)
        return all(finding.met for finding in found if finding)

    def window(self, member: Member) -> AgeWindow:
        """The days on which the member is of the age that it asks for."""
        return age_window(member, self.age_at_least, self.age_below)

    def findings(
        self, member: Member, facts: HouseholdFacts, drawn_as: tuple[str, ...]
    ) -> Iterator[Finding]:
        """Everything it asks, each with what was found of the member and the household."""
        seen = _Seen(member, facts, drawn_as)
        return (finding for look in _LOOKS if (finding := look(self, seen)))


def drawn_by(
    member: Member, facts: HouseholdFacts, drawn_as: tuple[str, ...]
) -> Mapping[str, DrawnBenefit]:
    """What a member draws under one of the names; the head stands for what the household draws."""
    return {
        key: drawn
        for key, drawn in facts.drawn.items()
        if drawn.member == member.serial or (not drawn.member and member.is_head)
        if is_called(drawn, drawn_as)
    }


def is_called(drawn: DrawnBenefit, drawn_as: tuple[str, ...]) -> bool:
    """Whether the roster lists a benefit under one of these names."""
    return bears_name(drawn.item, drawn_as)


def bears_name(item: str, drawn_as: tuple[str, ...]) -> bool:
    """Whether one of these names is in what the roster calls a benefit."""
    return any(name in item for name in drawn_as)


class _Seen(NamedTuple):
    """Whom a condition looks at."""

    member: Member
    facts: HouseholdFacts
    drawn_as: tuple[str, ...]


def _traits(asked: Condition, seen: _Seen) -> Finding | None:
    if not asked.traits_any:
        return None
    shown = [trait.value for trait in asked.traits_any if trait in seen.member.traits]
    some = "之一" if len(asked.traits_any) > 1 else ""
    return Finding(
        asked=f"属于{'、'.join(asked.traits_any)}{some}",
        found=f"是{'、'.join(shown)}" if shown else "没有登记",
        met=bool(shown),
        fact=FactUse(name="traits", title="身份特征", value=[*shown]),
        of_a_kind=True,
    )


def _barring_traits(asked: Condition, seen: _Seen) -> Finding | None:
    """Not what sort of person this is: whoever is barred for a while may well ask why."""
    if not asked.traits_none:
        return None
    shown = [trait.value for trait in asked.traits_none if trait in seen.member.traits]
    return Finding(
        asked=f"不属于{'、'.join(asked.traits_none)}",
        found=f"是{'、'.join(shown)}" if shown else "没有登记",
        met=not shown,
        fact=FactUse(name="barring_traits", title="不能有的身份特征", value=[*shown]),
    )


def _age(asked: Condition, seen: _Seen) -> Finding | None:
    least, below = asked.age_at_least, asked.age_below
    if least is None and below is None:
        return None
    age = seen.member.age_on(seen.facts.day)
    bounds = ((least, "年满"), (below, "不满"))
    missing = 0 if least is None else max(least - age, 0)
    beyond = 0 if below is None else max(age - below + 1, 0)
    return Finding(
        asked="、".join(f"{word}{years}周岁" for years, word in bounds if years is not None),
        found=f"{age}周岁",
        met=not missing and not beyond,
        fact=FactUse(name="age", title="年龄（周岁）", value=age),
        short_by=missing + beyond,
    )


def _sex(asked: Condition, seen: _Seen) -> Finding | None:
    if asked.sex is None:
        return None
    found = sex.title_of(seen.member.sex)
    return Finding(
        asked=f"性别为{sex.title_of(asked.sex)}",
        found=found,
        met=seen.member.sex == asked.sex,
        fact=FactUse(name="sex", title="性别", value=found),
        of_a_kind=True,
    )


def _hukou_kind(asked: Condition, seen: _Seen) -> Finding | None:
    if not asked.hukou_kind:
        return None
    kind = HukouKind(seen.member.hukou_kind)
    return Finding(
        asked=f"户口性质为{'或者'.join(wanted.label for wanted in asked.hukou_kind)}",
        found=kind.label,
        met=kind in asked.hukou_kind,
        fact=FactUse(name="hukou_kind", title="户口性质", value=kind.label),
    )


def _relation(asked: Condition, seen: _Seen) -> Finding | None:
    if not asked.relation:
        return None
    found = relation.title_of(seen.member.relation)
    return Finding(
        asked=f"与户主的关系为{'或者'.join(map(relation.title_of, asked.relation))}",
        found=found,
        met=seen.member.relation in asked.relation,
        fact=FactUse(name="relation", title="与户主的关系", value=found),
        of_a_kind=True,
    )


def _flag(asked: Condition, seen: _Seen) -> Finding | None:
    """A remark that was not asked for is not told: some never leave the restricted zone."""
    if not asked.flag:
        return None
    met = seen.member.flag in asked.flag
    found = member_flag.title_of(seen.member.flag) if met else ""
    return Finding(
        asked=f"成员备注为{'或者'.join(map(member_flag.title_of, asked.flag))}",
        found="是" if met else "没有登记",
        met=met,
        fact=FactUse(name="flag", title="成员备注", value=found),
        of_a_kind=True,
    )


def _membership(asked: Condition, seen: _Seen) -> Finding | None:
    if asked.membership is None:
        return None
    membership = seen.facts.memberships.get(seen.member.serial)
    found = membership.standing.label if membership else "还没有认定"
    return Finding(
        asked=f"成员身份{asked.membership.label}",
        found=found,
        met=membership is not None and membership.standing is asked.membership,
        fact=FactUse(name="membership", title="成员身份", value=found),
    )


def _land(asked: Condition, seen: _Seen) -> Finding | None:
    if not asked.has_land:
        return None
    held = [kind.label for kind in asked.has_land if seen.facts.has_land(kind)]
    return Finding(
        asked=f"户内有{'或者'.join(kind.label for kind in asked.has_land)}",
        found=f"有{'、'.join(held)}" if held else "没有",
        met=bool(held),
        fact=FactUse(name="land", title="户内土地", value=[*held]),
    )


def _shares(asked: Condition, seen: _Seen) -> Finding | None:
    if asked.has_shares is None:
        return None
    held = any(lot.units for lot in seen.facts.shares.values())
    return Finding(
        asked="户内持有股份" if asked.has_shares else "户内没有股份",
        found="持有" if held else "没有",
        met=held == asked.has_shares,
        fact=FactUse(name="shares", title="户内持有股份", value=held),
    )


def _drawn(asked: Condition, seen: _Seen) -> Finding | None:
    if asked.draws is None:
        return None
    items = [d.item for d in drawn_by(seen.member, seen.facts, seen.drawn_as).values()]
    names = "或者".join(f"“{name}”" for name in seen.drawn_as)
    return Finding(
        asked=f"{'在领' if asked.draws else '没有领'}{names}",
        found=f"在领{'、'.join(items)}" if items else "没有领",
        met=bool(items) == asked.draws,
        fact=FactUse(name="draws", title="在领的待遇", value=[*items]),
        of_a_kind=True,
    )


_LOOKS: tuple[Callable[[Condition, _Seen], Finding | None], ...] = (
    _traits,
    _barring_traits,
    _age,
    _sex,
    _hukou_kind,
    _relation,
    _flag,
    _membership,
    _land,
    _shares,
    _drawn,
)
