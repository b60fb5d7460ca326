"""Proving the share ledger: derived lots, both sides of every posting, and the plan's total.

A lot that is not what the postings leave, a posting that stands in one of two chains only, and a
unit that came from nowhere are each found and named with the case.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from pydantic import ValidationError

from conversion.domain.balance import Balances, added, balances
from conversion.domain.collections import rows_of
from conversion.domain.ledger import (
    CANCELLED,
    COLLECTIVE,
    COMMUNAL,
    PLAN,
    RESERVE,
    Dividend,
    DividendRun,
    Posting,
    PostingKind,
)
from conversion.domain.programme import ShareClass
from conversion.domain.right import ReservedLot, ShareLot
from conversion.domain.standing import Standing
from conversion.services.stored_chains import Stored

Fault: TypeAlias = tuple[str, str]
"""Chain, and what is wrong there."""

Place: TypeAlias = tuple[str, str]
"""Member's serial, and share class."""


class Side(NamedTuple):
    """A posting as one of its chains has it, without the serial it bears there."""

    transaction: str
    kind: PostingKind
    share_class: str
    units: int
    source: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassTotal:
    """Where all units of one class are.

    Attributes:
        units: the class's total by the plan; persons, unallotted, reserve, collective, cancelled:
            its parts; set_aside: what of the reserve is kept for people in dispute.
    """

    share_class: str
    title: str
    units: int
    persons: int
    unallotted: int
    reserve: int
    collective: int
    cancelled: int
    set_aside: int = 0

    @property
    def is_conserved(self) -> bool:
        """Whether the parts are the whole, and none of them is less than nothing."""
        parts = (self.persons, self.unallotted, self.reserve, self.collective, self.cancelled)
        return sum(parts) == self.units and min(parts) >= 0

    @property
    def is_covered(self) -> bool:
        """Whether the reserve has all that is kept for somebody."""
        return self.set_aside <= self.reserve


@dataclass(slots=True)
class Books:
    """The ledger of a whole village, gathered chain by chain.

    Attributes:
        lots: class → units of all lots as the tables hold them.
        communal: balances of the accounts that are nobody's.
        set_aside: class → units kept in the reserve for people in dispute.
        allocated: chain → person and class → units that came by the plan's allocation.
        dividends: of all runs.
        is_whole: whether every chain could be read and agrees with itself and the others, so that
            a wrong total has a cause of its own.
        sides: posting → the chains in which it stands, each as often as it stands there.
    """

    lots: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    communal: dict[str, dict[str, int]] = field(default_factory=dict)
    set_aside: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    allocated: dict[str, dict[Place, int]] = field(default_factory=dict)
    sides: defaultdict[Side, list[str]] = field(default_factory=lambda: defaultdict(list))
    dividends: list[Dividend] = field(default_factory=list)
    chains: int = 0
    postings: int = 0
    is_whole: bool = True

    def take(self, chain: str, standing: Standing) -> Iterator[str]:
        """One case's postings and lots; what is wrong between them."""
        postings = tuple(rows_of(standing, "postings", Posting).values())
        lots = rows_of(standing, "shares", ShareLot)
        self.dividends += rows_of(standing, "dividends", Dividend).values()
        self.chains += bool(lots or postings)
        self.postings += len(postings)
        for lot in lots.values():
            self.lots[lot.share_class] += lot.units
        for lot in rows_of(standing, "reserved", ReservedLot).values():
            self.set_aside[lot.share_class] += lot.units
        for posting in postings:
            self.sides[_side(posting)].append(chain)
        left = balances(postings)
        communal = {account: left[account] for account in COMMUNAL if account in left}
        self.communal = added(self.communal, communal)
        if postings:
            self.allocated[chain] = _allocated(postings)
            yield from _misderived(chain, lots.values(), left)
        elif lots:
            self._take_allotted_before(chain, lots.values())

    def _take_allotted_before(self, chain: str, lots: Iterable[ShareLot]) -> None:
        """Lots of a case that was allotted before there was a ledger: they came from the plan."""
        self.allocated[chain] = {(t.member, t.share_class): t.units for t in lots if t.units}
        for (_, share_class), units in self.allocated[chain].items():
            self.communal = added(self.communal, {PLAN: {share_class: -units}})

    def one_sided(self) -> Iterator[Fault]:
        """Postings between two households that do not stand once in each chain."""
        for side, chains in self.sides.items():
            due = {_case_of(side.source), _case_of(side.target)} - {""}
            if sorted(chains) != sorted(due):
                missing = "、".join(sorted(due - set(chains))) or "对方户"
                found = f"交易 {side.transaction} 的分录在 {missing} 没有相同的一笔，或者重复记载"
                yield chains[0], found

    def misallotted(self, table: Mapping[str, Sequence[ShareLot]]) -> Iterator[Fault]:
        """Cases whose allocation is not what the plan allots to them."""
        for chain, came in self.allocated.items():
            due = {(lot.member, lot.share_class): lot.units for lot in table.get(chain, ())}
            if came != {place: units for place, units in due.items() if units}:
                yield chain, "配股表与本案已登记的初始配股不符"

    def totals(self, classes: Mapping[str, ShareClass]) -> list[ClassTotal]:
        """Where the units of each class are, the plan's opening balances included."""
        return [self._total(c) for c in sorted(classes.values(), key=lambda c: c.place)]

    def _total(self, of: ShareClass) -> ClassTotal:
        def moved(account: str) -> int:
            return self.communal.get(account, {}).get(of.share_class, 0)

        return ClassTotal(
            share_class=of.share_class,
            title=of.title,
            units=of.units,
            persons=self.lots[of.share_class],
            unallotted=of.units - of.reserved + moved(PLAN),
            reserve=of.reserved + moved(RESERVE),
            collective=moved(COLLECTIVE),
            cancelled=moved(CANCELLED),
            set_aside=self.set_aside[of.share_class],
        )


