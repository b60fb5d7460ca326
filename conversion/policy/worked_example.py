"""A worked example: a household on a day, a rule, and what the rule must answer.

Examples are a pack's own tests. A lawyer writes them; they run with `conversion policy check`.
"""

import datetime as dt
from enum import StrEnum
from typing import Any

from pydantic import Field

from conversion.domain.household import HukouKind, Trait
from conversion.domain.parcel import ParcelKind
from conversion.domain.right import MembershipStanding
from conversion.policy.pack_part import PackPart, Text
from conversion.policy.parameter_shape import NoticeKind


class RuleName(StrEnum):
    """The rules that examples can ask."""

    ASSESS_BENEFITS = "assess_benefits"
    MAP_ENTITLEMENTS = "map_entitlements"
    PROPOSE_REGISTRATIONS = "propose_registrations"
    PROPOSE_MEMBERSHIP = "propose_membership"
    MEETS_QUORUM = "meets_quorum"
    NOTICE_WINDOW = "notice_window"
    ALLOT = "allot"


class ExampleMember(PackPart):
    """A member, with only what matters written."""

    serial: str = Field(pattern=r"^[0-9]{2}$")
    relation: str = "02"
    sex: str = "1"
    born: dt.date
    hukou: HukouKind = HukouKind.AGRICULTURAL
    flag: str = ""
    traits: tuple[Trait, ...] = ()
    farming_months: int = Field(default=0, ge=0)
    died: dt.date | None = None
    membership: MembershipStanding | None = None
    shares: int = Field(default=0, ge=0)
    service_years: int | None = Field(default=None, ge=0)


class ExampleParcel(PackPart):
    """A parcel with its areas, in 0.0001 亩; `joint` is how many other households hold it too."""

    kind: ParcelKind = ParcelKind.CONTRACTED
    contract_area: int | None = Field(default=None, ge=0)
    measured_area: int | None = Field(default=None, ge=0)
    joint: int = Field(default=0, ge=0)


class ExampleDrawn(PackPart):
    """A rural benefit drawn today; `monthly` in 分."""

    member: str = ""
    item: Text
    monthly: int | None = Field(default=None, ge=0)


class ExampleVote(PackPart):
    """A vote's figures."""

    matter: str
    body: str
    noticed_on: dt.date
    eligible: int = Field(ge=1)
    present: int = Field(ge=0)
    in_favour: int = Field(ge=0)
    against: int = Field(ge=0)
    abstained: int = Field(ge=0)
    proxies: int = Field(default=0, ge=0)


class ExampleNotice(PackPart):
    """A notice that is posted on the example's day."""

    kind: NoticeKind


class ExpectedLine(PackPart):
    """What the line of one result must show; what isn't written doesn't matter.

    Attributes:
        key: of the line, e.g. `home_care/01` or `contracted_land/` for the household.
        result: all of it; because: one of its sentences.
        formula: in numbers, e.g. `每亩120.00元 × 3.5亩 ＝ 420.00元/年`.
    """

    key: Text
    result: Text | None = None
    because: Text | None = None
    formula: Text | None = None


class Expected(PackPart):
    """What the answer must show.

    Attributes:
        rows: fields that some row must have, one entry a row.
        absent: ids (`item`, or one of `grounds`) that no row may have.
        reasons: words that some reason must contain.
        lines: what leads to single results, or why there is none.
        units: class → member → units, for `allot`; collective_units, reserved_units likewise.
        last_day: for `notice_window`.
    """

    granted: bool | None = None
    rows: tuple[dict[str, Any], ...] = ()
    absent: tuple[str, ...] = ()
    reasons: tuple[Text, ...] = ()
    lines: tuple[ExpectedLine, ...] = ()
    units: dict[str, dict[str, int]] | None = None
    collective_units: int | None = None
    reserved_units: int | None = None
    last_day: dt.date | None = None


class ExampleHousehold(PackPart):
    """The household of an example.

    Attributes:
        name: a sentence that says what the example is about.
        day: the day of the decision.
        monthly_income: of the household, 分.
        parcels: with their areas; `land` where only the kinds matter.
    """

    name: Text
    day: dt.date
    base_date: dt.date | None = None
    approved_on: dt.date | None = None
    registered_on: dt.date | None = None
    members: tuple[ExampleMember, ...] = ()
    land: tuple[ParcelKind, ...] = ()
    parcels: tuple[ExampleParcel, ...] = ()
    community: str = ""
    monthly_income: int | None = Field(default=None, ge=0)
    drawn: tuple[ExampleDrawn, ...] = ()


class Example(ExampleHousehold):
    """One worked example: a household, a rule, and what the rule must answer.

    Attributes:
        member, findings: for `propose_membership`: whose, and what the survey established.
        plan: for `allot`: id of the pack's plan, its first when not written.
        disputed: for `allot`: serials whose lots are reserved.
    """

    rule: RuleName
    member: str = ""
    findings: tuple[str, ...] = ()
    plan: str = ""
    disputed: tuple[str, ...] = ()
    vote: ExampleVote | None = None
    notice: ExampleNotice | None = None
    expected: Expected
