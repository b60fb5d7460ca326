"""权益告知单: what a household keeps and what it gains, with the duty beside each right."""

from datetime import date
from itertools import zip_longest

from conversion.documents.household_paper import HouseholdPaper, Part, shared
from conversion.documents.kind import DocumentKind, Occasion
from conversion.domain.case import Case
from conversion.domain.right import Benefit, Disposition, Entitlement, EntitlementStatus, Side
from conversion.standards.chinese_date import format_day

_GAINED = frozenset({Disposition.GAINED, Disposition.SWITCHED})
_TRANSITION = "过渡期待遇"
_DECIDED = {"monthly", "disposition", "then", "why"}
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


class Line(Part):
    """One right in one column.

    Attributes:
        category: of the booklet, e.g. 居家养老; member: whose it is, `全户` for all.
        monthly: 分 a month, if it is money.
        disposition: of a transitional benefit, e.g. `保留`; then: what follows it.
        why: the reason in plain words; duty: the obligation beside the right.
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


class EntitlementStatement(HouseholdPaper):
    """The facts of the 权益告知单: `kept` from the village, `gained` as residents."""

    members: tuple[str, ...]
    kept: tuple[Line, ...]
    gained: tuple[Line, ...]

    @property
    def pairs(self) -> tuple[tuple[Line, Line], ...]:
        """The two columns side by side: what stands in one category first, then as it comes."""
        return self._paired()[0]

    @property
    def rest(self) -> tuple[tuple[Line, Line | None], ...]:
        """What the longer column has left, two in a row."""
        left = iter(self._paired()[1])
        return tuple(zip_longest(left, left))

    @property
    def rest_is_kept(self) -> bool:
        """Whether the longer column is the kept one."""
        return len(self.kept) > len(self.gained)

    @property
    def has_examples(self) -> bool:
        """Whether the footnote on 示例 is needed."""
        return any(line.illustrative for line in self.kept + self.gained)

    def _paired(self) -> tuple[tuple[tuple[Line, Line], ...], list[Line]]:
        alike: list[tuple[Line, Line]] = []
        kept, gained = list(self.kept), list(self.gained)
        for line in self.kept:
            match = next((other for other in gained if other.category == line.category), None)
            if match:
                alike.append((line, match))
                kept.remove(line)
                gained.remove(match)
        shorter = min(len(kept), len(gained))
        pairs = (*alike, *zip(kept, gained, strict=False))
        return pairs, kept[shorter:] + gained[shorter:]


def facts(occasion: Occasion) -> EntitlementStatement:
    """The statement of the case's mapped entitlements and transitional benefits."""
    case = occasion.case
    kept, gained = _columns(case)
    return EntitlementStatement(
        **shared(occasion),
        members=tuple(m.name for m in case.members.values()),
        kept=_arranged(kept),
        gained=_arranged(gained),
    )


def _columns(case: Case) -> tuple[list[Line], list[Line]]:
    """The lines of each column; a benefit that the map has taken up is told once, from the map."""
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
    return kept, gained


def _arranged(lines: list[Line]) -> tuple[Line, ...]:
    """In the booklet's order, and what several members have alike as one line."""
    members: dict[Line, list[str]] = {}
    for line in sorted(lines, key=_place):
        members.setdefault(line.model_copy(update={"member": ""}), []).append(line.member)
    return tuple(
        line.model_copy(update={"member": "、".join(names)}) for line, names in members.items()
    )


def _place(line: Line) -> int:
    return _CATEGORIES.index(line.category) if line.category in _CATEGORIES else len(_CATEGORIES)


def _mapped(row: Entitlement, benefit: Benefit | None, case: Case) -> Line:
    """A line of the map; amount and what follows come from the benefit it was made of, if any."""
    line = Line(
        category=row.category,
        title=row.title,
        member=_whose(row.member, case),
        monthly=None,
        disposition="",
        since=row.since,
        until=row.until,
        until_event=row.until_event,
        then="",
        why=row.reason,
        basis=row.basis,
        duty=row.duty,
        department=row.department,
        window=row.window,
        illustrative=row.illustrative,
    )
    if benefit is None:
        return line
    decided = _benefit(benefit, case)
    return line.model_copy(update=decided.model_dump(include=_DECIDED))


def _benefit(benefit: Benefit, case: Case) -> Line:
    disposition = benefit.disposition.label
    return Line(
        category=_TRANSITION,
        title=benefit.title,
        member=_whose(benefit.member, case),
        monthly=benefit.monthly,
        disposition=disposition,
        since=benefit.since,
        until=benefit.until,
        until_event=benefit.until_event,
        then=benefit.then,
        why=_why(benefit),
        basis=benefit.basis,
        duty="",
        department="",
        window=benefit.window,
        illustrative=benefit.illustrative,
    )


def _why(benefit: Benefit) -> str:
    """The reason without title, days and successor, which have lines of their own."""
    reason = benefit.reason.removeprefix(f"{benefit.title}（{benefit.disposition.label}）：")
    if benefit.then:
        reason = reason.replace(f"以后：{benefit.then}", "")
    before, days, after = reason.partition(f"从{format_day(benefit.since)}起")
    return before + after.partition("。")[2] if days else reason


def _whose(serial: str, case: Case) -> str:
    return case.members[serial].name if serial else "全户"


ENTITLEMENT_STATEMENT = DocumentKind(
    id="entitlement_statement",
    title="权益告知单",
    series="权告",
    template="entitlement_statement.html",
    version="1",
    facts_model=EntitlementStatement,
    facts=facts,
    signers=("户主（签名）", "宣读人（签名）", "发放单位"),
    copies=("农户", "工作专班存档"),
)
