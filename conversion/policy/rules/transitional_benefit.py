"""What becomes of each benefit in the transition 过渡期待遇核定.

Default: what the household had stays, and what residents have is added. A row's start that has
not happened yet is left for later and said so; a benefit drawn today that the pack doesn't know
is kept until a person decides: nothing stops silently.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from conversion.domain.household import DrawnBenefit
from conversion.domain.right import Benefit, Disposition
from conversion.policy.condition import drawn_by
from conversion.policy.decision import Decision, ParameterUse
from conversion.policy.facts import HouseholdFacts
from conversion.policy.pack import PackOnDay
from conversion.policy.row import BenefitRow
from conversion.policy.span import Span, span_from
from conversion.standards.chinese_date import format_day

RULE = "transitional_benefit"


def assess_benefits(facts: HouseholdFacts, pack: PackOnDay) -> Decision:
    """A row for every benefit of every member, with its days and a plain reason."""
    due = [(row, holders) for row in pack.benefits if (holders := row.holders(facts))]
    spans = {row.id: span for row, _ in due if (span := _span(row, facts, pack))}
    rows = tuple(
        _benefit(row, holder, spans[row.id], facts, pack)
        for row, holders in due
        if row.id in spans
        for holder in holders
    )
    unlisted = tuple(_unlisted(drawn, facts, pack) for drawn in _unknown(facts, pack))
    waiting = tuple(row for row, _ in due if row.id not in spans)
    used = [row for row, _ in due if row.id in spans]
    return Decision(
        rule=RULE,
        granted=bool(rows or unlisted),
        reasons=tuple(b.reason for b in (*rows, *unlisted)) + tuple(map(_wait, waiting)),
        references=tuple(dict.fromkeys(pack.reference(row.reference) for row in used)),
        facts={
            "members": len(facts.members),
            "benefits": [row.id for row in used],
            "waiting": [row.id for row in waiting],
            "unlisted": len(unlisted),
        },
        parameters=tuple(_term(row, pack) for row in used if row.until),
        rows=(*rows, *unlisted),
    )


def _term(row: BenefitRow, pack: PackOnDay) -> ParameterUse:
    """The row's end as the pack states it."""
    value = row.until.model_dump(mode="json", exclude_none=True) if row.until else {}
    name, title = f"benefits.{row.id}.until", f"{row.title}的期限"
    return pack.cite(name, title, value, source=row, since=row.effective)


def _span(row: BenefitRow, facts: HouseholdFacts, pack: PackOnDay) -> Span | None:
    """The row's days, None while its start has not happened."""
    start = _start(row, facts, pack)
    return span_from(max(start, row.effective or start), row.until) if start else None


def _start(row: BenefitRow, facts: HouseholdFacts, pack: PackOnDay) -> date | None:
    if row.start:
        return row.start.day_in(facts)
    earlier = next((r for r in pack.benefits if r.id == row.after), None)
    span = _span(earlier, facts, pack) if earlier else None
    return span.until + timedelta(days=1) if span and span.until else None


def _benefit(
    row: BenefitRow, holder: str, span: Span, facts: HouseholdFacts, pack: PackOnDay
) -> Benefit:
    return Benefit(
        item=row.id,
        title=row.title,
        member=holder,
        disposition=row.disposition,
        monthly=_monthly(row, holder, facts),
        since=span.since,
        until=span.until,
        until_event=span.until_event,
        then=row.then,
        basis=str(pack.reference(row.reference)),
        reason=_reason(row, span),
        illustrative=row.illustrative,
        window=pack.window(row.window),
    )


def _reason(row: BenefitRow, span: Span) -> str:
    then = f"以后：{row.then}" if row.then else ""
    example = "（示例）" if row.illustrative else ""
    return (
        f"{row.title}（{row.disposition.label}）：{row.reason}{_days(row, span)}{example}。{then}"
    )


def _days(row: BenefitRow, span: Span) -> str:
    if row.disposition is Disposition.FOR_LIFE:
        return f"从{format_day(span.since)}起，终身享受"
    if row.disposition is Disposition.ENDED and span.until is None:
        return f"从{format_day(span.since)}起停止"
    return str(span)


def _monthly(row: BenefitRow, holder: str, facts: HouseholdFacts) -> int | None:
    """分 a month drawn today under the row's names; None when no amount is known."""
    if row.disposition is Disposition.GAINED:
        return None
    people = [facts.members[holder]] if holder else list(facts.members.values())
    drawn = [d for person in people for d in drawn_by(person, facts, row.drawn_as).values()]
    amounts = [d.monthly for d in drawn if d.monthly is not None]
    return sum(amounts) if amounts else None


def _unknown(facts: HouseholdFacts, pack: PackOnDay) -> Iterator[DrawnBenefit]:
    """Benefits drawn today that no row names."""
    names = [name for row in pack.benefits for name in row.drawn_as]
    return (d for d in facts.drawn.values() if not any(name in d.item for name in names))


def _unlisted(drawn: DrawnBenefit, facts: HouseholdFacts, pack: PackOnDay) -> Benefit:
    window = next(iter(pack.pack.windows))
    return Benefit(
        item=f"unlisted-{drawn.serial}",
        title=drawn.item,
        member=drawn.member,
        disposition=Disposition.KEPT,
        monthly=drawn.monthly,
        since=facts.approved_on or facts.day,
        until_event="主管部门另行核定",
        basis=drawn.basis,
        reason=f"{drawn.item}（保留）：政策包里没有这一项，先照旧享受，由主管部门核定后再定。",
        window=pack.window(window),
    )


def _wait(row: BenefitRow) -> str:
    event = row.start.label if row.start else "前一项待遇期满"
    return f"{row.title}：从{event}起算，现在还不能起算，届时另行核定。"
