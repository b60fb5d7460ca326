"""What the tracks establish: membership, registration, shares, land rights, benefits, entitlements.

Each class is one row of a case; its key is given by `key`. All are plain validated models; the
tables in `store` inherit from them.
"""

from datetime import date
from enum import StrEnum

from sqlmodel import Field, SQLModel


class MembershipStanding(StrEnum):
    """Where the confirmation of a person's membership stands."""

    PROPOSED = "proposed"
    NOT_PROPOSED = "not_proposed"
    UNSETTLED = "unsettled"
    CONFIRMED = "confirmed"
    NOT_CONFIRMED = "not_confirmed"
    DISPUTED = "disputed"
    ENDED = "ended"

    @property
    def label(self) -> str:
        """The standing's Chinese name."""
        return {
            "proposed": "拟确认",
            "not_proposed": "拟不确认",
            "unsettled": "暂未确定",
            "confirmed": "已确认",
            "not_confirmed": "不予确认",
            "disputed": "有争议",
            "ended": "已终止",
        }[self]


class Membership(SQLModel):
    """成员身份 of one person, with its grounds (农村集体经济组织法 11-18). Key: `member`.

    Attributes:
        member: serial.
        grounds: codes of the pack's grounds, never marriage, study, service or prison alone.
        reason: one Chinese sentence.
        ended_on: the day it ended (农村集体经济组织法 17); end_ground: code of the pack's ground.
    """

    member: str
    standing: MembershipStanding
    grounds: tuple[str, ...] = ()
    reason: str = Field(default="", max_length=1000)
    ended_on: date | None = None
    end_ground: str = Field(default="", max_length=60)

    @property
    def key(self) -> str:
        """The row's key in its case."""
        return self.member


class RegistrationResult(StrEnum):
    """What the police register did for one person."""

    REGISTERED = "registered"
    REFUSED = "refused"
    NOT_REQUIRED = "not_required"
    EXCEPTED = "excepted"

    @property
    def label(self) -> str:
        """The result's Chinese name."""
        return {
            "registered": "已登记",
            "refused": "不予登记",
            "not_required": "无需转换",
            "excepted": "暂不转换",
        }[self]


class Registration(SQLModel):
    """户口登记结果 of one person. Key: `member`.

    Attributes:
        receipt: the police receipt's number.
        before: registration wording before, e.g. `农业户口`.
        after: registration wording after, e.g. `居民户口`.
        reason: required unless registered.
    """

    member: str
    result: RegistrationResult
    day: date | None = None
    receipt: str = Field(default="", max_length=60)
    before: str = Field(default="", max_length=60)
    after: str = Field(default="", max_length=60)
    reason: str = Field(default="", max_length=1000)

    @property
    def key(self) -> str:
        """The row's key in its case."""
        return self.member


class ShareLot(SQLModel):
    """份额 of one class held by one person. Key: `member/share_class`.

    Attributes:
        share_class: class id of the plan, e.g. `population` 人口股, `farming` 农龄股.
        units: integer of the plan's smallest unit.
    """

    member: str
    share_class: str = Field(max_length=40)
    units: int = Field(ge=0)

    @property
    def key(self) -> str:
        """The row's key in its case."""
        return f"{self.member}/{self.share_class}"


class ReservedLot(ShareLot):
    """份额 that the plan keeps back for a member in dispute. Key: `member/share_class`.

    The units lie in the village's reserve; the row says for whom, until the dispute is over.
    """


class LandRight(SQLModel):
    """A right confirmed on one parcel. Key: `parcel`.

    Attributes:
        parcel: the parcel's serial.
        right: e.g. 土地承包经营权.
        area: confirmed area, 0.0001 亩 for farmland, 0.01 m² for building sites (see the parcel).
        holders: serials of all co-holders, women included (农村土地承包法 24).
        registration: number in the real-estate register, once registered.
    """

    parcel: str
    right: str = Field(max_length=40)
    area: int = Field(ge=0)
    holders: tuple[str, ...] = ()
    surveyed_on: date | None = None
    confirmed_on: date | None = None
    registration: str = Field(default="", max_length=60)
    registered_on: date | None = None

    @property
    def key(self) -> str:
        """The row's key in its case."""
        return self.parcel


