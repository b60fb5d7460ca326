"""How the plan's units fall to the members 折股量化, and why a household has what it has.

Whole units by the largest remainder; Σ holders + collective + reserved = plan, at every step.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from math import lcm

from conversion.domain.household import Member
from conversion.domain.ledger import PostingKind
from conversion.domain.programme import ShareClass, SharePlan
from conversion.domain.right import ShareLot
from conversion.errors import WrongUse
from conversion.policy.apportionment import apportion
from conversion.policy.decision import Decision, ParameterUse, Reference
from conversion.policy.pack import PackOnDay
from conversion.policy.parameter_shape import HolderCap, shaped
from conversion.policy.share_scheme import FarmingYears, ShareClassRule, ShareScheme

RULE = "share_allocation"
CAP = "ledger.holder_cap"
_MONTHS = 12

Weights = Mapping[str, Mapping[str, int]]
"""Class → member key → weight. A member key is unique in the village, e.g. `0012/01`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Allotment:
    """The plan's units as they fall.

    Attributes:
        units: class → member key → units, of confirmed members.
        reserved: class → member key → units kept back for disputed members.
        class_totals: class → units of the whole class, reserved ones included.
        weight_totals: class → Σ of all weights, reserved ones included.
    """

    units: dict[str, dict[str, int]]
    reserved: dict[str, dict[str, int]]
    class_totals: dict[str, int]
    weight_totals: dict[str, int]
    collective_units: int
    reserved_units: int
    total_units: int
    decision: Decision = field(repr=False)


def weigh(member: Member, pack: PackOnDay, base_date: date) -> dict[str, int]:
    """Class → what the member weighs in it; nothing when born after the base date."""
    born = member.birth_date <= base_date
    return {
        rule.id: _weight(rule, member, base_date) if born else 0 for rule in pack.share_plan.classes
    }


def allot(
    weights: Weights, *, reserved_weights: Weights | None = None, pack: PackOnDay
) -> Allotment:
    """Every unit of the plan, given to members, to the collective, or kept in reserve.

    Args:
        weights: of confirmed members.
        reserved_weights: of members in dispute, who take part and whose units are kept back.
        pack: whose share plan it is.

    Raises:
        WrongUse: a class that the plan doesn't have, a member both confirmed and in dispute, a
            negative weight, or no weight at all.
    """
    plan, aside = pack.share_plan, reserved_weights or {}
    _refuse_odd(weights, aside, plan)
    joined = {
        rule.id: {**weights.get(rule.id, {}), **aside.get(rule.id, {})} for rule in plan.classes
    }
    pools, collective = _pools(plan, {name: sum(w.values()) for name, w in joined.items()})
    lots = {name: apportion(pools.get(name, 0), joined[name]) for name in joined}
    units = {name: _only(lots[name], weights.get(name, {})) for name in lots}
    reserved = {name: _only(lots[name], aside.get(name, {})) for name in lots}
    return Allotment(
        units=units,
        reserved=reserved,
        class_totals={name: pools.get(name, 0) for name in joined},
        weight_totals={name: sum(w.values()) for name, w in joined.items()},
        collective_units=collective,
        reserved_units=_sum(reserved),
        total_units=plan.total_units,
        decision=_decision(units, reserved, joined, collective, pack),
    )


