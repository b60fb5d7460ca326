"""What the value of each parameter must look like, by its name.

A name that stands here nowhere is refused: a misspelt parameter would otherwise be silently dead.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Literal, TypeAlias, TypeVar

from pydantic import AfterValidator, Field, TypeAdapter
from typing_extensions import override

from conversion.domain.household import HukouKind
from conversion.policy.deadline import Deadline
from conversion.policy.decision import ParameterUse
from conversion.policy.pack_part import PackPart, Text

Days = Annotated[int, Field(ge=1, le=3660)]


def _proper(fraction: tuple[int, int]) -> tuple[int, int]:
    above, below = fraction
    if below < 1 or not 0 <= above <= below:
        message = "比例写成 [分子, 分母]，在 0 和 1 之间，例如 [2, 3]"
        raise ValueError(message)
    return fraction


Portion: TypeAlias = Annotated[tuple[int, int], AfterValidator(_proper)]
"""An exact fraction between 0 and 1: above, below."""


class NoticeKind(StrEnum):
    """What a public notice is about."""

    PLAN = "plan"
    HOUSEHOLD = "household"
    MEMBERS = "members"
    SHARES = "shares"
    LAND = "land"
    LOSS = "loss"

    @property
    def label(self) -> str:
        """The kind's Chinese name."""
        return {
            "plan": "方案公示",
            "household": "入户核实结果公示",
            "members": "成员名单公示",
            "shares": "股权公示",
            "land": "土地权属公示",
            "loss": "证书遗失公告",
        }[self]


class Period(PackPart):
    """A number of days, or of working days."""

    days: Days
    working_days: bool = False

    @override
    def __str__(self) -> str:
        """The period in words, e.g. `7天` or `5个工作日`."""
        return f"{self.days}{'个工作日' if self.working_days else '天'}"


class NoticePeriod(Period):
    """How long a list stays posted."""


class RollPeriod(NoticePeriod):
    """How long the lists of members stay posted, one after another.

    Attributes:
        rounds: 3 for 三榜, of which the last is posted after the vote.
    """

    rounds: Annotated[int, Field(ge=1, le=9)] = 1

    @override
    def __str__(self) -> str:
        """The period in words, e.g. `7天，公示3次`."""
        days = super().__str__()
        return f"{days}，公示{self.rounds}次" if self.rounds > 1 else days


ReminderDays: TypeAlias = tuple[Days, ...]
"""Days before the end of a term on which it is called to mind; on the day itself it always is."""


class Body(StrEnum):
    """A meeting that can decide."""

    VILLAGERS = "villagers_meeting"
    HOUSEHOLDS = "household_meeting"
    REPRESENTATIVES = "representatives_meeting"
    MEMBERS = "members_meeting"

    @property
    def label(self) -> str:
        """The body's Chinese name."""
        return {
            "villagers_meeting": "村民会议",
            "household_meeting": "户代表会议",
            "representatives_meeting": "村民代表会议",
            "members_meeting": "成员大会",
        }[self]


class Threshold(PackPart):
    """A part of a whole that must be reached, or with `more_than` exceeded (过半数)."""

    portion: Portion
    more_than: bool = False

    def is_met(self, count: int, whole: int) -> bool:
        """Whether the count reaches the part; compared in whole numbers.

        >>> Threshold(portion=(2, 3)).is_met(67, 100), Threshold(portion=(2, 3)).is_met(66, 99)
        (True, True)
        """
        above, below = self.portion
        return count * below > whole * above or (
            not self.more_than and count * below == whole * above
        )

    def least(self, whole: int) -> int:
        """The smallest count that reaches the part.

        >>> Threshold(portion=(2, 3)).least(100), Threshold(portion=(1, 2), more_than=True).least(8)
        (67, 5)
        """
        above, below = self.portion
        part = whole * above
        return part // below + 1 if self.more_than else -(-part // below)

    @override
    def __str__(self) -> str:
        """The part in words.

        >>> str(Threshold(portion=(1, 2), more_than=True)), str(Threshold(portion=(2, 3)))
        ('超过2分之1', '不少于3分之2')
        """
        above, below = self.portion
        return f"{'超过' if self.more_than else '不少于'}{below}分之{above}"


class QuorumRule(PackPart):
    """How one body decides one matter.

    Attributes:
        present_min: how many of the eligible must be present.
        pass_min: how many votes carry it, of `base`: all eligible, or those present.
        notice_days: days between the notice and the meeting.
    """

    present_min: Threshold
    pass_min: Threshold
    base: Literal["all", "present"]
    notice_days: Days

    @override
    def __str__(self) -> str:
        """The rule in words."""
        whole = "应到" if self.base == "all" else "到会"
        carried = f"同意{self.pass_min}（按{whole}人数计）"
        return f"到会{self.present_min}，{carried}，提前{self.notice_days}天通知"


class HukouRegime(StrEnum):
    """户籍制度: whether farm and non-farm registration are still told apart."""

    DUAL = "dual"
    UNIFIED = "unified"

    @property
    def label(self) -> str:
        """The regime's Chinese name."""
        return {"dual": "农业、非农业分别登记", "unified": "城乡统一登记"}[self]


Wording: TypeAlias = Annotated[str, Field(min_length=1, max_length=60)]


