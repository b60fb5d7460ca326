"""What a step requires, judged: the one list that serves both explaining and doing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from typing_extensions import override

from conversion.errors import StepRefused


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """One thing a step requires, and whether it is there.

    Attributes:
        rule: id, e.g. `four_eyes`; title: in Chinese; clause: what it rests on.
        found: what is there now; remedy: what would satisfy it.
        earliest: from which day it can be satisfied, when that is a matter of time.
        who: who can do it, when that is a matter of persons.
    """

    rule: str
    title: str
    clause: str
    satisfied: bool
    found: str
    remedy: str = ""
    earliest: date | None = None
    who: str = ""

    @override
    def __str__(self) -> str:
        """One line for a person: what is required, what is there, what to do."""
        if self.satisfied:
            return f"已满足 {self.title}：{self.found}"
        earliest = f"，最早 {self.earliest:%Y-%m-%d}" if self.earliest else ""
        return f"未满足 {self.title}（{self.clause}）：{self.found}；{self.remedy}{earliest}"


class RequirementsUnmet(StepRefused):
    """A step refused, with every requirement that was not met."""

    def __init__(self, asked: str, requirements: Iterable[Requirement]) -> None:
        self.requirements = tuple(requirements)
        self.unmet = tuple(r for r in self.requirements if not r.satisfied)
        found = "；".join(f"{r.title}——{r.found}" for r in self.unmet)
        remedy = "；".join(dict.fromkeys(r.remedy for r in self.unmet if r.remedy))
        super().__init__(asked, found, remedy or "核对后重试")