def gather(stored: Iterable[tuple[str, Stored | None]]) -> tuple[Books, list[Fault]]:
    """The books of these chains, and every fault between postings and lots."""
    books, faults = Books(), list[Fault]()
    unread = 0
    for chain, found in stored:
        if found is None:
            unread += 1  # rows past reading are a finding of the history itself
            continue
        try:
            faults += ((chain, sentence) for sentence in books.take(chain, found[1]))
        except ValidationError:
            faults.append((chain, "股权台账有一行已不成形"))
    faults += books.one_sided()
    books.is_whole = not faults and not unread
    return books, faults


def unconserved(totals: Sequence[ClassTotal]) -> Iterator[str]:
    """The classes whose units are not the plan's, or not there for whom they are kept."""
    for t in totals:
        if not t.is_conserved:
            parts = f"个人 {t.persons}、待配 {t.unallotted}、预留 {t.reserve}"
            others = f"集体 {t.collective}、注销 {t.cancelled}"
            yield f"{t.title}应为 {t.units}，实为{parts}、{others}"
        if not t.is_covered:
            yield f"{t.title}预留 {t.reserve}，少于为有争议的成员留出的 {t.set_aside}"


def undistributed(runs: Mapping[str, DividendRun], books: Books) -> Iterator[str]:
    """Runs whose income is not what was paid, held and left over, to the last 分."""
    for run in runs.values():
        of_run = [row for row in books.dividends if row.run == run.serial]
        paid = sum(row.amount - row.held for row in of_run)
        held = sum(row.held for row in of_run) + run.reserved
        income = run.net_income - run.loss_cover - run.reserve_fund
        if (paid, held) != (run.paid, run.held) or paid + held + run.residue != income:
            told = f"发放 {paid}、暂留 {held}、余数 {run.residue}"
            noted = f"登记为发放 {run.paid}、暂留 {run.held}"
            yield f"{run.serial} 可分配 {income} 分，各户{told}，{noted}"


def _misderived(chain: str, lots: Iterable[ShareLot], left: Balances) -> Iterator[str]:
    """Lots that are not what the postings leave."""
    held = {(lot.member, lot.share_class): lot.units for lot in lots}
    due = {
        (account.rpartition("/")[2], share_class): units
        for account, by_class in left.items()
        if _case_of(account) == chain
        for share_class, units in by_class.items()
    }
    for place in sorted(held.keys() | due.keys()):
        if held.get(place, 0) != due.get(place, 0):
            name = "/".join(place)
            yield f"{name} 的份额为 {held.get(place, 0)}，按分录应为 {due.get(place, 0)}"


def _allocated(postings: Iterable[Posting]) -> dict[Place, int]:
    came = (p for p in postings if p.kind is PostingKind.ALLOCATION)
    return {(p.target.rpartition("/")[2], p.share_class): p.units for p in came}


def _side(posting: Posting) -> Side:
    return Side(
        transaction=posting.transaction,
        kind=posting.kind,
        share_class=posting.share_class,
        units=posting.units,
        source=posting.source,
        target=posting.target,
    )


def _case_of(account: str) -> str:
    return account.rpartition("/")[0]
