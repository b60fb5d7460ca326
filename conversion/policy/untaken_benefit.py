"""What is drawn today and no row of the pack takes up: kept until a department decides.

Either the pack has no such row, or it has one whose conditions the records don't fulfil. The money
comes all the same, so it goes on: a record may be behind, and nothing stops silently.
"""

from collections.abc import Iterable

from conversion.domain.household import DrawnBenefit
from conversion.domain.right import Benefit, Disposition
from conversion.policy.amount import Pay, drawn_figure
from conversion.policy.condition import bears_name
from conversion.policy.decision import FactUse, TraceLine
from conversion.policy.facts import HouseholdFacts
from conversion.policy.pack import PackOnDay
from conversion.policy.row import BenefitRow
from conversion.standards.chinese_date import format_day

HAD = "had"
"""The fact that says what was drawn before, e.g. `农村低保，每月120.00元`."""

_DECIDES = "先照旧享受，由主管部门核定后再定。"
_UNLISTED = f"政策包里没有这一项，{_DECIDES}"


def had(drawn: Iterable[DrawnBenefit]) -> tuple[FactUse, ...]:
    """What was drawn before, as a fact; none where nothing was."""
    told = "；".join(map(_told, drawn))
    return (FactUse(name=HAD, title="原有待遇", value=told),) if told else ()


def _told(drawn: DrawnBenefit) -> str:
    since = f"，从{format_day(drawn.since)}起" if drawn.since else ""
    paid = f"，{Pay.MONTH.told(drawn.monthly)}" if drawn.monthly is not None else ""
    return f"{drawn.item}{since}{paid}"


def untaken(
    drawn: DrawnBenefit, facts: HouseholdFacts, pack: PackOnDay
) -> tuple[Benefit, TraceLine]:
    """The benefit as it goes on, under the heading and department of a row of its name if any."""
    row = _row_called(drawn.item, pack)
    why = _unfulfilled(row) if row else _UNLISTED
    benefit = Benefit(
        item=unlisted(drawn.serial),
        title=drawn.item,
        member=drawn.member,
        disposition=Disposition.KEPT,
        monthly=drawn.monthly,
        since=facts.approved_on or facts.day,
        until_event="主管部门另行核定",
        basis=drawn.basis,
        reason=f"{drawn.item}（保留）：{why}",
        window=pack.window(row.window if row else next(iter(pack.pack.windows))),
        category=row.category if row else "",
        duty=row.duty if row else "",
        department=row.department if row else "",
    )
    figure = drawn_figure({drawn.serial: drawn})
    line = TraceLine(
        key=benefit.key,
        title=line_title(drawn.item, pack),
        result=f"{benefit.disposition.label}，直到{benefit.until_event}",
        because=tuple(filter(None, (why, figure.because if figure else ""))),
        formula=figure.formula if figure else None,
        facts=had([drawn]),
        references=(pack.reference(row.reference),) if row else (),
    )
    return benefit, line


def unlisted(serial: str) -> str:
    """The id under which something drawn goes on that no row takes up."""
    return f"unlisted-{serial}"


def line_title(item: str, pack: PackOnDay) -> str:
    """What explanations call something drawn that no row takes up: never by the roster's words.

    The person's own row keeps them; in an explanation they could say anything of anybody.
    """
    row = _row_called(item, pack)
    return row.title if row else "未列入目录的待遇"


def _row_called(item: str, pack: PackOnDay) -> BenefitRow | None:
    return next((row for row in pack.benefits if bears_name(item, row.drawn_as)), None)


def _unfulfilled(row: BenefitRow) -> str:
    return f"花名册登记在领，按现在的记载不符合“{row.title}”的条件，{_DECIDES}"
