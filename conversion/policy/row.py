"""A row of a pack: who gets something, from when until when, on what it rests."""

import datetime as dt
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator
from typing_extensions import override

from conversion.domain.right import Disposition, Side
from conversion.policy.amount import Amount
from conversion.policy.condition import Condition
from conversion.policy.pack_part import Id, Sourced, Text
from conversion.policy.span import StartEvent, Until


class Scope(StrEnum):
    """Whether a row is for each member or once for the household."""

    PERSON = "person"
    HOUSEHOLD = "household"


class Category(StrEnum):
    """The heading a line stands under on the 权益告知单: the booklet's, then the two assets."""

    EMPLOYMENT = "劳动保障"
    FAMILY_PLANNING = "计划生育"
    PREFERENTIAL = "优抚安置"
    SCHOOLING = "子女入学"
    CULTURE = "文化享受"
    ASSISTANCE = "社会救助"
    HEALTH = "医疗卫生"
    ELDER_CARE = "居家养老"
    SAFETY = "安全环境"
    LAND = "土地权益"
    COLLECTIVE = "集体资产"


class CareMode(StrEnum):
    """How home care for the old reaches them in the booklet's communities."""

    AT_HOME = "上门服务"
    DAY_PLACE = "日托"
    NEIGHBOURS = "邻里互助"
    DAY_CENTRE = "日间照料"


class PolicyRow(Sourced):
    """What benefit rows and entitlement rows share.

    Attributes:
        when: alternatives; one must hold for the member (or, for a household row, for any
            member). None written: everybody. A lower age puts off the beginning to the birthday;
            an upper one ends the row where no `until` does.
        start: the event that starts it; written `from`.
        after: instead of a start, the row whose last day it follows without a gap.
        drawn_as: names under which the roster lists it.
        arises: Chinese words for what the right itself arose from before the conversion and no
            record here dates, e.g. `入伍`.
        effective: first day on which the row is law; None for the pack's whole life.
    """

    id: Id
    title: Annotated[str, Field(min_length=1, max_length=100)]
    category: Category
    scope: Scope
    when: tuple[Condition, ...] = ()
    drawn_as: tuple[Text, ...] = ()
    arises: str = Field(default="", max_length=100)
    start: StartEvent | None = Field(default=None, alias="from")
    after: Id | None = None
    until: Until | None = None
    effective: dt.date | None = None
    reason: Annotated[str, Field(min_length=1, max_length=300)]
    duty: str = Field(default="", max_length=300)
    department: str = Field(min_length=1, max_length=60)
    window: Id

    @model_validator(mode="after")
    def _starts_once(self) -> Self:
        if (self.start is None) == (self.after is None):
            message = "from 和 after 写且只写一个，例如 from: approval"
            raise ValueError(message)
        return self

    @property
    def ends_with_age(self) -> bool:
        """Whether the upper age is its end: what says until when it lasts, lasts until then."""
        return self.until is None


class BenefitRow(PolicyRow):
    """A transitional benefit 过渡期待遇.

    Attributes:
        exclusive: group of which a person has exactly one at any time, e.g. basic medical
            insurance; its rows follow one another by `after`.
        then: what follows, in Chinese.
        amount: what it pays where nothing is drawn today, since what is drawn and kept is never
            made less; None when it is not money.
    """

    disposition: Disposition
    amount: Amount | None = None
    exclusive: Id | None = None
    then: str = Field(default="", max_length=300)

    @property
    @override
    def ends_with_age(self) -> bool:
        """What is stopped is not taken up again at an age."""
        return self.until is None and self.disposition is not Disposition.ENDED


class EntitlementRow(PolicyRow):
    """A right that is kept or gained, with the duty beside it 权利义务对接.

    Attributes:
        modes: the ways in which it is given in this district; a person chooses one.
        offered: community → the modes that it offers; one that isn't named offers all.
    """

    side: Side
    modes: tuple[CareMode, ...] = ()
    offered: dict[Text, tuple[CareMode, ...]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _offers_its_modes(self) -> Self:
        for community, modes in self.offered.items():
            if not modes or not set(modes) <= set(self.modes):
                known = "、".join(self.modes) or "先写 modes"
                message = f"“{community}”的方式只能从 modes 里选，至少一种，例如 {known}"
                raise ValueError(message)
        return self

    def modes_in(self, community: str) -> tuple[CareMode, ...]:
        """The modes to choose from in a community."""
        return self.offered.get(community, self.modes)

    def title_in(self, community: str) -> str:
        """The title with the modes to choose from."""
        modes = self.modes_in(community)
        return f"{self.title}（可选{'、'.join(modes)}）" if modes else self.title
