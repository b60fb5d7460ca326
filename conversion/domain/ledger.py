"""The share ledger 股权台账: postings between accounts, what burdens a holding, and dividends.

A posting moves units of one class from one account to another, so that whatever is booked the sum
over all accounts stays the plan's total. Accounts are `plan`, `collective`, `reserve`,
`cancelled`, and `<case number>/<member serial>` for a person; the account of a person who died is
the estate until it is inherited.
"""

import json
from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from sqlmodel import Field, SQLModel

PLAN = "plan"
COLLECTIVE = "collective"
RESERVE = "reserve"
CANCELLED = "cancelled"
SET_ASIDE = "set_aside"
"""What of the reserve is kept for people in dispute: no account, but not free for anybody else."""
COMMUNAL = {PLAN: "方案待配", COLLECTIVE: "集体股", RESERVE: "预留股", CANCELLED: "已注销"}
"""The accounts that are nobody's, with their Chinese titles."""


def account_of(case: str, member: str) -> str:
    """A person's account.

    >>> account_of("520303105202-0012", "01")
    '520303105202-0012/01'
    """
    return f"{case}/{member}"


class PostingKind(StrEnum):
    """Why units move."""

    ALLOCATION = "allocation"
    INHERITANCE = "inheritance"
    TRANSFER = "transfer"
    GIFT = "gift"
    REDEMPTION = "redemption"
    SPLIT = "split"
    CANCELLATION = "cancellation"
    CORRECTION = "correction"
    RELEASE = "release"

    @property
    def label(self) -> str:
        """The kind's Chinese name."""
        return {
            "allocation": "初始配股",
            "inheritance": "继承",
            "transfer": "内部转让",
            "gift": "赠与",
            "redemption": "有偿退出",
            "split": "户内分割",
            "cancellation": "注销",
            "correction": "更正",
            "release": "预留股兑现",
        }[self]


class Leg(SQLModel):
    """Units of one class that leave one account for another: one line of a transaction."""

    share_class: str = Field(max_length=40)
    units: int = Field(gt=0)
    source: str = Field(max_length=80)
    target: str = Field(max_length=80)


class Posting(Leg):
    """A leg as booked. Key: `serial`.

    A posting between two households stands in both chains, under the same transaction.

    Attributes:
        serial: `L001`, order within the chain.
        transaction: what belongs together, e.g. `520303105202-0012/T01`.
        source: account that gives; target: account that receives.
        paper: agreement, judgment or plan that it rests on.
    """

    serial: str
    transaction: str = Field(max_length=80)
    kind: PostingKind
    day: date
    paper: str = Field(default="", max_length=200)

    @property
    def key(self) -> str:
        """The row's key in its chain."""
        return self.serial

    def effect_on(self, case: str) -> int:
        """What it adds to a case's units, negative when they leave it."""
        came, went = (side.startswith(f"{case}/") for side in (self.target, self.source))
        return self.units * (came - went)


class TransactionState(StrEnum):
    """Where a transaction on shares stands."""

    PENDING = "pending"
    POSTED = "posted"
    DROPPED = "dropped"

    @property
    def label(self) -> str:
        """The state's Chinese name."""
        return {"pending": "待登记", "posted": "已登记", "dropped": "已撤销"}[self]


class Transaction(SQLModel):
    """A change of holdings from its proposal to its posting. Key: `serial`.

    Attributes:
        serial: `T01`, order within the case that proposed it.
        legs: what is to be booked, as canonical JSON; see `lines`.
        paper: agreement, judgment or resolution that it rests on.
        form: what was filled in, as canonical JSON.
    """

    serial: str
    kind: PostingKind
    state: TransactionState = TransactionState.PENDING
    proposed_on: date
    settled_on: date | None = None
    paper: str = Field(max_length=200)
    legs: str
    form: str

    @property
    def key(self) -> str:
        """The row's key in its case."""
        return self.serial

    @property
    def lines(self) -> tuple[Leg, ...]:
        """The legs, read back."""
        return tuple(Leg.model_validate(leg) for leg in json.loads(self.legs))


def legs_json(legs: Iterable[Leg]) -> str:
    """Legs as a transaction keeps them."""
    rows = [leg.model_dump() for leg in legs]
    return json.dumps(rows, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class EncumbranceKind(StrEnum):
    """What burdens a holding."""

    PLEDGE = "pledge"
    FREEZE = "freeze"

    @property
    def label(self) -> str:
        """The kind's Chinese name."""
        return {"pledge": "质押", "freeze": "冻结"}[self]


class Encumbrance(SQLModel):
    """A pledge 质押 or freeze 冻结 on a person's shares. Key: `serial`.

    Attributes:
        serial: `B01`, order within the case.
        member: whose shares; units: how many of the class are held fast.
        covers_shares: whether the units may not move; covers_dividends: whether dividends wait.
        holder: pledgee, or the court or authority; order: contract or order number.
        since, until: its term; ended_on: the day it was released.
    """

    serial: str
    kind: EncumbranceKind
    member: str
    share_class: str = Field(max_length=40)
    units: int = Field(gt=0)
    covers_shares: bool = True
    covers_dividends: bool = False
    holder: str = Field(max_length=100)
    order: str = Field(max_length=100)
    since: date
    until: date | None = None
    ended_on: date | None = None
    ending: str = Field(default="", max_length=100)

    @property
    def key(self) -> str:
        """The row's key in its case."""
        return self.serial

    def is_in_force(self, day: date) -> bool:
        """Whether it burdens the units on a day.

        A freeze that is not renewed lapses with its term; a pledge lasts as long as the debt it
        secures and ends only with its discharge (物权法 177).
        """
        lapses = self.kind is EncumbranceKind.FREEZE and self.until is not None
        return self.ended_on is None and not (lapses and self.until and day > self.until)


class DividendRun(SQLModel):
    """One distribution of the collective's income. Key: `serial`; a row of the programme.

    `net_income - loss_cover - reserve_fund = distributable = paid + held + residue`, all in 分.

    Attributes:
        serial: `D01`.
        per_unit: 0.0001 元 for each unit, rounded down; units: units that take part.
        held: kept in payable for frozen, disputed or unclaimed holdings; reserved: what of it falls
            to units that are nobody's yet (reserve, plan).
        residue: what rounding left, carried to the reserve fund and shown.
    """

    serial: str
    year: int = Field(ge=1)
    day: date
    net_income: int = Field(ge=0)
    loss_cover: int = Field(ge=0)
    reserve_fund: int = Field(ge=0)
    distributable: int = Field(ge=0)
    units: int = Field(ge=0)
    per_unit: int = Field(ge=0)
    paid: int = Field(ge=0)
    held: int = Field(ge=0)
    residue: int = Field(ge=0)
    reserved: int = Field(default=0, ge=0)

    @property
    def key(self) -> str:
        """The row's key in its programme."""
        return self.serial


class Dividend(SQLModel):
    """What one person receives of one run. Key: `run/member`.

    Attributes:
        amount: 分; held: 分 of it kept in payable, with the reason.
        released_on: the day on which what was held was paid out after all.
    """

    run: str
    member: str
    units: int = Field(ge=0)
    amount: int = Field(ge=0)
    held: int = Field(ge=0)
    reason: str = Field(default="", max_length=200)
    released_on: date | None = None

    @property
    def key(self) -> str:
        """The row's key in its case."""
        return f"{self.run}/{self.member}"
