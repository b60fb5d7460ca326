"""权益告知单: what a household keeps and what it gains, with the duty beside each right."""

from typing import NamedTuple

from typing_extensions import override

from conversion.documents.entitlement_line import Line, lines_of, place
from conversion.documents.entitlement_summary import Reminder, named, reminders
from conversion.documents.household_paper import HouseholdPaper, shared
from conversion.documents.kind import DocumentKind, HouseholdOccasion
from conversion.documents.trace import parameter_words
from conversion.policy.remedies import REMEDIES


class Group(NamedTuple):
    """What stands in one category, by column."""

    category: str
    kept: tuple[Line, ...]
    gained: tuple[Line, ...]

    @property
    def pairs(self) -> tuple[tuple[Line, Line], ...]:
        """What stands side by side."""
        return tuple(zip(self.kept, self.gained, strict=False))

    @property
    def rest(self) -> tuple[Line, ...]:
        """What the longer column has left."""
        done = len(self.pairs)
        return self.kept[done:] + self.gained[done:]

    @property
    def rest_side(self) -> str:
        """Which is the longer column."""
        return "保留" if len(self.kept) > len(self.gained) else "新增"


class Window(NamedTuple):
    """A counter, how to reach it, and the departments that answer there."""

    name: str
    reach: str
    departments: tuple[str, ...]


class EntitlementStatement(HouseholdPaper):
    """The facts of the 权益告知单: `kept` from the village, `gained` as residents, `ended`.

    `remedies` are in the words of the pack on the day of the mapping.
    """

    members: tuple[str, ...]
    remedies: str
    kept: tuple[Line, ...]
    gained: tuple[Line, ...]
    ended: tuple[Line, ...]

    @property
    @override
    def gist(self) -> str:
        """How many rights are kept, gained and ended."""
        return f"保留{len(self.kept)}项，新增{len(self.gained)}项，终止{len(self.ended)}项"

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines."""
        return self.kept + self.gained + self.ended

    @property
    def groups(self) -> tuple[Group, ...]:
        """Kept and gained by category, in the booklet's order."""
        categories = {line.category for line in self.kept + self.gained}
        return tuple(
            Group(
                category,
                tuple(line for line in self.kept if line.category == category),
                tuple(line for line in self.gained if line.category == category),
            )
            for category in sorted(categories, key=lambda category: (place(category), category))
        )

    @property
    def going_on(self) -> tuple[Line, ...]:
        """What is kept and has begun: what begins on a birthday to come is a day to remember."""
        return tuple(line for line in self.kept if not line.waits_for_birthday(self.day))

    @property
    def named_kept(self) -> tuple[str, ...]:
        """What of the kept is named in the summary."""
        return named(self.going_on)

    @property
    def named_gained(self) -> tuple[str, ...]:
        """What of the gained is named in the summary."""
        return named(self.gained)

    @property
    def reminders(self) -> tuple[Reminder, ...]:
        """The next days that matter."""
        return reminders(self.kept, self.gained, self.day)

    @property
    def windows(self) -> tuple[Window, ...]:
        """Each counter to which a line sends the household, once."""
        departments: dict[tuple[str, str], list[str]] = {}
        for line in self.lines:
            if line.window:
                window = (line.window_name, line.window_reach)
                departments.setdefault(window, []).append(line.department)
        return tuple(
            Window(name, reach, tuple(dict.fromkeys(filter(None, found))))
            for (name, reach), found in departments.items()
        )

    @property
    def has_examples(self) -> bool:
        """Whether the footnote on 示例 is needed."""
        return any(line.illustrative for line in self.lines)


def facts(occasion: HouseholdOccasion) -> EntitlementStatement:
    """The statement of the case's mapped entitlements and transitional benefits."""
    kept, gained, ended = lines_of(occasion.case)
    return EntitlementStatement(
        **shared(occasion),
        remedies=parameter_words(occasion.case.last("entitlements.map"), REMEDIES),
        members=tuple(m.name for m in occasion.case.members.values()),
        kept=kept,
        gained=gained,
        ended=ended,
    )


ENTITLEMENT_STATEMENT = DocumentKind(
    id="entitlement_statement",
    title="权益告知单",
    series="权告",
    template="entitlement_statement.html",
    version="4",
    facts_model=EntitlementStatement,
    facts=facts,
    signers=("户主（签名）", "宣读人（签名）", "发放单位"),
    copies=("农户", "工作专班存档"),
    explains=("entitlements.map",),
)
