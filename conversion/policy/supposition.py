"""What is supposed of a household 假设: others in it, other facts of them, another day.

A closed vocabulary: only what the rules look at can be supposed, and nothing is computed from it
but the rules' own answers.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated, Any

from pydantic import Field

from conversion.domain.household import DrawnBenefit, HukouKind, Member, Trait
from conversion.domain.parcel import Parcel, ParcelKind
from conversion.domain.right import Membership, MembershipStanding
from conversion.errors import WrongUse
from conversion.policy.facts import HouseholdFacts
from conversion.policy.pack import Pack, PackOnDay
from conversion.policy.pack_part import Id, PackPart, Text

ASKED = "试算一户"


_BESIDE = {"service_years", "draws", "findings", "membership"}
"""What is supposed of a member and is no field of one."""


class SupposedFacts(PackPart):
    """What can be supposed of a member; what isn't written stays as it is.

    Attributes:
        service_years: full years served in the army, which no register here has.
        draws: names of the rural benefits drawn today, in place of the real ones.
        findings: what a survey would establish, as ids of the pack's grounds.
        membership: as a meeting would decide it; else the grounds propose it anew.
    """

    relation: Annotated[str, Field(pattern=r"^[0-9]{2}$")] | None = None
    sex: Annotated[str, Field(pattern=r"^[129]$")] | None = None
    born: dt.date | None = None
    hukou: HukouKind | None = None
    flag: Annotated[str, Field(pattern=r"^[1-46-8]?$")] | None = None
    traits: tuple[Trait, ...] | None = None
    farming_months: Annotated[int, Field(ge=0, le=1200)] | None = None
    service_years: Annotated[int, Field(ge=0, le=60)] | None = None
    draws: tuple[Text, ...] | None = None
    findings: tuple[Id, ...] | None = None
    membership: MembershipStanding | None = None

    def of_member(self) -> Mapping[str, Any]:
        """Those that are fields of a member, under the names they have there."""
        names = {"born": "birth_date", "hukou": "hukou_kind"}
        told = self.model_dump(exclude_none=True, exclude=_BESIDE)
        return {names.get(name, name): value for name, value in told.items()}


class Newcomer(SupposedFacts):
    """A person supposed to join the household."""

    relation: Annotated[str, Field(pattern=r"^[0-9]{2}$")]
    born: dt.date


class SupposedHousehold(PackPart):
    """What can be supposed of the household itself.

    Attributes:
        land: kinds of the parcels it holds, in place of the real ones.
        monthly_income: 分.
        approved, registered: days that start transitions; `base_date`: 基准日.
    """

    land: tuple[ParcelKind, ...] | None = None
    monthly_income: Annotated[int, Field(ge=0)] | None = None
    approved: dt.date | None = None
    registered: dt.date | None = None
    base_date: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposition:
    """Everything supposed of one household at once.

    Attributes:
        day: the day of the trial; None for the household's own.
        without: serials of those who are not there; told: serial → what is otherwise.
        newcomers: who joins, and gets the serials after the last.
        afresh: whether memberships are proposed anew by the grounds, whatever was decided.
    """

    day: dt.date | None = None
    without: tuple[str, ...] = ()
    told: Mapping[str, SupposedFacts] = field(default_factory=dict)
    newcomers: tuple[Newcomer, ...] = ()
    household: SupposedHousehold = field(default_factory=SupposedHousehold)
    afresh: bool = False


def nearest(pack: Pack, day: dt.date) -> PackOnDay:
    """The pack on the day, or on the first or last day on which it may decide at all.

    A trial may ask what a pack would give before or after its time; its figures are those next
    to the day. A decision never may, see `Pack.on`.
    """
    last = min(day, pack.until) if pack.until else day
    return pack.on(max(pack.since, last))


def suppose(
    facts: HouseholdFacts, findings: Mapping[str, tuple[str, ...]], told: Supposition
) -> tuple[HouseholdFacts, Mapping[str, tuple[str, ...]]]:
    """The household with everything supposed, and what a survey would have established in it.

    Raises:
        WrongUse: a serial that the household doesn't have, or no head is left.
    """
    _demand_known(facts, told)
    joined = {_next_serial(facts, n): who for n, who in enumerate(told.newcomers, 1)}
    otherwise: dict[str, SupposedFacts] = {**told.told, **joined}
    members = _members(facts, told.without, otherwise, joined)
    if not any(member.is_head for member in members.values()):
        raise WrongUse(ASKED, "假设的户没有户主", "写明新户主，例如 --set 02.relation=02")
    found = {s: f.findings for s, f in otherwise.items() if f.findings is not None}
    supposed = replace(
        _household(facts, told.household),
        day=told.day or facts.day,
        members=members,
        drawn=_drawn(facts, members, otherwise),
        service_years=_served(facts, members, otherwise),
        memberships=_memberships(facts, members, otherwise, afresh=told.afresh),
    )
    return supposed, {**findings, **found}


def _demand_known(facts: HouseholdFacts, told: Supposition) -> None:
    unknown = [s for s in (*told.without, *told.told) if s not in facts.members]
    if unknown:
        known = "、".join(facts.members)
        raise WrongUse(ASKED, f"户内没有成员“{unknown[0]}”", f"使用成员序号：{known}")


def _next_serial(facts: HouseholdFacts, place: int) -> str:
    """A serial that nobody has or had; whoever left may still have a membership."""
    return f"{max(map(int, (*facts.members, *facts.memberships))) + place:02d}"


def _members(
    facts: HouseholdFacts,
    without: tuple[str, ...],
    otherwise: Mapping[str, SupposedFacts],
    joined: Mapping[str, Newcomer],
) -> dict[str, Member]:
    stay = {s: member for s, member in facts.members.items() if s not in without}
    stay |= {serial: _newcomer(serial, who) for serial, who in joined.items()}
    return {
        serial: member.model_copy(update=otherwise[serial].of_member())
        if serial in otherwise
        else member
        for serial, member in stay.items()
    }


def _newcomer(serial: str, who: Newcomer) -> Member:
    return Member(
        serial=serial,
        name=f"假设成员{serial}",
        relation=who.relation,
        sex=who.sex or "9",
        birth_date=who.born,
    )


def _drawn(
    facts: HouseholdFacts, members: Mapping[str, Member], otherwise: Mapping[str, SupposedFacts]
) -> dict[str, DrawnBenefit]:
    """What is drawn by who is there; a member's supposed draws stand in place of the real ones."""
    told = {s: f.draws for s, f in otherwise.items() if f.draws is not None}
    real = {
        key: drawn
        for key, drawn in facts.drawn.items()
        if (not drawn.member or drawn.member in members) and drawn.member not in told
    }
    supposed = [(member, item) for member, items in told.items() for item in items]
    return real | {
        f"S{n:02d}": DrawnBenefit(serial=f"S{n:02d}", member=member, item=item)
        for n, (member, item) in enumerate(supposed, 1)
    }


