"""Which rights a household keeps and gains, with the duty beside each 权利义务对接."""

from collections.abc import Iterator
from datetime import date

from conversion.domain.right import Benefit, Disposition, Entitlement, Side
from conversion.policy.decision import Decision, FactUse, ParameterUse, Reference, TraceLine
from conversion.policy.facts import HouseholdFacts
from conversion.policy.grant import Grant, grants
from conversion.policy.pack import PackOnDay
from conversion.policy.remedies import remedies
from conversion.policy.row import EntitlementRow
from conversion.policy.row_trace import Outcome, outcome_line, refusal_lines
from conversion.policy.span import Span, span_from, turned
from conversion.policy.untaken_benefit import line_title
from conversion.standards.chinese_date import format_day

RULE = "entitlement"
_UNLISTED_CATEGORY = "其他待遇"
_SIDES = {Side.KEPT: "保留", Side.GAINED: "新增"}


def map_entitlements(
    facts: HouseholdFacts, benefits: tuple[Benefit, ...], pack: PackOnDay
) -> Decision:
    """Every line of the household's 权益告知单: the pack's rows, and the benefits as decided."""
    own = [*_own(facts, pack)]
    taken = [*_of_benefits(benefits, pack)]
    rows = tuple({row.key: row for row, _ in (*own, *taken)}.values())
    lines = tuple({line.key: line for _, line in (*own, *taken)}.values())
    kept = sum(row.side is Side.KEPT for row in rows)
    return Decision(
        rule=RULE,
        granted=bool(rows),
        reasons=(
            f"保留的权益{kept}项，新增的权益{len(rows) - kept}项。",
            "原有的和新增的都享受，政策写明只能享受一种的除外。",
        ),
        references=_references(rows, pack),
        parameters=(*remedies(pack), *_terms(rows, pack)),
        facts={"kept": kept, "gained": len(rows) - kept, "members": len(facts.members)},
        lines=(*lines, *_refusals(facts, pack)),
        rows=rows,
    )


# --- rows of the pack ----------------------------------------------------------------------------


def _own(facts: HouseholdFacts, pack: PackOnDay) -> Iterator[tuple[Entitlement, TraceLine]]:
    for row in pack.entitlements:
        for grant in _grants(row, facts):
            line = outcome_line(row, grant.holder, _outcome(row, grant, facts, pack), pack)
            yield _entitlement(row, grant, facts, pack), line


def _grants(row: EntitlementRow, facts: HouseholdFacts) -> tuple[Grant, ...]:
    return grants(row, _span(row, row.start.day_in(facts) if row.start else None), facts)


def _span(row: EntitlementRow, start: date | None) -> Span | None:
    """The row's days; None while the event that starts it has not happened."""
    return span_from(max(start, row.effective or start), row.until) if start else None


def _entitlement(
    row: EntitlementRow, grant: Grant, facts: HouseholdFacts, pack: PackOnDay
) -> Entitlement:
    holder, span = grant
    return Entitlement(
        item=row.id,
        title=row.title_in(facts.community),
        category=row.category,
        side=row.side,
        member=holder.serial,
        basis=str(pack.reference(row.reference)),
        since=span.since if span else None,
        until=span.until if span else None,
        until_event=(row.until.event or "") if row.until else "",
        since_age=span.since_age if span else None,
        until_age=span.until_age if span else None,
        reason=row.reason + _waits(row, grant, facts),
        duty=row.duty,
        department=row.department,
        window=pack.window(row.window),
        illustrative=row.illustrative,
    )


def _waits(row: EntitlementRow, grant: Grant, facts: HouseholdFacts) -> str:
    if grant.span or not row.start:
        return ""
    window = grant.holder.window
    of_age = "" if grant.holder.is_of_age(facts.day) else f"，并且{turned(window.least)}"
    return f"从{row.start.label}起算{of_age}。"


def _begun(row: EntitlementRow, span: Span | None) -> str:
    if span is None or row.start is None:
        return ""
    if span.since_age is not None:
        return f"从{turned(span.since_age)}之日起算（{format_day(span.since)}）。"
    return f"从{row.start.label}起算（{format_day(span.since)}）。"


