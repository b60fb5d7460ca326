"""Why a member weighs what it weighs in a class of shares, in sentences to be read aloud."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import floor

from conversion.domain.household import Member
from conversion.domain.parcel import ParcelKind
from conversion.policy.decision import FactUse
from conversion.policy.facts import HouseholdFacts
from conversion.policy.share_scheme import ShareClassRule, ShareScheme
from conversion.policy.share_weight import FarmingYears, LandWeight
from conversion.policy.weighing import counts, situation
from conversion.standards.area import format_mu
from conversion.standards.chinese_date import format_day

_NOTHING = "权重0。"
_ROUNDINGS: Mapping[str, str] = {
    "half_year_up": "不足一年的满半年算一年",
    "down": "不足一年的不算",
    "up": "不足一年的算一年",
}
_LAND_ROUNDINGS: Mapping[str, str] = {
    "half_up": "不足的四舍五入",
    "down": "不足的不算",
    "up": "不足的算一个",
}
_AREAS: Mapping[str, str] = {"contract": "合同面积", "measured": "实测面积"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A member as weighed in one class.

    Attributes:
        facts: the household, on the base date.
        sharers: how many of the household share what is the household's.
    """

    rule: ShareClassRule
    member: Member
    weight: int
    facts: HouseholdFacts
    scheme: ShareScheme
    sharers: int

    @property
    def age(self) -> int:
        """Full years on the base date."""
        return self.member.age_on(self.facts.day)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightArgument:
    """The sentences that lead to a weight, and what was looked at."""

    because: tuple[str, ...]
    facts: tuple[FactUse, ...] = ()


def basis(rule: ShareClassRule) -> str:
    """How a class weighs, in words."""
    if rule.farming:
        farming = rule.farming
        term = f"{farming.from_age}至{farming.to_age}周岁务农每满一年权重1"
        return f"{term}，最多{farming.cap_years}年"
    if rule.land:
        return f"{_kinds(rule.land)}每{format_mu(rule.land.unit)}亩权重1"
    if rule.bands:
        return "，".join(f"{band.who}权重{band.each}" for band in rule.bands)
    return f"{rule.who if rule.when else '每人'}权重{rule.each}"


def argue(weighed: Weighed) -> WeightArgument:
    """Why a member has this weight."""
    rule, told = weighed.rule, _told(weighed)
    if not counts(weighed.member, weighed.facts, weighed.scheme):
        return WeightArgument(because=(*told, _NOTHING))
    if not rule.is_for(weighed.member, weighed.facts):
        told = (*told, f"本股种只给{rule.who}，本人不在其列，权重0。")
        return WeightArgument(because=told)
    meant = (f"本人属于{rule.who}。",) if rule.when else ()
    found = next((told for way, told in _WAYS.items() if getattr(rule, way)), _argue_each)(weighed)
    return WeightArgument(because=(*told, *meant, *found.because), facts=found.facts)


def _told(weighed: Weighed) -> tuple[str, ...]:
    """What the plan says of a member born late or dead; nothing for everybody else."""
    found = situation(weighed.member, weighed.facts, weighed.scheme)
    if found is None:
        return ()
    text = weighed.scheme.statements.of(found).text.rstrip("。")
    day = format_day(weighed.facts.day)
    return (f"本人属于{found.label}（基准日{day}）。", f"方案规定：{text}。")


def _argue_each(weighed: Weighed) -> WeightArgument:
    return WeightArgument(because=(f"每人一样，权重{weighed.weight}。",))


def _argue_bands(weighed: Weighed) -> WeightArgument:
    bands, age = weighed.rule.bands, weighed.age
    fitting = (band for band in bands if band.fits(weighed.member, weighed.facts))
    band = next(fitting, None)
    where = f"属于“{band.who}”" if band else "没有适用的档"
    day = format_day(weighed.facts.day)
    return WeightArgument(
        because=(f"基准日{day}满{age}周岁，{where}，权重{weighed.weight}。",),
        facts=(_age(weighed),),
    )


def _age(weighed: Weighed) -> FactUse:
    return FactUse(name="age_on_base_date", title="基准日的周岁", value=weighed.age)


def _argue_farming(weighed: Weighed) -> WeightArgument:
    farming, member, facts = weighed.rule.farming, weighed.member, weighed.facts
    assert farming
    months, claimed = member.farming_months, farming.claimed(member, facts)
    possible = farming.possible(member, facts)
    used = (
        _age(weighed),
        FactUse(name="farming_months", title="登记的农龄（月）", value=months),
        FactUse(name="credited_months", title="算作务农的月数", value=claimed - months),
        FactUse(name="possible_months", title="按年龄最多可计的月数", value=possible),
    )
    if not possible:
        told = f"基准日{weighed.age}周岁，满{farming.from_age}周岁才开始计农龄，权重0。"
        return WeightArgument(because=(told,), facts=used)
    return WeightArgument(because=tuple(_months(weighed, farming, claimed, possible)), facts=used)


def _months(weighed: Weighed, farming: FarmingYears, claimed: int, possible: int) -> Iterator[str]:
    yield f"农龄登记{weighed.member.farming_months}个月。"
    for credit in farming.credited(weighed.member, weighed.facts):
        yield f"{credit.who}，算作务农{credit.months}个月，合计{claimed}个月。"
    if claimed > possible:
        term = f"从满{farming.from_age}周岁到基准日，至多到{farming.to_age}周岁"
        yield f"{term}，只有{possible}个月，按{possible}个月计。"
    most = f"最多计{farming.cap_years}年，" if weighed.weight == farming.cap_years else ""
    rounding = _ROUNDINGS[farming.rounding]
    yield f"{rounding}，{most}折{weighed.weight}年，权重{weighed.weight}。"


def _argue_land(weighed: Weighed) -> WeightArgument:
    land = weighed.rule.land
    assert land
    mu, whole = floor(land.mu(weighed.facts)), land.household_weight(weighed.facts)
    area = f"本户{_kinds(land)}{format_mu(mu)}亩（按{_areas(land)}）"
    counted = f"每{format_mu(land.unit)}亩计1，{_LAND_ROUNDINGS[land.rounding]}，全户计{whole}"
    return WeightArgument(
        because=(f"{area}，{counted}。", f"{_fall(land, weighed)}，权重{weighed.weight}。"),
        facts=(
            FactUse(name="land", title="计入的土地（0.0001亩）", value=mu),
            FactUse(name="land_weight", title="全户土地的权重", value=whole),
            FactUse(name="sharers", title="户内分享的人数", value=weighed.sharers),
        ),
    )


def _fall(land: LandWeight, weighed: Weighed) -> str:
    if land.falls_to == "head":
        return "全户的土地记在一人名下，户主在先"
    first = "户主" if land.remainder == "head" else "编号最小的成员"
    return f"由户内{weighed.sharers}名成员平分，除不尽的从{first}起每人多1"


def _kinds(land: LandWeight) -> str:
    return "、".join(ParcelKind(kind).label for kind in land.kinds)


def _areas(land: LandWeight) -> str:
    return "，没有的按".join(_AREAS[name] for name in land.area)


_WAYS: Mapping[str, Callable[[Weighed], WeightArgument]] = {
    "bands": _argue_bands,
    "farming": _argue_farming,
    "land": _argue_land,
}
