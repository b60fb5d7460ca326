"""One line of the 权益告知单, made of what the case has mapped and decided."""

from collections.abc import Iterable
from datetime import date

from conversion.documents.kind import Part
from conversion.domain.case import Case
from conversion.domain.right import Benefit, Disposition, Entitlement, EntitlementStatus, Side
from conversion.policy.span import first_day
from conversion.standards.chinese_date import format_day

_TRANSITION = "过渡期待遇"
_CATEGORIES = (
    "劳动保障",
    "计划生育",
    "优抚安置",
    "子女入学",
    "文化享受",
    "社会救助",
    "医疗卫生",
    "居家养老",
    "安全环境",
    "土地权益",
    "集体资产",
    _TRANSITION,
)
"""The booklet's order, then land and the collective; anything else comes last."""

WHOLE = "全户"

_GAINED = frozenset({Disposition.GAINED, Disposition.SWITCHED})
_PAID = {"monthly", "yearly", "once"}
_DAYS = {"since", "since_age", "until_age"}
_DECIDED = {*_PAID, "disposition", "then", "why"}


class Line(Part):
    """One right in one column.

    Attributes:
        category: of the booklet, e.g. 居家养老; member: whose it is, `全户` for all.
        monthly, yearly, once: 分 a month, a year or in one sum, if it is money.
        until: the last day; none where an age ends it, which several may have in common.
        since_age, until_age: the ages whose birthday begins it and whose eve ends it.
        mode: of several ways in which it is given, the one that the person chose.
        disposition: of a transitional benefit, e.g. `保留`; then: what follows it.
        why: the reason in plain words; duty: the obligation beside the right.
        window: the counter's name, and how to reach it in brackets if that is known.
        illustrative: the figure is an example (示例).
    """

    category: str
    title: str
    member: str
    monthly: int | None
    disposition: str
    since: date | None
    until: date | None
    until_event: str
    then: str
    why: str
    basis: str
    duty: str
    department: str
    window: str
    illustrative: bool
    yearly: int | None = None
    once: int | None = None
    mode: str = ""
    since_age: int | None = None
    until_age: int | None = None

    @property
    def begun(self) -> str:
        """Its first day, empty while the event that begins it has not happened."""
        return first_day(self.since, self.since_age) if self.since else ""

    def waits_for_birthday(self, day: date) -> bool:
        """Whether it begins on a birthday after the day."""
        return self.since_age is not None and self.since is not None and self.since > day

    @property
    def window_name(self) -> str:
        """The counter's name alone."""
        return self.window.partition("（")[0]

    @property
    def window_reach(self) -> str:
        """Where the counter is or its telephone, as the pack gives it; may be empty."""
        return self.window.partition("（")[2].removesuffix("）")


def follows(benefit: Benefit) -> str:
    """What follows, with its first day once that is decided.

    >>> follows(Benefit(item="a", title="甲", disposition=Disposition.SWITCHED, then="居民医保。",
    ...     since=date(2009, 1, 1), then_since=date(2010, 1, 1)))
    '从2010年1月1日起，居民医保。'
    """
    start = f"从{format_day(benefit.then_since)}起，" if benefit.then_since else ""
    return start + benefit.then


def place(category: str) -> int:
    """Where a category stands on the statement."""
    return _CATEGORIES.index(category) if category in _CATEGORIES else len(_CATEGORIES)


def lines_of(case: Case) -> tuple[tuple[Line, ...], tuple[Line, ...], tuple[Line, ...]]:
    """What is kept, what is gained and what has ended.

    A benefit that the map has taken up is told once, from the map.
    """
    kept: list[Line] = []
    gained: list[Line] = []
    for row in case.entitlements.values():
        if row.status is not EntitlementStatus.NOT_APPLICABLE:
            column = kept if row.side is Side.KEPT else gained
            column.append(_mapped(row, case.benefits.get(row.key), case))
    for key, benefit in case.benefits.items():
        if key not in case.entitlements:
            column = gained if benefit.disposition in _GAINED else kept
            column.append(_benefit(benefit, case))
    ended = [line for line in kept if line.disposition == Disposition.ENDED.label]
    kept = [line for line in kept if line not in ended]
    return _arranged(kept, case), _arranged(gained, case), _arranged(ended, case)


def _arranged(lines: Iterable[Line], case: Case) -> tuple[Line, ...]:
    """In the booklet's order, and what several members have alike as one line."""
    members: dict[Line, list[str]] = {}
    for line in sorted(lines, key=lambda line: place(line.category)):
        members.setdefault(line.model_copy(update={"member": ""}), []).append(line.member)
    return tuple(
        line.model_copy(update={"member": _together(names, case)})
        for line, names in members.items()
    )


def _together(names: list[str], case: Case) -> str:
    return WHOLE if len(names) == len(case.members) else "、".join(names)


def _mapped(row: Entitlement, benefit: Benefit | None, case: Case) -> Line:
    """A line of the map; amount and what follows come from the benefit it was made of, if any."""
    line = Line(
        **row.model_dump(
            include={"category", "title", "until_event", "basis", "duty", *_DAYS}
            | {"department", "window", "illustrative", "mode"}
        ),
        until=_until(row),
        member=_whose(row.member, case),
        monthly=None,
        disposition="",
        then="",
        why=row.reason,
    )
    if benefit is None:
        return line
    decided = _benefit(benefit, case)
    return line.model_copy(update=decided.model_dump(include=_DECIDED))


def _benefit(benefit: Benefit, case: Case) -> Line:
    return Line(
        **benefit.model_dump(
            include={"title", "until_event", "basis", *_PAID, *_DAYS}
            | {"duty", "department", "window", "illustrative"}
        ),
        then=follows(benefit),
        until=_until(benefit),
        category=benefit.category or _TRANSITION,
        member=_whose(benefit.member, case),
        disposition=benefit.disposition.label,
        why=_why(benefit),
    )


def _until(row: Benefit | Entitlement) -> date | None:
    return row.until if row.until_age is None else None


def _why(benefit: Benefit) -> str:
    """The reason without title, days and successor, which the line tells itself."""
    reason = benefit.reason.removeprefix(f"{benefit.title}（{benefit.disposition.label}）：")
    if benefit.then:
        reason = reason.replace(f"以后：{benefit.then}", "")
    first = first_day(benefit.since, benefit.since_age)
    before, days, after = reason.partition(f"从{first}起")
    return before + after.partition("。")[2] if days else reason


def _whose(serial: str, case: Case) -> str:
    """The name of whoever has it, though the person may have left since."""
    return case.people[serial].name if serial in case.people else WHOLE