def _outcome(row: EntitlementRow, grant: Grant, facts: HouseholdFacts, pack: PackOnDay) -> Outcome:
    span, modes = grant.span, row.modes_in(facts.community)
    because = (
        _begun(row, span) or _waits(row, grant, facts),
        f"可以从{'、'.join(modes)}中选一种。" if modes else "",
    )
    return Outcome(
        result=f"{_SIDES[row.side]}，{span or '待起算'}",
        because=tuple(filter(None, because)),
        facts=(FactUse(name="modes", title="本社区提供的方式", value=[*modes]),) if modes else (),
        parameters=_term(row, pack),
    )


def _refusals(facts: HouseholdFacts, pack: PackOnDay) -> Iterator[TraceLine]:
    for row in pack.entitlements:
        having = tuple(grant.holder for grant in _grants(row, facts))
        yield from refusal_lines(row, having, facts, pack)


# --- benefits as decided -------------------------------------------------------------------------


def _of_benefits(
    benefits: tuple[Benefit, ...], pack: PackOnDay
) -> Iterator[tuple[Entitlement, TraceLine]]:
    for benefit in benefits:
        if not _is_over(benefit):
            row = _taken_up(benefit, pack)
            yield row, _taken_up_line(row, benefit, pack)


def _taken_up(benefit: Benefit, pack: PackOnDay) -> Entitlement:
    """A benefit as a line of the statement; the pack fills in what an old entry doesn't say."""
    row = next((row for row in pack.pack.benefits if row.id == benefit.item), None)
    return Entitlement(
        item=benefit.item,
        title=benefit.title,
        category=benefit.category or (row.category if row else _UNLISTED_CATEGORY),
        side=Side.GAINED if benefit.disposition is Disposition.GAINED else Side.KEPT,
        member=benefit.member,
        basis=benefit.basis,
        since=benefit.since,
        until=benefit.until,
        until_event=benefit.until_event,
        since_age=benefit.since_age,
        until_age=benefit.until_age,
        reason=benefit.reason,
        duty=benefit.duty or (row.duty if row else ""),
        department=benefit.department or (row.department if row else ""),
        window=benefit.window,
        illustrative=benefit.illustrative,
    )


def _taken_up_line(row: Entitlement, benefit: Benefit, pack: PackOnDay) -> TraceLine:
    known = [each for each in pack.pack.benefits if each.id == benefit.item]
    return TraceLine(
        key=row.key,
        title=row.title if known else line_title(row.title, pack),
        result=f"{_SIDES[row.side]}（过渡期待遇：{benefit.disposition.label}）",
        because=("按过渡期待遇的核定列入，理由和计算见待遇核定表。",),
        references=tuple(pack.reference(each.reference) for each in known),
        illustrative=row.illustrative,
    )


def _is_over(benefit: Benefit) -> bool:
    """An ended benefit without a last day to come is no right any more."""
    return benefit.disposition is Disposition.ENDED and benefit.until is None


# --- what it rests on ----------------------------------------------------------------------------


def _terms(rows: tuple[Entitlement, ...], pack: PackOnDay) -> Iterator[ParameterUse]:
    """The ends of the rows that are granted, as the pack states them."""
    shown = {row.item for row in rows}
    for row in pack.entitlements:
        if row.id in shown:
            yield from _term(row, pack)


def _term(row: EntitlementRow, pack: PackOnDay) -> tuple[ParameterUse, ...]:
    if row.until is None:
        return ()
    name, title = f"entitlements.{row.id}.until", f"{row.title}的期限"
    value = row.until.model_dump(mode="json", exclude_none=True)
    return (pack.cite(name, title, value, source=row, since=row.effective),)


def _references(rows: tuple[Entitlement, ...], pack: PackOnDay) -> tuple[Reference, ...]:
    shown = {row.item for row in rows}
    rests = {row.id: row.reference for row in pack.entitlements}
    rests |= {row.id: row.reference for row in pack.benefits}
    found = (place for item, place in rests.items() if item in shown)
    return tuple(dict.fromkeys(map(pack.reference, found)))
