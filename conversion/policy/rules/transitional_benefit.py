"""What becomes of each benefit in the transition 过渡期待遇核定.

Default: what the household had stays, and what residents have is added. A row's start that has
not happened yet is left for later and said so; a benefit drawn today that no row takes up is kept
until a person decides: nothing stops silently.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from conversion.domain.household import DrawnBenefit
from conversion.domain.right import Benefit, Disposition
from conversion.policy.amount import Figure, Measured, drawn_figure, figure_of
from conversion.policy.condition import drawn_by
from conversion.policy.decision import Decision, ParameterUse, TraceLine
from conversion.policy.eligibility import Holder
from conversion.policy.facts import HouseholdFacts
from conversion.policy.grant import Grant, grants
from conversion.policy.pack import PackOnDay
from conversion.policy.pack_part import PackPart
from conversion.policy.remedies import remedies
from conversion.policy.row import BenefitRow
from conversion.policy.row_trace import Outcome, outcome_line, refusal_lines
from conversion.policy.span import Span, span_from, turned
from conversion.policy.untaken_benefit import had, untaken
from conversion.standards.chinese_date import format_day

RULE = "transitional_benefit"
WAITS = "待起算"
"""The result of a row whose start has not happened yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Due:
    """A row that applies, with who has it; all of them wait while its start lies ahead."""

    row: BenefitRow
    grants: tuple[Grant, ...]

    @property
    def holders(self) -> tuple[Holder, ...]:
        """Who has it."""
        return tuple(grant.holder for grant in self.grants)

    @property
    def begun(self) -> bool:
        """Whether the event that starts it has happened."""
        return any(grant.span for grant in self.grants)


def assess_benefits(facts: HouseholdFacts, pack: PackOnDay) -> Decision:
    """A row for every benefit of every member, with its days, its amount and a plain reason."""
    due = [_due(row, facts, pack) for row in pack.benefits]
    running = [item for item in due if item.begun]
    waiting = [item for item in due if item.grants and not item.begun]
    found = [
        _assessed(item.row, grant.holder, grant.span, facts, pack)
        for item in running
        for grant in item.grants
        if grant.span
    ]
    unlisted = [untaken(drawn, facts, pack) for drawn in _left(due, facts)]
    rows = tuple(benefit for benefit, _ in (*found, *unlisted))
    return Decision(
        rule=RULE,
        granted=bool(rows),
        reasons=(*(b.reason for b in rows), *_waits(waiting, facts)),
        references=tuple(dict.fromkeys(pack.reference(item.row.reference) for item in running)),
        facts={
            "members": len(facts.members),
            "benefits": [item.row.id for item in running],
            "waiting": [item.row.id for item in waiting],
            "unlisted": len(unlisted),
        },
        parameters=(
            *remedies(pack),
            *(use for item in running for use in _uses(item.row, pack)),
        ),
        lines=(
            *(line for _, line in (*found, *unlisted)),
            *_waiting_lines(waiting, facts, pack),
            *(line for i in due for line in refusal_lines(i.row, i.holders, facts, pack)),
        ),
        rows=rows,
    )


# --- who, from when until when -------------------------------------------------------------------


def _due(row: BenefitRow, facts: HouseholdFacts, pack: PackOnDay) -> _Due:
    """The row with all who have some day of it.

    Who draws it before the age has what is drawn, and is not promised it for later instead.
    """
    found = (
        grant
        for grant in grants(row, _span(row, facts, pack), facts)
        if grant.holder.is_of_age(facts.day) or not _drawn(row, grant.holder.serial, facts)
    )
    return _Due(row=row, grants=tuple(found))


def _span(row: BenefitRow, facts: HouseholdFacts, pack: PackOnDay) -> Span | None:
    """The row's days, None while its start has not happened."""
    start = _start(row, facts, pack)
    return span_from(max(start, row.effective or start), row.until) if start else None


def _start(row: BenefitRow, facts: HouseholdFacts, pack: PackOnDay) -> date | None:
    if row.start:
        return row.start.day_in(facts)
    earlier = _before(row, pack)
    span = _span(earlier, facts, pack) if earlier else None
    return span.until + timedelta(days=1) if span and span.until else None


def _before(row: BenefitRow, pack: PackOnDay) -> BenefitRow | None:
    """The row that this one follows without a gap."""
    return next((other for other in pack.benefits if other.id == row.after), None)


def _days(row: BenefitRow, span: Span) -> str:
    if row.disposition is Disposition.FOR_LIFE:
        return f"从{span.begun}起，终身享受"
    if row.disposition is Disposition.ENDED and span.until is None:
        return f"从{span.begun}起停止"
    return str(span)


# --- one benefit ---------------------------------------------------------------------------------


def _assessed(
    row: BenefitRow, holder: Holder, span: Span, facts: HouseholdFacts, pack: PackOnDay
) -> tuple[Benefit, TraceLine]:
    figure = _figure(row, holder.serial, facts)
    example = row.illustrative or (figure is not None and figure.illustrative)
    benefit = Benefit(
        item=row.id,
        title=row.title,
        member=holder.serial,
        category=row.category,
        disposition=row.disposition,
        since=span.since,
        until=span.until,
        until_event=span.until_event,
        since_age=span.since_age,
        until_age=span.until_age,
        then=row.then,
        basis=str(pack.reference(row.reference)),
        reason=_reason(row, span, example=example),
        illustrative=example,
        duty=row.duty,
        department=row.department,
        window=pack.window(row.window),
    ).model_copy(update=_paid(figure))
    outcome = Outcome(
        result=_result(row, span, figure),
        because=tuple(filter(None, _argument(row, span, figure, pack))),
        formula=figure.formula if figure else None,
        facts=(*had(_drawn(row, holder.serial, facts).values()), *(figure.facts if figure else ())),
        parameters=_uses(row, pack),
        illustrative=example,
    )
    return benefit, outcome_line(row, holder, outcome, pack)


