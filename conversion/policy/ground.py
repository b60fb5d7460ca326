"""The grounds 理由 on which a membership is proposed or not, as the pack lists them."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from conversion.domain.household import HukouKind
from conversion.domain.parcel import ParcelKind
from conversion.policy.pack_part import Id, Sourced, Text


class Effect(StrEnum):
    """What a ground does: speaks for membership, against it, or protects it."""

    CONFIRM = "confirm"
    EXCLUDE = "exclude"
    PROTECT = "protect"


class Ground(Sourced):
    """One ground, with the clause it rests on and what establishes it.

    Attributes:
        code: as stored with the membership.
        clause: the sentence that papers print.
        finding: survey finding that establishes it; the only way for one that excludes.
        hukou_kind: registrations that establish it.
        has_land: land of the household that establishes it.
        flag: remarks (NY/T 2539 C.18) that establish it.
    """

    code: Id
    title: Text
    effect: Effect
    clause: Annotated[str, Field(min_length=1, max_length=150)]
    finding: Id | None = None
    hukou_kind: tuple[HukouKind, ...] = ()
    has_land: tuple[ParcelKind, ...] = ()
    flag: tuple[Literal["1", "2", "3", "4", "6", "7", "8"], ...] = ()
