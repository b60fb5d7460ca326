"""A policy pack 政策包: everything one office decides by, and how it stood on a day."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated

from pydantic import Field
from typing_extensions import override

from conversion.domain.standing import Json
from conversion.errors import NotFound
from conversion.policy.decision import ParameterUse, Reference
from conversion.policy.ground import Ground
from conversion.policy.pack_part import Id, PackPart, PackReference, Sourced, Text
from conversion.policy.parameter import Parameter, start_in_force
from conversion.policy.row import BenefitRow, EntitlementRow
from conversion.policy.share_scheme import ShareScheme
from conversion.policy.worked_example import Example
from conversion.standards.chinese_date import format_day


class Document(PackPart):
    """A law or paper the pack rests on.

    Attributes:
        number: 文号, empty for laws.
        since, until: days on which the text is in force; None for what the office doesn't know.
        text_known: False when only the title is known; figures resting on it are examples.
        note: what a reader must know, e.g. which version is meant.
    """

    title: Annotated[str, Field(min_length=1, max_length=150)]
    number: str = Field(default="", max_length=50)
    issuer: str = Field(default="", max_length=100)
    href: str = Field(default="", max_length=300, pattern=r"^(?:https?://\S+)?$")
    since: dt.date | None = None
    until: dt.date | None = None
    text_known: bool = True
    note: str = Field(default="", max_length=500)


class Department(Sourced):
    """A department, and the item it answers for.

    Attributes:
        formerly: names under which it was known before a reform; its people stay in post.
        countersigns: whether each case goes to it before approval 会签.
    """

    name: Annotated[str, Field(min_length=1, max_length=60)]
    formerly: tuple[Annotated[str, Field(min_length=1, max_length=60)], ...] = ()
    item: Text
    countersigns: bool = True


class Window(PackPart):
    """A counter where people are served."""

    name: Annotated[str, Field(min_length=1, max_length=60)]
    address: Text
    phone: Annotated[str, Field(min_length=1, max_length=36)]
    illustrative: bool = False

    @override
    def __str__(self) -> str:
        """Name and phone, as a statement prints them."""
        return f"{self.name}（{self.phone}）"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A loaded pack; `conversion.policy.loading` has proven it sound.

    Attributes:
        sha256: of the canonical data of all its files.
        since, until: days on which the pack may decide; `until` None for no end.
        successor: id of the pack that decides after `until`; later: gives that pack, where it is at
            hand, and reads it only then.
        clauses: rule of a step → first day → what the requirement rests on; every rule has one.
    """

    id: str
    title: str
    office: str
    note: str
    since: dt.date
    until: dt.date | None
    successor: str | None
    sha256: str
    documents: Mapping[str, Document]
    departments: tuple[Department, ...]
    windows: Mapping[str, Window]
    parameters: Mapping[str, Parameter]
    clauses: Mapping[str, Mapping[dt.date, Sourced]]
    grounds: tuple[Ground, ...]
    share_plans: tuple[ShareScheme, ...]
    benefits: tuple[BenefitRow, ...]
    entitlements: tuple[EntitlementRow, ...]
    examples: tuple[Example, ...]
    later: "Callable[[], Pack] | None" = field(default=None, repr=False, compare=False)

    def on(self, day: dt.date) -> "PackOnDay":
        """The pack as it stands on a day, or the one that has taken its place by then.

        Raises:
            NotFound: neither decides on that day.
        """
        if self.until and day > self.until and self.later:
            return replace(self.later().on(day), origin=self)
        if day < self.since or (self.until and day > self.until):
            end = f"至{format_day(self.until)}" if self.until else "起"
            raise NotFound(
                f"按政策包“{self.title}”办理{format_day(day)}的事项",
                f"该政策包自{format_day(self.since)}{end}适用",
                "选用当日有效的政策包",
            )
        return PackOnDay(pack=self, day=day)

    def reference(self, at: PackReference) -> Reference:
        """The reference as papers print it; the paper's number stands before the article."""
        document = self.documents[at.document]
        number = f"（{document.number}）" if document.number else ""
        return Reference(title=document.title, article=number + at.article, href=document.href)


