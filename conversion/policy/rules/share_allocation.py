"""How the plan's units fall to the members 折股量化, and why a household has what it has.

Whole units by the largest remainder; Σ holders + collective + reserved = plan, at every step.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from math import lcm

from conversion.domain.ledger import PostingKind
from conversion.domain.programme import ShareClass, SharePlan
from conversion.errors import WrongUse
from conversion.policy.apportionment import apportion
from conversion.policy.decision import Decision, ParameterUse, Reference
from conversion.policy.holder_cap import PARAMETER, StatedCap, cap_on, own_cap
from conversion.policy.pack import PackOnDay
from conversion.policy.share_calculation import ShareCalculation
from conversion.policy.share_scheme import ShareClassRule, ShareScheme

RULE = "share_allocation"

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

    def classes(self, scheme: ShareScheme) -> dict[str, ShareClass]:
        """The plan's classes with their totals, as adopting it sets them."""
        rows = (
            ShareClass(
                share_class=rule.id,
                title=rule.title,
                place=place,
                units=self.class_totals[rule.id],
                weight_total=self.weight_totals[rule.id],
                reserved=sum(self.reserved[rule.id].values()),
            )
            for place, rule in enumerate(scheme.classes, 1)
        )
        return {row.key: row for row in rows}

    def plan(
        self, scheme: ShareScheme, *, version: str, base_date: date, adopted_on: date
    ) -> SharePlan:
        """The plan as adopting it sets it, but for the assets and the digest of the table."""
        return SharePlan(
            version=version,
            scheme=scheme.id,
            title=scheme.title,
            unit=scheme.unit,
            decimals=scheme.decimals,
            adopted_on=adopted_on,
            base_date=base_date,
            total_units=self.total_units,
            collective_units=self.collective_units,
            reserved_units=self.reserved_units,
            asset_value=0,
            mode=scheme.mode,
            review_years=scheme.review_years or 0,
            allotment_sha256="",
        )


def allot(
    weights: Weights,
    plan: ShareScheme,
    pack: PackOnDay,
    *,
    reserved_weights: Weights | None = None,
) -> Allotment:
    """Every unit of the plan, given to members, to the collective, or kept in reserve.

    Args:
        weights: of confirmed members.
        plan: one of the pack's.
        pack: whose share plan it is.
        reserved_weights: of members in dispute, who take part and whose units are kept back.

    Raises:
        WrongUse: a class that the plan doesn't have, a member both confirmed and in dispute, a
            negative weight, or no weight at all.
    """
    aside = reserved_weights or {}
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
        decision=_decision(units, reserved, joined, collective, plan=plan, pack=pack),
    )


def explain_lots(calculation: ShareCalculation) -> Decision:
    """The calculation of one household's lots, in words and numbers, a line for each lot."""
    plan, scheme, classes = calculation.plan, calculation.scheme, calculation.classes
    weights = {rule.id: calculation.weights.get(rule.id, {}) for rule in calculation.used}
    return Decision(
        rule=RULE,
        granted=calculation.units > 0,
        reasons=tuple(calculation.reasons()),
        references=_references(scheme, calculation.pack),
        parameters=_stated(scheme, calculation.pack),
        facts={
            "plan": plan.version,
            "scheme": scheme.id,
            "total_units": plan.total_units,
            "household_units": calculation.units,
            "weights": {name: sum(of_class.values()) for name, of_class in weights.items()},
            "weight_totals": {name: classes[name].weight_total for name in weights},
            "class_units": {name: classes[name].units for name in weights},
        },
        lines=tuple(calculation.lines()),
    )


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
    units: Weights,
    reserved: Weights,
    weights: Weights,
    collective: int,
    *,
    plan: ShareScheme,
    pack: PackOnDay,
) -> Decision:
    over = _over_limit(units, plan, pack)
    given, kept = _sum(units), _sum(reserved)
    parts = f"成员{plan.said(given)} ＋ 集体{plan.said(collective)} ＋ 预留{plan.said(kept)}"
    return Decision(
        rule=RULE,
        granted=not over,
        reasons=(
            *(_class_reason(r, units, reserved, weights, plan) for r in plan.classes),
            f"{parts} ＝ 方案总数{plan.said(plan.total_units)}。",
            "按最大余数法取整，余数相同的按成员编号从小到大，不增不减。",
            *over,
        ),
        references=_references(plan, pack),
        parameters=_stated(plan, pack),
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
    aside = f"，其中争议预留{plan.said(kept)}" if kept else ""
    return f"{rule.title}：{plan.said(held + kept)}，{people}人，权重合计{whole}{aside}。"


def _over_limit(units: Weights, plan: ShareScheme, pack: PackOnDay) -> tuple[str, ...]:
    """Members above the limit, by number only; none where the first allocation has no limit."""
    stated = _cap(plan, pack)
    if stated is None:
        return ()
    limit = stated.cap
    held: dict[str, int] = {}
    for lots in units.values():
        for member, count in lots.items():
            held[member] = held.get(member, 0) + count
    over = [m for m, count in sorted(held.items()) if not limit.allows(count, plan.total_units)]
    return tuple(f"成员{member}超过个人持股上限{limit}。" for member in over)


def _stated(plan: ShareScheme, pack: PackOnDay) -> tuple[ParameterUse, ...]:
    """The plan's figures as the pack states them."""
    whole = pack.cite("shares.total_units", "方案总数", plan.total_units, source=plan)
    kept = pack.cite(
        "shares.collective", "集体股比例", [*plan.collective.portion], source=plan.collective
    )
    return (whole, kept, *(_stated_class(r, pack) for r in plan.classes), _stated_cap(plan, pack))


def _stated_cap(plan: ShareScheme, pack: PackOnDay) -> ParameterUse:
    stated = _cap(plan, pack)
    return stated.use if stated else pack.use(PARAMETER)


def _cap(plan: ShareScheme, pack: PackOnDay) -> StatedCap | None:
    """The cap that binds the first allocation, if one does."""
    return cap_on(PostingKind.ALLOCATION, own_cap(plan, pack), pack)


def _stated_class(rule: ShareClassRule, pack: PackOnDay) -> ParameterUse:
    """The class as the pack writes it, without its name and source, which the use has."""
    told = rule.model_dump(
        mode="json", exclude_defaults=True, exclude={"reference", "illustrative"}
    )
    value = {key: told[key] for key in told if key not in {"id", "title"}}
    return pack.cite(f"shares.{rule.id}", rule.title, value, source=rule)


def _references(plan: ShareScheme, pack: PackOnDay) -> tuple[Reference, ...]:
    return tuple(dict.fromkeys(map(pack.reference, plan.places)))