def explain_lots(
    lots: Mapping[str, ShareLot],
    weights: Weights,
    classes: Mapping[str, ShareClass],
    plan: SharePlan,
    pack: PackOnDay,
) -> Decision:
    """The calculation of one household's lots, in words and numbers.

    Args:
        lots: of the household.
        weights: class → member serial → weight, of the household.
        classes: as the programme adopted them, with their totals.
        plan: as the programme adopted it.
        pack: whose words and rounding explain it.
    """
    scheme = pack.share_plan
    used = [rule for rule in scheme.classes if rule.id in classes]
    reasons = tuple(
        sentence
        for rule in used
        for sentence in _explain_class(
            rule, lots, weights.get(rule.id, {}), classes[rule.id], scheme
        )
    )
    whole = sum(lot.units for lot in lots.values())
    return Decision(
        rule=RULE,
        granted=whole > 0,
        reasons=(
            *reasons,
            f"合计{whole}{scheme.unit}，占方案总数{plan.total_units}{scheme.unit}。",
        ),
        references=_references(pack),
        parameters=_stated(pack),
        facts={
            "plan": plan.version,
            "total_units": plan.total_units,
            "household_units": whole,
            "weights": {rule.id: sum(weights.get(rule.id, {}).values()) for rule in used},
            "weight_totals": {rule.id: classes[rule.id].weight_total for rule in used},
            "class_units": {rule.id: classes[rule.id].units for rule in used},
        },
    )


def _explain_class(
    rule: ShareClassRule,
    lots: Mapping[str, ShareLot],
    weights: Mapping[str, int],
    whole: ShareClass,
    scheme: ShareScheme,
) -> Iterator[str]:
    unit = scheme.unit
    mine = {lot.member: lot.units for lot in lots.values() if lot.share_class == rule.id}
    yield (
        f"{rule.title}：{_basis(rule)}；全村{whole.units}{unit}，权重合计{whole.weight_total}。"
        f"本户{len(mine)}人，权重合计{sum(weights.values())}，得{sum(mine.values())}{unit}。"
    )
    for member, units in sorted(mine.items()):
        weight = weights.get(member, 0)
        base, rest = divmod(whole.units * weight, whole.weight_total or 1)
        step = "，余数较大，进1" if units > base else ""
        yield (
            f"{rule.title}成员{member}：{weight} × {whole.units} ÷ {whole.weight_total}"
            f" ＝ {base} 余 {rest}{step}，得{units}{unit}。"
        )


def _basis(rule: ShareClassRule) -> str:
    """How the class weighs, in words."""
    if rule.farming is None:
        return f"每人权重{rule.each}"
    farming = rule.farming
    return f"{farming.from_age}至{farming.to_age}周岁务农每满一年权重1，最多{farming.cap_years}年"


def _weight(rule: ShareClassRule, member: Member, base_date: date) -> int:
    if rule.farming is None:
        return rule.each or 0
    return rule.farming.years(
        min(member.farming_months, _possible(member, rule.farming, base_date))
    )


def _possible(member: Member, farming: FarmingYears, base_date: date) -> int:
    """Whole months between the two ages, up to the base date."""
    lived = (base_date.year - member.birth_date.year) * _MONTHS
    lived += base_date.month - member.birth_date.month - (base_date.day < member.birth_date.day)
    ends = min(lived, farming.to_age * _MONTHS)
    return max(0, ends - farming.from_age * _MONTHS)


def _pools(plan: ShareScheme, weight_totals: Mapping[str, int]) -> tuple[dict[str, int], int]:
    """Units of each class that anybody weighs in, and of the collective.

    A class without any weight can't be handed out; its part falls to the others.
    """
    above, below = plan.collective.portion
    collective = plan.total_units * above // below
    portions = {r.id: Fraction(*r.portion) for r in plan.classes if weight_totals[r.id]}
    if not portions:
        raise WrongUse("计算折股量化", "没有一个成员有权重", "先确认成员并核对权重")
    scale = lcm(*(portion.denominator for portion in portions.values()))
    parts = {name: int(portion * scale) for name, portion in portions.items()}
    return apportion(plan.total_units - collective, parts), collective


def _only(lots: Mapping[str, int], members: Mapping[str, int]) -> dict[str, int]:
    return {member: units for member, units in lots.items() if member in members}


def _sum(lots: Weights) -> int:
    return sum(sum(held.values()) for held in lots.values())


