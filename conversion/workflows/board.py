"""The notice board 公示栏 of a village on a day: the lists that hang, and those that can be hung.

A list is drawn from the cases, line by line as it is hashed, so that what is drafted, what hangs
and what the history has sealed can be held against each other.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from conversion.domain.case import Case
from conversion.domain.notice import Notice, newest
from conversion.domain.programme import Programme
from conversion.domain.role import SYSTEM
from conversion.errors import WrongUse
from conversion.policy.pack import PackOnDay
from conversion.policy.rules.notice_window import notice_window
from conversion.workflows.lists import CASE_LISTS
from conversion.workflows.posted_list import Line, PostedList, code_of
from conversion.workflows.publicity import round_due, rounds_of
from conversion.workflows.step import CaseCircumstances

CaseList = PostedList[CaseCircumstances]
_Hanging = tuple[CaseList, Notice, Case]

_ALTERED = "张贴后有更正，以重新公示的为准"
"""What the public board says of a household instead of what never hung."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What a list says of one household.

    Attributes:
        content_sha256: of its part as its rows are now.
        notice: as it was posted, None while it is only drafted.
    """

    case: str
    household: str
    group: str
    lines: tuple[Line, ...]
    content_sha256: str
    notice: Notice | None = None

    @property
    def code(self) -> str:
        """The code 校验码 that stands beside the household on the board."""
        return code_of(self.posted_sha256)

    @property
    def posted_sha256(self) -> str:
        """The digest of what hangs or is to hang."""
        return self.notice.content_sha256 if self.notice else self.content_sha256

    @property
    def is_as_posted(self) -> bool:
        """Whether the household's rows still say what was posted."""
        return self.posted_sha256 == self.content_sha256


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One list 榜 with every household on it.

    Attributes:
        round: which list of its kind, from 1; rounds: how many there are.
        posted_on, last_day: its window, None while it is only drafted.
    """

    posted: CaseList
    title: str
    round: int
    rounds: int
    days: int
    working_days: bool
    parts: tuple[Part, ...]
    posted_on: date | None = None
    last_day: date | None = None

    @property
    def sha256(self) -> str:
        """SHA-256 over a line `户号 digest` for each part, in order."""
        lines = (f"{part.household} {part.posted_sha256}\n" for part in self.parts)
        return hashlib.sha256("".join(lines).encode()).hexdigest()

    @property
    def code(self) -> str:
        """The whole list's code."""
        return code_of(self.sha256)

    @property
    def columns(self) -> Line:
        """Headings of the lines."""
        return (*self.posted.columns, "校验码")

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines, each with its household's code behind it.

        Of a household whose rows say something else by now, nothing that never hung is shown.
        """
        return tuple((*line, part.code) for part in self.parts for line in self._shown(part))

    def _shown(self, part: Part) -> tuple[Line, ...]:
        blank = ("",) * (len(self.posted.columns) - 2)
        return part.lines if part.is_as_posted else ((part.household, _ALTERED, *blank),)


@dataclass(frozen=True, slots=True)
class Board:
    """The board of a village on the day of its pack."""

    programme: Programme
    pack: PackOnDay

    def drafts(self, posted: CaseList, cases: Iterable[Case]) -> tuple[Sheet, ...]:
        """The lists of a kind that can be hung next, one for each round that is due."""
        due = [(self._next_round(posted, case), case) for case in cases]
        listed = sorted(((n, c) for n, c in due if n), key=lambda told: (told[0], told[1].number))
        return tuple(
            self._draft(posted, number, [case for _, case in of_round])
            for number, of_round in groupby(listed, key=lambda told: told[0])
        )

    def hanging(self, cases: Iterable[Case], *, kind: str = "") -> tuple[Sheet, ...]:
        """The lists that hang, those hung together as one; only of a kind where one is named."""

        def together(found: _Hanging) -> tuple[int, int, date, date, str]:
            posted, notice, _ = found
            place = CASE_LISTS.index(posted)
            return place, notice.round, notice.posted_on, notice.last_day, notice.title

        found = [
            (posted, notice, case)
            for case in cases
            for posted in CASE_LISTS
            for notice in hanging_of(case, posted)
            if kind in {"", posted.kind}
        ]
        groups = groupby(sorted(found, key=together), key=together)
        return tuple(self._hung([*same]) for _, same in groups)

    def part(self, posted: CaseList, case: Case, notice: Notice | None = None) -> Part:
        """What a list says of one household, as its rows are now."""
        c = self._circumstances(case)
        return Part(
            case=case.number,
            household=case.household.number,
            group=case.household.group,
            lines=posted.lines(c),
            content_sha256=posted.digest(c),
            notice=notice,
        )

    def _next_round(self, posted: CaseList, case: Case) -> int:
        """Which list a household comes on next; 0 when there is none."""
        if case.positions[posted.level] in posted.before:
            return round_due(self._circumstances(case), posted)
        rounds = rounds_of(self._circumstances(case), posted)
        return next((n.round + 1 for n in hanging_of(case, posted) if n.round < rounds), 0)

    def _draft(self, posted: CaseList, number: int, cases: Sequence[Case]) -> Sheet:
        window = notice_window(posted.kind, self.pack.day, self.pack)
        return Sheet(
            posted=posted,
            title=posted.title_of(number, window.rounds),
            round=number,
            rounds=window.rounds,
            days=window.days,
            working_days=window.working_days,
            parts=tuple(self.part(posted, case) for case in cases),
        )

    def _hung(self, same: Sequence[_Hanging]) -> Sheet:
        posted, notice, case = same[0]
        return Sheet(
            posted=posted,
            title=notice.title,
            round=notice.round,
            rounds=rounds_of(self._circumstances(case), posted),
            days=notice.days,
            working_days=notice.working_days,
            parts=tuple(self.part(posted, case, own) for _, own, case in same),
            posted_on=notice.posted_on,
            last_day=notice.last_day,
        )

    def _circumstances(self, case: Case) -> CaseCircumstances:
        """A case as lists look at it: nobody acts."""
        return CaseCircumstances(
            programme=self.programme, pack=self.pack, actor=SYSTEM, day=self.pack.day, case=case
        )


def list_of(kind: str) -> CaseList:
    """The list about households of a kind.

    Raises:
        WrongUse: there is none.
    """
    for posted in CASE_LISTS:
        if posted.kind == kind:
            return posted
    kinds = "、".join(f"{posted.kind}（{posted.title}）" for posted in CASE_LISTS)
    raise WrongUse(f"查找“{kind}”公示榜", "没有这种公示榜", f"使用 {kinds} 之一")


def hanging_of(case: Case, posted: CaseList) -> list[Notice]:
    """The notice of a list that hangs for a case; one that its level has left no longer counts."""
    running = newest(n for n in case.notices.values() if n.kind == posted.kind and n.is_running)
    hangs = posted.hangs_at(case.positions[posted.level])
    return [running] if running and hangs else []


def altered(sheets: Iterable[Sheet]) -> Iterator[tuple[Sheet, Part]]:
    """What hangs and is no longer what the household's rows say."""
    return ((sheet, part) for sheet in sheets for part in sheet.parts if not part.is_as_posted)
