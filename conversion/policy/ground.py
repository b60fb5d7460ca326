"""The grounds 理由 on which a membership is proposed or not, as the pack lists them."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from conversion.domain.household import HukouKind
from conversion.domain.parcel import ParcelKind
from conversion.policy.pack_part import Id, Sourced, Text


class Effect(StrEnum):
    """What a ground does: for membership, against it, neither yet, or it protects it."""

    CONFIRM = "confirm"
    EXCLUDE = "exclude"
    CLEAR_UP = "clear_up"
    PROTECT = "protect"

    @property
    def label(self) -> str:
        """What follows from a ground with this effect, in Chinese."""
        return {
            "confirm": "可以确认",
            "exclude": "不予确认",
            "clear_up": "先核对，再提交会议讨论",
            "protect": "保护，不影响身份",
        }[self]

    @property
    def is_adverse(self) -> bool:
        """Whether a person may be kept from membership by it, for good or for a while."""
        return self in {Effect.EXCLUDE, Effect.CLEAR_UP}


class Ground(Sourced):
    """One ground, with the clause it rests on and what establishes it.

    What it may turn on is a closed list: no sex, marriage, relation or age is among it. Loading
    refuses what is hidden in words (`ground_check`).

    Attributes:
        code: as stored with the membership.
        clause: the sentence that papers print.
        finding: survey finding that establishes it; the only way for one that is adverse.
        hukou_kind: registrations that establish it.
        has_land: land of the household that establishes it.
        flag: remarks (NY/T 2539 C.18) that establish it, of one that protects.
        unless: codes of grounds that set this one aside where they hold, e.g. 聘任制公务员.
        evidence: what has to be brought, as people call it.
        kept_rights: what the person may keep for a time, of one that excludes 保留权益.
    """

    code: Id
    title: Text
    effect: Effect
    clause: Annotated[str, Field(min_length=1, max_length=150)]
    finding: Id | None = None
    hukou_kind: tuple[HukouKind, ...] = ()
    has_land: tuple[ParcelKind, ...] = ()
    flag: tuple[Literal["1", "2", "3", "4", "6", "7", "8"], ...] = ()
    unless: tuple[Id, ...] = ()
    evidence: tuple[Annotated[str, Field(min_length=1, max_length=60)], ...] = ()
    kept_rights: Annotated[str, Field(min_length=1, max_length=150)] | None = None

    @property
    def statement(self) -> str:
        """The clause, with what the person keeps for a time."""
        return self.clause + (self.kept_rights or "")