def _paid(figure: Figure | None) -> dict[str, int]:
    return {} if figure is None or figure.fen is None else {figure.per.column: figure.fen}


def _reason(row: BenefitRow, span: Span, *, example: bool) -> str:
    then = f"以后：{row.then}" if row.then else ""
    mark = "（示例）" if example else ""
    return f"{row.title}（{row.disposition.label}）：{row.reason}{_days(row, span)}{mark}。{then}"


def _result(row: BenefitRow, span: Span, figure: Figure | None) -> str:
    parts = (row.disposition.label, _days(row, span), figure.told if figure else "")
    return "，".join(filter(None, parts))


def _argument(row: BenefitRow, span: Span, figure: Figure | None, pack: PackOnDay) -> Iterator[str]:
    """From which event its days are counted, what excludes what, how much, and what follows."""
    yield f"{_counted(row, span, pack)}{f'，{row.until}' if row.until else ''}。"
    if span.until_age is not None:
        yield f"享有到{turned(span.until_age)}的前一天。"
    if row.exclusive:
        group = "、".join(r.title for r in pack.benefits if r.exclusive == row.exclusive)
        yield f"{group}同一时间只享受一种，前后衔接，不重不断。"
    yield figure.because if figure else ""
    yield f"以后：{row.then}" if row.then else ""


def _counted(row: BenefitRow, span: Span, pack: PackOnDay) -> str:
    if span.since_age is not None:
        return f"从{turned(span.since_age)}之日起算（{format_day(span.since)}）"
    earlier = _before(row, pack)
    begun = f"接在“{earlier.title}”期满的第二天" if earlier else f"从{_begins(row)}起算"
    late = f"，本项自{format_day(span.since)}起施行" if row.effective == span.since else ""
    return f"{begun}（{format_day(span.since)}）{late}"


def _begins(row: BenefitRow) -> str:
    return row.start.label if row.start else "前一项待遇期满"


def _uses(row: BenefitRow, pack: PackOnDay) -> tuple[ParameterUse, ...]:
    """The row's end and amount as the pack states them; the amount may be an example by itself."""
    until, amount = row.until, row.amount
    end = (_use(row, "until", "期限", until, pack),) if until else ()
    if not amount:
        return end
    return (*end, _use(row, "amount", "金额", amount, pack, illustrative=amount.illustrative))


def _use(
    row: BenefitRow,
    name: str,
    words: str,
    part: PackPart,
    pack: PackOnDay,
    *,
    illustrative: bool = False,
) -> ParameterUse:
    return pack.cite(
        f"benefits.{row.id}.{name}",
        f"{row.title}的{words}",
        part.model_dump(mode="json", exclude_none=True, exclude={"illustrative"}),
        source=row,
        since=row.effective,
        illustrative=illustrative,
    )


# --- how much ------------------------------------------------------------------------------------


def _figure(row: BenefitRow, holder: str, facts: HouseholdFacts) -> Figure | None:
    """What is drawn and kept goes before what the pack states, so that nobody gets less."""
    if row.disposition is Disposition.ENDED:
        return None
    drawn = _drawn(row, holder, facts)
    if row.disposition is not Disposition.GAINED and (kept := drawn_figure(drawn)):
        return kept
    measured = _measured(holder, facts, draws=bool(drawn))
    return figure_of(row.amount, measured) if row.amount else None


def _measured(holder: str, facts: HouseholdFacts, *, draws: bool) -> Measured:
    return Measured(
        heads=1 if holder else len(facts.members),
        draws=draws,
        mu=facts.contracted_mu,
        joint=facts.joint_contracted,
        years=facts.service_years.get(holder),
        income=facts.monthly_income,
    )


def _drawn(row: BenefitRow, holder: str, facts: HouseholdFacts) -> Mapping[str, DrawnBenefit]:
    """What the holder draws today under the row's names."""
    people = [facts.members[holder]] if holder else list(facts.members.values())
    return {
        key: drawn
        for person in people
        for key, drawn in drawn_by(person, facts, row.drawn_as).items()
    }


# --- what waits, what no row takes up ------------------------------------------------------------


def _waiting_lines(
    waiting: list[_Due], facts: HouseholdFacts, pack: PackOnDay
) -> Iterator[TraceLine]:
    for item in waiting:
        for holder in item.holders:
            outcome = Outcome(result=WAITS, because=(_wait(item.row, holder, facts),))
            yield outcome_line(item.row, holder, outcome, pack)


def _waits(waiting: list[_Due], facts: HouseholdFacts) -> tuple[str, ...]:
    """Each row that waits once, and once more for those who have to come of age as well."""
    told = (_wait(item.row, holder, facts) for item in waiting for holder in item.holders)
    return tuple(dict.fromkeys(told))


def _wait(row: BenefitRow, holder: Holder, facts: HouseholdFacts) -> str:
    of_age = "" if holder.is_of_age(facts.day) else f"，并且{turned(holder.window.least)}"
    return f"{row.title}：从{_begins(row)}起算{of_age}，现在还不能起算，届时另行核定。"


def _left(due: list[_Due], facts: HouseholdFacts) -> Iterator[DrawnBenefit]:
    """What is drawn today and none of those who have a row takes up under its names."""
    taken = {k for i in due for holder in i.holders for k in _drawn(i.row, holder.serial, facts)}
    return (drawn for key, drawn in facts.drawn.items() if key not in taken)
