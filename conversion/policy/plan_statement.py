"""What a share plan must say of cases that every village meets: born later, unborn, dead, late."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from conversion.policy.pack_part import PackPart, Sourced, Text


class Situation(StrEnum):
    """What a plan must speak of."""

    NEWBORN = "newborn"
    UNBORN = "unborn"
    DEAD_BEFORE = "dead_before"
    DEAD_AFTER = "dead_after"
    LATE_JOINER = "late_joiner"
    DISPUTED = "disputed"
    HEIRLESS = "heirless"

    @property
    def label(self) -> str:
        """The situation's Chinese name."""
        return {
            "newborn": "基准日以后出生的",
            "unborn": "基准日已经怀孕、尚未出生的",
            "dead_before": "基准日以前死亡的",
            "dead_after": "基准日以后、发证以前死亡的",
            "late_joiner": "基准日以后加入的",
            "disputed": "身份有争议的",
            "heirless": "死亡后无人继承的",
        }[self]


class Statement(Sourced):
    """What the plan says of one situation."""

    text: Text


class UnbornStatement(Statement):
    """Of a child conceived by the base date and born after it.

    Attributes:
        counts: whether the child weighs like one born in time, once it is a member.
        within_days: after the base date within which a birth counts as such.
    """

    counts: bool
    within_days: Annotated[int, Field(ge=1, le=300)]


class DeadAfterStatement(Statement):
    """Of a member who died after the base date.

    Attributes:
        counts: whether the member weighs all the same; what falls to the dead is the estate's.
    """

    counts: bool


class HeirlessStatement(Statement):
    """Of what nobody inherits.

    Attributes:
        goes_to: the collective's share 集体股, or the welfare fund 公益金.
    """

    goes_to: Literal["collective", "welfare_fund"]


class PlanStatements(PackPart):
    """All that a plan says of them, one for each `Situation`."""

    newborn: Statement
    unborn: UnbornStatement
    dead_before: Statement
    dead_after: DeadAfterStatement
    late_joiner: Statement
    disputed: Statement
    heirless: HeirlessStatement

    def of(self, situation: Situation) -> Statement:
        """What the plan says of one situation."""
        found: Statement = getattr(self, situation)
        return found

    @property
    def every(self) -> Iterator[Statement]:
        """Every statement, in the order of the situations."""
        return map(self.of, Situation)
