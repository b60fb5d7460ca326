"""The share ledger 股权台账: postings between accounts, what burdens a holding, and dividends.

A posting moves units of one class from one account to another, so that whatever is booked the sum
over all accounts stays the plan's total. Accounts are `plan`, `collective`, `reserve`,
`cancelled`, and `<case number>/<member serial>` for a person.
"""

from datetime import date
from enum import StrEnum

from sqlmodel import Field, SQLModel

PLAN = "plan"
COLLECTIVE = "collective"
RESERVE = "reserve"
"""The accounts that are nobody's: what the plan issues, the collective's own, kept for disputes."""


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
        }[self]


class Posting(SQLModel):
    """Units of one class moved from one account to another. Key: `serial`.

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
    share_class: str = Field(max_length=40)
    units: int = Field(gt=0)
    source: str = Field(max_length=80)
    target: str = Field(max_length=80)
    day: date
    paper: str = Field(default="", max_length=200)

    @property
    def key(self) -> str:
        """The row's key in its chain."""
        return self.serial


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
        covers_dividends: whether dividends are held back as well.
        holder: pledgee, or the court or authority; order: contract or order number.
        since, until: its term; ended_on: the day it was released.
    """

    serial: str
    kind: EncumbranceKind
    member: str
    share_class: str = Field(max_length=40)
    units: int = Field(gt=0)
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


class DividendRun(SQLModel):
    """One distribution of the collective's income. Key: `serial`; a row of the programme.

    `net_income - loss_cover - reserve_fund = distributable = paid + held + residue`, all in 分.

    Attributes:
        serial: `D01`.
        per_unit: 0.0001 元 for each unit, rounded down; units: units that take part.
        held: kept in payable for frozen, disputed or unclaimed holdings.
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

    @property
    def key(self) -> str:
        """The row's key in its programme."""
        return self.serial


class Dividend(SQLModel):
    """What one person receives of one run. Key: `run/member`.

    Attributes:
        amount: 分; held: 分 of it kept in payable, with the reason.
    """

    run: str
    member: str
    units: int = Field(ge=0)
    amount: int = Field(ge=0)
    held: int = Field(ge=0)
    reason: str = Field(default="", max_length=200)

    @property
    def key(self) -> str:
        """The row's key in its case."""
        return f"{self.run}/{self.member}"