def _served(
    facts: HouseholdFacts, members: Mapping[str, Member], otherwise: Mapping[str, SupposedFacts]
) -> dict[str, int]:
    told = {s: f.service_years for s, f in otherwise.items() if f.service_years is not None}
    return {s: years for s, years in {**facts.service_years, **told}.items() if s in members}


def _memberships(
    facts: HouseholdFacts,
    members: Mapping[str, Member],
    otherwise: Mapping[str, SupposedFacts],
    *,
    afresh: bool,
) -> dict[str, Membership]:
    """Memberships that stand: of whoever is there and of whom nothing else is supposed."""
    stand = {
        serial: row
        for serial, row in facts.memberships.items()
        if serial in members and serial not in otherwise and not afresh
    }
    return stand | {
        serial: Membership(member=serial, standing=f.membership, reason="按假设。")
        for serial, f in otherwise.items()
        if f.membership and serial in members
    }


def _household(facts: HouseholdFacts, told: SupposedHousehold) -> HouseholdFacts:
    parcels = facts.parcels
    if told.land is not None:
        numbered = enumerate(told.land, 1)
        parcels = {f"S{n:02d}": Parcel(serial=f"S{n:02d}", kind=kind) for n, kind in numbered}
    income = facts.monthly_income if told.monthly_income is None else told.monthly_income
    return replace(
        facts,
        parcels=parcels,
        monthly_income=income,
        approved_on=told.approved or facts.approved_on,
        registered_on=told.registered or facts.registered_on,
        base_date=told.base_date or facts.base_date,
    )
