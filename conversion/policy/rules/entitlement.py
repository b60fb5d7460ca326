"""Which rights a household keeps and gains, with the duty beside each 权利义务对接."""

from collections.abc import Iterator

from conversion.domain.right import Benefit, Disposition, Entitlement, Side
from conversion.policy.decision import Decision, Reference
from conversion.policy.facts import HouseholdFacts
from conversion.policy.pack import PackOnDay
from conversion.policy.row import EntitlementRow
from conversion.policy.span import span_from

RULE = "entitlement"
REMEDIES = "remedies"
"""The parameter whose words tell the household where it may turn; terms differ by year."""
_UNLISTED_CATEGORY = "其他待遇"


def map_entitlements(
    facts: HouseholdFacts, benefits: tuple[Benefit, ...], pack: PackOnDay
) -> Decision:
    """Every line of the household's 权益告知单: the pack's rows, and the benefits as decided."""
    lines = [*_own_lines(facts, pack), *_benefit_lines(benefits, pack)]
    rows = tuple({line.key: line for line in lines}.values())
    kept = sum(row.side is Side.KEPT for row in rows)
    return Decision(
        rule=RULE,
        granted=bool(rows),
        reasons=(
            f"保留的权益{kept}项，新增的权益{len(rows) - kept}项。",
            "原有的和新增的都享受，政策写明只能享受一种的除外。",
        ),
        references=_references(rows, pack),
        parameters=(pack.use(REMEDIES),) if pack.has(REMEDIES) else (),
        facts={"kept": kept, "gained": len(rows) - kept, "members": len(facts.members)},
        rows=rows,
    )


def _own_lines(facts: HouseholdFacts, pack: PackOnDay) -> Iterator[Entitlement]:
    for row in pack.entitlements:
        for holder in row.holders(facts):
            yield _line(row, holder, facts, pack)


def _line(row: EntitlementRow, holder: str, facts: HouseholdFacts, pack: PackOnDay) -> Entitlement:
    """The row as a line; without days while the event that starts it has not happened."""
    start = row.start.day_in(facts) if row.start else None
    span = span_from(max(start, row.effective or start), row.until) if start else None
    waits = f"从{row.start.label}起算。" if row.start and not start else ""
    return Entitlement(
        item=row.id,
        title=row.full_title,
        category=row.category,
        side=row.side,
        member=holder,
        basis=str(pack.reference(row.reference)),
        since=span.since if span else None,
        until=span.until if span else None,
        until_event=(row.until.event or "") if row.until else "",
        reason=row.reason + waits,
        duty=row.duty,
        department=row.department,
        window=pack.window(row.window),
        illustrative=row.illustrative,
    )


def _benefit_lines(benefits: tuple[Benefit, ...], pack: PackOnDay) -> Iterator[Entitlement]:
    rows = {row.id: row for row in pack.pack.benefits}
    for benefit in benefits:
        if _is_over(benefit):
            continue
        row = rows.get(benefit.item)
        gained = benefit.disposition is Disposition.GAINED
        line = Entitlement(
            item=benefit.item,
            title=benefit.title,
            category=row.category if row else _UNLISTED_CATEGORY,
            side=Side.GAINED if gained else Side.KEPT,
            member=benefit.member,
            basis=benefit.basis,
            since=benefit.since,
            until=benefit.until,
            until_event=benefit.until_event,
            reason=benefit.reason,
            window=benefit.window,
            illustrative=benefit.illustrative,
        )
        served = {"duty": row.duty, "department": row.department} if row else {}
        yield line.model_copy(update=served)


def _is_over(benefit: Benefit) -> bool:
    """An ended benefit without a last day to come is no right any more."""
    return benefit.disposition is Disposition.ENDED and benefit.until is None


def _references(rows: tuple[Entitlement, ...], pack: PackOnDay) -> tuple[Reference, ...]:
    shown = {row.item for row in rows}
    rests = {row.id: row.reference for row in pack.entitlements}
    rests |= {row.id: row.reference for row in pack.benefits}
    found = (place for item, place in rests.items() if item in shown)
    return tuple(dict.fromkeys(map(pack.reference, found)))