class Disposition(StrEnum):
    """What becomes of a transitional benefit."""

    KEPT = "kept"
    DUAL = "dual"
    TO_SWITCH = "to_switch"
    SWITCHED = "switched"
    FOR_LIFE = "for_life"
    ENDED = "ended"
    GAINED = "gained"

    @property
    def label(self) -> str:
        """The disposition's Chinese name."""
        return {
            "kept": "保留",
            "dual": "双享",
            "to_switch": "待转换",
            "switched": "已转换",
            "for_life": "终身保留",
            "ended": "终止",
            "gained": "新增",
        }[self]


class Benefit(SQLModel):
    """One transitional benefit decided for a person or a household. Key: `item/member`.

    Attributes:
        item: the pack's benefit id; `title` its Chinese name.
        member: serial, or empty for the household.
        disposition: what becomes of it.
        category: the heading it stands under, empty for one that the pack doesn't know.
        monthly, yearly, once: 分 a month, a year or in one sum; one of them, or none when it is
            not money or not known.
        since: first day of the transition.
        until: last day on which it is kept, None when an event ends it or it is for life.
        until_event: the event that ends it, in Chinese, e.g. `承包期满或被征收`.
        since_age: the age whose birthday is the first day, 0 for the birth; None where the
            transition began it. until_age: the age whose eve is the last day, a ground of its own.
        then: what follows: the successor in Chinese; then_since: its first day, once decided.
        basis: title and article it rests on.
        reason: a plain sentence for the household.
        illustrative: the figure is an example (示例) and is printed so.
        duty: the obligation beside it; department: who answers for it; window: where to go.
    """

    item: str = Field(max_length=60)
    title: str = Field(max_length=100)
    member: str = ""
    disposition: Disposition
    monthly: int | None = Field(default=None, ge=0)
    since: date
    until: date | None = None
    until_event: str = Field(default="", max_length=200)
    then: str = Field(default="", max_length=300)
    basis: str = Field(default="", max_length=300)
    reason: str = Field(default="", max_length=1000)
    illustrative: bool = False
    window: str = Field(default="", max_length=100)
    category: str = Field(default="", max_length=40)
    yearly: int | None = Field(default=None, ge=0)
    once: int | None = Field(default=None, ge=0)
    duty: str = Field(default="", max_length=300)
    department: str = Field(default="", max_length=60)
    since_age: int | None = Field(default=None, ge=0)
    until_age: int | None = Field(default=None, ge=0)
    then_since: date | None = None

    @property
    def key(self) -> str:
        """The row's key in its case."""
        return f"{self.item}/{self.member}"


class EntitlementStatus(StrEnum):
    """Where one row of the entitlement map stands with its department."""

    MAPPED = "mapped"
    DISPATCHED = "dispatched"
    ACKNOWLEDGED = "acknowledged"
    SETTLED = "settled"
    NOT_APPLICABLE = "not_applicable"


class Side(StrEnum):
    """The column of the statement a row stands in."""

    KEPT = "kept"
    GAINED = "gained"


class Entitlement(SQLModel):
    """One line of the 权益告知单, with the duty beside the right. Key: `item/member`.

    Attributes:
        category: booklet category, e.g. `居家养老`.
        side: kept from the village, or gained as a resident.
        member: serial, or empty for the household.
        since: first day; until: last day or None; until_event: the event that ends it.
        since_age, until_age: as `Benefit` has them.
        duty: the obligation beside the right, may be empty.
        mode: of several ways in which it is given, the one that the person chose.
        window: the counter that handles it; department: who answers for it.
        receipt: the department's receipt, once settled.
    """

    item: str = Field(max_length=60)
    title: str = Field(max_length=200)
    category: str = Field(max_length=40)
    side: Side
    member: str = ""
    basis: str = Field(default="", max_length=300)
    since: date | None = None
    until: date | None = None
    until_event: str = Field(default="", max_length=200)
    reason: str = Field(default="", max_length=1000)
    duty: str = Field(default="", max_length=300)
    department: str = Field(default="", max_length=60)
    window: str = Field(default="", max_length=100)
    illustrative: bool = False
    status: EntitlementStatus = EntitlementStatus.MAPPED
    receipt: str = Field(default="", max_length=60)
    mode: str = Field(default="", max_length=40)
    since_age: int | None = Field(default=None, ge=0)
    until_age: int | None = Field(default=None, ge=0)

    @property
    def key(self) -> str:
        """The row's key in its case."""
        return f"{self.item}/{self.member}"