class HukouWording(PackPart):
    """How the register names each kind, and what it says after the conversion."""

    agricultural: Wording
    non_agricultural: Wording
    resident: Wording
    after: Wording

    @override
    def __str__(self) -> str:
        """The words, as they stand in the register before and after."""
        before = f"{self.agricultural}、{self.non_agricultural}、{self.resident}"
        return f"{before}；转换后{self.after}"

    def of(self, kind: HukouKind) -> str:
        """The register's words for a kind."""
        return {
            HukouKind.AGRICULTURAL: self.agricultural,
            HukouKind.NON_AGRICULTURAL: self.non_agricultural,
            HukouKind.RESIDENT: self.resident,
        }[kind]


FlagReasons: TypeAlias = dict[Literal["1", "2", "3", "4", "6", "7", "8"], Text]
"""Remark (NY/T 2539 C.18) → sentence; 5 never leaves the restricted zone, so it can't be named."""

ShareOperation: TypeAlias = Literal[
    "inheritance",
    "transfer",
    "gift",
    "redemption",
    "split",
    "cancellation",
    "correction",
    "release",
    "pledge",
]
ShareOperations: TypeAlias = tuple[ShareOperation, ...]
"""What the charter allows to be done with booked shares."""


Capped: TypeAlias = tuple[Literal["allocation", "transfer", "gift"], ...]
"""What a cap on one member's holding may bind."""


class HolderCap(PackPart):
    """The most that one member may hold 个人持股上限, and which postings may not exceed it.

    What falls to somebody by law, or by a correction in the ledger, is never refused, so it can't
    be named; a first allocation that an objection puts right is one still.

    Attributes:
        portion: of all units of the plan.
        applies_to: the first allocation, or what a member takes by choice.
    """

    portion: Portion
    applies_to: Capped = Field(min_length=1)

    def allows(self, held: int, whole: int) -> bool:
        """Whether somebody may hold so many of the plan's units.

        >>> cap = HolderCap(portion=(3, 100), applies_to=("transfer",))
        >>> cap.allows(3000, 100_000), cap.allows(3001, 100_000)
        (True, False)
        """
        above, below = self.portion
        return held * below <= whole * above

    @override
    def __str__(self) -> str:
        """The portion in words.

        >>> str(HolderCap(portion=(3, 100), applies_to=("transfer",)))
        '100分之3'
        """
        above, below = self.portion
        return f"{below}分之{above}"


VOTED: Mapping[str, str] = {
    "resolve": "村改社区的决议",
    "confirm_roll": "成员名单",
    "adopt_share_plan": "折股量化方案",
}
"""What a case waits for a meeting to decide, by the milestone's step; some body must be able to."""

OTHER_MATTERS: Mapping[str, str] = {"admit_contributor": "非成员参与收益分配"}
"""What else the law has a meeting decide; no step waits for it, an office may still ask how."""

_BODY, _KIND, _DEADLINE = "|".join(Body), "|".join(NoticeKind), "|".join(Deadline)
_MATTER = "|".join((*VOTED, *OTHER_MATTERS))
SHAPES: Mapping[str, TypeAdapter[object]] = {
    rf"notice\.{NoticeKind.MEMBERS}": TypeAdapter(RollPeriod),
    rf"notice\.(?:{_KIND})": TypeAdapter(NoticePeriod),
    rf"quorum\.(?:{_BODY})\.(?:{_MATTER})": TypeAdapter(QuorumRule),
    rf"barred\.(?:{_BODY})\.(?:{_MATTER})": TypeAdapter(Text),
    r"remedies": TypeAdapter(Text),
    r"hukou\.regime": TypeAdapter(HukouRegime),
    r"hukou\.wording": TypeAdapter(HukouWording),
    r"hukou\.exceptions": TypeAdapter(FlagReasons),
    r"ledger\.permitted": TypeAdapter(ShareOperations),
    r"ledger\.holder_cap": TypeAdapter(HolderCap),
    r"dividend\.reserve_min": TypeAdapter(Portion),
    rf"deadline\.(?:{_DEADLINE})": TypeAdapter(Period),
    r"deadline\.reminder_days": TypeAdapter(ReminderDays),
    r"benefits\.reminder_days": TypeAdapter(ReminderDays),
}
"""Pattern of a parameter's name → shape of its value."""

NEEDED = (
    *(f"notice.{kind}" for kind in NoticeKind),
    "hukou.regime",
    "hukou.wording",
    "hukou.exceptions",
    "ledger.permitted",
    "ledger.holder_cap",
    "dividend.reserve_min",
)
"""Parameters without which a step can't be decided; a pack has them from its first day on."""

NAMES = (
    *NEEDED,
    *(
        f"{kind}.{body}.{matter}"
        for kind in ("quorum", "barred")
        for body in Body
        for matter in (*VOTED, *OTHER_MATTERS)
    ),
    *(f"deadline.{kind}" for kind in Deadline),
    "deadline.reminder_days",
    "benefits.reminder_days",
    "remedies",
)
"""Every name that `SHAPES` knows."""

T = TypeVar("T")


def shape_of(name: str) -> TypeAdapter[object] | None:
    """The shape that a name's value must have; None when no rule knows the name."""
    return next((shape for known, shape in SHAPES.items() if re.fullmatch(known, name)), None)


def shaped(use: ParameterUse, shape: type[T]) -> T:
    """The value as its shape; loading has proven that it fits."""
    return TypeAdapter(shape).validate_python(use.value, strict=False)