@dataclass(frozen=True, slots=True, kw_only=True)
class PackOnDay:
    """A pack on the day of a decision.

    Attributes:
        origin: the pack whose place it has taken by then; None where it is the office's own.
    """

    pack: Pack
    day: dt.date
    origin: Pack | None = field(default=None, repr=False)

    def on(self, day: dt.date) -> "PackOnDay":
        """The office's pack as it stood, or will stand, on another day.

        Raises:
            NotFound: none decides on that day.
        """
        return (self.origin or self.pack).on(day)

    def use(self, name: str) -> ParameterUse:
        """A parameter's value in force, with its source.

        Raises:
            NotFound: the pack has no value of that name on the day.
        """
        parameter = self.pack.parameters.get(name)
        since = parameter.since(self.day) if parameter else None
        if parameter is None or since is None:
            found = f"政策包“{self.pack.title}”在{format_day(self.day)}没有这一项的值"
            remedy = "在政策包的 parameters.yaml 中补上该日有效的值及其依据"
            raise NotFound(f"取用参数“{name}”", found, remedy)
        dated = parameter.values[since]
        return self.cite(name, parameter.title, dated.value, source=dated, since=since)

    def cite(
        self,
        name: str,
        title: str,
        value: Json,
        *,
        source: Sourced,
        since: dt.date | None = None,
        illustrative: bool = False,
    ) -> ParameterUse:
        """A value that a row of the pack states, with its source, for a decision's trace.

        It is an example if the row is one, or if it is said of the value alone.
        """
        return ParameterUse(
            name=name,
            title=title,
            value=value,
            since=since or self.pack.since,
            reference=self.reference(source.reference),
            illustrative=source.illustrative or illustrative,
        )

    def has(self, name: str) -> bool:
        """Whether a parameter has a value on the day."""
        parameter = self.pack.parameters.get(name)
        return parameter is not None and parameter.since(self.day) is not None

    def clause(self, rule: str) -> str:
        """What a requirement of a step rests on; loading has proven that every rule has one."""
        dated = self.pack.clauses[rule]
        since = start_in_force(dated, self.day)
        assert since, "each rule has a clause from the pack's first day on"
        example = "，示例" if dated[since].illustrative else ""
        return f"{self.reference(dated[since].reference)}{example}"

    def reference(self, at: PackReference) -> Reference:
        """The reference as papers print it."""
        return self.pack.reference(at)

    @property
    def next(self) -> "PackOnDay | None":
        """The pack that takes its place, on the first day on which that one decides."""
        if self.pack.until is None or self.pack.later is None:
            return None
        return self.on(self.pack.until + dt.timedelta(days=1))

    @property
    def departments(self) -> tuple[str, ...]:
        """The names of all departments."""
        return tuple(department.name for department in self.pack.departments)

    def department_now(self, name: str) -> str:
        """The name a department bears, whatever it was called before; an unknown one as it is."""
        known = (d.name for d in self.pack.departments if name in (d.name, *d.formerly))
        return next(known, name)

    @property
    def countersigners(self) -> tuple[Department, ...]:
        """The departments that each case goes to before approval 会签."""
        return tuple(d for d in self.pack.departments if d.countersigns)

    @property
    def share_plans(self) -> tuple[ShareScheme, ...]:
        """The plans of quantification that a village may vote on, the office's first."""
        return self.pack.share_plans

    def share_plan(self, scheme: str = "") -> ShareScheme:
        """One plan of quantification; the office's where none is named.

        Raises:
            NotFound: the pack has no such plan.
        """
        named = (plan for plan in self.pack.share_plans if scheme in {"", plan.id})
        found = next(named, None)
        if found is None:
            known = "、".join(f"{plan.id}（{plan.title}）" for plan in self.pack.share_plans)
            sentence = f"政策包“{self.pack.title}”没有这个方案"
            raise NotFound(f"取用折股量化方案“{scheme}”", sentence, f"从中选择：{known}")
        return found

    @property
    def grounds(self) -> tuple[Ground, ...]:
        """The grounds of membership."""
        return self.pack.grounds

    @property
    def benefits(self) -> tuple[BenefitRow, ...]:
        """The benefit rows in force."""
        return tuple(r for r in self.pack.benefits if (r.effective or self.day) <= self.day)

    @property
    def entitlements(self) -> tuple[EntitlementRow, ...]:
        """The entitlement rows in force."""
        return tuple(r for r in self.pack.entitlements if (r.effective or self.day) <= self.day)

    def window(self, window: Id) -> str:
        """A counter's name and phone, as a statement prints them."""
        return str(self.pack.windows[window])
