"""Proposals 变动申请: the forms by which shares are to move, and the legs that each comes to.

Every form names people by member serial and other households by household number; `legs` turns it
into postings between accounts, which is all that the rule and the books ever see.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated, TypeAlias

from pydantic import Field

from conversion.domain.ledger import CANCELLED, COLLECTIVE, RESERVE, Leg, account_of
from conversion.workflows.step import Form

Units: TypeAlias = Annotated[dict[str, Annotated[int, Field(gt=0)]], Field(min_length=1)]
Serial: TypeAlias = Annotated[str, Field(pattern=r"^\d{2,3}$")]
Household: TypeAlias = Annotated[str, Field(max_length=20)]

_UNITS = "股数（股种=股数）"
_RESERVED = "reserve"


class Basis(StrEnum):
    """What a division among several people rests on."""

    AGREEMENT = "agreement"
    NOTARIAL = "notarial"
    JUDGMENT = "judgment"

    @property
    def label(self) -> str:
        """The basis's Chinese name."""
        return {"agreement": "协议", "notarial": "公证书", "judgment": "生效裁判文书"}[self]


class CancellationGround(StrEnum):
    """Why shares cease to be."""

    HEIRLESS = "heirless"
    EXIT = "exit"
    ERROR = "error"

    @property
    def label(self) -> str:
        """The ground's Chinese name."""
        return {"heirless": "无人继承", "exit": "无偿退出", "error": "登记有误"}[self]


class Portion(Form):
    """What one person receives."""

    household: Household = Field(default="", title="户号（本户不填）")
    member: Serial = Field(title="成员序号")
    units: Units = Field(title=_UNITS)


class Proposal(Form):
    """A change of holdings as it is applied for."""

    paper: str = Field(title="依据文书及编号", min_length=2, max_length=200)


class FromOne(Proposal):
    """A proposal by which one person of the household gives."""

    giver: Serial = Field(title="出让人（成员序号）")


class Gift(FromOne):
    """Shares given to another member 赠与."""

    to_household: Household = Field(default="", title="受让人户号（本户不填）")
    receiver: Serial = Field(title="受让人（成员序号）")
    units: Units = Field(title=_UNITS)
    minor_benefit: str = Field(default="", title="未成年人股份变动对其有何利益", max_length=500)


class Transfer(Gift):
    """Shares sold to another member 内部转让; the price in 分."""

    price: int = Field(title="价款（分）", ge=0)


class Redemption(FromOne):
    """Shares bought back by the collective 有偿退出; land rights stay as they are."""

    units: Units = Field(title=_UNITS)
    price: int = Field(title="补偿款（分）", gt=0)
    land_kept: bool = Field(title="土地权利不受影响（已向本人说明）")
    minor_benefit: str = Field(default="", title="未成年人股份变动对其有何利益", max_length=500)


class Split(FromOne):
    """One person's shares divided by divorce or by the division of a household 户内分割."""

    basis: Basis = Field(title="依据")
    portions: tuple[Portion, ...] = Field(title="各人所得", min_length=1)


class Inheritance(Proposal):
    """A dead member's shares divided among the heirs 继承.

    Attributes:
        signed: heirs that signed, as `serial` or `household/serial`; renounced: names of those who
            gave up their part in writing (继承法 25; 民法典 1124).
    """

    deceased: Serial = Field(title="被继承人（成员序号）")
    basis: Basis = Field(title="依据")
    portions: tuple[Portion, ...] = Field(title="各继承人所得", min_length=1)
    signed: tuple[str, ...] = Field(default=(), title="签字的继承人（序号，或者户号/序号）")
    renounced: tuple[str, ...] = Field(
        default=(), title="书面声明不继承的人", json_schema_extra={"personal": True}
    )


class Cancellation(Proposal):
    """Shares that cease to be 注销; what nobody inherits becomes the collective's."""

    holder: Serial = Field(title="持股人（成员序号）")
    units: Units = Field(title=_UNITS)
    ground: CancellationGround = Field(title="注销事由")


class Correction(Proposal):
    """A wrong holding put right 更正: between two people, or with the reserved shares."""

    giver: Annotated[str, Field(pattern=r"^(?:\d{2,3}|reserve)$")] = Field(
        title="多记的人（成员序号，或者 reserve 预留股）"
    )
    to_household: Household = Field(default="", title="少记的人户号（本户不填）")
    receiver: Annotated[str, Field(pattern=r"^(?:\d{2,3}|reserve)$")] = Field(
        title="少记的人（成员序号，或者 reserve 预留股）"
    )
    units: Units = Field(title=_UNITS)
    reason: str = Field(title="错在哪里", min_length=4, max_length=500)


class Release(Proposal):
    """Reserved shares given to a member confirmed late 预留股兑现."""

    receiver: Serial = Field(title="补确认的成员（成员序号）")
    units: Units = Field(title=_UNITS)


def others_named(form: Proposal) -> tuple[str, ...]:
    """Numbers of the other households that a proposal touches."""
    match form:
        case Gift(to_household=number) | Correction(to_household=number):
            named = [number]
        case Split(portions=portions) | Inheritance(portions=portions):
            named = [portion.household for portion in portions]
        case _:
            named = []
    return tuple(dict.fromkeys(number for number in named if number))


def legs(form: Proposal, case: str) -> tuple[Leg, ...]:
    """What a proposal comes to, in the books.

    Args:
        form: as filled in.
        case: number of the case in which it is proposed; the other households are of its village.
    """
    return tuple(
        Leg(share_class=share_class, units=n, source=source, target=target)
        for source, target, units in _moved(form, case)
        for share_class, n in units.items()
    )


def _moved(form: Proposal, case: str) -> Iterator[tuple[str, str, Mapping[str, int]]]:
    """Who gives, who receives, and how many units of each class."""
    match form:
        case Gift() | Correction():
            giver = account_in(case, "", form.giver)
            yield giver, account_in(case, form.to_household, form.receiver), form.units
        case Split(giver=giver, portions=portions) | Inheritance(deceased=giver, portions=portions):
            for p in portions:
                yield account_in(case, "", giver), account_in(case, p.household, p.member), p.units
        case Redemption():
            yield account_in(case, "", form.giver), COLLECTIVE, form.units
        case Cancellation():
            heirless = form.ground is CancellationGround.HEIRLESS
            target = COLLECTIVE if heirless else CANCELLED
            yield account_in(case, "", form.holder), target, form.units
        case Release():
            yield RESERVE, account_in(case, "", form.receiver), form.units
        case _:
            raise TypeError(type(form).__name__)


def account_in(case: str, household: str, member: str) -> str:
    """The account of a member of a case, of another household of its village, or the reserve."""
    if member == _RESERVED:
        return RESERVE
    village = case.rpartition("-")[0]
    return account_of(f"{village}-{household}" if household else case, member)