def _refuse_odd(weights: Weights, aside: Weights, plan: ShareScheme) -> None:
    asked, known = "计算折股量化", [rule.id for rule in plan.classes]
    for name in {*weights, *aside}:
        if name not in known:
            raise WrongUse(asked, f"方案没有股种“{name}”", f"使用 {'、'.join(known)}")
        if twice := weights.get(name, {}).keys() & aside.get(name, {}).keys():
            found = f"成员{min(twice)}既已确认又有争议"
            raise WrongUse(asked, found, "把该成员只放在其中一边")
        if min((*weights.get(name, {}).values(), *aside.get(name, {}).values()), default=0) < 0:
            raise WrongUse(asked, "有成员的权重为负数", "核对农龄等权重")


def _decision(
    units: Weights, reserved: Weights, weights: Weights, collective: int, pack: PackOnDay
) -> Decision:
    plan = pack.share_plan
    over = _over_cap(units, pack)
    given, kept = _sum(units), _sum(reserved)
    balance = f"成员{given} ＋ 集体{collective} ＋ 预留{kept} ＝ 方案总数{plan.total_units}"
    return Decision(
        rule=RULE,
        granted=not over,
        reasons=(
            *(_class_reason(r, units, reserved, weights, plan) for r in plan.classes),
            f"{balance}{plan.unit}。",
            "按最大余数法取整，余数相同的按成员编号从小到大，不增不减一股。",
            *over,
        ),
        references=_references(pack),
        parameters=_stated(pack),
        facts={
            "total_units": plan.total_units,
            "collective_units": collective,
            "reserved_units": kept,
            "weight_totals": {name: sum(w.values()) for name, w in weights.items()},
        },
    )


def _class_reason(
    rule: ShareClassRule, units: Weights, reserved: Weights, weights: Weights, plan: ShareScheme
) -> str:
    held, kept = sum(units[rule.id].values()), sum(reserved[rule.id].values())
    whole, people = sum(weights[rule.id].values()), len(weights[rule.id])
    if not whole:
        return f"{rule.title}：没有人有权重，本股种的份额并入其他股种。"
    aside = f"，其中争议预留{kept}{plan.unit}" if kept else ""
    return f"{rule.title}：{held + kept}{plan.unit}，{people}人，权重合计{whole}{aside}。"


def _over_cap(units: Weights, pack: PackOnDay) -> tuple[str, ...]:
    """Members above the cap, by number only; none where the first allocation isn't capped."""
    cap = shaped(pack.use(CAP), HolderCap)
    if PostingKind.ALLOCATION not in cap.applies_to:
        return ()
    held: dict[str, int] = {}
    for lots in units.values():
        for member, count in lots.items():
            held[member] = held.get(member, 0) + count
    whole = pack.share_plan.total_units
    over = [m for m, count in sorted(held.items()) if not cap.allows(count, whole)]
    return tuple(f"成员{member}超过个人持股上限{cap}。" for member in over)


def _stated(pack: PackOnDay) -> tuple[ParameterUse, ...]:
    """The plan's figures as the pack states them."""
    plan = pack.share_plan
    whole = pack.cite("shares.total_units", "方案总数", plan.total_units, source=plan)
    kept = pack.cite(
        "shares.collective", "集体股比例", [*plan.collective.portion], source=plan.collective
    )
    return (whole, kept, *(_stated_class(rule, pack) for rule in plan.classes), pack.use(CAP))


def _stated_class(rule: ShareClassRule, pack: PackOnDay) -> ParameterUse:
    value = rule.model_dump(mode="json", include={"portion", "each", "farming"}, exclude_none=True)
    return pack.cite(f"shares.{rule.id}", rule.title, value, source=rule)


def _references(pack: PackOnDay) -> tuple[Reference, ...]:
    plan = pack.share_plan
    places = [plan.reference, plan.collective.reference, plan.reserve.reference]
    places += [rule.reference for rule in plan.classes]
    return tuple(dict.fromkeys(map(pack.reference, places)))
