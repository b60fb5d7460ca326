"""The calculation of one household's lots 折股计算: a line for each lot, to follow and to check."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from conversion.domain.programme import ShareClass, SharePlan
from conversion.domain.right import MembershipStanding, ShareLot
from conversion.policy.decision import FactUse, Formula, TraceLine
from conversion.policy.facts import HouseholdFacts
from conversion.policy.pack import PackOnDay
from conversion.policy.plan_statement import Situation
from conversion.policy.share_scheme import ShareClassRule, ShareScheme
from conversion.policy.weighing import sharing, situation
from conversion.policy.weight_argument import Weighed, argue, basis
from conversion.standards import fixed_point

TOTAL = "total/"
"""Key of the line that adds a household's lots up."""
STATEMENT = "statement/"
"""What the key of a line begins with that says what the plan says of a situation."""

_WORDS = "权重 × 本股种全村{unit}数 ÷ 全村权重合计，除不尽的按最大余数法取整"
_OTHERWISE = "方案表决以后登记有更正，按现在的登记算不出这个数；以表决时封存的配股表为准。"
_PERCENT_PLACES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareCalculation:
    """One household's lots under an adopted plan, with all that they follow from.

    Attributes:
        lots: of the household, those of nothing included.
        weights: class → member serial → weight.
        classes: as the programme adopted them, with their totals; `plan` likewise.
        facts: the household on the base date.
        scheme: the plan as its pack writes it; `pack`: that pack.
    """

    lots: Mapping[str, ShareLot]
    weights: Mapping[str, Mapping[str, int]]
    classes: Mapping[str, ShareClass]
    plan: SharePlan
    facts: HouseholdFacts
    scheme: ShareScheme
    pack: PackOnDay

    @property
    def used(self) -> tuple[ShareClassRule, ...]:
        """The plan's classes, as far as the programme adopted them."""
        return tuple(rule for rule in self.scheme.classes if rule.id in self.classes)

    @property
    def units(self) -> int:
        """All units of the household."""
        return sum(lot.units for lot in self.lots.values())

    def units_of(self, rule: ShareClassRule) -> dict[str, int]:
        """Member serial → units of one class."""
        lots = sorted(self.lots.values(), key=lambda lot: lot.member)
        return {lot.member: lot.units for lot in lots if lot.share_class == rule.id}

    def reasons(self) -> Iterator[str]:
        """The whole calculation in sentences, class by class."""
        for rule in self.used:
            if self.classes[rule.id].weight_total:
                yield self._household(rule)
                yield from (self._person(rule, serial) for serial in self.units_of(rule))
            else:
                yield f"{rule.title}：全村没有人有权重，本股种的份额并入其他股种。"
        whole = self.scheme.said(self.units)
        yield f"合计{whole}，占方案总数{self.scheme.said(self.plan.total_units)}。"

    def lines(self) -> Iterator[TraceLine]:
        """A line for each lot, the household's total, and what the plan says where it applies."""
        for serial in sorted({lot.member for lot in self.lots.values()}):
            for rule in self.used:
                if serial in self.units_of(rule):
                    yield self._line(rule, serial)
            yield self._sum(f"{serial}/", "个人合计", serial)
        yield self._total()
        yield from map(self._said, self._situations())

    def _household(self, rule: ShareClassRule) -> str:
        whole, mine = self.classes[rule.id], self.units_of(rule)
        weight = sum(self.weights.get(rule.id, {}).values())
        village = f"全村{self.scheme.said(whole.units)}，权重合计{whole.weight_total}"
        held = f"本户{len(mine)}人，权重合计{weight}，得{self.scheme.said(sum(mine.values()))}"
        return f"{rule.title}：{basis(rule)}；{village}。{held}。"

    def _person(self, rule: ShareClassRule, serial: str) -> str:
        if self._weight(rule, serial):
            return f"{rule.title}成员{serial}：{self._numbers(rule, serial)}。"
        return (
            f"{rule.title}成员{serial}：权重0，得{self.scheme.said(self.units_of(rule)[serial])}。"
        )

    def _weight(self, rule: ShareClassRule, serial: str) -> int:
        return self.weights.get(rule.id, {}).get(serial, 0)

    def _numbers(self, rule: ShareClassRule, serial: str) -> str:
        """Weight by units by total, with the rest and what became of it."""
        whole, units = self.classes[rule.id], self.units_of(rule)[serial]
        base, rest = self._divided(rule, serial)
        step = "，余数较大，进1" if units > base else ""
        sum_ = f"{self._weight(rule, serial)} × {whole.units} ÷ {whole.weight_total}"
        finer = f"（按{self.scheme.said(1)}计算）" if self.scheme.decimals else ""
        return f"{sum_} ＝ {base} 余 {rest}{step}，得{self.scheme.said(units)}{finer}"

    def _divided(self, rule: ShareClassRule, serial: str) -> tuple[int, int]:
        whole = self.classes[rule.id]
        return divmod(whole.units * self._weight(rule, serial), whole.weight_total or 1)

    def _follows(self, rule: ShareClassRule, serial: str) -> bool:
        """Whether the units are what the weights give, as they stand today."""
        base, rest = self._divided(rule, serial)
        return self.units_of(rule)[serial] in {base, base + bool(rest)}

    def _line(self, rule: ShareClassRule, serial: str) -> TraceLine:
        weight, units = self._weight(rule, serial), self.units_of(rule)[serial]
        found = argue(self._weighed(rule, serial))
        follows = self._follows(rule, serial)
        formula = Formula(
            words=_WORDS.format(unit=self.scheme.unit), numbers=self._numbers(rule, serial)
        )
        return TraceLine(
            key=f"{serial}/{rule.id}",
            title=rule.title,
            result=self.scheme.said(units),
            because=found.because if follows else (*found.because, _OTHERWISE),
            formula=formula if follows and weight else None,
            facts=(*found.facts, FactUse(name="weight", title="权重", value=weight)),
            parameters=(f"shares.{rule.id}", "shares.total_units"),
            references=(self.pack.reference(rule.reference),),
            illustrative=rule.illustrative or self.scheme.illustrative,
        )

    def _weighed(self, rule: ShareClassRule, serial: str) -> Weighed:
        return Weighed(
            rule=rule,
            member=self.facts.members[serial],
            weight=self._weight(rule, serial),
            facts=self.facts,
            scheme=self.scheme,
            sharers=len(sharing(rule, self.facts, self.scheme, self.units_of(rule))),
        )

    def _sum(self, key: str, title: str, *serials: str) -> TraceLine:
        """What some of the household have of all classes together."""
        each = {
            rule.title: sum(self.units_of(rule).get(serial, 0) for serial in serials)
            for rule in self.used
        }
        said = self.scheme.said(sum(each.values()))
        some = {title: units for title, units in each.items() if units} or each
        parts = " ＋ ".join(f"{title}{self.scheme.said(units)}" for title, units in some.items())
        return TraceLine(
            key=key,
            title=title,
            result=said,
            formula=Formula(words="各股种相加", numbers=f"{parts} ＝ {said}"),
            parameters=("shares.total_units",),
            illustrative=self.scheme.illustrative,
        )

    def _total(self) -> TraceLine:
        whole = self._sum(TOTAL, "全户合计", *{lot.member for lot in self.lots.values()})
        part = f"占方案总数{self.scheme.said(self.plan.total_units)}的{self._portion()}。"
        reference = self.pack.reference(self.scheme.reference)
        return replace(whole, because=(part,), references=(reference,))

    def _portion(self) -> str:
        scaled = self.units * 100 * 10**_PERCENT_PLACES
        rounded = fixed_point.divide_half_up(scaled, self.plan.total_units)
        return f"{fixed_point.to_text(rounded, places=_PERCENT_PLACES)}%"

    def _situations(self) -> Iterator[Situation]:
        """Of what the plan speaks and this household has, each once."""
        found = {situation(m, self.facts, self.scheme) for m in self.facts.members.values()}
        rows = self.facts.memberships.values()
        if any(row.standing is MembershipStanding.DISPUTED for row in rows):
            found.add(Situation.DISPUTED)
        confirmed = {r.member for r in rows if r.standing is MembershipStanding.CONFIRMED}
        if confirmed - {lot.member for lot in self.lots.values()}:
            found.add(Situation.LATE_JOINER)
        if Situation.DEAD_AFTER in found:
            found.add(Situation.HEIRLESS)
        return (known for known in Situation if known in found)

    def _said(self, known: Situation) -> TraceLine:
        statement = self.scheme.statements.of(known)
        return TraceLine(
            key=f"{STATEMENT}{known}",
            title=known.label,
            result=statement.text,
            references=(self.pack.reference(statement.reference),),
            illustrative=statement.illustrative,
        )
